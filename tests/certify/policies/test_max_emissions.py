"""``max_emissions``: plants and lanes in a base-path step, a year."""

from __future__ import annotations

from tests.certify.policies.under import calm, under
from tests.certify.trade import fails, holds, lane, mine, trade, works


def test_plants_and_lanes_add_up() -> None:
    """5 · 2 + 8.75 · 1 made and 8.75 · 0.4 moved: 22.25 a year."""
    sheets = trade(Plants=[works(emissions=2), mine(emissions=1)], Lanes=[lane(emissions=0.4)])
    holds(under(sheets, "max_emissions", 22.25))
    fails(under(sheets, "max_emissions", 22), "rule (max_emissions): emissions at base/y1/1", "(by 0.25)")
    fails(under(sheets, "max_emissions", 22, from_period="y2"), "at base/y2/1")


def test_the_limit_is_a_year_s() -> None:
    """A period of two years may emit twice as much."""
    sheets = calm(trade(Periods=[{"period": "y1", "years": 2}], Plants=[works(emissions=2), mine()]))
    rows = {
        "sourcing": [("base/y1/1", "Far", "Home", "metal", 17.5), ("base/y1/1", "Home", "Home", "metal", 10)],
        "production": [("base/y1/1", "mine", 17.5), ("base/y1/1", "works", 10)],
    }
    holds(under(sheets, "max_emissions", 10, rows=rows))
    fails(under(sheets, "max_emissions", 9.5, rows=rows), "(by 1)")


def test_releases_abroad_emit_on_their_lane() -> None:
    """5 from a store in Far and 3.75 from its mine move over the same lane: 8.75 · 0.4 = 3.5."""
    store = {
        "stockpile": "store",
        "country": "Far",
        "commodity": "metal",
        "initial": 5,
        "max_level": 5,
        "serves": "Home",
        "final_min": 0,
    }
    sheets = calm(trade(Stockpiles=[store], Periods=[{"period": "y1"}], Lanes=[lane(emissions=0.4)]))
    rows = {
        "sourcing": [("base/y1/1", "Far", "Home", "metal", 3.75), ("base/y1/1", "Home", "Home", "metal", 5)],
        "production": [("base/y1/1", "mine", 3.75), ("base/y1/1", "works", 5)],
        "stocks": [("base/y1/1", "store", 0, 0)],
        "releases": [("base/y1/1", "store", "Home", 5)],
    }
    holds(under(sheets, "max_emissions", 3.5, rows=rows))
    fails(under(sheets, "max_emissions", 3.4, rows=rows), "(by 0.1)")
