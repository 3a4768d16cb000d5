"""The reference against answers worked out by hand: policies."""

from __future__ import annotations

import pytest

from .cases import importer, island, stop, store, with_settings
from .records import Row, Sheets
from .solve import solve_reference
from .test_reference import optimum


def trade() -> Sheets:
    """A country that makes 7 of its 10 and buys 3 from one neighbour."""
    sheets = importer(1, demand=10)
    sheets["Plants"].append({"plant": "own", "country": "Home", "commodity": "metal", "capacity": 7, "unit_cost": 1})
    return sheets


@pytest.mark.parametrize(("limit", "short"), [(0.4, 0.0), (0.3, 0.0), (0.125, 2.0)])
def test_share_of_a_supplier(limit: float, short: float) -> None:
    """30% from a neighbour is within 40% and 30%; at 12.5% only 1 may come beside the 7 made at home."""
    sheets = trade()
    sheets["Policies"] = [{"policy": "cap", "kind": "max_share", "limit": limit, "suppliers": "each *"}]
    assert optimum(sheets) == pytest.approx(7 + 3 * (3 - short) + 100 * short)


def test_penalty_and_least_share() -> None:
    """80% of own supply cannot hold without shortage; a cheap penalty pays for the 1 that is missing."""
    sheets = trade()
    rule: Row = {"policy": "own", "kind": "min_share", "limit": 0.8, "suppliers": "@ally"}
    sheets["Policies"] = [rule | {"penalty": 2}]
    assert optimum(sheets) == pytest.approx(16 + 2)
    sheets["Policies"] = [rule]
    assert optimum(sheets) == pytest.approx(7 + 1.75 * 3 + 1.25 * 100)


def test_cover() -> None:
    """73 days of 10 a year are 2 in stock at every end of a year; what is bought is paid for."""
    sheets = island(2)
    sheets["Stockpiles"] = [store(final_min=0)]
    sheets["Policies"] = [{"policy": "cover", "kind": "stock_cover", "limit": 73}]
    assert optimum(sheets) == pytest.approx(40 + 2 * 2)
    sheets["Periods"][1]["years"] = 2  # the rate a year counts, not what the period uses
    assert optimum(sheets) == pytest.approx(60 + 2 * 2)


@pytest.mark.parametrize(
    ("scope", "held"), [("stop", 6.0), ("base", 0.0), ("each", 6.0), ("expected", 0.0), ("cvar", 3.0)]
)
def test_shortage_limits(scope: str, held: float) -> None:
    """Half of the year of the stop; a path in all (12 of 24); their mean (0.1 * 12 of 24); or the worst tail:
    at alpha = 0.8 the tail is half the stop's path, so (12 - v) / 24 / 2 <= 0.1875."""
    sheets = with_settings(importer(2) | stop(0.1), cvar_alpha=0.8)
    sheets["Demand"][0]["shortage_cost"] = 4
    sheets["Stockpiles"] = [store(holding_cost=5, final_min=0)]
    limit = 0.1875 if scope == "cvar" else 0.5
    rule: Row = {"policy": "most", "kind": "max_shortage", "limit": limit, "scenario": scope}
    sheets["Policies"] = [rule]
    result = solve_reference(sheets)
    assert result.values["stock|base:0|store"] == pytest.approx(held)
    sheets["Policies"] = [rule | {"penalty": 0}]
    assert solve_reference(sheets).values["stock|base:0|store"] == pytest.approx(0)


def test_survive() -> None:
    """Stock for the loss of the only supplier: a quarter without it is 3 short, of which half must be in stock; a
    pooled group stops together, `each` one by one, and a second supplier of half the demand helps only the latter."""
    sheets = importer(2)
    sheets["Stockpiles"] = [store(final_min=0, holding_cost=1)]
    rule: Row = {"policy": "live", "kind": "survive", "limit": 0.5, "suppliers": "@concern", "years": 0.25}
    sheets["Policies"] = [rule]
    assert optimum(sheets) == pytest.approx(2 * 36 + 1.5)
    sheets["Policies"] = [rule | {"years": 0.5}]
    assert optimum(sheets) == pytest.approx(2 * 36 + 3)
    sheets["Countries"].append({"country": "Near", "bloc": "concern"})
    sheets["Lanes"].append({"from": "Near", "to": "Home", "cost": 1})
    sheets["Plants"].append({"plant": "n", "country": "Near", "commodity": "metal", "capacity": 6, "unit_cost": 9})
    assert optimum(sheets) == pytest.approx(2 * 36 + 3)
    for suppliers in ("each @concern", "plant:works", "each plant:*"):
        sheets["Policies"] = [rule | {"suppliers": suppliers}]
        assert optimum(sheets) == pytest.approx(2 * 36), suppliers
    sheets["Lanes"][0]["routes"] = sheets["Lanes"][1]["routes"] = "sea"
    for suppliers in ("each route:*", "plant:*"):
        sheets["Policies"] = [rule | {"suppliers": suppliers}]
        assert optimum(sheets) == pytest.approx(2 * 36 + 1.5), suppliers


def test_survive_at_home() -> None:
    """The stop of a member of the coalition stops what it makes for itself as well."""
    sheets = island(2)
    sheets["Stockpiles"] = [store(final_min=0)]
    rule: Row = {"policy": "live", "kind": "survive", "limit": 0, "suppliers": "each *", "years": 0.25}
    sheets["Policies"] = [rule | {"penalty": 1}]
    sheets["Stockpiles"][0]["holding_cost"] = 3
    assert optimum(sheets) == pytest.approx(40 + 2.5)
    sheets["Stockpiles"][0]["holding_cost"] = 0.5
    assert optimum(sheets) == pytest.approx(40 + 0.5 * 2.5)


def test_capex_and_requirement() -> None:
    """The second project needs the first; a limit on capex stops both, for its window and its payers only."""
    sheets = island(2, 10, 0, 0)
    sheets["Demand"][0]["shortage_cost"] = 300
    sheets["Expansions"] = [
        {"expansion": "pit", "plant": "works", "size": 1, "capex": 500},
        {"expansion": "hall", "plant": "works", "size": 9, "capex": 100, "requires": "pit"},
    ]
    assert optimum(sheets) == pytest.approx(600)
    rule: Row = {"policy": "purse", "kind": "max_capex", "limit": 550}
    sheets["Policies"] = [rule]
    assert optimum(sheets) == pytest.approx(500 + 2 * 9 * 300)
    sheets["Policies"] = [rule | {"limit": 450, "to_period": "y0"}]
    assert optimum(sheets) == pytest.approx(3000 + 600)
    sheets["Policies"] = [rule | {"limit": 450, "penalty": 0.5}]
    assert optimum(sheets) == pytest.approx(600 + 75)


def test_emissions() -> None:
    """2 a unit made and 1 a unit shipped: 30 a year allow 10 of the 12."""
    sheets = importer()
    sheets["Plants"][0]["emissions"] = 2
    sheets["Lanes"][0]["emissions"] = 1
    sheets["Policies"] = [{"policy": "air", "kind": "max_emissions", "limit": 30}]
    assert optimum(sheets) == pytest.approx(30 + 200)


@pytest.mark.parametrize("kind", ["max_hhi"])
def test_what_is_left_out(kind: str) -> None:
    """The policies that the reference does not know are refused, never passed over."""
    sheets = importer()
    sheets["Policies"] = [{"policy": "p", "kind": kind, "limit": 0.5, "suppliers": "*", "years": 1, "k": 1}]
    with pytest.raises(NotImplementedError):
        solve_reference(sheets)
