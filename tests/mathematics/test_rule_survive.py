"""survive: for each tested supplier and onset, shortage within the limit in every step until its stop ends."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mathematics.cases import (
    Sheets,
    about,
    built,
    fails,
    importer,
    island,
    optimum,
    plan_of,
    policy,
    proves,
    quantity,
    short,
    slope,
    store,
    under,
    value_of,
    with_settings,
)

pytestmark = proves("rule:survive")


def relying(
    limit: float = 0.5, years: float = 0.25, suppliers: str = "@concern", *, capacity: float = 30, **cells: Any
) -> Sheets:
    """Home buys its 12 a year from Far; a stock costs 1 a unit and year to hold, the first for a year."""
    sheets = importer(2, capacity=capacity) | {"Stockpiles": [store(holding_cost=1)]}
    return under(sheets, kind="survive", limit=limit, years=years, suppliers=suppliers, **cells)


def held(sheets: Sheets) -> float:
    """Stock at the end of y0 on the base path."""
    return quantity(plan_of(sheets).stocks, "level", scenario="base", period="y0")


@pytest.mark.parametrize(
    ("limit", "years", "stock"), [(0.5, 0.25, 1.5), (0.5, 0.5, 3), (0, 0.25, 3), (0, 1, 12), (1, 1, 0)]
)
def test_stock_for_the_stop(limit: float, years: float, stock: float) -> None:
    """A quarter without Far is 3, of which half may be short: 1.5 held at the onset, y1, and no more than that."""
    sheets = relying(limit, years)
    plan = plan_of(sheets)
    assert quantity(plan.stocks, "level", scenario="base", period="y0") == about(stock)
    assert plan.objective == about(72 + stock)


def test_every_step_by_itself() -> None:
    """5.9 a year of own making in a stop of a year: each quarter is 1.525 of 3 short, beyond half by 0.025, though a
    year's mean with the stock used at once would not be. 0.1 for the four steps together."""
    sheets = relying(0.5, 1)
    sheets["Plants"].append({"plant": "mill", "country": "Home", "commodity": "metal", "capacity": 5.9, "unit_cost": 9})
    assert held(sheets) == about(0.1)
    table = plan_of(sheets).shortages
    steps = table[(table["scenario"] == "rule/all@y1") & (table["period"] == "y1")]["shortage"]
    assert steps.tolist() == about([1.5] * 4)


@pytest.mark.parametrize(
    ("months", "years", "stock"), [(3, 0.25, 3), (12, 0.25, 0), (6, 0.25, 1), (1, 0.25, 3), (None, 0.25, 3)]
)
def test_the_length_of_a_step(months: int | None, years: float, stock: float) -> None:
    """A quarter's stop seen in whole years leaves 0.75 of 20 a year, which is enough; in half years 0.5 of 10, 1 less
    than the 6 wanted; in quarters, the default, and in months nothing comes: 3."""
    assert held(relying(0, years, capacity=20, step_months=months)) == about(stock)


def two(suppliers: str) -> Sheets:
    """A second maker of concern with 6 a year at 9."""
    sheets = relying(0.5, 0.5, suppliers)
    sheets["Countries"].append({"country": "Near", "bloc": "concern"})
    sheets["Plants"].append({"plant": "n", "country": "Near", "commodity": "metal", "capacity": 6, "unit_cost": 9})
    sheets["Lanes"][0]["routes"] = "strait"
    sheets["Lanes"].append({"from": "Near", "to": "Home", "cost": 1, "routes": "strait, canal"})
    return sheets


@pytest.mark.parametrize(
    ("suppliers", "stock", "tests"),
    [
        ("@concern", 3, ["all"]),
        ("each @concern", 0, ["Far", "Near"]),
        ("Far", 0, ["all"]),
        ("each Far", 0, ["Far"]),
        ("plant:works", 0, ["all"]),
        ("plant:*", 3, ["all"]),
        ("each plant:*", 0, ["n", "works"]),
        ("route:strait", 3, ["all"]),
        ("route:canal", 0, ["all"]),
        ("each route:*", 3, ["canal", "strait"]),
        ("route:*", 3, ["all"]),
    ],
)
def test_whom_it_tests(suppliers: str, stock: float, tests: list[str]) -> None:
    """Both at once leave nothing for half a year: half of 6 in stock. One by one the other's 6 a year are half of what
    is wanted, which is enough. Both lanes lead through the strait, Near's alone through the canal. With two periods the
    stop can begin in the second only."""
    plan = plan_of(two(suppliers))
    assert quantity(plan.stocks, "level", scenario="base", period="y0") == about(stock)
    assert [name for name in plan.paths["scenario"] if name != "base"] == [f"rule/{name}@y1" for name in tests]
    assert plan.paths["probability"].tolist() == [1.0] + [0.0] * len(tests)


def test_a_member_of_the_coalition_stops_making_for_itself() -> None:
    """Home makes its own 10: outside the coalition only exports would stop and nothing were short; inside, its plants
    stand still as well: 2.5 for a quarter."""
    sheets = island(2) | {"Stockpiles": [store(holding_cost=1)]}
    assert held(under(sheets, kind="survive", limit=0, years=0.25, suppliers="each *")) == about(2.5)
    outside = with_settings(sheets, coalition="friend")
    outside["Countries"].append({"country": "Near", "bloc": "friend"})
    rule = {"kind": "survive", "limit": 0, "years": 0.25, "suppliers": "Home", "consumers": "Home"}
    assert held(under(outside, **rule)) == about(0)


def test_every_commodity_stops() -> None:
    """The export stop is on ore as well, from which Home makes its metal: 3 of metal, or of ore, for a quarter."""
    sheets = relying(0)
    sheets["Commodities"].append({"commodity": "ore", "unit": "t"})
    sheets["Recipes"] = [
        {"recipe": "smelt", "commodity": "ore", "role": "input", "amount": 1},
        {"recipe": "smelt", "commodity": "metal", "role": "output", "amount": 1},
    ]
    sheets["Plants"] = [
        {"plant": "smelter", "country": "Home", "recipe": "smelt", "capacity": 20, "unit_cost": 2},
        {"plant": "mine", "country": "Far", "commodity": "ore", "capacity": 20, "unit_cost": 1},
    ]
    assert held(sheets) == about(3)


@pytest.mark.parametrize(
    ("first", "last", "onsets"),
    [
        (None, None, ["y1", "y2", "y3"]),
        ("y0", None, ["y0", "y1", "y2", "y3"]),
        ("y2", None, ["y2", "y3"]),
        (None, "y2", ["y1", "y2"]),
        ("y2", "y2", ["y2"]),
    ],
)
def test_whenever_in_the_window_it_begins(first: str | None, last: str | None, onsets: list[str]) -> None:
    """From the start of every period from ``from_period``, else the second, to ``to_period``, else the last: 3 are in
    stock at each of those starts and at no other end of a year. Those of y0 are there from the beginning.

    A test of the first onset alone would let the stock go after it: 3 held for one year.
    """
    sheets = relying(0, from_period=first, to_period=last)
    sheets["Periods"] += [{"period": f"y{i}", "years": 1} for i in (2, 3)]
    initial = 3 if first == "y0" else 0
    sheets["Stockpiles"][0]["initial"] = initial
    plan = plan_of(sheets)
    assert [name for name in plan.paths["scenario"] if name != "base"] == [f"rule/all@{onset}" for onset in onsets]
    for onset in onsets:
        assert plan.nodes[plan.nodes["scenario"] == f"rule/all@{onset}"]["period"].iloc[0] == onset
    levels = plan.stocks[plan.stocks["scenario"] == "base"].set_index("period")["level"]
    held_at = [f"y{int(onset[1]) - 1}" for onset in onsets if onset != "y0"]
    assert {period: level for period, level in levels.items() if level > 1e-6} == about(dict.fromkeys(held_at, 3.0))
    assert plan.objective == about(4 * 36 + 3 * len(held_at) - 3 * initial)


def test_the_worst_onset_is_told() -> None:
    """From y2 on twice as much is wanted. Without stock 3 of 3 are short in the quarter after y1 begins, 1.5 beyond
    half, and 6 of 6 after y2 begins, 3 beyond, which is the worst. At a penalty of 0.5 for each unit beyond nothing is
    held at 1; where the rule must hold, 1.5 is held over y0 and 3 over y1, all bought at 3 and used later."""
    sheets = relying(0.5, penalty=0.5)
    sheets["Periods"].append({"period": "y2", "years": 1})
    sheets["Demand"][0]["y2"] = 24
    plan = plan_of(sheets)
    assert (policy(plan, "rule").value, policy(plan, "rule").violation) == about((1, 3))
    assert plan.penalties == about(0.5 * (1.5 + 3))
    assert plan.objective == about(36 + 36 + 72 + plan.penalties)
    sheets["Policies"][0]["penalty"] = None
    plan = plan_of(sheets)
    assert plan.objective == about(36 + 36 + 72 + 1.5 + 3)
    assert policy(plan, "rule").value == about(0.5)


def test_from_the_only_period() -> None:
    """With one period the stop begins with the plan, and what is decided is decided on the shared path: nothing can be
    stocked before, so a hard limit fails, and what was there at the start helps."""
    sheets = relying(0)
    sheets["Periods"] = sheets["Periods"][:1]
    assert fails(sheets)
    sheets["Stockpiles"][0]["initial"] = 3
    assert plan_of(sheets).paths["scenario"].tolist() == ["base", "rule/all@y0"]


def test_tiers_and_consumers() -> None:
    """Only the 4 a year of the tier are secured: 1 for a quarter; for consumers elsewhere, nothing."""
    sheets = relying(0, tier="defence")
    sheets["Demand"] = [
        sheets["Demand"][0] | {"tier": tier, "per_year": wanted} for tier, wanted in (("defence", 4), ("civil", 8))
    ]
    assert held(sheets) == about(1)
    sheets = relying(0, consumers="Far")
    sheets["Demand"].append({"country": "Far", "commodity": "metal", "shortage_cost": 50, "per_year": 2})
    assert held(sheets) == about(0)


def test_capacity_built_for_the_test() -> None:
    """A unit of 12 a year at home for 2 against 3 of stock: it is built on the base path, where the test needs it."""
    sheets = relying(0)
    sheets["Plants"].append({"plant": "site", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 50})
    sheets["Expansions"] = [built(plant="site", size=12, capex=2)]
    plan = plan_of(sheets)
    assert plan.objective == about(72 + 2)
    assert quantity(plan.production, "activity", scenario="rule/all@y1", plant="site") == about(3)


def test_value_and_price() -> None:
    """Half may be short: 0.5 in its step. A unit of limit is 3 of stock at 1 each."""
    sheets = relying()
    line = policy(plan_of(sheets), "rule")
    assert line.value == about(0.5)
    assert line.place == "rule/all@y1/Home/metal/y1/1"
    assert line.rows == 1
    assert line.shadow_price == about(3)
    assert line.shadow_price == pytest.approx(slope(sheets), rel=1e-6)


def test_a_penalty() -> None:
    """Half a unit of penalty for a unit short is cheaper than 1 for a unit held: 1.5 beyond the limit."""
    plan = plan_of(relying(penalty=0.5))
    assert plan.objective == about(72 + 0.75)
    assert policy(plan, "rule").violation == about(1.5)
    assert value_of(plan, "rule") == about(1)
    assert optimum(relying(penalty=2)) == about(72 + 1.5)


def test_only_steps_that_meet_the_stop_count() -> None:
    """Afterwards shortage is not the test's: a stop that begins in y1 leaves nothing in stock for y2, when of 36 wanted
    30 are made and 3 stocked in y1; the limit of 0 still holds."""
    sheets = relying(0, to_period="y1")
    sheets["Periods"].append({"period": "y2", "years": 1})
    sheets["Demand"][0]["y2"] = 36
    sheets["Stockpiles"][0]["max_level"] = 3
    plan = plan_of(sheets)
    assert short(plan, "rule/all@y1", period="y1") == about(0)
    assert short(plan, "rule/all@y1", period="y2") == about(3)
    assert policy(plan, "rule").rows == 1


@pytest.mark.parametrize("limit", [0.0, 0.5])
def test_with_a_single_period_the_stop_begins_with_it(limit: float) -> None:
    """There is no second period to begin in. A quarter without Far from the start on is 3, of which 1.5 lie in the
    store; half of them short is within half, not within nothing."""
    sheets = importer(1, capacity=30) | {"Stockpiles": [store(initial=1.5, max_level=1.5, max_fill=0)]}
    sheets = under(sheets, kind="survive", limit=limit, years=0.25, suppliers="@concern")
    if limit < 0.5:
        assert fails(sheets)
    else:
        assert value_of(plan_of(sheets), "rule") == about(0.5)
