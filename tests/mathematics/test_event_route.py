"""Route events: lanes that carry a tag, with and without a capacity of their own."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mathematics.cases import Sheets, about, built, importer, plan_of, proves, short, stop, store

pytestmark = proves("event:route")


def tagged(lane: dict[str, Any] | None = None, **event: Any) -> Sheets:
    """The lane leads through a canal and a strait."""
    sheets = importer(2) | stop(0.25, kind="route", **({"route": "strait"} | event))
    sheets["Lanes"][0] |= {"routes": "canal, strait"} | (lane or {})
    return sheets


def moved(sheets: Sheets) -> float:
    """What arrives on the branch of the 12 wanted."""
    return 12 - short(plan_of(sheets), "stop")


@proves("row:route_limit")
@pytest.mark.parametrize(
    ("event", "left"),
    [
        ({}, 0),
        ({"remaining": 0.25}, 5),
        ({"remaining": 0.25, "route": "canal"}, 5),
        ({"remaining": 0.25, "country": "Home"}, 12),
        ({"remaining": 0.25, "country": "@concern", "commodity": "metal"}, 5),
        ({"years": 0.5}, 10),
        ({"remaining": 1.5}, 12),
    ],
)
def test_a_lane_without_capacity(event: dict[str, Any], left: float) -> None:
    """It carries a share of the 20 that its origin can make: 0.25 leaves 5. The event strikes tag, origin and good."""
    assert moved(tagged(**event)) == about(left)


@proves("row:route_limit")
def test_nominal_capacity_counts_what_is_built() -> None:
    """0.25 · (20 + 20 built): 10."""
    sheets = tagged(remaining=0.25)
    sheets["Demand"][0]["y0"] = 40
    sheets["Expansions"] = [built(size=20, capex=1)]
    assert moved(sheets) == about(10)


def test_another_lane_is_a_way_round() -> None:
    """A third country's lane without the tag carries on."""
    sheets = tagged()
    sheets["Countries"].append({"country": "Near", "bloc": "partner"})
    sheets["Plants"].append({"plant": "mill", "country": "Near", "commodity": "metal", "capacity": 9, "unit_cost": 9})
    sheets["Lanes"].append({"from": "Near", "to": "Home", "routes": "cape"})
    assert moved(sheets) == about(9)


@proves("row:lane_limit")
@pytest.mark.parametrize(("event", "left"), [({}, 0), ({"remaining": 0.25}, 4), ({"years": 0.5}, 8)])
def test_a_lane_with_capacity(event: dict[str, Any], left: float) -> None:
    """It carries a share of its own 16 a year, not of the origin's 20."""
    assert moved(tagged({"capacity": 16}, **event)) == about(left)


@proves("row:lane_limit")
def test_shipments_and_releases_share_the_capacity() -> None:
    """With 50 in a depot abroad the lane still carries 16 · 0.5 = 8 in all; a lane for each would carry 16."""
    sheets = tagged({"capacity": 16}, remaining=0.5)
    sheets["Stockpiles"] = [store(stockpile="depot", country="Far", initial=50, serves="Home")]
    assert moved(sheets) == about(8)


def test_events_on_one_lane_multiply() -> None:
    """A half by the canal and a half by the strait: a quarter of 16."""
    sheets = tagged({"capacity": 16}, remaining=0.5)
    sheets["Events"].append(sheets["Events"][0] | {"route": "canal"})
    assert moved(sheets) == about(4)


@proves("row:route_release_limit")
@pytest.mark.parametrize(("most", "left"), [(8, 2), (None, 4)])
def test_releases_over_a_lane_without_capacity(most: float | None, left: float) -> None:
    """A quarter of ``max_release``, or of the 16 the depot can hold; the plant is closed. Free releases would serve all
    12 of the 16 held."""
    sheets = tagged(remaining=0.25)
    sheets["Plants"][0]["to_period"] = "y0"
    sheets["Stockpiles"] = [
        store(stockpile="depot", country="Far", initial=16, max_level=16, max_release=most, serves="Home")
    ]
    assert moved(sheets) == about(left)
