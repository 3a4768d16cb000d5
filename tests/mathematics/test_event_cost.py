"""Cost events: what a unit of activity costs while they last."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mathematics.cases import about, island, optimum, plan_of, proves, quantity, stop

pytestmark = proves("event:cost", "cost:production")


@pytest.mark.parametrize(
    ("event", "cost"),
    [
        ({"remaining": 3}, 6),
        ({"remaining": 3, "years": 0.5}, 4),
        ({"remaining": 0.5}, 1),
        ({"remaining": 3, "plant": "works"}, 6),
        ({"remaining": 3, "plant": "mill"}, 2),
        ({"remaining": 3, "commodity": "metal", "country": "Home"}, 6),
    ],
)
def test_unit_cost(event: dict[str, Any], cost: float) -> None:
    """The mean over the node multiplies the unit cost of plants that match: 10 made at ``cost``."""
    sheets = island(2) | stop(0.5, kind="cost", **event)
    sheets["Plants"].append({"plant": "mill", "country": "Home", "commodity": "metal", "capacity": 20, "unit_cost": 50})
    assert optimum(sheets) == about(20 + 0.5 * 20 + 0.5 * 10 * cost)


def test_events_multiply_and_act_on_profiles() -> None:
    """2 · 1.5 on a cost of 4 that the profile gives for y1: 12 a unit."""
    sheets = island(2) | stop(0.5, kind="cost", remaining=2)
    sheets["Events"].append(sheets["Events"][0] | {"remaining": 1.5})
    sheets["Profiles"] = [{"table": "Plants", "id": "works", "column": "unit_cost", "y1": 4}]
    assert optimum(sheets) == about(20 + 0.5 * 40 + 0.5 * 120)


def test_the_dearer_plant_takes_over() -> None:
    """At 2 · 3 = 6 the works lose to a mill at 5, on the branch only."""
    sheets = island(2) | stop(0.5, kind="cost", plant="works", remaining=3)
    sheets["Plants"].append({"plant": "mill", "country": "Home", "commodity": "metal", "capacity": 20, "unit_cost": 5})
    plan = plan_of(sheets)
    assert quantity(plan.production, "activity", plant="mill") == about(10)
    assert quantity(plan.production, "activity", plant="mill", scenario="stop") == about(10)
