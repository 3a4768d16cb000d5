"""Lanes (5): existence, precedence, capacity, route events."""

from __future__ import annotations

import dataclasses
from math import inf
from typing import Any

from tests.certify.drafts import changed, draft
from tests.certify.trade import RIGHT, Sheets, at, event, fails, holds, lane, right, together, trade


def test_capacity_of_a_lane() -> None:
    """8.75 a year over a lane of 8.75; over one of 8 it is too much."""
    holds(right(trade(Lanes=[lane(capacity=8.75)])))
    fails(right(trade(Lanes=[lane(capacity=8)])), "lane of metal from Far to Home at base/y", "(by 0.75)")


def test_the_row_that_names_more_wins() -> None:
    """The wide row would allow anything; the one that names the pair counts, in either order of rows."""
    wide = lane(**{"from": "*", "to": "*"})
    for rows in ([wide, lane(capacity=8)], [lane(capacity=8), wide]):
        fails(right(trade(Lanes=rows)), "lane of metal from Far to Home", "(by 0.75)")
    for rows in ([wide | {"capacity": 8, "shared": "no"}, lane()], [lane(), wide | {"capacity": 8, "shared": "no"}]):
        holds(right(trade(Lanes=rows)))
    countries = [*trade()["Countries"], {"country": "Away", "bloc": "neutral"}]
    several = lane(capacity=8) | {"from": "Away, Far"}
    for rows in ([several, lane()], [lane(), several]):
        holds(right(trade(Lanes=rows, Countries=countries)))
    stage = lane(capacity=8, commodity="stage:metal")
    fails(right(trade(Lanes=[lane(), stage])), "lane of metal from Far to Home")
    holds(right(trade(Lanes=[lane(commodity="metal"), stage])))


def test_home_has_its_lane() -> None:
    """A group never changes a country's lane to itself; a row of exactly that country does."""
    everyone = lane(**{"from": "*", "to": "*"}, capacity=1)
    holds(right(trade(Lanes=[everyone, lane()])))
    home = {"from": "Home", "to": "Home", "capacity": 4, "shared": "no"}
    fails(right(trade(Lanes=[lane(), home])), "lane of metal from Home to Home at base/y", "(by 1)")
    holds(right(trade(Lanes=[lane(), home | {"capacity": 5}])))


def test_there_is_no_lane_where_no_row_speaks() -> None:
    """What Home makes cannot go to Far, where a row speaks only of the other way: no number saves such a shipment."""
    wrong = changed(right(), "sourcing", "destination", "Far", origin="Home", scenario="base", period="y1")
    certificate = fails(wrong, "there is no lane for metal from Home to Far")
    assert certificate.max_violation == inf


def route(**cells):
    return event(kind="route", country="*", route="strait", start_years=0.5, **cells)


def test_route_events_cut_capacity() -> None:
    """Half of 17.5 a year for half a year is 4.375; 0.45 of it is not enough; another tag or origin is untouched."""
    sheets = trade(Lanes=[lane(capacity=17.5, routes="strait, canal")])
    holds(right(sheets | {"Events": [event(), route(remaining=0.5)]}))
    fails(right(sheets | {"Events": [event(), route(remaining=0.45)]}), "lane of metal from Far to Home at stop/y2/2")
    other = {"Lanes": [*sheets["Lanes"], lane(**{"from": "Home", "to": "Far"}, routes="malacca")]}
    holds(right(sheets | other | {"Events": [event(), route(remaining=0.1) | {"route": "malacca"}]}))
    holds(right(sheets | {"Events": [event(), route(remaining=0.1) | {"country": "Home"}]}))


def test_several_route_events_multiply() -> None:
    """Two events of 0.7, one on each tag, leave 0.49 < 0.5."""
    sheets = trade(Lanes=[lane(capacity=17.5, routes="strait, canal")])
    both = [event(), route(remaining=0.7), route(remaining=0.7) | {"route": "canal"}]
    holds(right(sheets | {"Events": both[:2]}))
    fails(right(sheets | {"Events": both}), "lane of metal from Far to Home at stop/y2/2")


def test_without_capacity_nominal_capacity_bounds() -> None:
    """On an open lane 0.45 of the nominal 20 a year passes 4.375 in half a year, 0.4 does not."""
    sheets = trade(Lanes=[lane(routes="strait")])
    holds(right(sheets | {"Events": [event(), route(remaining=0.45)]}))
    fails(right(sheets | {"Events": [event(), route(remaining=0.4)]}), "route event on lane of metal from Far to Home")


def test_releases_share_the_lane() -> None:
    """The second year buys 4.75 and draws 4 from a store in Far: 8.75 on a lane of 8 is too much. The first buys 5."""
    store = {
        "stockpile": "store",
        "country": "Far",
        "commodity": "metal",
        "initial": 10,
        "max_level": 10,
        "serves": "Home",
        "final_min": 0,
        "max_release": 8,
    }
    rows = together(
        at("base/y1/1", 5, 5, 3),
        {
            "sourcing": [("base/y2/1", "Far", "Home", "metal", 4.75), ("base/y2/1", "Home", "Home", "metal", 5)],
            "production": [("base/y2/1", "mine", 4.75), ("base/y2/1", "works", 5)],
            "stocks": [("base/y1/1", "store", 10, 0), ("base/y2/1", "store", 6, 0)],
            "releases": [("base/y2/1", "store", "Home", 4)],
        },
    )

    def plan(y2: float):
        sheets = trade(Lanes=[lane(capacity=y2)], Stockpiles=[store])
        return draft({k: v for k, v in sheets.items() if k not in ("Scenarios", "Events")}, **rows)

    holds(plan(8.75))
    fails(plan(8), "lane of metal from Far to Home at base/y2/1", "(by 0.75)")


def test_route_events_cut_releases_on_open_lanes() -> None:
    """A store in Far releases 4.375 in the closed half: 0.9 of max_level 10 a year lets 4.5 pass, 0.8 does not."""
    store = {
        "stockpile": "store",
        "country": "Far",
        "commodity": "metal",
        "initial": 10,
        "max_level": 10,
        "serves": "Home",
        "final_min": 0,
    }
    levels = (("base/y1/1", 10), ("base/y2/1", 10), ("stop/y2/1", 5.625), ("stop/y2/2", 5.625))
    rows = together(
        RIGHT,
        {
            "stocks": [(node, "store", level, 0) for node, level in levels],
            "releases": [("stop/y2/1", "store", "Home", 4.375)],
        },
    )
    rows["shortages"] = []

    def plan(remaining: float):
        closed = route(remaining=remaining) | {"start_years": 0}
        return draft(trade(Lanes=[lane(routes="strait")], Stockpiles=[store], Events=[closed]), **rows)

    holds(plan(0.9))
    fails(plan(0.8), "route event on lane of metal from Far to Home: releases of store at stop/y2/1")


def shared(capacity: float, **cells: Any) -> Sheets:
    """One capacity for what comes from Away and from Far."""
    countries = [*trade()["Countries"], {"country": "Away", "bloc": "neutral"}]
    row = lane(capacity=capacity, shared="yes", **cells) | {"from": "Away, Far"}
    return trade(Lanes=[row], Countries=countries)


def test_origins_share_the_capacity_of_a_row() -> None:
    """8.75 a year are within 8.75 for both together, and 0.75 above 8."""
    holds(right(shared(8.75)))
    fails(right(shared(8)), "lanes of row 2 together at base/y", "(by 0.75)")


def test_a_route_event_on_a_shared_row() -> None:
    """A half of 17.5 a year carries the 4.375 in half a year, 0.45 of it too little. Strikes on one origin alone leave
    the row what the other has left, and hold that origin to its own share."""
    sheets = shared(17.5, routes="strait")
    holds(right(sheets | {"Events": [event(), route(remaining=0.5)]}))
    fails(right(sheets | {"Events": [event(), route(remaining=0.45)]}), "lanes of row 2 together at stop/y2/2")
    holds(right(sheets | {"Events": [event(), route(remaining=0.45) | {"country": "Away"}]}))
    one = right(sheets | {"Events": [event(), route(remaining=0.45) | {"country": "Far"}]})
    certificate = fails(one, "lane of metal from Far to Home at stop/y2/2")
    assert not [words for words in certificate.failures if "together" in words]


def test_a_contract() -> None:
    """8.75 a year on the base path are within a contract of 8.75, and 0.25 below one of 9. In the stop nothing is
    asked, where at first nothing moves."""
    holds(right(trade(Lanes=[lane(commodity="metal", least=8.75)])))
    wrong = right(trade(Lanes=[lane(commodity="metal", least=9)]))
    certificate = fails(wrong, "least on lane of metal from Far to Home at base/y1/1 (by 0.25)")
    assert not [words for words in certificate.failures if "stop/" in words]
    together_ = right(trade(Lanes=[lane(least=9, shared="yes")]))
    fails(together_, "least of row 2 of Lanes at base/y1/1", "(by 0.25)")


def test_a_way_that_is_not_there() -> None:
    """What goes by air needs a row that says so; each way is a lane of its own with its own capacity."""
    flown = ("base/y1/1", "Far", "Home", "metal", "air", 8.75)
    rows = [row for row in RIGHT["sourcing"] if row[:2] != ("base/y1/1", "Far")]
    known = ("base/y1/1", "Far", "Home", "metal", 8.75)
    plan = draft(trade(), **(RIGHT | {"sourcing": [*rows, known]}))
    holds(plan)
    wrong = dataclasses.replace(plan, sourcing=plan.sourcing.assign(way="air"))
    fails(wrong, "by air")
    air = lane(way="air", capacity=8)
    fails(draft(trade(Lanes=[lane(), air]), **(RIGHT | {"sourcing": [*rows, flown]})), "by air at base/y1/1 (by 0.75)")
