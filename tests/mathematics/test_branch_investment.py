"""Which decisions a path carries: the plan's, or its own, in whole units or in shares."""

from __future__ import annotations

from math import log

import pytest

from tests.mathematics.cases import (
    Sheets,
    about,
    built,
    island,
    optimum,
    plan_of,
    proves,
    quantity,
    short,
    under,
    units,
    with_settings,
)


def fire(mode: str, probability: float = 0.25, onset: str = "y1", **cells: object) -> Sheets:
    """Works of 10 that burn down for the two years after the onset; a spare site may get units of 10 with a year of
    lead. A year without costs 600."""
    sheets = with_settings(island(3, 10, 10, 0), branch_investment=mode)
    sheets["Demand"][0]["shortage_cost"] = 60
    sheets["Plants"].append({"plant": "spare", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 0})
    sheets["Expansions"] = [built(plant="spare", lead_years=1) | cells]
    sheets["Scenarios"] = [{"scenario": "fire", "probability": probability, "onset": onset, "step_months": 12}]
    sheets["Events"] = [{"scenario": "fire", "kind": "capacity", "plant": "works", "years": 2, "remaining": 0}]
    return sheets


@proves("port:decided", "port:paid", "port:in_service")
@pytest.mark.parametrize(
    ("mode", "capex", "cost"),
    [
        ("plan", 900, 0.25 * 1200),
        ("plan", 310, 0.25 * 1200),
        ("plan", 290, 290),
        ("integer", 900, 0.25 * 1200),
        ("integer", 310, 0.25 * (600 + 310)),
        ("integer", 290, 0.25 * (600 + 290)),
    ],
)
def test_after_the_onset(mode: str, capex: float, cost: float) -> None:
    """Under ``plan`` a unit is paid on both paths or on none: bought ahead at 290 it saves 0.25 · 1200 = 300, at 310 it
    does not pay. ``integer`` lets the branch decide alone: a year short, then served, for 0.25 · (600 + capex) where
    capex < 600. Were the branch's unit offered under ``plan``, 310 would come out as 227.5."""
    assert optimum(fire(mode, capex=capex)) == about(cost)


@proves("port:decided")
@pytest.mark.parametrize(("mode", "bought"), [("continuous", 2 / 3), ("integer", 1.0)])
def test_shares_of_units_on_branches(mode: str, bought: float) -> None:
    """Units of 15 for the 10 missing: two thirds of one in ``continuous``, a whole one in ``integer``."""
    plan = plan_of(fire(mode, size=15, capex=300))
    assert units(plan, scenario="fire") == about(bought)
    assert plan.objective == about(0.25 * (600 + 300 * bought))


def test_shares_are_for_branches_only() -> None:
    """In ``continuous`` the base path still builds whole units where the project is whole."""
    sheets = fire("continuous", size=15, capex=30, lead_years=0, latest="y0")
    sheets["Plants"][0]["capacity"] = 0
    assert units(plan_of(sheets), scenario="base") == about(1)


@pytest.mark.parametrize("mode", ["plan", "integer"])
def test_what_a_branch_builds_when_its_parent_does(mode: str) -> None:
    """The works close for good after y0, on every path: the base path builds in y1. Under ``plan`` the branch, where
    nothing is wanted any more, builds and pays the same: 90. With decisions of its own it does not: 0.75 · 90."""
    sheets = fire(mode, lead_years=0, earliest="y1", capex=90)
    sheets["Plants"][0]["to_period"] = "y0"
    sheets["Events"] = [{"scenario": "fire", "kind": "demand", "years": 3, "remaining": 0}]
    plan = plan_of(sheets)
    assert plan.objective == about(90 if mode == "plan" else 0.75 * 90)
    assert quantity(plan.paths[plan.paths["scenario"] == "fire"], "cost") == about(90 if mode == "plan" else 0)


@pytest.mark.parametrize("mode", ["plan", "integer", "continuous"])
def test_the_first_decision_is_here_and_now(mode: str) -> None:
    """A branch that leaves in the first period shares what is decided at the first node: the unit wanted on the base
    path only is paid on both, 100 and not 0.5 · 100, in every mode."""
    sheets = fire(mode, 0.5, "y0", lead_years=0, capex=100, latest="y0")
    sheets["Plants"][0]["capacity"] = 0
    sheets["Events"] = [{"scenario": "fire", "kind": "demand", "years": 3, "remaining": 0}]
    plan = plan_of(sheets)
    assert plan.objective == about(100)
    assert quantity(plan.paths[plan.paths["scenario"] == "fire"], "cost") == about(100)


def test_a_branch_from_the_first_period_may_add_its_own() -> None:
    """At its own first node it builds besides: wanted on the branch alone, at 0.5 · 100 in ``integer``, while under
    ``plan`` the unit stands on both paths for 100. Two years without would cost 0.5 · 1200."""
    for mode, cost in (("integer", 50), ("plan", 100)):
        sheets = fire(mode, 0.5, "y0", lead_years=0, capex=100, latest="y0")
        assert optimum(sheets) == about(cost), mode


@proves("link:units")
def test_most_units_of_a_path_hold_what_was_built_before() -> None:
    """One unit at most: the base path needs its only one from y0 on (capacity 0), so the branch, from y1 on without
    that unit's help for its doubled demand, may not build a second. With max_units 2 it does."""
    for most, lacking in ((1, 20), (2, 0)):
        sheets = fire("integer", lead_years=0, capex=1, max_units=most)
        sheets["Plants"][0]["capacity"] = 0
        sheets["Events"] = [{"scenario": "fire", "kind": "demand", "years": 2, "remaining": 2}]
        assert short(plan_of(sheets), "fire") == about(lacking)


@proves("link:requires")
def test_requirements_count_along_the_path() -> None:
    """The gate built on the base path before the onset serves the branch too; one the base path builds after it does
    not: the branch builds its own."""
    for window, paid in (({"latest": "y0"}, 7.0), ({"earliest": "y1"}, 0.25 * 7.0)):
        sheets = fire("integer", lead_years=0, capex=8, earliest="y1", requires="gate")
        sheets["Expansions"].append(built(expansion="gate", plant="spare", size=0.001, capex=7) | window)
        plan = plan_of(sheets)
        assert plan.objective == about(0.25 * 8 + paid), window
        assert short(plan, "fire") == about(0)


def test_a_child_decides_anew_at_its_own_onset() -> None:
    """fire (0.25) goes on as a second year without works in its child (0.125), whose unit is its own: built at y2 for
    30 where a year short is 600; the parent's path, whose works are back, does not build."""
    sheets = fire("integer", lead_years=0, capex=30, earliest="y2")
    sheets["Events"][0]["years"] = 1
    sheets["Scenarios"].append(
        {"scenario": "longer", "probability": 0.125, "onset": "y2", "parent": "fire", "step_months": 12}
    )
    sheets["Events"].append({"scenario": "longer", "kind": "capacity", "plant": "works", "years": 1, "remaining": 0})
    plan = plan_of(sheets)
    assert plan.objective == about((0.25 + 0.125) * 600 + 0.125 * 30)
    assert units(plan, scenario="longer") == about(1)
    assert units(plan) == about(1)


@pytest.mark.parametrize("mode", ["plan", "integer", "continuous"])
def test_a_stress_test_builds_what_its_parent_builds(mode: str) -> None:
    """Probability 0 has no decisions of its own in any mode: to serve it a unit must stand on the base path, paid
    there. Were it free to build, a unit without lead would come at no weight."""
    sheets = fire(mode, 0.0, lead_years=0, capex=900)
    assert optimum(sheets) == about(0)
    bound = under(sheets, kind="max_shortage", limit=0, scenario="fire")
    plan = plan_of(bound)
    assert plan.objective == about(900)
    assert units(plan, scenario="base") == about(1)


@proves("port:paid", "port:decided")
def test_a_stress_test_below_a_branch_pays_when_that_branch_decides() -> None:
    """The parent decides at 2.5 years, in the second half-year step of y2; its child of probability 0, whose y2 is one
    step, carries the unit: it pays capex at the moment of the decision, 90 · 1.25^-2.5, not at the start of its node,
    and the unit does not serve it, as it does not stand during the whole of that step: 5 of 15 are short at 60 as the
    year goes by, ∫ 1.25^−t dt from 2 to 3 = (1.25⁻² − 1.25⁻³)/ln 1.25."""
    sheets = with_settings(fire("integer", 0.5, lead_years=0, earliest="y2"), discount_rate=0.25)
    sheets["Scenarios"][0]["step_months"] = 6
    sheets["Events"] = [
        {"scenario": "fire", "kind": "demand", "start_years": 1.5, "years": 0.5, "remaining": 2},
        {"scenario": "test", "kind": "demand", "years": 1, "remaining": 1},
    ]
    sheets["Scenarios"].append(
        {"scenario": "test", "probability": 0, "onset": "y2", "parent": "fire", "step_months": 12}
    )
    plan = plan_of(sheets)
    assert units(plan, scenario="fire", period="y2", step=2) == about(1)
    assert short(plan, "test") == about(5)
    costs = plan.paths.set_index("scenario")["cost"]
    assert costs["test"] == about(90 * 1.25**-2.5 + 300 * (1.25**-2 - 1.25**-3) / log(1.25))
    assert costs["fire"] == about(90 * 1.25**-2.5)
