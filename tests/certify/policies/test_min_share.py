"""``min_share``: Home supplies 5 of the 13.75 it takes in: 36.4%."""

from __future__ import annotations

from tests.certify.policies.under import under
from tests.certify.trade import fails, holds, trade


def test_home_supply_counts_for_it() -> None:
    """5 / 13.75 passes, 0.4 fails; Home and Far together are all."""
    holds(under(trade(), "min_share", 0.36, suppliers="Home"))
    fails(under(trade(), "min_share", 0.4, suppliers="Home"), "rule (min_share): metal for Home from Home at base/y1/1")
    holds(under(trade(), "min_share", 1, suppliers="*"))


def test_deliveries_from_abroad_count_for_it() -> None:
    """Far's share is 63.6%."""
    holds(under(trade(), "min_share", 0.63, suppliers="Far"))
    fails(under(trade(), "min_share", 0.64, suppliers="Far", from_period="y2"), "at base/y2/1")
