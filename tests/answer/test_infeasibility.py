"""FS601: the sheet rows that cannot hold together, and that none of them could be left out."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.trust.other_units import in_other_units
from friendshore.models.examine import problem_from_sheets
from friendshore.models.plan import Outcome, Status
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.search.result import SearchResult
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.solver import Answer, SolverFault
from friendshore.optimizer.workbook.locate import located

Sheets = dict[str, list[dict[str, Any]]]


def trade(*policies: dict[str, Any], **plants: Any) -> Sheets:
    """Home needs 10 a year; Far and Near can each make 8."""
    return {
        "Periods": [{"period": "y0"}, {"period": "y1"}],
        "Countries": [
            {"country": "Home", "bloc": "ally"},
            {"country": "Far", "bloc": "x"},
            {"country": "Near", "bloc": "x"},
        ],
        "Commodities": [{"commodity": "good", "unit": "t"}],
        "Plants": [
            {"plant": "far", "country": "Far", "commodity": "good", "capacity": 8, "unit_cost": 1, **plants},
            {"plant": "near", "country": "Near", "commodity": "good", "capacity": 8, "unit_cost": 2},
        ],
        "Demand": [{"country": "Home", "commodity": "good", "shortage_cost": 100, "per_year": 10}],
        "Lanes": [{"from": "*", "to": "Home"}],
        "Policies": list(policies),
    }


def outcome(sheets: Sheets) -> Outcome:
    return solve_problem(problem_from_sheets(sheets), gap=1e-9)


def cap(name: str, limit: float, suppliers: str, **cells: Any) -> dict[str, Any]:
    return {"policy": name, "kind": "max_share", "limit": limit, "suppliers": suppliers, **cells}


FED = {"policy": "fed", "kind": "max_shortage", "limit": 0}


def test_two_caps_and_a_promise() -> None:
    """At most 40% from each of two suppliers leaves nothing possible: any amount breaks one cap, so all of it is
    short, which breaks the promise. With one cap less, 40% come from the one and 60% from the other, who can make 8
    of 10. So all three are needed for the conflict. A fourth policy, met anyway, is not named."""
    loose = cap("loose", 0.95, "Far")
    found = outcome(trade(cap("far_cap", 0.4, "Far"), cap("near_cap", 0.4, "Near"), FED, loose))
    assert found.status == Status.INFEASIBLE
    assert found.plan is None
    assert [f.code for f in found.conflict] == ["FS601"] * 3
    assert sorted(f.row for f in found.conflict) == [2, 3, 4]
    assert {f.sheet for f in found.conflict} == {"Policies"}
    assert "cannot hold together with" in found.conflict[0].message
    assert "penalty" in found.conflict[0].message


@pytest.mark.parametrize("left_out", [0, 1, 2])
def test_without_any_one_of_them_there_is_a_plan(left_out: int) -> None:
    """What irreducible means."""
    policies = [cap("far_cap", 0.4, "Far"), cap("near_cap", 0.4, "Near"), FED]
    del policies[left_out]
    assert outcome(trade(*policies)).status == Status.OPTIMAL


def test_a_policy_that_clashes_with_the_world_alone() -> None:
    """Thirty days of use in a store that holds half a tonne: the promise to be fed is not part of it."""
    floor = {"policy": "floor", "kind": "stock_cover", "limit": 30, "consumers": "Home", "commodity": "good"}
    sheets = trade(floor, FED)
    sheets["Stockpiles"] = [{"stockpile": "store", "country": "Home", "commodity": "good", "max_level": 0.5}]
    (one,) = outcome(sheets).conflict
    assert (one.sheet, one.row, one.column) == ("Policies", 2, "limit")
    assert "cannot be met" in one.message


def test_least_use_is_named_on_its_own_sheet() -> None:
    """A plant that must run at half of 8 with an input that nobody makes."""
    sheets = trade(min_use=0.5)
    sheets["Commodities"].append({"commodity": "ore", "unit": "t"})
    sheets["Recipes"] = [
        {"recipe": "r", "commodity": "ore", "role": "input", "amount": 1},
        {"recipe": "r", "commodity": "good", "role": "output", "amount": 1},
    ]
    sheets["Plants"][0] |= {"recipe": "r", "commodity": None}
    (one,) = outcome(sheets).conflict
    assert (one.sheet, one.row, one.column) == ("Plants", 2, "min_use")


@pytest.mark.parametrize("recipes", ["r", "r, s"])
@pytest.mark.parametrize("closes", ["no", "yes"])
def test_least_use_is_named_whatever_the_plant_may_do(recipes: str, closes: str) -> None:
    """One that may run several recipes, or be closed: in the first year before it can be, as none closes before then,
    or to have what only it can make."""
    sheets = trade(FED, min_use=0.5, may_close=closes)
    sheets["Commodities"].append({"commodity": "ore", "unit": "t"})
    sheets["Recipes"] = [
        {"recipe": name, "commodity": good, "role": role, "amount": 1}
        for name in ("r", "s")
        for good, role in (("ore", "input"), ("good", "output"))
    ]
    sheets["Plants"][0] |= {"recipe": recipes, "commodity": None}
    sheets["Plants"][1]["capacity"] = 20
    found = outcome(sheets)
    if closes == "yes":
        assert found.status == Status.OPTIMAL
        return
    (one,) = found.conflict
    assert (one.sheet, one.row, one.column) == ("Plants", 2, "min_use")


@pytest.mark.parametrize("cells", [{}, {"lane": "sea"}, {"shared": "yes"}])
def test_contracts_are_named(cells: dict[str, Any]) -> None:
    """At least 6 from Far, of at most 10 that Home takes in, and at most half from Far; either alone can be had."""
    sheets = trade(cap("far_cap", 0.5, "Far"), cap("loose", 0.95, "Near"))
    sheets["Lanes"].append({"from": "Far", "to": "Home", "least": 6} | cells)
    found = outcome(sheets).conflict
    assert [(one.sheet, one.row, one.column) for one in found] == [("Policies", 2, "limit"), ("Lanes", 3, "least")]
    assert ("the lane sea" if "lane" in cells else "the lane of row 3") in found[1].message


@pytest.mark.parametrize(("cells", "column"), [({"min_level": 3}, "min_level"), ({"final_min": 20}, "final_min")])
def test_a_least_level_is_named_by_its_column(cells: dict[str, Any], column: str) -> None:
    """Far makes 1 a year, Near nothing: neither 3 at the end of the first year nor 20 at the end can lie there."""
    sheets = trade()
    sheets["Plants"] = [sheets["Plants"][0] | {"capacity": 1}]
    sheets["Stockpiles"] = [{"stockpile": "store", "country": "Home", "commodity": "good", "max_level": 50} | cells]
    (one,) = outcome(sheets).conflict
    assert (one.sheet, one.row, one.column) == ("Stockpiles", 2, column)


def test_whole_units_alone_can_clash() -> None:
    """A budget of 60 for half a line of 120 is enough in shares of a line, and for none in whole ones: at least half of
    the deliveries must come from Near, whose plant exists only once a line is built."""
    half = {"policy": "half", "kind": "min_share", "limit": 0.5, "suppliers": "Near", "from_period": "y1"}
    budget = {"policy": "budget", "kind": "max_capex", "limit": 60}
    sheets = trade(half, budget, FED)
    sheets["Plants"][0]["capacity"] = 20
    sheets["Plants"][1]["capacity"] = 0
    sheets["Expansions"] = [{"expansion": "line", "plant": "near", "size": 10, "capex": 120, "payer": "Home"}]
    found = outcome(sheets)
    assert found.status == Status.INFEASIBLE
    assert sorted(f.row for f in found.conflict) == [2, 3, 4]
    assert all("whole units" in f.message for f in found.conflict)


def test_the_cell_is_found_in_the_grid() -> None:
    """`limit` is the third column of the sheet as it was given."""
    problem = problem_from_sheets(trade(cap("far_cap", 0.4, "Far"), cap("near_cap", 0.4, "Near"), FED))
    cells = {f.place for f in located(solve_problem(problem, gap=1e-9).conflict, problem)}
    assert cells == {"Policies!C2", "Policies!C3", "Policies!C4"}


@pytest.mark.parametrize("money", [1e-6, 1.0, 1e6])
@pytest.mark.parametrize("quantity", [1e-6, 1.0, 1e6])
def test_a_conflict_is_found_in_any_unit(quantity: float, money: float) -> None:
    """A budget of 60 for lines of 120 that the rule needs, counted in other units: the same rows clash."""
    half = {"policy": "half", "kind": "min_share", "limit": 0.5, "suppliers": "Near", "from_period": "y1"}
    budget = {"policy": "budget", "kind": "max_capex", "limit": 20}
    sheets = trade(half, budget, FED, cap("loose", 0.95, "Far"))
    sheets["Plants"][0]["capacity"] = 20
    sheets["Plants"][1]["capacity"] = 0
    sheets["Expansions"] = [
        {"expansion": "line", "plant": "near", "size": 10, "capex": 120, "payer": "Home", "integer": "no"}
    ]
    found = outcome(in_other_units(sheets, quantity, money))
    assert found.status == Status.INFEASIBLE
    assert sorted(f.row for f in found.conflict) == [2, 3, 4]


def test_infeasible_without_a_conflict_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that wrongly says that there is no plan is asked again, in other units, and its plan is found."""
    sheets = trade(cap("far_cap", 0.6, "Far"), FED)
    right = outcome(sheets)
    assert right.plan is not None

    def wrong(assembled: Assembled, *_: object) -> SearchResult:
        return SearchResult(assembled, Answer(status="infeasible"))

    monkeypatch.setattr("friendshore.optimizer.solve.search_extensive_form", wrong)
    again = outcome(sheets)
    assert again.status == Status.OPTIMAL
    assert again.objective == pytest.approx(right.plan.objective, rel=1e-9)
    assert any("no rows of the sheets clash" in line for line in again.run.log)


def test_a_second_search_without_a_plan_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(assembled: Assembled, *_: object, **__: object) -> SearchResult:
        return SearchResult(assembled, Answer(status="infeasible"))

    for where in ("solve", "search.extensive"):
        monkeypatch.setattr(f"friendshore.optimizer.{where}.search_extensive_form", wrong)
    with pytest.raises(SolverFault, match="although all that is demanded can be met"):
        outcome(trade(FED))
