"""The reference against answers worked out by hand: where rules hold, from which onsets, and what penalties weigh."""

from __future__ import annotations

import pytest

from .cases import importer, island, stop, store
from .records import Row, Sheets
from .solve import solve_reference
from .test_reference import optimum
from .test_reference_rules import trade


def idle(sheets: Sheets, probability: float = 0.5, kind: str = "capacity") -> Sheets:
    """The same with a scenario in which nothing happens but to a plant that nobody uses."""
    worse = 0 if kind == "capacity" else 2
    plant: Row = {"plant": "idle", "country": "Far", "commodity": "metal", "capacity": 5, "unit_cost": 9}
    event: Row = {"scenario": "x", "kind": kind, "country": "Far", "plant": "idle", "years": 1, "remaining": worse}
    return sheets | {
        "Countries": [*sheets["Countries"], {"country": "Far", "bloc": "partner"}],
        "Plants": [*sheets["Plants"], plant],
        "Scenarios": [{"scenario": "x", "probability": probability, "onset": "y1"}],
        "Events": [event],
    }


def dirty(**cells: object) -> Sheets:
    """Metal at 1 with emissions of 1, or at 5 with none; at most 4 of emissions a year."""
    sheets = island(2, 10, 99, 1)
    sheets["Plants"][0]["emissions"] = 1
    sheets["Plants"].append({"plant": "clean", "country": "Home", "commodity": "metal", "capacity": 99, "unit_cost": 5})
    sheets["Policies"] = [{"policy": "cap", "kind": "max_emissions", "limit": 4, **cells}]
    return idle(sheets)


@pytest.mark.parametrize(
    ("where", "cost"), [(None, 68), ("each", 68), ("base", 56), ("normal", 56), ("x", 32), ("base, x", 68)]
)
def test_a_cap_on_emissions_where_it_holds(where: str | None, cost: float) -> None:
    """34 a year under the cap, 10 without: on each path unless told otherwise. On the branch y1 meets an event, so it
    lies outside normal times, whatever the event strikes."""
    assert optimum(dirty(scenario=where)) == pytest.approx(cost)


def test_a_cap_on_a_path_without_weight() -> None:
    """`each` is for stress tests too, and normal times are not; with a penalty a node without weight counts as 1."""
    for where, cost in (("each", 68.0), ("normal", 68.0), ("x", 20.0)):
        sheets = dirty(scenario=where)
        sheets["Scenarios"][0]["probability"] = 0
        assert optimum(sheets) == pytest.approx(cost)
    sheets = dirty(scenario="x", penalty=0.5)
    sheets["Scenarios"][0]["probability"] = 0
    paid = solve_reference(sheets)
    assert paid.objective == pytest.approx(20)
    sheets["Plants"][1]["capacity"] = 0  # the stress test can no longer be clean: 6 too much at 0.5 each
    sheets["Policies"].append({"policy": "all", "kind": "max_shortage", "limit": 0, "scenario": "x"})
    assert optimum(sheets) == pytest.approx(20 + 3)


@pytest.mark.parametrize(("where", "years"), [("normal", 2.0), (None, 2.0), ("base", 1.75), ("x", 0.25)])
def test_a_penalty_weighs_what_it_is_about(where: str | None, years: float) -> None:
    """3 of 10 come from the neighbour where 1.25 may: 1.75 too much at 2 each, by the weight of each node."""
    sheets = trade() | {"Periods": [{"period": "y0"}, {"period": "y1"}]}
    sheets = idle(sheets, 0.25, "cost") | {"Countries": sheets["Countries"]}
    rule: Row = {"policy": "cap", "kind": "max_share", "limit": 0.125, "suppliers": "each *", "penalty": 2}
    assert optimum(sheets) == pytest.approx(32)
    sheets["Policies"] = [rule | {"scenario": where}]
    assert optimum(sheets) == pytest.approx(32 + 1.75 * 2 * years)


@pytest.mark.parametrize(("where", "years"), [(None, 2 + 0.75), ("each", 3.0), ("x", 0.25)])
def test_cover_weighs_its_years(where: str | None, years: float) -> None:
    """2 are missing in stock, at 1 each and year, for two years of certainty and one of the weight of its node."""
    sheets = idle(island(2), 0.25, "cost")
    sheets["Periods"][0]["years"] = 2
    sheets["Stockpiles"] = [store(final_min=0, holding_cost=9)]
    sheets["Policies"] = [{"policy": "c", "kind": "stock_cover", "limit": 73, "penalty": 1, "scenario": where}]
    assert optimum(sheets) == pytest.approx(60 + 2 * years)


@pytest.mark.parametrize(("over", "held"), [(None, 4.5), ("step", 4.5), ("event", 3.0), ("path", 0.0)])
def test_shortage_over_steps_events_and_paths(over: str | None, held: float) -> None:
    """A quarter of the 6 wanted in the half-year without imports, of the 12 in the year of both events, or of the 24
    of all own nodes of the branch."""
    sheets = importer(3) | stop(0.1, 0.5, step=6)
    event: Row = {"scenario": "stop", "kind": "export", "country": "Far", "start_years": 0.5, "years": 0.5}
    sheets["Events"].append(event | {"remaining": 0.8})
    sheets["Demand"][0]["shortage_cost"] = 4
    sheets["Stockpiles"] = [store(holding_cost=5, final_min=0)]
    rule: Row = {"policy": "most", "kind": "max_shortage", "limit": 0.25, "scenario": "stop"}
    sheets["Policies"] = [rule | {"over": over}]
    assert solve_reference(sheets).values["stock|base:0|store"] == pytest.approx(held)
    penalised = rule | {"over": over, "penalty": 8}  # a slack weighs 0.1 like its node or path: 0.1 (8 + 1) < 5
    sheets["Policies"] = [penalised]
    assert solve_reference(sheets).values["stock|base:0|store"] == pytest.approx(0)


def test_shortage_on_the_base_path_step_by_step() -> None:
    """10 may be made in y0 and 20 in y1 for 16 each: 6 short in one year of two is 0.1875 of both, 0.375 of one."""
    sheets = island(2, 16, 20)
    sheets["Profiles"] = [{"table": "Plants", "id": "works", "column": "capacity", "y0": 10}]
    rule: Row = {"policy": "most", "kind": "max_shortage", "limit": 0.25}
    sheets["Policies"] = [rule]
    assert solve_reference(sheets).status == "infeasible"
    sheets["Policies"] = [rule | {"over": "path"}]
    assert optimum(sheets) == pytest.approx(2 * 10 + 600 + 2 * 16)


@pytest.mark.parametrize(("window", "held"), [({}, 3), ({"to_period": "y1"}, 1), ({"from_period": "y2"}, 2)])
@pytest.mark.parametrize(("kind", "cells"), [("survive", {}), ("survive_any", {"k": 1})])
def test_survival_whenever_it_begins(window: Row, held: int, kind: str, cells: Row) -> None:
    """A quarter without imports is 3 short, half of which is in stock before every onset in the window; at 1 a year
    for each of the year-ends before one: y0 to y2, y0 alone, y1 and y2."""
    sheets = importer(4)
    sheets["Stockpiles"] = [store(final_min=0, holding_cost=1)]
    rule: Row = {"policy": "live", "kind": kind, "limit": 0.5, "suppliers": "@concern", "years": 0.25}
    sheets["Policies"] = [rule | window | cells]
    assert optimum(sheets) == pytest.approx(4 * 36 + 1.5 * held)


def test_survival_from_the_start() -> None:
    """The first period is an onset where the window or the horizon says so; nothing can be held before it."""
    sheets = importer(1)
    rule: Row = {"policy": "live", "kind": "survive", "limit": 0.5, "suppliers": "@concern", "years": 0.25}
    sheets["Policies"] = [rule]
    assert solve_reference(sheets).status == "infeasible"
    sheets["Periods"].append({"period": "y1"})
    assert solve_reference(sheets).status == "infeasible"  # no store, either
    sheets["Stockpiles"] = [store(final_min=0)]
    assert solve_reference(sheets).status == "optimal"
    sheets["Policies"] = [rule | {"from_period": "y0"}]
    assert solve_reference(sheets).status == "infeasible"


def test_clean_origin_on_branches_in_normal_times() -> None:
    """Half of 12 clean from works at home at 5 in y0 alone, the rest from Far at 3: what y1 is to use clean is made
    and held in y0, for the branch as well; a rule for the base path alone lets the branch go."""
    sheets = importer(2)
    own: Row = {"plant": "own", "country": "Home", "commodity": "metal", "capacity": 99, "unit_cost": 5}
    sheets["Plants"].append(own | {"to_period": "y0"})
    sheets["Stockpiles"] = [store(final_min=0, max_level=6)]
    rule: Row = {"policy": "c", "kind": "clean_origin", "limit": 0.5, "suppliers": "@concern", "commodity": "metal"}
    sheets["Policies"] = [rule]
    assert optimum(sheets) == pytest.approx(12 * 5 + 6 * 3 + 6 * 3)
    far = sheets["Countries"]
    sheets = idle(sheets, 0.5, "cost") | {"Countries": far}
    assert optimum(sheets) == pytest.approx(12 * 5 + 6 * 3 + 6 * 3)
    sheets["Plants"][1] |= {"to_period": "y1"}
    sheets["Stockpiles"] = []
    for where, branch in ((None, 48), ("base", 36)):
        sheets["Policies"] = [rule | {"scenario": where}]
        assert optimum(sheets) == pytest.approx(48 + 0.5 * 48 + 0.5 * branch)
