"""``max_capex``: what payers commit on the base path, undiscounted."""

from __future__ import annotations

from typing import Any

from friendshore.models.plan import Plan
from tests.certify.policies.under import under
from tests.certify.trade import RIGHT, fails, holds, together, trade


def plan(limit: float, payer: str | None = None, **cells: Any) -> Plan:
    """Two kilns of 100 in the first year and one in the second, at a discount of 25%."""
    kiln = {"expansion": "kiln", "plant": "works", "size": 1, "capex": 100, "max_units": 3, "payer": payer}
    sheets = trade(Expansions=[kiln], Settings=[{"setting": "discount_rate", "value": 0.25}])
    rows = together(RIGHT, {"investments": [("base/y1/1", "kiln", 2), ("base/y2/1", "kiln", 1)]})
    return under(sheets, "max_capex", limit, rows=rows, **cells)


def test_the_sum_over_the_window() -> None:
    """300 in all, 100 in the second year."""
    holds(plan(300))
    fails(plan(299), "rule (max_capex): capex of Home", "(by 1)")
    holds(plan(100, from_period="y2"))
    fails(plan(199, to_period="y1"), "(by 1)")


def test_the_payer_counts() -> None:
    """The plant's country pays unless another is named."""
    holds(plan(0, consumers="Far"))
    holds(plan(0, payer="Far"))
    fails(plan(299, payer="Far", consumers="Far"), "capex of Far")
    fails(plan(299, payer="Far", consumers="*"), "capex of Far, Home")
