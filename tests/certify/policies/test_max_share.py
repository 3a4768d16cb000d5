"""``max_share``: Far delivers 8.75 of the 13.75 that Home takes in: 63.6%."""

from __future__ import annotations

import pytest

from friendshore.optimizer.certify import certify
from tests.certify.policies.under import calm, under
from tests.certify.trade import fails, holds, lane, mine, trade

SHARE = 8.75 / 13.75


def test_the_limit() -> None:
    """Just above the share passes, just below fails, at a base node of the window only."""
    holds(under(trade(), "max_share", SHARE + 1e-6, suppliers="@concern"))
    fails(
        under(trade(), "max_share", 0.5, suppliers="@concern"), "rule (max_share): metal for Home from Far at base/y1/1"
    )
    fails(under(trade(), "max_share", 0.5, suppliers="Far", from_period="y2"), "at base/y2/1")


def test_home_supply_never_counts_against_it() -> None:
    """A cap on Home's own supply to itself of nothing is met."""
    holds(under(trade(), "max_share", 0, suppliers="Home"))
    holds(under(trade(), "max_share", 0, suppliers="@concern", consumers="Far"))


def test_each_supplier_by_itself() -> None:
    """Pooled, Far and Third exceed half; one by one neither does."""
    countries = [*trade()["Countries"], {"country": "Third", "bloc": "concern"}]
    plants = [*trade()["Plants"], mine(plant="pit", country="Third")]
    lanes = [lane(), lane(**{"from": "Third"})]
    sheets = calm(trade(Countries=countries, Plants=plants, Lanes=lanes))
    rows = {
        "sourcing": [
            (f"base/{y}/1", k, "Home", "metal", q)
            for y in ("y1", "y2")
            for k, q in (("Far", 4.375), ("Third", 4.375), ("Home", 5))
        ],
        "production": [
            (f"base/{y}/1", p, q) for y in ("y1", "y2") for p, q in (("mine", 4.375), ("pit", 4.375), ("works", 5))
        ],
    }
    holds(under(sheets, "max_share", 0.5, rows=rows, suppliers="each @concern"))
    fails(under(sheets, "max_share", 0.5, rows=rows, suppliers="@concern"), "from Far, Third")


def test_releases_from_abroad_count() -> None:
    """5 of the 8.75 come from a store in Far instead of its mine: the share is the same."""
    store = {
        "stockpile": "store",
        "country": "Far",
        "commodity": "metal",
        "initial": 5,
        "max_level": 5,
        "serves": "Home",
        "final_min": 0,
    }
    sheets = calm(trade(Stockpiles=[store], Periods=[{"period": "y1"}]))
    rows = {
        "sourcing": [("base/y1/1", "Far", "Home", "metal", 3.75), ("base/y1/1", "Home", "Home", "metal", 5)],
        "production": [("base/y1/1", "mine", 3.75), ("base/y1/1", "works", 5)],
        "stocks": [("base/y1/1", "store", 0, 0)],
        "releases": [("base/y1/1", "store", "Home", 5)],
    }
    holds(under(sheets, "max_share", SHARE + 1e-6, rows=rows, suppliers="Far"))
    fails(under(sheets, "max_share", SHARE - 0.01, rows=rows, suppliers="Far"), "max_share")


def test_a_penalty_prices_what_is_lacking() -> None:
    """Two years lack 8.75 − 0.5 · 13.75 = 1.875 each; the first has the weight 1, the second 0.75, the base path's
    alone: 1.875 · 1.75 = 3.28 at 4 a unit, not discounted. On the stop's branch there are no normal times."""
    plan = under(trade(), "max_share", 0.5, suppliers="Far", penalty=4)
    assert plan.penalties == pytest.approx(13.125)
    assert plan.objective == pytest.approx(plan.expected_cost + 13.125)
    assert certify(plan).holds()
