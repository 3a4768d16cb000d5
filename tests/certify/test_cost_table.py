"""The table of costs node by node: what is paid once stands at the own node of every path at that time."""

from __future__ import annotations

import pytest

from friendshore.optimizer.solve import solve_problem
from tests.mathematics.cases import problem_from_sheets


@pytest.mark.parametrize("branch_investment", ["plan", "continuous"])
def test_what_is_decided_after_a_branch_has_left_is_paid_at_its_own_node(branch_investment: str) -> None:
    """A mine for 30 is built in 2028, when there is something to sell; the branch of 2027 builds it at its own 2028.

    Ten tonnes a year are made from 2028 on, at 1 each: 10; the mine serves one year of its ten, which is 3 of 30.
    """
    problem = problem_from_sheets(
        {
            "Periods": [{"period": "2026"}, {"period": "2027"}, {"period": "2028"}],
            "Countries": [{"country": "A", "bloc": "ally"}],
            "Commodities": [{"commodity": "ore", "unit": "t"}],
            "Plants": [{"plant": "mine", "country": "A", "commodity": "ore", "capacity": 0, "unit_cost": 1}],
            "Demand": [{"country": "A", "commodity": "ore", "shortage_cost": 100, "2026": 0, "2027": 0, "2028": 10}],
            "Expansions": [
                {"expansion": "open", "plant": "mine", "size": 10, "capex": 30, "lead_years": 0, "life_years": 10}
            ],
            "Scenarios": [{"scenario": "slow", "probability": 0.5, "onset": "2027"}],
            "Events": [{"scenario": "slow", "kind": "cost", "plant": "mine", "remaining": 1, "years": 1}],
            "Settings": [
                {"setting": "branch_investment", "value": branch_investment},
                {"setting": "discount_rate", "value": 0},
            ],
        }
    )
    plan = solve_problem(problem, gap=0.0).plan
    assert plan is not None and plan.certificate is not None
    assert plan.certificate.holds(1e-9), plan.certificate.failures
    costs = plan.costs[plan.costs["kind"] == "investment"]
    assert costs[["scenario", "period", "cost"]].to_numpy().tolist() == [
        ["base", "2028", pytest.approx(3)],
        ["slow", "2028", pytest.approx(3)],
    ]
