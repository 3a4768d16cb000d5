"""Months actually survived: the longest stop that keeps a survive policy's promise, the plan held as it is."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import UNSET

from friendshore.models.plan import PolicyValue
from friendshore.optimizer.commands.schema.outcome import solved
from tests.mathematics.cases import (
    Sheets,
    about,
    fails,
    importer,
    island,
    plan_of,
    policy,
    quantity,
    solve,
    stop,
    store,
    under,
)


def holding(stock: float, *, demand: float = 12.0, **cells: Any) -> Sheets:
    """Home needs 12 a year from Far for four years and is told to hold ``stock`` at the end of y0; Far stops in y1.

    The test is of one onset; ``to_period`` None makes it one of every onset from y1 on.
    """
    sheets = importer(4, demand=demand, capacity=60) | {"Stockpiles": [store(holding_cost=1)]}
    cover = {"policy": "hold", "kind": "stock_cover", "limit": 365 * stock / demand, "to_period": "y0"}
    sheets = under(sheets, **cover)
    test = {"limit": 0, "years": 0.25, "suppliers": "Far", "from_period": "y1", "to_period": "y1"}
    return under(sheets, kind="survive", **test | cells)


def line(sheets: Sheets) -> PolicyValue:
    return policy(plan_of(sheets), "rule")


@pytest.mark.parametrize(
    ("stock", "limit", "months"), [(12, 0, 12), (15, 0, 15), (16.5, 0, 15), (6, 0.5, 12), (8, 0.5, 15), (3, 0, 3)]
)
def test_stock_over_use(stock: float, limit: float, months: float) -> None:
    """1 a month from stock is 12 months from 12. 16.5 last 16.5 months, and the step that ends at 18 is not whole.
    Where half may be short it lasts twice as long: 12 months from 6. The policy asks for 3 months only."""
    found = line(holding(stock, limit=limit))
    assert found.asked_years == about(0.25)
    assert found.survived_years == about(months / 12)
    assert not found.survived_to_end
    assert (found.weakest, found.worst_onset) == (("Far",), "y1")


@pytest.mark.parametrize(
    ("held_to", "months", "onset"), [("y0", 3, "y2"), ("y1", 3, "y3"), ("y2", 12, "y1"), (None, 12, "y1")]
)
def test_the_worst_onset_tells(held_to: str | None, months: float, onset: str) -> None:
    """12 are held to the end of ``held_to``, and after it the 3 that three months need, since holding costs 1.

    A stop that begins while 12 are there is survived for a year, one that begins later for three months; the last
    onset, at the start of y3, sees a stop of at most a year, which the horizon ends.
    """
    sheets = holding(12, to_period=None)
    sheets["Policies"][0]["to_period"] = held_to
    found = line(sheets)
    assert (found.survived_years, found.worst_onset) == (about(months / 12), onset)
    assert found.weakest == ("Far",)


def test_steps_of_a_month_tell_more_closely() -> None:
    """16.5 of stock in steps of a month: 16 months."""
    assert line(holding(16.5, step_months=1)).survived_years == about(16 / 12)


def test_to_the_end_of_the_horizon() -> None:
    """36 of stock last for the three years that are left; so does a limit of everything short."""
    for sheets in (holding(36), holding(3, limit=1)):
        found = line(sheets)
        assert found.survived_to_end
        assert found.survived_years == about(3)
        assert found.weakest == ()


def test_a_promise_at_a_price_that_is_not_kept() -> None:
    """A year asked for, room for 6: half a year is survived, and the penalty is paid for the rest."""
    sheets = holding(6, years=1, penalty=0.001)
    sheets["Stockpiles"] = [store(holding_cost=1, max_level=6)]
    found = line(sheets)
    assert (found.asked_years, found.survived_years) == (about(1), about(0.5))
    assert found.violation > 0


def test_nothing_survived() -> None:
    """No stock at all: not even the first step."""
    sheets = holding(0, years=1, penalty=0.001)
    sheets["Stockpiles"] = [store(holding_cost=1, max_level=0)]
    found = line(sheets)
    assert (found.survived_years, found.survived_to_end) == (0, False)


def test_the_weakest_of_several_tells() -> None:
    """Near sells 6 of the 12 as well. Without Far 9 of stock last 18 months, without Near 6 are bought from Far, whose
    capacity allows all: no end. Pooled, 9 last nine months."""
    sheets = holding(9, suppliers="each @concern")
    sheets["Countries"].append({"country": "Near", "bloc": "concern"})
    sheets["Plants"].append({"plant": "n", "country": "Near", "commodity": "metal", "capacity": 6, "unit_cost": 1})
    sheets["Lanes"].append({"from": "Near", "to": "Home", "cost": 1})
    found = line(sheets)
    assert (found.survived_years, found.weakest) == (about(1.5), ("Far",))
    sheets["Policies"][1]["suppliers"] = "@concern"
    found = line(sheets)
    assert (found.survived_years, found.weakest) == (about(0.75), ("Far", "Near"))
    sheets["Policies"][1] |= {"kind": "survive_any", "suppliers": "*", "k": 2, "penalty": 0}
    assert line(sheets).survived_years == about(0.75)


def test_plants_and_routes() -> None:
    """The same 15 months without the works, and without the strait."""
    sheets = holding(15, suppliers="plant:works")
    sheets["Lanes"][0]["routes"] = "strait"
    assert line(sheets).survived_years == about(1.25)
    sheets["Policies"][1]["suppliers"] = "each route:*"
    assert line(sheets).survived_years == about(1.25)


@pytest.mark.parametrize("months", [3, 6, 9, 12, 15, 18])
def test_against_asking_for_it(months: int) -> None:
    """Second opinion: with the stock that 13 months need and no more room, a policy of ``months`` has a plan exactly
    where the months survived are as many. The reserve a scenario of the sheet draws on does not count for the test."""
    sheets = holding(13)
    sheets["Stockpiles"] = [store(holding_cost=1, max_level=13)]
    sheets |= stop(0.1, onset="y2")
    survived = line(sheets).survived_years
    assert survived == about(1)
    sheets["Policies"][1]["years"] = months / 12
    assert fails(sheets) == (months > 12 * survived + 1e-6)


def test_an_own_plant_that_stops() -> None:
    """A member of the coalition makes nothing itself either: the island lasts as long as its stock."""
    sheets = island(3) | {"Stockpiles": [store(initial=5, max_level=5, final_min=0)]}
    sheets = under(sheets, kind="stock_cover", policy="hold", limit=182.5, to_period="y0")
    sheets = under(sheets, kind="survive", limit=0, years=0.25, suppliers="Home", from_period="y1", to_period="y1")
    plan = plan_of(sheets)
    assert quantity(plan.stocks, "level", period="y0", scenario="base") == about(5)
    assert policy(plan, "rule").survived_years == about(0.5)


def test_other_policies_have_none_and_json_tells_months() -> None:
    outcome = solve(holding(15))
    assert outcome.plan is not None
    assert policy(outcome.plan, "hold").survived_years is None
    rows = {row.policy: row for row in solved(outcome).policies}
    assert rows["rule"].months_asked == about(3)
    assert rows["rule"].months_survived == about(15)
    assert rows["rule"].survived_to_end is False
    assert (rows["rule"].weakest, rows["rule"].worst_onset) == (("Far",), "y1")
    assert rows["hold"].months_survived is UNSET
    assert rows["hold"].worst_onset is UNSET


def test_beside_a_shock_after_which_the_stock_is_held_again() -> None:
    """A path of the sheet is back in normal times in y2 and has what it lacks of the base path's stock as a decision.

    The test of the stop knows no such path; 12 held at the end of y0 are a year from y1 on, as without the sheet.
    """
    sheets = holding(12) | stop(0.1, onset="y1", years=0.5)
    sheets["Settings"].append({"setting": "rejoin_years", "value": 0})
    assert line(sheets).survived_years == about(1)
