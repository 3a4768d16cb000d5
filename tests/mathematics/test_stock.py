"""Stock: levels, losses, limits, who may draw on it, and how paths end."""

from __future__ import annotations

from math import log
from typing import Any

import pytest

from tests.mathematics.cases import (
    Row,
    Sheets,
    about,
    fails,
    importer,
    island,
    optimum,
    plan_of,
    proves,
    quantity,
    short,
    stop,
    store,
    with_settings,
)


def level(sheets: Sheets, period: str, scenario: str = "base") -> float:
    """Stock at the end of the last step of a period."""
    table = plan_of(sheets).stocks
    rows = table[(table["period"] == period) & (table["scenario"] == scenario)]
    return float(rows.sort_values("step")["level"].iloc[-1])


@proves("row:stock_balance", "port:stock_before")
def test_what_is_held_is_carried_and_released() -> None:
    """Works closed in y1: the 10 wanted are made ahead in y0 and held for 1 a unit and year: 40 + 10.

    Without the carry y1 would be short; a balance that created stock would cost 20.
    """
    sheets = island(2)
    sheets["Plants"][0]["to_period"] = "y0"
    sheets["Stockpiles"] = [store(holding_cost=1)]
    plan = plan_of(sheets)
    assert plan.objective == about(40 + 10)
    assert quantity(plan.stocks, "level", period="y0") == about(10)
    assert quantity(plan.releases, "quantity", period="y1") == about(10)


@proves("row:stock_balance", "port:stock_before")
@pytest.mark.parametrize(("years", "kept"), [(1, 0.75), (2, 0.5625), (0.5, 0.75**0.5)])
def test_losses_go_by_the_length_of_the_node(years: float, kept: float) -> None:
    """A quarter a year: 0.75^d of the 8 held at the start are there after a node of d years, final_min 0, released
    against a shortage. Losing d · 25% would give 4 after two years."""
    sheets = island(1, demand=10, capacity=0)
    sheets["Periods"][0]["years"] = years
    sheets["Stockpiles"] = [store(initial=8, loss_rate=0.25, max_level=8)]
    assert short(plan_of(sheets)) == about(max(0, 10 * years - 8 * kept))


def test_what_is_filled_in_a_node_does_not_decay_in_it() -> None:
    """Filled in y0, released in y1 after a year's loss of a quarter: 10 wanted ask for 40/3 filled."""
    sheets = island(2, capacity=40)
    sheets["Plants"][0]["to_period"] = "y0"
    sheets["Stockpiles"] = [store(loss_rate=0.25)]
    assert optimum(sheets) == about(2 * (10 + 40 / 3))


@proves("row:stock_balance")
def test_initial_stock_lies_before_the_first_node_on_every_path() -> None:
    """A branch from the first period starts from the same 6: 4 of 10 short on each path without works."""
    sheets = island(1, capacity=0) | stop(0.5, onset="y0", kind="demand", remaining=1.0)
    sheets["Stockpiles"] = [store(initial=6)]
    plan = plan_of(sheets)
    assert short(plan, "stop") == about(4)
    assert short(plan, "base") == about(4)


def test_a_branch_goes_on_from_the_level_of_its_parent() -> None:
    """12 filled in y0 on the shared node serve the branch's y1; the base path has them for its y1 as well."""
    sheets = importer(2, capacity=24, demand=12) | stop(0.5)
    sheets["Stockpiles"] = [store()]
    plan = plan_of(sheets)
    assert short(plan, "stop") == about(0)
    assert plan.objective == about(72)


@pytest.mark.parametrize(("cells", "lacking"), [({"max_fill": 3}, 7), ({"max_level": 4}, 6), ({"max_release": 2}, 8)])
@proves("row:release_limit")
def test_limits(cells: Row, lacking: float) -> None:
    """At most 3 a year in, 4 held, or 2 a year out: that much of the 10 of the closed y1."""
    sheets = island(2)
    sheets["Plants"][0]["to_period"] = "y0"
    sheets["Stockpiles"] = [store(**cells)]
    assert short(plan_of(sheets)) == about(lacking)


@proves("row:release_limit")
def test_rates_go_by_the_length_of_the_node() -> None:
    """3 a year into a node of two years are 6; 2 a year out of a node of half a year are 1."""
    sheets = island(2, capacity=30)
    sheets["Plants"][0]["to_period"] = "y0"
    sheets["Periods"][0]["years"] = 2
    sheets["Stockpiles"] = [store(max_fill=3)]
    assert short(plan_of(sheets)) == about(4)
    sheets["Periods"][1]["years"] = 0.5
    sheets["Stockpiles"] = [store(max_release=2)]
    assert short(plan_of(sheets)) == about(4)


@proves("row:release_limit")
def test_the_release_limit_holds_for_all_it_serves_together() -> None:
    """4 a year out of a depot for its own country and another: 4 of the 8 wanted in all."""
    sheets = importer(1, demand=4, capacity=0)
    sheets["Demand"].append({"country": "Far", "commodity": "metal", "shortage_cost": 90, "per_year": 4})
    sheets["Stockpiles"] = [store(stockpile="depot", country="Far", initial=20, max_release=4, serves="*")]
    plan = plan_of(sheets)
    assert [short(plan, country=name) for name in ("Home", "Far")] == about([0, 4])


@pytest.mark.parametrize(
    ("serves", "served"), [("own", 0), ("Home", 12), ("@coalition", 12), ("@concern", 0), ("*", 12)]
)
def test_whom_it_serves(serves: str, served: float) -> None:
    """A depot abroad serves its own country, or a group over the lanes there are."""
    sheets = importer(1, capacity=0)
    sheets["Stockpiles"] = [store(stockpile="depot", country="Far", initial=20, serves=serves)]
    assert short(plan_of(sheets)) == about(12 - served)
    sheets["Lanes"] = [{"from": "Home", "to": "Far"}]
    assert short(plan_of(sheets)) == about(12)


@proves("cost:transport", "cost:tariff", "row:use")
def test_serving_abroad_takes_the_lane() -> None:
    """12 arrive of 16 sent at a loss of a quarter; each sent costs 1 and a tariff of half the price of 1."""
    sheets = importer(1, capacity=0)
    sheets["Lanes"][0] |= {"loss": 0.25, "tariff": 0.5}
    sheets["Stockpiles"] = [store(stockpile="depot", country="Far", initial=20, serves="Home")]
    plan = plan_of(sheets)
    assert quantity(plan.releases, "quantity") == about(16)
    assert plan.objective == about(16 * 1.5)
    assert plan.costs_by_kind["tariff"] == about(8)


@proves("row:release_held")
@pytest.mark.parametrize(("loss", "years", "left"), [(0, 1, 5), (0.5, 1, 2.5), (0.5, 2, 1.25)])
def test_releases_abroad_come_from_what_was_held(loss: float, years: float, left: float) -> None:
    """A depot abroad is no way around a quota of 0: of what it fills nothing leaves in the same node, only the 5 it
    held, less what the node takes of them. Without the row the plant would sell through the depot."""
    sheets = importer(2) | stop(0.25, remaining=None, commodity="metal", quota=0, years=years, months=int(12 * years))
    sheets["Periods"][1]["years"] = years
    sheets["Stockpiles"] = [
        store(stockpile="depot", country="Far", initial=5, max_level=5, serves="Home", max_fill=100, loss_rate=loss)
    ]
    sheets["Stockpiles"][0]["salvage"] = 3.5  # worth keeping full where nothing happens
    sheets["Periods"][0]["years"] = 0.0001  # so that nothing is lost before the onset
    plan = plan_of(sheets)
    assert short(plan, "stop") == pytest.approx(12 * years - left, abs=1e-3)


def test_releases_at_home_may_come_from_what_is_filled() -> None:
    """At home a fill and a release in one node pass through; they are reported net: neither is seen."""
    sheets = island(1)
    sheets["Stockpiles"] = [store()]
    plan = plan_of(sheets)
    assert quantity(plan.stocks, "filled") == about(0)
    assert quantity(plan.releases, "quantity") == about(0)
    assert plan.objective == about(20)


# -- cost and ends --------------------------------------------------------------------------------------------------


@proves("cost:holding")
def test_holding_is_paid_on_the_level_at_the_end_by_the_length() -> None:
    """5 kept for 2 years and 0.5 years at 3 a unit and year, each as it runs over its node."""
    sheets = with_settings(island(2), discount_rate=0.25)
    sheets["Periods"][0]["years"], sheets["Periods"][1]["years"] = 2, 0.5
    sheets["Stockpiles"] = [store(initial=5, final_min=5, holding_cost=3, max_release=0)]
    plan = plan_of(sheets)
    assert plan.costs_by_kind["holding"] == about(15 * (1 - 1.25**-2.5) / log(1.25))


def test_the_base_path_keeps_its_final_level() -> None:
    """final_min is ``initial`` where blank: 4 of stock are not for sale; 0 sets them free; more than there is must be
    made; what cannot be made fails."""
    sheets = island(1, demand=10, capacity=10)
    for cells, cost in (({"final_min": None}, 20), ({"final_min": 0}, 12), ({"final_min": 6}, 20 + 200 - 0)):
        sheets["Stockpiles"] = [store(initial=4, **cells)]
        assert optimum(sheets) == about(cost), cells
    sheets["Plants"][0]["capacity"] = 1
    sheets["Stockpiles"] = [store(initial=0, final_min=3)]
    assert fails(sheets)


@proves("row:refill", "cost:refill")
def test_a_branch_pays_for_refilling_what_it_ran_down() -> None:
    """The base path keeps 5; a branch releases them against 100 of shortage and pays the price of 4 for each at the
    horizon, discounted at 25%: 4 · 5 · 1.25⁻². A missing refill would leave 700 alone. What is bought and what is short
    run evenly over their year, so that a year from its start on is worth (1 − 1.25⁻¹)/ln 1.25 = 0.8963."""
    sheets = with_settings(importer(2) | stop(0.25), discount_rate=0.25)
    sheets["Commodities"][0]["price"] = 4
    sheets["Stockpiles"] = [store(initial=5, final_min=5, max_level=5)]
    plan = plan_of(sheets)
    assert plan.costs_by_kind["refill"] == about(0.25 * 4 * 5 / 1.25**2)
    year = 0.2 / log(1.25)  # what is paid evenly over a year at its start
    assert plan.objective == about(year * (36 + 0.75 * 36 / 1.25 + 0.25 * 700 / 1.25) + 0.25 * 20 / 1.25**2)


@proves("row:refill", "cost:refill")
def test_a_dear_refill_is_not_worth_it() -> None:
    """At a price of 101 a unit short at 100 is cheaper than a unit refilled: the stock stays where it is."""
    sheets = importer(2) | stop(0.25)
    sheets["Commodities"][0]["price"] = 101
    sheets["Stockpiles"] = [store(initial=5, final_min=5, max_level=5)]
    assert short(plan_of(sheets), "stop") == about(12)


def test_what_lies_above_the_final_level_is_worth_nothing_at_the_end_of_a_branch() -> None:
    """(final_min − v)⁺: a branch that ends with more than ``final_min`` gets nothing back for it."""
    sheets = island(2) | stop(0.5, kind="demand", remaining=1.0)
    sheets["Stockpiles"] = [store(initial=9, final_min=2, max_release=0)]
    plan = plan_of(sheets)
    assert plan.costs_by_kind["refill"] == about(0)
    assert plan.objective == about(40)


@proves("cost:salvage")
@pytest.mark.parametrize("rate", [0.0, 0.25])
def test_salvage_at_the_end_of_every_path(rate: float) -> None:
    """7 left on each path are worth 1 each at the horizon of two years: −7 · (1 + r)⁻². What is made costs 20 a year
    as time goes by: 40 undiscounted, 20 · (1 − 1.25⁻²)/ln 1.25 at 25%."""
    sheets = with_settings(island(2) | stop(0.5, kind="demand", remaining=1.0), discount_rate=rate)
    sheets["Stockpiles"] = [store(initial=7, final_min=7, salvage=1, max_release=0, max_level=7)]
    plan = plan_of(sheets)
    assert plan.costs_by_kind["salvage"] == about(-7 / (1 + rate) ** 2)
    made = 40 if rate == 0 else 20 * (1 - (1 + rate) ** -2) / log(1 + rate)
    assert plan.objective == about(made - 7 / (1 + rate) ** 2)


def test_salvage_above_cost_fills_the_store() -> None:
    """A unit made for 2 and worth 3 at the end is made as long as there is room: 10 of 20 · (3 − 2)."""
    sheets = island(1)
    sheets["Stockpiles"] = [store(salvage=3, max_level=8)]
    assert optimum(sheets) == about(20 - 8)


def test_stock_without_demand_or_plants_of_its_own() -> None:
    """A depot in a country that neither makes nor uses is filled over one lane in y0 and serves over another in y1."""
    cells: dict[str, Any] = {"stockpile": "depot", "country": "Mid", "serves": "Home"}
    sheets = importer(2)
    sheets["Countries"].append({"country": "Mid", "bloc": "ally"})
    sheets["Lanes"] = [{"from": "Far", "to": "Mid", "cost": 1}, {"from": "Mid", "to": "Home", "cost": 2}]
    sheets["Stockpiles"] = [store(**cells)]
    plan = plan_of(sheets)
    assert [short(plan, period=period) for period in ("y0", "y1")] == about([12, 0])
    assert plan.objective == about(1200 + 12 * (2 + 1 + 2))


def test_a_floor_under_a_stock() -> None:
    """Demand of 10 for four years, made at 1.2, and at least 5 at the end of every one, held at 0.3: 45 made cost 54,
    held four times 6, in all 60."""
    sheets = island(4, cost=1.2, capacity=99)
    sheets["Stockpiles"] = [store(max_level=30, holding_cost=0.3, min_level=5)]
    plan = plan_of(sheets)
    assert [quantity(plan.stocks, "level", period=f"y{i}") for i in range(4)] == about([5, 5, 5, 5])
    assert plan.objective == about(60)


def test_the_floor_stands_where_periods_end() -> None:
    """Within a period of two steps the stock may be lower: 6 are there at the end of each year. The works make 3 more
    than is wanted in half a year, so that 3 lie there in between and no less."""
    sheets = island(2, demand=10, capacity=16)
    for period in sheets["Periods"]:
        period["steps"] = 2
    sheets["Stockpiles"] = [store(holding_cost=1, min_level=6)]
    plan = plan_of(sheets)
    levels = [quantity(plan.stocks, "level", period=y, step=step) for y in ("y0", "y1") for step in (1, 2)]
    assert levels == about([3, 6, 3, 6])
    assert plan.costs_by_kind["holding"] == about(0.5 * (3 + 6 + 3 + 6))


def test_a_branch_may_go_below_the_floor() -> None:
    """5 are held on the base path; the stop lets them go, and 7 are short. Nothing is paid for refilling, as none is
    asked for at the end."""
    sheets = importer(2) | stop(0.25)
    sheets["Stockpiles"] = [store(min_level=5, max_level=5)]
    plan = plan_of(sheets)
    assert short(plan, "stop") == about(7)
    assert [quantity(plan.stocks, "level", period=f"y{i}", scenario="base") for i in range(2)] == about([5, 5])


def test_the_final_level_is_kept_where_the_plan_ends() -> None:
    """y2 is looked ahead to. 3 must lie there at the end of y1, and at the end of the horizon: made once at 2, held for
    two years at 1 each. Required at the end of y2 alone, they would be made and held there: 3 less."""
    sheets = island(3)
    sheets["Periods"][2]["look_ahead"] = "yes"
    sheets["Stockpiles"] = [store(final_min=3, holding_cost=1)]
    plan = plan_of(sheets)
    assert [quantity(plan.stocks, "level", period=f"y{i}") for i in range(3)] == about([0, 3, 3])
    assert plan.objective == about(60 + 6 + 6)


def shed(**cells: Any) -> Row:
    """A store that adds 10 to what the stockpile can hold, for 5."""
    return {"expansion": "shed", "stockpile": "store", "size": 10, "capex": 5} | cells


@proves("row:stock_room")
def test_a_store_is_built_where_it_pays() -> None:
    """The works stand still in y2, when 12 are wanted: 4 can be held, 8 are short at 100. A shed of 10 for 5 takes in
    the other 8, made at 2 each: 3 · 12 · 2 + 5. Of 6 each, two sheds are wanted, and where one is all there may be, 2
    are short."""
    sheets = island(3, demand=12, capacity=30)
    sheets["Plants"][0]["to_period"] = "y1"
    sheets["Stockpiles"] = [store(max_level=4)]
    assert optimum(sheets) == about(12 * 2 * 2 + 4 * 2 + 800)
    sheets["Expansions"] = [shed()]
    assert optimum(sheets) == about(72 + 5)
    sheets["Expansions"] = [shed(size=6, max_units=3)]
    assert optimum(sheets) == about(72 + 10)
    sheets["Expansions"] = [shed(size=6)]
    assert optimum(sheets) == about(72 - 4 + 5 + 200)


@proves("row:stock_room")
def test_a_store_holds_nothing_before_it_stands() -> None:
    """Two years of lead leave the shed empty until the start of y2, when nothing is made any more; with one year it
    takes what is made in y1; ramped from a half it then holds 5 of the 8. A long life changes what is charged alone."""
    sheets = island(3, demand=12, capacity=30)
    sheets["Plants"][0]["to_period"] = "y1"
    sheets["Stockpiles"] = [store(max_level=4)]
    ramped, lasting = {"lead_years": 1, "ramp": 0.5}, {"life_years": 10}
    for cells, missing in (({"lead_years": 2}, 8), ({"lead_years": 1}, 0), (ramped, 3), (lasting, 0)):
        sheets["Expansions"] = [shed(latest="y0", **cells)]
        assert short(plan_of(sheets)) == about(missing), cells


@proves("row:stock_room", "row:export_release_limit")
def test_stores_release_what_they_hold() -> None:
    """A depot in Far of 4 with a shed of 10 may let go a year all that it can hold; of a stop that leaves half, 7."""
    sheets = importer(2, demand=12, capacity=40) | stop(0.5, remaining=0.5)
    sheets["Plants"][0]["to_period"] = "y0"
    sheets["Stockpiles"] = [store(stockpile="depot", country="Far", max_level=4, serves="Home")]
    sheets["Expansions"] = [shed(stockpile="depot", capex=1)]
    plan = plan_of(sheets)
    assert [short(plan, scenario, period="y1") for scenario in ("base", "stop")] == about([0, 5])
    assert plan.costs_by_kind["investment"] == about(1)


@proves("row:route_release_limit")
def test_stores_behind_a_strait_that_closes() -> None:
    """The same where half of the only strait is open: 7 of 14 come through."""
    sheets = importer(2, demand=12, capacity=40) | stop(0.5, kind="route", route="strait", remaining=0.5)
    sheets["Lanes"][0]["routes"] = "strait"
    sheets["Plants"][0]["to_period"] = "y0"
    sheets["Stockpiles"] = [store(stockpile="depot", country="Far", max_level=4, serves="Home")]
    sheets["Expansions"] = [shed(stockpile="depot", capex=1)]
    assert short(plan_of(sheets), "stop", period="y1") == about(5)
