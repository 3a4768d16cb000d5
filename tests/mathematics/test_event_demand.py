"""Demand events: surges and falls of what is wanted."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mathematics.cases import about, island, optimum, plan_of, proves, quantity, stop

pytestmark = proves("event:demand")


@pytest.mark.parametrize(
    ("event", "wanted"),
    [
        ({"remaining": 1.5}, 15),
        ({"remaining": 1.5, "years": 0.5}, 12.5),
        ({"remaining": 0}, 0),
        ({"remaining": 1.5, "years": 0, "recovery_years": 1}, 12.5),
        ({"remaining": 1.5, "commodity": "metal", "country": "Home"}, 15),
        ({"remaining": 1.5, "country": "Far"}, 10),
    ],
)
def test_surges(event: dict[str, Any], wanted: float) -> None:
    """The mean over the node multiplies demand: half a year at 1.5 adds a quarter. All is made, at 2 each."""
    sheets = island(2) | stop(0.5, kind="demand", **event)
    sheets["Countries"].append({"country": "Far", "bloc": "concern"})
    plan = plan_of(sheets)
    assert quantity(plan.shortages, "demand", scenario="stop") == about(wanted)
    assert plan.objective == about(20 + 0.5 * 20 + 0.5 * 2 * wanted)


def test_surges_of_one_commodity() -> None:
    """Ore doubles, metal stays; several surges multiply: 2 · 1.5."""
    sheets = island(2) | stop(0.5, kind="demand", commodity="ore", remaining=2)
    sheets["Commodities"].append({"commodity": "ore", "unit": "t"})
    sheets["Plants"].append({"plant": "mine", "country": "Home", "commodity": "ore", "capacity": 20, "unit_cost": 1})
    sheets["Demand"].append({"country": "Home", "commodity": "ore", "shortage_cost": 100, "per_year": 4})
    assert optimum(sheets) == about(24 + 0.5 * 24 + 0.5 * (20 + 8))
    sheets["Events"].append(sheets["Events"][0] | {"remaining": 1.5})
    assert optimum(sheets) == about(24 + 0.5 * 24 + 0.5 * (20 + 12))


def test_shortage_is_bounded_by_the_demand_that_is_there() -> None:
    """Capacity 8 for 20 wanted in the surge: 12 short, more than the 10 wanted without it."""
    sheets = island(2, capacity=8) | stop(0.5, kind="demand", remaining=2)
    assert quantity(plan_of(sheets).shortages, "shortage", scenario="stop") == about(12)
