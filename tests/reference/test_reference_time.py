"""The reference against answers worked out by hand: length of periods, steps, looking ahead, units in whole steps."""

from __future__ import annotations

from itertools import pairwise

import pytest

from .cases import evenly, importer, island, stop, store, with_settings
from .read import read
from .records import Row, Sheets
from .solve import solve_reference
from .test_reference import branch_sheets, optimum
from .tree import Tree


def decade(lengths: list[float], steps: int = 1) -> Sheets:
    """1 a year for ten years at 100 each; new works of capex 900 would make it for nothing."""
    sheets = with_settings(island(len(lengths), 1, 10, 100), discount_rate=0.08)
    sheets["Demand"][0]["shortage_cost"] = 1000
    for period, years in zip(sheets["Periods"], lengths, strict=True):
        period |= {"years": years, "steps": steps}
    sheets["Plants"].append({"plant": "new", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 0})
    sheets["Expansions"] = [{"expansion": "e", "plant": "new", "size": 10, "capex": 900}]
    return sheets


@pytest.mark.parametrize("lengths", [[1.0] * 10, [5.0, 5.0], [10.0]])
def test_length_of_periods_changes_nothing(lengths: list[float]) -> None:
    """697.50 is what ten years at 100 are worth, so 900 is not spent; 650 is, however time is cut."""
    sheets = decade(lengths)
    assert optimum(sheets) == pytest.approx(697.50, abs=0.005)
    assert not any(solve_reference(sheets).units.values())
    sheets["Expansions"][0]["capex"] = 650
    assert optimum(sheets) == pytest.approx(650)


def test_steps_are_no_times_to_decide() -> None:
    """A period of ten years in ten steps costs the same, and units are decided at its first step only."""
    sheets = decade([10], steps=10)
    assert optimum(sheets) == pytest.approx(697.50, abs=0.005)
    assert set(solve_reference(sheets).units) == {("base", 0.0, "e")}


def late(lengths: list[float], steps: int, lead: float, capex: float, most: int) -> Sheets:
    """Nothing can be made until new works serve, some years after they were decided."""
    sheets = island(len(lengths), 10, 0, 0)
    for period, years in zip(sheets["Periods"], lengths, strict=True):
        period["years"] = years
    sheets["Periods"][0]["steps"] = steps
    unit: Row = {"expansion": "e", "plant": "works", "size": 10, "capex": capex, "max_units": most, "lead_years": lead}
    return sheets | {"Expansions": [unit]}


@pytest.mark.parametrize(("steps", "cost"), [(1, 5100.0), (5, 3100.0)])
def test_nothing_before_it_exists(steps: int, cost: float) -> None:
    """Five and five years, lead 3: one unit, that counts from year 5, or with steps of a year from year 3; the more
    the better is no way around it, and to be short of nothing is impossible."""
    sheets = late([5, 5], steps, 3, 100, 5)
    assert optimum(sheets) == pytest.approx(cost)
    sheets["Policies"] = [{"policy": "none", "kind": "max_shortage", "limit": 0}]
    assert solve_reference(sheets).status == "infeasible"


def test_half_a_year_late() -> None:
    """Lead 1.5 in two yearly periods: never, or with half-year steps of both the last half-year."""
    sheets = late([1, 1], 1, 1.5, 50, 2)
    assert optimum(sheets) == pytest.approx(2000)
    assert not solve_reference(sheets).units
    for period in sheets["Periods"]:
        period["steps"] = 2
    assert optimum(sheets) == pytest.approx(50 + 1000 + 500)


def test_no_service_in_the_step_in_which_life_ends() -> None:
    """A life of 2.5 years gives two whole years, capacity and fixed cost alike."""
    sheets = late([1, 1, 1], 1, 0, 50, 1)
    sheets["Expansions"][0] |= {"life_years": 2.5, "fixed_cost": 7, "latest": "y0"}
    assert optimum(sheets) == pytest.approx(50 + 2 * 7 + 1000)


def test_a_branch_sees_a_unit_of_the_base_path_when_that_does() -> None:
    """Decided at the start with a lead of 1.5 years, a unit serves from year 2 on a branch with half-years too, and
    from 1.5 on where the base path has half-years; one decided on the branch itself serves its own nodes."""
    sheets = branch_sheets("plan", 0.25)
    sheets["Scenarios"][0]["step_months"] = 6
    sheets["Expansions"][0] |= {"lead_years": 1.5, "capex": 1, "latest": "y0"}
    assert optimum(sheets) == pytest.approx(1 + 0.25 * 600)
    sheets["Periods"][1]["steps"] = 2
    assert optimum(sheets) == pytest.approx(1 + 0.25 * 300)
    sheets = branch_sheets("integer", 0.25)
    sheets["Scenarios"][0]["step_months"] = 6
    sheets["Expansions"][0] |= {"lead_years": 0.5, "capex": 1, "earliest": "y1"}
    assert optimum(sheets) == pytest.approx(0.25 * (1 + 300))


def test_labels_may_be_far_apart() -> None:
    """Imports of 60 at 4 for 25 years cost 6000, works 2000."""
    sheets = importer(3, demand=60, capacity=100)
    for period, years in zip(sheets["Periods"], (5, 10, 10), strict=True):
        period["years"] = years
    sheets["Plants"][0]["unit_cost"] = 3
    assert optimum(sheets) == pytest.approx(6000)
    sheets["Plants"].append({"plant": "fab", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 0})
    sheets["Expansions"] = [{"expansion": "e", "plant": "fab", "size": 60, "capex": 2000}]
    assert optimum(sheets) == pytest.approx(2000)


def test_looking_ahead() -> None:
    """What is looked ahead to counts in the objective; a stock is back at its least level before it begins, and at
    its end again. In y1 buying costs 51, so the store would be drawn down then and filled in y2 at 3."""
    sheets = importer(3)
    sheets["Profiles"] = [{"table": "Plants", "id": "works", "column": "unit_cost", "y1": 50}]
    sheets["Stockpiles"] = [store(initial=5, max_level=5)]
    assert optimum(sheets) == pytest.approx(36 + 7 * 51 + 17 * 3)
    sheets["Periods"][2]["look_ahead"] = "yes"
    assert optimum(sheets) == pytest.approx(36 + 12 * 51 + 12 * 3)
    sheets["Profiles"][0] |= {"y1": 2, "y2": 50}  # and no way to leave the end without
    assert optimum(sheets) == pytest.approx(36 + 36 + 12 * 51)


def test_steps_of_a_branch_lie_in_those_of_the_base_path() -> None:
    """Only steps that meet the event are cut, into parts of step_months; a step that is not longer stays whole."""
    sheets = importer(2) | stop(0.25, 0.75, step=3)
    sheets["Periods"][1]["steps"] = 2
    tree = Tree(read(sheets))
    assert [node.years for node in tree.own["stop"]] == [0.25] * 4
    sheets["Scenarios"][0]["step_months"] = 12
    assert [node.years for node in Tree(read(sheets)).own["stop"]] == [0.5, 0.5]
    sheets["Events"][0] |= {"years": 0.5}
    sheets["Scenarios"][0]["step_months"] = 6
    tree = Tree(read(sheets))
    assert [node.step for node in tree.own["stop"]] == [1, 2]
    assert all(after.start == pytest.approx(before.end) for before, after in pairwise(tree.path("stop")))
    sheets["Scenarios"][0]["step_months"] = 4
    with pytest.raises(ValueError, match="do not divide"):
        read(sheets) and Tree(read(sheets))


def test_protections_and_tariffs_run_with_time() -> None:
    """At 25% two years of 1 a year are worth what their integral is, in one period or two."""
    for lengths in ([1.0, 1.0], [2.0]):
        sheets = with_settings(importer(len(lengths)), discount_rate=0.25)
        for period, years in zip(sheets["Periods"], lengths, strict=True):
            period["years"] = years
        sheets["Lanes"][0]["tariff"] = 0.5
        assert optimum(sheets) == pytest.approx(12 * 3.5 * evenly(0.25, 0, 2))
