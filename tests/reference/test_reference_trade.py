"""The reference against answers worked out by hand: trade, events, stocks, protections."""

from __future__ import annotations

import pytest

from .cases import evenly, importer, island, stop, store, with_settings
from .read import read
from .records import Row, Sheets
from .solve import solve_reference
from .test_reference import optimum


def shortage(sheets: Sheets, scenario: str) -> float:
    """The shortage on the own nodes of a scenario."""
    values = solve_reference(sheets).values
    return sum(value for name, value in values.items() if name.startswith(f"short|{scenario}:"))


def test_lane_precedence() -> None:
    """The row that names more wins, whatever its place or price; home lanes change by exact rows only."""
    sheets = importer()
    sheets["Lanes"] = [
        {"from": "Far", "to": "Home", "cost": 5},
        {"from": "Far", "to": "Home", "commodity": "stage:ore, metal", "cost": 7},
        {"from": "*", "to": "*", "cost": 1},
        {"from": "@concern", "to": "@coalition", "commodity": "metal", "cost": 2},
        {"from": "Home", "to": "Home", "cost": 9},
    ]
    lanes = read(sheets).lanes
    assert lanes["Far", "Home", "metal", ""].cost == 7
    assert lanes["Home", "Far", "metal", ""].cost == 1
    assert (lanes["Home", "Home", "metal", ""].cost, lanes["Far", "Far", "metal", ""].cost) == (9, 0)
    sheets["Lanes"].append({"from": "Far", "to": "Home, Far", "commodity": "metal", "cost": 3})
    with pytest.raises(ValueError, match="same rank"):
        read(sheets)


def test_loss_and_tariff() -> None:
    """12 wanted at a loss of 1/4 are 16 shipped at 2 + 1 + half the price; tariffs may be left out of the costs."""
    sheets = importer()
    sheets["Lanes"][0] |= {"loss": 0.25, "tariff": 0.5}
    assert optimum(sheets) == pytest.approx(16 * 3.5)
    assert optimum(with_settings(sheets, tariffs_are_costs="no")) == pytest.approx(16 * 3)


def test_chain_and_byproduct() -> None:
    """Inputs are used in the plant's country, a by-product comes along free and what is too much is thrown away."""
    sheets = island(1, 6)
    sheets["Commodities"] += [{"commodity": "ore", "unit": "t"}, {"commodity": "slag", "unit": "t"}]
    sheets["Recipes"] = [
        {"recipe": "smelt", "commodity": "ore", "role": "input", "amount": 3},
        {"recipe": "smelt", "commodity": "metal", "role": "output", "amount": 2},
        {"recipe": "smelt", "commodity": "slag", "role": "output", "amount": 1},
    ]
    sheets["Plants"] = [
        {"plant": "smelter", "country": "Home", "recipe": "smelt", "capacity": 20, "unit_cost": 1},
        {"plant": "mine", "country": "Home", "commodity": "ore", "capacity": 50, "unit_cost": 0.5},
    ]
    sheets["Demand"].append({"country": "Home", "commodity": "slag", "shortage_cost": 100, "per_year": 2})
    assert optimum(sheets) == pytest.approx(3 * (1 + 3 * 0.5))
    sheets["Demand"][1]["per_year"] = 5
    assert optimum(sheets) == pytest.approx(5 * (1 + 3 * 0.5))


@pytest.mark.parametrize(
    ("event", "sold"),
    [
        ({"kind": "export", "remaining": 0.25}, 5.0),  # of 20 a year in nominal capacity, not of the 12 traded
        ({"kind": "export", "quota": 4}, 4.0),
        ({"kind": "export", "quota": 2, "years": 0.75}, 6.5),  # three quarters of 2 and a quarter of 20
        ({"kind": "export", "remaining": 0, "years": 0, "recovery_years": 1}, 10.0),
        ({"kind": "route", "route": "strait", "remaining": 0.25}, 5.0),
        ({"kind": "capacity", "remaining": 0.5}, 10.0),
        ({"kind": "export", "country": "Home", "remaining": 0}, 12.0),
    ],
)
def test_what_events_leave(event: Row, sold: float) -> None:
    """What can still be had in a year with one event, as formula 3, 4 or 5 has it; one step for the year."""
    sheets = importer(2) | stop(0.25)
    sheets["Lanes"][0]["routes"] = "canal, strait"
    sheets["Events"] = [{"scenario": "stop", "years": 1} | event]
    assert shortage(sheets, "stop") == pytest.approx(12 - sold)


def test_route_event_on_a_lane_with_capacity() -> None:
    """There the share is of the lane's capacity, stock releases included; two events multiply."""
    sheets = importer(2) | stop(0.25)
    sheets["Lanes"][0] |= {"routes": "canal, strait", "capacity": 16}
    sheets["Stockpiles"] = [store(country="Far", initial=50, final_min=0, serves="@coalition")]
    event: Row = {"scenario": "stop", "kind": "route", "years": 1, "remaining": 0.5}
    sheets["Events"] = [event | {"route": "canal"}, event | {"route": "strait"}]
    assert shortage(sheets, "stop") == pytest.approx(12 - 4)


def test_export_events_multiply_and_quotas_stand_alone() -> None:
    """Two halves leave a quarter of 20; beside a quota of 3 the tighter row decides; releases stay free of quotas."""
    sheets = importer(2) | stop(0.25)
    half: Row = {"scenario": "stop", "kind": "export", "years": 1, "remaining": 0.5}
    sheets["Events"] = [half, half]
    assert shortage(sheets, "stop") == pytest.approx(12 - 5)
    sheets["Events"] = [half, {"scenario": "stop", "kind": "export", "years": 1, "commodity": "metal", "quota": 3}]
    assert shortage(sheets, "stop") == pytest.approx(12 - 3)
    sheets["Stockpiles"] = [store(country="Far", initial=50, final_min=0, serves="@coalition", max_release=8)]
    assert shortage(sheets, "stop") == pytest.approx(12 - 3 - 4)  # the half leaves half of 8 a year


def test_releases_abroad_come_from_what_was_held() -> None:
    """A store abroad is no way around a quota: of what it fills nothing leaves in the same node, only the 5 it held,
    less what two years lose; and without a lane nothing leaves at all."""
    sheets = importer(2) | stop(0.25, years=2, step=24)
    sheets["Periods"][1]["years"] = 2
    sheets["Events"] = [{"scenario": "stop", "kind": "export", "commodity": "metal", "years": 2, "quota": 0}]
    pile = store(country="Far", initial=5, max_level=5, final_min=0, serves="@coalition")
    sheets["Stockpiles"] = [pile]
    assert shortage(sheets, "stop") == pytest.approx(24 - 5)
    sheets["Stockpiles"] = [pile | {"loss_rate": 0.5}]
    assert shortage(sheets, "stop") == pytest.approx(24 - 5 / 4)
    sheets["Lanes"] = []
    assert shortage(sheets, "stop") == pytest.approx(24)


def test_filling_takes_time() -> None:
    """3 a year may be filled: 1.5 in the half year before the stop, released at 1 a year while it lasts."""
    sheets = importer(2) | stop(0.5)
    sheets["Periods"][0]["years"] = 0.5
    sheets["Stockpiles"] = [store(final_min=0, max_fill=3)]
    assert shortage(sheets, "stop") == pytest.approx(12 - 1.5)
    sheets["Stockpiles"] = [store(final_min=0, max_fill=3, max_release=1)]
    assert shortage(sheets, "stop") == pytest.approx(12 - 1)


def test_least_use() -> None:
    """Works that must run at 80% make 16, of which 4 are thrown away; on a branch nothing binds them."""
    sheets = importer(2) | stop(0.5)
    sheets["Plants"][0]["min_use"] = 0.8
    assert optimum(sheets) == pytest.approx(44 + 0.5 * 44 + 0.5 * 1200)


def test_ends_of_paths() -> None:
    """The base path keeps `final_min`, a branch may run it down and pays to refill at the price; what is left is
    worth its salvage; both are paid at the horizon, what is bought and short as time goes by."""
    sheets = with_settings(importer(2) | stop(0.25), discount_rate=0.25)
    sheets["Commodities"][0]["price"] = 4
    sheets["Stockpiles"] = [store(initial=5, max_level=5, salvage=0.5)]
    end = 1.25**-2
    first, second = evenly(0.25), evenly(0.25, 1)
    base = 36 * first + 36 * second - 0.5 * 5 * end
    branch = 36 * first + 100 * 7 * second + 4 * 5 * end
    assert optimum(sheets) == pytest.approx(0.75 * base + 0.25 * branch)


@pytest.mark.parametrize("price", [1.0, 50.0])
def test_protection(price: float) -> None:
    """Effectiveness 1/2 lifts what remains of 12 from 0.2 to 0.6, for a price a year on every path."""
    sheets = island(2, 12, 12) | stop(0.25)
    sheets["Events"] = [{"scenario": "stop", "kind": "capacity", "years": 1, "remaining": 0.2, "hazard": "cyber"}]
    sheets["Protections"] = [
        {"protection": "guard", "hazard": "cyber", "effectiveness": 0.5, "cost": price},
        {"protection": "other", "hazard": "natural", "effectiveness": 1, "cost": 0},
    ]
    bare, held = (24 + 0.75 * 24 + 0.25 * (2 * 12 * m + 100 * 12 * (1 - m)) for m in (0.2, 0.6))
    result = solve_reference(sheets)
    assert result.objective == pytest.approx(min(bare, held + 2 * price))
    assert result.protections["guard"] == (held + 2 * price < bare)


def test_demand_and_cost_events() -> None:
    """A surge of a half for half a year adds a quarter; unit costs rise in the same way."""
    sheets = island(2) | stop(0.5)
    sheets["Events"] = [
        {"scenario": "stop", "kind": "demand", "years": 0.5, "remaining": 1.5},
        {"scenario": "stop", "kind": "cost", "years": 0.5, "remaining": 3},
    ]
    assert optimum(sheets) == pytest.approx(20 + 0.5 * 20 + 0.5 * 12.5 * 2 * 2)
