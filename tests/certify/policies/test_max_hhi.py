"""``max_hhi``: one foreign supplier with 63.6% of all that is taken in: 0.405."""

from __future__ import annotations

from friendshore.optimizer.certify import certify
from friendshore.optimizer.certify.policies.max_hhi import TOLERANCE
from tests.certify.policies.under import calm, under
from tests.certify.trade import fails, holds, lane, mine, trade

INDEX = (8.75 / 13.75) ** 2


def test_home_supply_is_in_the_total_only() -> None:
    """0.405 passes, 0.4 fails. With home among the squares it would be 0.537."""
    holds(under(trade(), "max_hhi", INDEX + 1e-9))
    fails(under(trade(), "max_hhi", 0.38), "rule (max_hhi): metal for Home at base/y1/1")


def test_the_cone_has_its_tolerance() -> None:
    """The planes stop within 1e-6 of the limit: that much passes, four times as much not, a penalty may lie between."""
    holds(under(trade(), "max_hhi", INDEX - 0.99 * TOLERANCE))
    assert certify(under(trade(), "max_hhi", INDEX - 4 * TOLERANCE)).max_violation > 1e-6
    plan = under(trade(), "max_hhi", INDEX - 0.99 * TOLERANCE, penalty=1000)
    assert plan.penalties == 0.0
    holds(plan)


def test_suppliers_are_squared_one_by_one() -> None:
    """The same 63.6% from two countries, half each, is half as concentrated: 0.202."""
    countries = [*trade()["Countries"], {"country": "Third", "bloc": "concern"}]
    plants = [*trade()["Plants"], mine(plant="pit", country="Third")]
    sheets = calm(trade(Countries=countries, Plants=plants, Lanes=[lane(), lane(**{"from": "Third"})]))
    years = [f"base/{period}/1" for period in ("y1", "y2")]
    rows = {
        "sourcing": [
            (node, k, "Home", "metal", q) for node in years for k, q in (("Far", 4.375), ("Third", 4.375), ("Home", 5))
        ],
        "production": [(node, p, q) for node in years for p, q in (("mine", 4.375), ("pit", 4.375), ("works", 5))],
    }
    holds(under(sheets, "max_hhi", INDEX / 2 + 1e-9, rows=rows))
    fails(under(sheets, "max_hhi", INDEX / 2 - 0.01, rows=rows), "max_hhi")
