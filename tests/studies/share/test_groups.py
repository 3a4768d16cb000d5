"""The problem of a group, row by row, and its cost beside that of a workbook in which the others never stood."""

from __future__ import annotations

import os
import random

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.problem import Problem
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.studies.share.groups import Outside, allies, demand_shares, group_problem
from tests.mathematics.cases import Sheets
from tests.studies.share.cases import buyers_sheets, by_hand, drawn_allies, line

EXAMPLES = int(os.environ.get("FRIENDSHORE_EXAMPLES", "1"))


def rich_sheets() -> Sheets:
    """A and B with a quarter and three quarters of demand; Far outside; Friend in the coalition without demand."""
    sheets = buyers_sheets()
    sheets["Countries"].append({"country": "Friend", "bloc": "ally"})
    sheets["Plants"][0] |= {"fixed_cost": 8}
    sheets["Plants"] += [
        {"plant": f"site {country}", "country": country, "commodity": "metal", "capacity": 4, "unit_cost": 3}
        for country in ("A", "B", "Friend")
    ]
    sheets["Expansions"] = [
        line("A", 8),
        line("B", 8) | {"requires": "line A"},
        line("Friend", 8) | {"payer": "B"},
        {"expansion": "free", "plant": "far", "size": 8, "capex": 40, "max_units": 2},
        {"expansion": "paid by B", "plant": "site A", "size": 1, "capex": 5, "payer": "B"},
    ]
    sheets["Stockpiles"] = [
        {"stockpile": f"pile {country}", "country": country, "commodity": "metal", "initial": 4, "max_level": 8}
        for country in ("A", "Far")
    ]
    sheets["Lanes"] = [
        {"from": "Far", "to": "*", "cost": 1},
        {"from": "Far", "to": "A, B", "cost": 1, "way": "sea", "least": 4, "capacity": 16, "shared": "yes"},
        {"from": "Far", "to": "B", "cost": 1, "way": "air", "least": 2, "lane": "contract"},
    ]
    sheets["Policies"] = [
        {"policy": "budget", "kind": "max_capex", "limit": 400},
        {"policy": "single", "kind": "max_capex", "limit": 300, "consumers": "each @coalition"},
        {"policy": "clean", "kind": "max_emissions", "limit": 100},
        {"policy": "cap", "kind": "max_share", "limit": 0.9, "suppliers": "Far"},
        {"policy": "of B", "kind": "max_shortage", "limit": 0.9, "consumers": "B"},
        {"policy": "from A", "kind": "min_share", "limit": 0.05, "suppliers": "A", "consumers": "@coalition"},
        {"policy": "several", "kind": "survive_any", "limit": 1, "suppliers": "@ally", "k": 3, "years": 1},
        {"policy": "plant", "kind": "survive", "limit": 1, "suppliers": "plant:site B", "years": 1},
    ]
    sheets["Profiles"] = [
        {"table": "Plants", "id": "far", "column": "capacity", "y0": 24},
        {"table": "Plants", "id": "site B", "column": "unit_cost", "y0": 2},
        {"table": "Policies", "id": "clean", "column": "limit", "y0": 60},
    ]
    return sheets


@pytest.fixture(scope="module")
def rich() -> Problem:
    return problem_from_sheets(rich_sheets())


def of(problem: Problem, outside: Outside, *members: str) -> Problem:
    return group_problem(problem, members, outside)


def test_allies_are_those_of_the_coalition_with_demand(rich: Problem) -> None:
    assert allies(rich) == ("A", "B")
    assert demand_shares(rich, ("A", "B")) == pytest.approx({"A": 0.25, "B": 0.75})


def test_parts_of_demand_go_by_value_or_without_prices_by_commodity() -> None:
    """A needs 10 metal, B 30 metal and 5 of a good of price 4, metal 1: 10 and 50 in
    value; without prices the mean of 1/4 and 0."""
    sheets = buyers_sheets()
    sheets["Commodities"].append({"commodity": "good", "unit": "t", "price": 4})
    sheets["Demand"].append({"country": "B", "commodity": "good", "shortage_cost": 5, "per_year": 5})
    assert demand_shares(problem_from_sheets(sheets), ("A", "B")) == pytest.approx({"A": 1 / 6, "B": 5 / 6})
    sheets["Commodities"][1]["price"] = 0
    assert demand_shares(problem_from_sheets(sheets), ("A", "B")) == pytest.approx({"A": 1 / 8, "B": 7 / 8})


@pytest.mark.parametrize("outside", list(Outside))
def test_of_all_allies_it_is_the_problem_itself(rich: Problem, outside: Outside) -> None:
    assert of(rich, outside, "A", "B").tables == rich.tables


def test_who_is_left_out_keeps_nothing_in_it(rich: Problem) -> None:
    alone = of(rich, Outside.OPEN, "A")
    assert [row.country for row in alone.demand] == ["A"]
    assert set(alone.plants) == {"far", "site A", "site Friend"}
    assert set(alone.stockpiles) == {"pile A", "pile Far"}
    assert alone.coalition == ("A", "Friend")
    assert set(alone.expansions) == {"line A", "free", "paid by B"} and alone.expansions["paid by B"].payer == ""
    other = of(rich, Outside.OPEN, "B")
    assert set(other.expansions) == {"line Friend", "free"}  # line B requires that of A
    assert [row.entry for row in alone.tables.profiles] == ["far", "clean"]


def test_contracts_of_others_fall_away_and_shared_ones_are_divided(rich: Problem) -> None:
    """Of the 4 a year that A and B must take together A has a quarter; the 16 it may carry are outside capacity."""
    for outside, capacity in ((Outside.OPEN, 16), (Outside.PRO_RATA, 4)):
        alone = of(rich, outside, "A")
        sea = [lane for lane in alone.lanes.values() if lane.way == "sea" and lane.least > 0]
        assert [(lane.destination, lane.least, lane.capacity) for lane in sea] == [("A", 1, capacity)]
        assert not any(lane.least for lane in alone.lanes.values() if lane.way == "air")
    other = of(rich, Outside.OPEN, "B")
    assert {(lane.destination, lane.way, lane.least) for lane in other.lanes.values() if lane.least} == {
        ("B", "sea", 3),
        ("B", "air", 2),
    }


def test_limits_on_amounts_are_divided_and_others_stay(rich: Problem) -> None:
    alone = of(rich, Outside.OPEN, "A")
    assert {row.policy: row.limit for row in alone.policies} == pytest.approx(
        {"budget": 100, "single": 300, "clean": 25, "cap": 0.9, "from A": 0.05, "several": 1}
    )
    assert next(row.k for row in alone.policies if row.policy == "several") == 2  # A and Friend are left of three
    assert {row.by_period["y0"] for row in alone.tables.profiles if row.entry == "clean"} == {15}
    other = {row.policy for row in of(rich, Outside.OPEN, "B").policies}
    assert "from A" not in other and {"of B", "plant"} <= other


def test_what_stands_outside_is_open_or_divided(rich: Problem) -> None:
    whole, part = of(rich, Outside.OPEN, "A"), of(rich, Outside.PRO_RATA, "A")
    assert (whole.plants["far"].capacity, whole.plants["far"].fixed_cost) == (20, 8)
    assert (part.plants["far"].capacity, part.plants["far"].fixed_cost) == (5, 2)
    assert (part.expansions["free"].size, part.expansions["free"].capex) == (2, 10)
    assert (part.stockpiles["pile Far"].initial, part.stockpiles["pile Far"].max_level) == (1, 2)
    assert part.stockpiles["pile A"] == rich.stockpiles["pile A"] and part.plants["site A"] == rich.plants["site A"]
    assert part.at(0).plants["far"].capacity == 6
    assert part.plants["site Friend"].capacity == 1


def test_a_quota_from_outside_is_divided() -> None:
    sheets = rich_sheets()
    sheets["Scenarios"] = [{"scenario": "stop", "probability": 0.1, "onset": "y1", "step_months": 12}]
    sheets["Periods"] = [{"period": f"y{i}", "years": 1} for i in range(2)]
    sheets["Events"] = [
        {"scenario": "stop", "kind": "export", "country": "Far", "commodity": "metal", "years": 1, "quota": 8}
    ]
    problem = problem_from_sheets(sheets)
    quotas = [of(problem, outside, "A").tables.events[0].quota for outside in Outside]
    assert quotas == [8, 2]


def test_nobody_and_strangers_are_no_group(rich: Problem) -> None:
    for members in ((), ("Far",)):
        with pytest.raises(ValueError, match="wanted some of the allies"):
            of(rich, Outside.OPEN, *members)


@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_a_group_costs_what_it_would_if_the_others_had_never_been(seed: int) -> None:
    """Random allies: the same workbook without the rows of the others costs as much."""
    draw = random.Random(seed)  # noqa: S311 - a test
    sheets = drawn_allies(draw)
    members = draw.choice(("A", "C", "AB", "BC"))
    outside = draw.choice(list(Outside))
    found, wanted = (
        solve_problem(problem, gap=0.0, threads=1).plan
        for problem in (
            of(problem_from_sheets(sheets), outside, *members),
            problem_from_sheets(by_hand(sheets, members, outside)),
        )
    )
    assert found is not None and wanted is not None
    assert found.objective == pytest.approx(wanted.objective, rel=1e-7)
