"""Laws that hold on any problem, on random ones."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from .cases import with_settings
from .random_problems import sheets
from .records import Sheets
from .solve import ReferenceResult, solve_reference

often = settings(
    max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


def worth(result: ReferenceResult) -> float:
    """The optimum, without end where there is none."""
    assert result.status in ("optimal", "infeasible")
    return float("inf") if result.objective is None else result.objective


def no_more(small: float, large: float) -> bool:
    """Whether one optimum is at most another, but for rounding."""
    return small <= large + 1e-6 * max(1.0, abs(small))


@often
@given(sheets())
def test_objective_is_made_of_its_parts(problem: Sheets) -> None:
    """Expectation and CVaR recomputed from the paths give the objective, and penalties only add to it."""
    result = solve_reference(problem)
    if result.objective is None:
        return
    given_values = {row["setting"]: row["value"] for row in problem["Settings"]}
    risk = float(str(given_values.get("risk_aversion", 0)))
    assert result.expected_cost is not None and result.cvar is not None
    parts = (1 - risk) * result.expected_cost + risk * result.cvar
    assert no_more(parts, result.objective)
    assert no_more(result.expected_cost, result.cvar)
    if all("penalty" not in row for row in problem.get("Policies", [])):
        assert result.objective == pytest.approx(parts, rel=1e-6, abs=1e-6)


@often
@given(sheets())
def test_rules_cost_and_options_save(problem: Sheets) -> None:
    """Taking all policies away never costs; taking the offer of protections away never saves."""
    whole = worth(solve_reference(problem))
    for sheet in ("Policies", "Protections"):
        if sheet in problem:
            part = worth(solve_reference({name: rows for name, rows in problem.items() if name != sheet}))
            assert no_more(part, whole) if sheet == "Policies" else no_more(whole, part)


@often
@given(sheets(branch_investment=("plan",)))
def test_freedom_on_branches_saves(problem: Sheets) -> None:
    """`continuous` contains `integer`, which contains `plan`."""
    plan, integer, continuous = (
        worth(solve_reference(with_settings(problem, branch_investment=mode)))
        for mode in ("plan", "integer", "continuous")
    )
    assert no_more(continuous, integer)
    assert no_more(integer, plan)
