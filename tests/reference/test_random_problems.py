"""Laws that hold on any problem, on random ones."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.examples import examples

from .cases import with_settings
from .random_problems import sheets
from .records import Row, Sheets
from .solve import ReferenceResult, solve_reference
from .variations import cut, held_everywhere, in_years, node_by_node, quarterly, with_idle_branch, without_worth_of_time

NODE_BY_NODE = ("max_share", "min_share", "max_shortage", "survive", "max_capex", "max_emissions", "clean_origin")

often = settings(
    max_examples=examples(24), deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
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
@given(sheets(committed=False))
def test_rules_cost_and_options_save(problem: Sheets) -> None:
    """Taking all policies away never costs; taking away protections, none of them committed, never saves."""
    whole = worth(solve_reference(problem))
    for sheet in ("Policies", "Protections"):
        if sheet in problem:
            part = worth(solve_reference(without(problem, sheet)))
            assert no_more(part, whole) if sheet == "Policies" else no_more(whole, part)


def without(problem: Sheets, sheet: str) -> Sheets:
    """The problem without a sheet and what Profiles say of its rows."""
    left = {name: rows for name, rows in problem.items() if name != sheet}
    profiles = [row for row in left.pop("Profiles", []) if row["table"] != sheet]
    return left | ({"Profiles": profiles} if profiles else {})


def same(first: ReferenceResult, second: ReferenceResult) -> None:
    """Both have the same optimum, or neither has one."""
    assert first.status == second.status
    if first.objective is not None:
        assert second.objective == pytest.approx(first.objective, rel=1e-8, abs=1e-7)


@often
@given(sheets(steps=False, stockpiles=False, penalties=False, branch_investment=("plan",), policy_kinds=NODE_BY_NODE))
def test_cutting_time_changes_nothing(problem: Sheets) -> None:
    """Production, freight, tariffs, shortage, fixed costs, protections, capex, at any discount rate, on the base path
    and on branches, under rules at any place: periods in two steps cost what they cost whole."""
    whole = quarterly(node_by_node(problem))
    same(solve_reference(whole), solve_reference(cut(whole)))


@often
@given(sheets(steps=False, branch_investment=("plan",), policy_kinds=NODE_BY_NODE))
def test_cutting_time_changes_nothing_for_stocks(problem: Sheets) -> None:
    """The same with stocks and penalties, where time has no worth."""
    whole = quarterly(without_worth_of_time(node_by_node(problem)))
    same(solve_reference(whole), solve_reference(cut(whole)))


@often
@given(
    sheets(scenarios=False, dangers=False, look_ahead=False, branch_investment=("plan",)),
    st.sampled_from(("capacity", "cost")),
    st.booleans(),
)
def test_a_branch_on_which_nothing_happens_changes_nothing(problem: Sheets, kind: str, danger: bool) -> None:
    """A scenario that strikes an idle plant, on a date or at any time, leaves the optimum as it is."""
    plain = held_everywhere(problem)
    if "Stockpiles" in plain:
        plain = in_years(plain)
    scenario: Row = {"scenario": "x", "step_months": 12 if "Stockpiles" in plain else None}
    dated = {"probability": 0.5, "onset": plain["Periods"][-1]["period"]}
    struck = with_idle_branch(plain, scenario | ({"per_year": 0.2} if danger else dated), kind)
    calm = {name: rows for name, rows in struck.items() if name not in ("Scenarios", "Events")}
    same(solve_reference(calm), solve_reference(struck))


@settings(often, max_examples=examples(12))
@given(sheets(branch_investment=("plan",)))
def test_freedom_on_branches_saves(problem: Sheets) -> None:
    """`continuous` contains `integer`, which contains `plan`."""
    plan, integer, continuous = (
        worth(solve_reference(with_settings(problem, branch_investment=mode)))
        for mode in ("plan", "integer", "continuous")
    )
    assert no_more(continuous, integer)
    assert no_more(integer, plan)
