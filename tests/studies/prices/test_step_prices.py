"""What one step tighter costs by solving again, where whole units matter."""

from __future__ import annotations

from typing import Any

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.plan import Outcome, PolicyValue
from friendshore.models.problem import Problem
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.studies.prices.step_prices import step_of, tightened, with_step_prices


def home(*policies: dict[str, Any]) -> Problem:
    """Home needs 10 at a damage of 5 each; a line of 4 costs 40 for the one year and makes at 2. So nothing is worth
    building by itself: 4 · (5 − 2) = 12 < 40."""
    return problem_from_sheets(
        {
            "Periods": [{"period": "y"}],
            "Countries": [{"country": "Home", "bloc": "ally"}],
            "Commodities": [{"commodity": "good", "unit": "t"}],
            "Plants": [{"plant": "works", "country": "Home", "commodity": "good", "capacity": 0, "unit_cost": 2}],
            "Expansions": [{"expansion": "line", "plant": "works", "size": 4, "capex": 40, "max_units": 2}],
            "Demand": [{"country": "Home", "commodity": "good", "shortage_cost": 5, "per_year": 10}],
            "Policies": list(policies),
        }
    )


def solved(problem: Problem) -> Outcome:
    return solve_problem(problem, gap=1e-9)


def priced(*policies: dict[str, Any]) -> dict[str, PolicyValue]:
    outcome = with_step_prices(solved(home(*policies)), gap=1e-9)
    assert outcome.plan is not None
    return {value.policy: value for value in outcome.plan.policies}


def fed(limit: float) -> dict[str, Any]:
    return {"policy": "fed", "kind": "max_shortage", "limit": limit}


def test_a_step_that_needs_another_line() -> None:
    """At most 60% short is what one line gives (4 of 10 made): 40 + 8 + 30 = 78. At most 59% needs a second line, which
    then makes 4 more: 80 + 16 + 10 = 106. The step costs 28, while the LP, its one line held, has no better price."""
    value = priced(fed(0.6))["fed"]
    assert value.step == pytest.approx(0.01)
    assert value.step_price == pytest.approx((28, 28))


def test_a_step_within_what_is_built_costs_nothing() -> None:
    """At most 50% short already needs both lines, and the plan makes 8 of 10: 49% is met by the same plan."""
    assert priced(fed(0.5))["fed"].step_price == (0.0, 0.0)


def test_a_step_that_no_plan_can_take() -> None:
    """Two lines are all there is: 20% short is the least."""
    value = priced(fed(0.2))["fed"]
    assert value.step_price is None
    assert "no plan" in value.step_note


def test_a_price_is_an_interval_when_the_search_stops_early() -> None:
    """With a gap of 30% the two optima, 78 and 106, are known within it, and the interval holds their difference."""
    outcome = solve_problem(home(fed(0.6)), gap=0.3)
    again = with_step_prices(outcome, gap=0.3)
    assert again.plan is not None
    low, high = again.plan.policies[0].step_price or (1e9, 0.0)
    assert low <= 28 + 1e-6
    assert high >= 28 - 1e-6


@pytest.mark.parametrize(
    ("kind", "limit", "step", "tighter"),
    [
        ("max_share", 0.5, 0.01, 0.49),
        ("stock_cover", 30.0, 1.0, 31.0),
        ("max_capex", 200.0, 2.0, 198.0),
        ("min_share", 0.5, 0.01, 0.51),
    ],
)
def test_steps_are_what_planners_count_in(kind: str, limit: float, step: float, tighter: float) -> None:
    """A point of a share, a day, a hundredth of a budget; floors go up and caps go down."""
    rule = {"policy": "rule", "kind": kind, "limit": limit, "penalty": 1}
    rule |= {"suppliers": "Home"} if kind.endswith("share") else {}
    value = PolicyValue("rule", kind, limit, limit, None)
    moved = tightened(home(rule), value)
    assert step_of(value) == pytest.approx(step)
    assert moved is not None
    assert moved.policies[0].limit == pytest.approx(tighter)
