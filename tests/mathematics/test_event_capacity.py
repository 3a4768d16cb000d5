"""Capacity events: which plants they strike and what is left."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mathematics.cases import Sheets, about, built, importer, island, plan_of, proves, short, stop

pytestmark = proves("event:capacity")


def two_plants(**event: Any) -> Sheets:
    """Home makes 8 metal in one plant and 4 in another, and 6 ore in a third; all is wanted."""
    sheets = island(2, demand=12, capacity=8) | stop(0.25, kind="capacity", **event)
    sheets["Commodities"].append({"commodity": "ore", "unit": "t", "stage": "ore"})
    sheets["Plants"] += [
        {"plant": "mill", "country": "Home", "commodity": "metal", "capacity": 4, "unit_cost": 2},
        {"plant": "mine", "country": "Home", "commodity": "ore", "capacity": 6, "unit_cost": 2},
    ]
    sheets["Demand"].append({"country": "Home", "commodity": "ore", "shortage_cost": 100, "per_year": 6})
    return sheets


@pytest.mark.parametrize(
    ("event", "metal", "ore"),
    [
        ({}, 12, 6),
        ({"plant": "works"}, 8, 0),
        ({"plant": "works, mine"}, 8, 6),
        ({"commodity": "ore"}, 0, 6),
        ({"commodity": "stage:metal"}, 12, 0),
        ({"country": "Home", "plant": "mill", "remaining": 0.25}, 3, 0),
        ({"plant": "mill", "commodity": "ore"}, 0, 0),
    ],
)
def test_which_plants_are_struck(event: dict[str, Any], metal: float, ore: float) -> None:
    """A plant is struck where country, commodity (any output) and name all match; the rest runs on."""
    plan = plan_of(two_plants(**event))
    assert [short(plan, "stop", commodity=name) for name in ("metal", "ore")] == about([metal, ore])


def test_a_by_product_makes_a_plant_match() -> None:
    """An event on slag strikes the plant that makes metal and slag."""
    sheets = island(2, capacity=10) | stop(0.25, kind="capacity", commodity="slag", remaining=0.5)
    sheets["Commodities"].append({"commodity": "slag", "unit": "t"})
    sheets["Recipes"] = [
        {"recipe": "cast", "commodity": name, "role": "output", "amount": 1} for name in ("metal", "slag")
    ]
    sheets["Plants"][0] |= {"commodity": None, "recipe": "cast"}
    assert short(plan_of(sheets), "stop") == about(5)


def test_the_share_is_of_all_capacity_in_service() -> None:
    """A quarter of what exists and of what is built: 0.25 · (6 + 10) for 10 wanted."""
    sheets = island(2, capacity=6) | stop(0.25, kind="capacity", remaining=0.25)
    sheets["Expansions"] = [built(capex=1)]
    assert short(plan_of(sheets), "stop") == about(6)


def test_more_than_is_there() -> None:
    """``remaining`` above 1 adds capacity while it lasts: 1.5 · 6."""
    sheets = island(2, capacity=6) | stop(0.25, kind="capacity", remaining=1.5)
    plan = plan_of(sheets)
    assert short(plan, "stop") == about(1)
    assert short(plan, "base", period="y1") == about(4)


def test_least_use_does_not_bind_where_the_plant_stands_still() -> None:
    """A plant that must run at half its capacity stops on the branch without making the problem infeasible."""
    sheets = importer(2) | stop(0.25, kind="capacity")
    sheets["Plants"][0]["min_use"] = 0.5
    assert short(plan_of(sheets), "stop") == about(12)
