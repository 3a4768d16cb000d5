"""Lanes: several ways between one pair, capacities that the lanes of a row share, and contracts."""

from __future__ import annotations

import pytest

from tests.mathematics.cases import (
    Row,
    Sheets,
    about,
    fails,
    harmless,
    importer,
    island,
    optimum,
    plan_of,
    proves,
    quantity,
    short,
    stop,
    store,
    under,
    with_settings,
)


def ways(*lanes: Row, demand: float = 60, periods: int = 1) -> Sheets:
    """Far makes any amount at 1, metal has a price of 10, and several ways lead Home."""
    sheets = importer(periods, demand=demand, capacity=999, cost=1)
    sheets["Commodities"][0]["price"] = 10
    sheets["Lanes"] = [{"from": "Far", "to": "Home", "cost": 1} | lane for lane in lanes]
    return sheets


WITHIN: Row = {"way": "within", "capacity": 40}
BEYOND: Row = {"way": "beyond", "tariff": 0.25}
SEA: Row = {"way": "sea", "capacity": 40}
AIR: Row = {"way": "air", "cost": 5}


def test_a_tariff_quota() -> None:
    """40 within the quota at 1 + 1, 20 beyond it at 1 + 1 + a quarter of 10; the way without a name is one as well."""
    assert optimum(ways(WITHIN, BEYOND)) == about(170)
    assert optimum(ways(WITHIN, BEYOND | {"way": None})) == about(170)


def test_sea_and_air() -> None:
    """60 made at 1, 40 by sea at 1 and 20 by air at 5; the plan says which is which."""
    plan = plan_of(ways(SEA, AIR))
    assert plan.objective == about(200)
    assert quantity(plan.sourcing, "quantity", way="sea") == about(40)
    assert quantity(plan.sourcing, "quantity", way="air") == about(20)


def test_a_row_that_names_more_wins_on_its_own_way_alone() -> None:
    """All by sea at 9 is what ``*`` says, Far to Home by sea at 2; by air at 3 nobody names more."""
    wide: Row = {"from": "*", "to": "*", "way": "sea", "cost": 9}
    assert optimum(ways(wide, {"way": "sea", "cost": 2}, {"from": "*", "to": "*", "way": "air", "cost": 3})) == about(
        180
    )
    assert optimum(ways(wide, {"from": "*", "to": "*", "way": "air", "cost": 3})) == about(240)


def test_losses_and_emissions_are_those_of_the_way() -> None:
    """By sea a half is lost, so 12 come by air at 2.5 each; 1 a unit sent by sea are 2 a unit that arrives, by air 3,
    so that 20 a year bring 10."""
    sheets = ways({"way": "sea", "loss": 0.5, "emissions": 1}, {"way": "air", "cost": 1.5, "emissions": 3}, demand=12)
    assert optimum(sheets) == about(12 * 2.5)
    assert short(plan_of(under(sheets, kind="max_emissions", limit=20))) == about(2)


def test_policies_add_the_ways_up() -> None:
    """At most a quarter of 12 from Far, whichever way it comes, the rest from Near at 5."""
    sheets = ways(SEA, AIR, {"from": "Near"}, demand=12)
    sheets["Countries"].append({"country": "Near", "bloc": "partner"})
    sheets["Plants"].append({"plant": "mill", "country": "Near", "commodity": "metal", "capacity": 99, "unit_cost": 5})
    capped = under(sheets, kind="max_share", limit=0.25, suppliers="Far")
    assert optimum(capped) == about(3 * 2 + 9 * 6)


def test_home_has_ways_too() -> None:
    """10 made at home at 2: 4 by rail at 1 and 6 by road at 3. The free way home stands only where no row speaks."""
    sheets = island()
    home: Row = {"from": "Home", "to": "Home"}
    sheets["Lanes"] = [home | {"way": "rail", "cost": 1, "capacity": 4}, home | {"way": "road", "cost": 3}]
    assert optimum(sheets) == about(20 + 4 + 18)


def test_a_route_event_strikes_one_way() -> None:
    """The strait closes in y1: 12 by air instead of by sea."""
    sheets = ways(SEA | {"routes": "strait"}, AIR, demand=12, periods=2)
    struck = sheets | stop(0.25, kind="route", route="strait")
    assert optimum(sheets) == about(48)
    assert optimum(struck) == about(48 + 0.25 * 12 * 4)


@proves("row:lane_limit")
def test_releases_choose_a_way() -> None:
    """10 in a depot abroad and no plant: 4 by sea at 1, 6 by air at 5, 2 short."""
    sheets = ways(SEA | {"capacity": 4}, AIR, demand=12)
    sheets["Plants"][0]["capacity"] = 0
    sheets["Stockpiles"] = [store(country="Far", serves="Home", initial=10)]
    plan = plan_of(sheets)
    assert plan.objective == about(4 + 30 + 200)
    assert quantity(plan.releases, "quantity", way="sea") == about(4)
    assert quantity(plan.releases, "quantity", way="air") == about(6)


@proves("row:route_release_limit")
def test_a_route_event_leaves_releases_the_other_way() -> None:
    """Of 8 a year that the depot may release a quarter goes through the strait, all of them by air."""
    sheets = ways({"way": "sea", "routes": "strait"}, AIR, demand=12, periods=2)
    sheets |= stop(0.25, kind="route", route="strait", remaining=0.25)
    sheets["Plants"][0]["capacity"] = 0
    sheets["Stockpiles"] = [store(country="Far", serves="Home", initial=50, max_release=8)]
    drawn = plan_of(sheets).releases
    assert quantity(drawn, "quantity", scenario="stop", way="sea") == about(2)
    assert quantity(drawn, "quantity", scenario="stop", way="air") == about(6)


# -- shared ---------------------------------------------------------------------------------------------------------


def harbour(shared: str) -> Sheets:
    """Home needs 80 of each of two goods, which Far makes at 1, over a row of 100."""
    sheets = ways({"commodity": "*", "cost": 0, "capacity": 100, "shared": shared}, demand=80)
    sheets["Commodities"].append({"commodity": "ore", "unit": "t"})
    sheets["Plants"].append({"plant": "pit", "country": "Far", "commodity": "ore", "capacity": 999, "unit_cost": 1})
    sheets["Demand"].append({"country": "Home", "commodity": "ore", "shortage_cost": 100, "per_year": 80})
    return sheets


@proves("row:shared_limit")
def test_a_capacity_of_goods_together_or_each() -> None:
    """Together 100 of the 160 arrive, and 60 are short; each by itself all of them do."""
    assert optimum(harbour("yes")) == about(100 + 6000)
    assert optimum(harbour("no")) == about(160)


def strait(*events: Row, near: float = 20.0, demand: float = 12.0) -> Sheets:
    """Far and Near share one capacity of 10 a year into Home; in y1 something happens in the strait."""
    sheets = importer(2, demand=demand)
    sheets["Countries"].append({"country": "Near", "bloc": "partner"})
    sheets["Plants"].append(
        {"plant": "mill", "country": "Near", "commodity": "metal", "capacity": near, "unit_cost": 2}
    )
    sheets["Lanes"] = [{"from": "Far, Near", "to": "Home", "capacity": 10, "shared": "yes", "routes": "strait"}]
    listed = [stop(0.25, kind="route", route="strait", **event) for event in events]
    return sheets | listed[0] | {"Events": [row for one in listed for row in one["Events"]]}


@proves("row:shared_limit", "row:struck_limit")
@pytest.mark.parametrize(
    ("events", "near", "arrives"),
    [
        (({"remaining": 0.5},), 20, 5),  # both lanes have half of it left, so together as well
        (({"remaining": 0, "country": "Far"},), 20, 10),  # Near takes over what Far may not
        (({"remaining": 0.5, "country": "Far"},), 3, 5 + 3),  # Far no more than half of it
        (({"remaining": 0.5, "country": "Far"}, {"remaining": 0.5}), 20, 5),  # the better of a quarter and a half
        (({"remaining": 0.5, "country": "Far"}, {"remaining": 0.5}), 1, 2.5 + 1),
    ],
)
def test_a_route_event_on_a_shared_row(events: tuple[Row, ...], near: float, arrives: float) -> None:
    """Each struck lane carries its share of the capacity, all of them the largest of these shares."""
    plan = plan_of(strait(*events, near=near))
    assert 12 - short(plan, "stop") == about(arrives)
    assert 12 - short(plan) / 2 == about(10)


def test_a_stop_that_is_tested_closes_a_shared_row() -> None:
    """With the strait closed for a year at most half may be short: no plan without a store, one with 6 in it."""
    sheets = strait({"remaining": 1})
    asked = under(sheets, kind="survive", suppliers="route:strait", limit=0.5, years=1, consumers="Home")
    assert fails(asked)
    asked["Stockpiles"] = [store(initial=0)]
    plan = plan_of(asked)
    assert quantity(plan.stocks, "level", scenario="base", period="y0") == about(6)


def test_the_rest_of_a_row_is_shared_where_another_names_more() -> None:
    """Near to Home has a row of its own of 4 that names more: Far alone has the 10 that it would have shared."""
    sheets = strait({"remaining": 1}, demand=20)
    sheets["Lanes"].append({"from": "Near", "to": "Home", "capacity": 4})
    assert short(plan_of(sheets)) / 2 == about(20 - 14)


# -- contracts ------------------------------------------------------------------------------------------------------


def two_sellers(**lane: object) -> Sheets:
    """60 wanted: Far sells at 5, Near at 3."""
    sheets = ways(dict(lane), {"from": "Near", "cost": 0})
    sheets["Plants"][0]["unit_cost"] = 5
    sheets["Countries"].append({"country": "Near", "bloc": "partner"})
    sheets["Plants"].append({"plant": "mill", "country": "Near", "commodity": "metal", "capacity": 99, "unit_cost": 3})
    return sheets


@proves("row:lane_least")
def test_a_contract() -> None:
    """At least 40 a year of the dear: 40·5 + 20·3, for half a year the half of it; without it 60·3."""
    assert optimum(two_sellers(cost=0, least=40)) == about(260)
    assert optimum(two_sellers(cost=0)) == about(180)
    half = two_sellers(cost=0, least=40)
    half["Periods"][0]["years"] = 0.5
    assert optimum(half) == about(130)


@proves("row:shared_least")
def test_a_contract_over_several_lanes() -> None:
    """At least 40 a year of two goods together, which cost 5 and 4 and are 3 elsewhere, so of the one that is 4."""
    sheets = two_sellers(cost=0, least=40, shared="yes", commodity="*")
    sheets["Commodities"].append({"commodity": "ore", "unit": "t"})
    sheets["Plants"] += [
        {"plant": "pit", "country": "Far", "commodity": "ore", "capacity": 999, "unit_cost": 4},
        {"plant": "quarry", "country": "Near", "commodity": "ore", "capacity": 999, "unit_cost": 3},
    ]
    sheets["Demand"].append({"country": "Home", "commodity": "ore", "shortage_cost": 100, "per_year": 50})
    assert optimum(sheets) == about(60 * 3 + 40 * 4 + 10 * 3)
    sheets["Lanes"][0]["shared"] = "no"
    assert optimum(sheets) == about(40 * 5 + 20 * 3 + 40 * 4 + 10 * 3)


def test_releases_serve_a_contract() -> None:
    """40 a year of which the depot has 30: 10 are made at 5, and Near has the rest."""
    sheets = two_sellers(cost=0, least=40)
    sheets["Stockpiles"] = [store(country="Far", serves="Home", initial=30)]
    assert optimum(sheets) == about(10 * 5 + 20 * 3)


@proves("row:lane_least")
def test_a_contract_holds_in_normal_times() -> None:
    """60 at 3 and 40 of them at 5 instead: 80 a year more, but not in y1 of the path on which something happens."""
    sheets = harmless(two_sellers(cost=0, least=40), 0.25)
    assert optimum(sheets) == about(3 * 260 - 0.25 * 80)


def test_a_contract_that_nobody_can_use() -> None:
    """What arrives is used or stocked: 70 are more than the 60 wanted, but not with a store."""
    sheets = with_settings(two_sellers(cost=0, least=70), after_shock="free")
    assert fails(sheets)
    sheets["Stockpiles"] = [store(initial=0)]
    assert optimum(sheets) == about(70 * 5)
