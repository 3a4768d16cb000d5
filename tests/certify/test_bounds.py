"""Bounds: nothing below zero, no shortage above demand."""

from __future__ import annotations

import dataclasses

import pytest

from friendshore.optimizer.certify.bounds import check_bounds
from friendshore.optimizer.certify.case import read_case
from friendshore.optimizer.certify.ledger import Ledger
from tests.certify.drafts import draft
from tests.certify.trade import RIGHT, event, fails, holds, lane, right, together, trade


def test_nothing_is_below_zero() -> None:
    """Home sends -1 to Far and Far 1 less to itself ... each balance closes, and only the sign tells."""
    sheets = trade(Lanes=[lane(), lane(**{"from": "Home", "to": "Far"}, loss=0)])
    extra = {
        "sourcing": [("base/y1/1", "Home", "Far", "metal", -1.0), ("base/y1/1", "Far", "Far", "metal", 1.0)],
        "production": [],
    }
    rows = together(RIGHT, extra)
    rows["production"] = [(n, p, a + (1 if (n, p) == ("base/y1/1", "mine") else 0)) for n, p, a in rows["production"]]
    certificate = fails(draft(sheets, **rows), "shipment of metal from Home to Far below zero at base/y1/1")
    assert certificate.max_violation == 1.0


@pytest.mark.parametrize(
    ("letter", "name"),
    [
        ("x", "shipment of metal from Far to Home"),
        ("a", "activity of mine"),
        ("u", "shortage of metal (all) in Home"),
        ("v", "level of store"),
        ("f", "fill of store"),
        ("g", "release of store to Home"),
    ],
)
def test_each_quantity_has_its_sign(letter: str, name: str) -> None:
    """One of each kind at a node is −1.5; all others are nought or more, and nothing else is looked at."""
    stock = {"stockpile": "store", "country": "Home", "commodity": "metal", "max_level": 5, "final_min": 0}
    case = read_case(right(trade(Stockpiles=[stock]), releases=[("base/y1/1", "store", "Home", 0)]))
    values = vars(case.base.quantities)[letter].copy()
    values[1, 0] = -1.5
    quantities = dataclasses.replace(case.base.quantities, **{letter: values})
    ledger = Ledger()
    check_bounds(case, dataclasses.replace(case.base, quantities=quantities), ledger)
    assert ledger.worst == f"{name} below zero at base/y2/1 (by 1.5)"


def test_shortage_within_demand() -> None:
    """A shortage of 13 of 12 would hide that a tonne too much arrives somewhere else."""
    rows = {name: [row for row in part if row[0] != "base/y1/1"] for name, part in RIGHT.items()}
    sheets = trade(
        Stockpiles=[{"stockpile": "store", "country": "Home", "commodity": "metal", "max_level": 5, "final_min": 0}]
    )
    levels = [("base/y1/1", 1.0, 1.0), ("base/y2/1", 1.0, 0), ("stop/y2/1", 1.0, 0), ("stop/y2/2", 1.0, 0)]
    stocks = [(node, "store", level, filled) for node, level, filled in levels]
    plan = draft(sheets, **together(rows, {"shortages": [("base/y1/1", 0, 13.0)], "stocks": stocks}))
    fails(plan, "shortage of metal (all) in Home above demand at base/y1/1", "(by 1)")


def test_demand_follows_its_events() -> None:
    """A surge to 1.5 in the second half of the year leaves 3 t unmet that the plan does not know of."""
    surge = event(kind="demand", country="Home", start_years=0.5, remaining=1.5)
    fails(right(trade(Events=[event(), surge])), "use of metal in Home at stop/y2/2", "(by 3)")
    holds(right(trade(Events=[event(), surge | {"country": "Far"}])))
