"""``clean_origin``: ore from Home and Far goes through Home's smelter; half of the 10 t of metal is free of Far.

A year: 6 ore at home, 10 · 0.8 = 8 arrive of 10 from Far; 4 of the 14 are left over and stocked. The smelter
takes an ore for a metal. Five of the six clean ore go into the clean half of the smelter, one into the store.
"""

from __future__ import annotations

import dataclasses
from math import inf
from typing import Any

import pytest

from friendshore.models.plan import Plan
from friendshore.optimizer.certify import certify
from tests.certify.drafts import Sheets, frame
from tests.certify.policies.under import calm, under
from tests.certify.trade import fails, holds, lane, mine, together, trade, works

NODE = "base/y1/1"
SPLIT = "Far | metal+ore"
STORE = {"stockpile": "store", "country": "Home", "commodity": "ore", "initial": 2, "max_level": 9, "final_min": 0}
ROWS: dict[str, Any] = {
    "sourcing": [
        (NODE, k, "Home", what, amount)
        for k, what, amount in (("Home", "ore", 6), ("Far", "ore", 10), ("Home", "metal", 10))
    ],
    "production": [(NODE, "pit", 6), (NODE, "mine", 10), (NODE, "smelter", 10)],
    "stocks": [(NODE, "store", 6, 4)],
}
CLEAN = {
    ("shipped", "Home", "Home", "ore"): 6.0,
    ("shipped", "Home", "Home", "metal"): 5.0,
    ("activity", "pit"): 6.0,
    ("activity", "smelter"): 5.0,
    ("filled", "store"): 1.0,
    ("level", "store"): 3.0,
    ("used", 0): 5.0,
}


def sheets(**store: Any) -> Sheets:
    return calm(
        trade(
            Periods=[{"period": "y1"}],
            Commodities=[{"commodity": name, "unit": "t"} for name in ("metal", "ore")],
            Recipes=[
                {"recipe": "smelt", "commodity": "ore", "role": "input", "amount": 1},
                {"recipe": "smelt", "commodity": "metal", "role": "output", "amount": 1},
            ],
            Plants=[
                works(plant="smelter", commodity=None, recipe="smelt", capacity=20),
                mine(commodity="ore"),
                works(plant="pit", commodity="ore", capacity=6),
            ],
            Demand=[{"country": "Home", "commodity": "metal", "shortage_cost": 100, "per_year": 10}],
            Lanes=[lane(**{"from": "*", "to": "*"})],
            Stockpiles=[STORE | store],
        )
    )


def clean_row(key: tuple[Any, ...], quantity: float) -> tuple[Any, ...]:
    part, *whole = key
    names = dict.fromkeys(("origin", "destination", "commodity", "way", "plant", "stockpile"), "") | {"row": -1}
    headers = {
        "shipped": ("origin", "destination", "commodity"),
        "activity": ("plant",),
        "used": ("row",),
        "released": ("stockpile", "destination"),
    }.get(part, ("stockpile",))
    return NODE, SPLIT, part, *(names | dict(zip(headers, whole, strict=True))).values(), quantity


def plan(
    limit: float = 0.5, parts: dict[Any, float] | None = None, store: dict[str, Any] | None = None, **cells: Any
) -> Plan:
    clean = [clean_row(key, quantity) for key, quantity in (CLEAN | (parts or {})).items()]
    rows = together(ROWS, {"clean": clean})
    wanted: dict[str, Any] = {"suppliers": "Far", "commodity": "metal, ore"} | cells
    return under(sheets(**(store or {})), "clean_origin", limit, rows=rows, **wanted)


def test_the_limit() -> None:
    """Half is clean: 0.5 passes, 0.6 lacks one of ten."""
    holds(plan())
    fails(plan(0.6), "rule (clean_origin): metal for Home free of Far at base/y1/1", "(by 1)")


def test_a_penalty_prices_the_share_and_not_the_flows() -> None:
    """What is lacking in the share has its price; a split that cannot be is a violation all the same."""
    priced = plan(0.6, penalty=7)
    assert priced.penalties == pytest.approx(7.0)
    holds(priced)
    fails(plan(0.6, {("used", 0): 6.0}, penalty=7), "clean use of metal in Home", "(by 1)")


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ({("activity", "pit"): 5.0}, "clean supply of ore in Home"),
        ({("activity", "smelter"): 6.0}, "clean use of ore in Home"),
        ({("activity", "smelter"): 4.0}, "clean supply of metal in Home"),
        ({("shipped", "Home", "Home", "metal"): 4.0}, "clean use of metal in Home"),
        ({("filled", "store"): 2.0}, "clean use of ore in Home"),
        ({("level", "store"): 4.0}, "clean balance of store"),
        ({("activity", "pit"): 7.0}, "clean activity within the whole"),
        ({("used", 0): -1.0}, "clean use below zero"),
        ({("shipped", "Far", "Home", "ore"): 1.0}, "clean supply of ore in Far"),
        ({("shipped", "Far", "Home", "ore"): 1.0, ("activity", "mine"): 1.0}, "clean supply of ore in Far"),
    ],
)
def test_each_balance_of_the_clean_part(parts: dict[Any, float], name: str) -> None:
    """One number of the split changed breaks one balance; what is made in Far is never clean."""
    fails(plan(0.0, parts), name, "base/y1/1")


def test_initial_stock_is_clean_outside_the_suppliers() -> None:
    """The 2 t at the start are clean in Home; where Home itself is shut out nothing is."""
    holds(plan(parts={("level", "store"): 3.0}))
    own = plan(0.0, suppliers="Home")
    renamed = own.clean.assign(split=own.clean["split"].str.replace("Far", "Home"))
    certificate = fails(dataclasses.replace(own, clean=renamed), "clean")
    assert certificate.max_violation < inf
    only_stock = renamed[renamed["part"] == "level"].assign(quantity=1.0)
    fails(dataclasses.replace(own, clean=only_stock), "clean balance of store", "(by 1)")


def test_fills_and_releases_are_reported_net() -> None:
    """Six clean ore into the store and five out again in the same year is one net; it needs room for the five
    to be filled and released besides the four, which a rate of 8 a year does not give and one of 9 does."""
    swap = {("filled", "store"): 6.0, ("released", "store", "Home"): 5.0}
    holds(plan(parts=swap))
    holds(plan(parts=swap, store={"max_fill": 9, "max_release": 5}))
    fails(plan(parts=swap, store={"max_fill": 8}), "room to fill and release store anew", "(by 1)")
    fails(plan(parts=swap, store={"max_release": 4}), "room to fill and release store anew", "(by 1)")


def test_a_fill_above_the_net_needs_room_too() -> None:
    """Six clean ore in and one out again, two above the net fill of four: room for 6 a year to fill, 2 to release."""
    ore = {("filled", "store"): 6.0, ("released", "store", "Home"): 1.0, ("level", "store"): 6.0}
    parts = ore | {("activity", "smelter"): 1.0, ("shipped", "Home", "Home", "metal"): 1.0, ("used", 0): 1.0}
    holds(plan(0.1, parts, store={"max_fill": 6, "max_release": 2}))
    fails(plan(0.1, parts, store={"max_fill": 5}), "room to fill and release store anew", "(by 1)")
    fails(plan(0.1, parts, store={"max_release": 1.5}), "room to fill and release store anew", "(by 0.5)")


def test_what_is_not_asked_for_is_refused() -> None:
    """A split of other suppliers, a part of no kind, a row of demand that is not there."""
    good = plan()
    for column, value in (("split", "Far | ore"), ("part", "dreamt")):
        wrong = good.clean.copy()
        wrong.loc[0, column] = value
        assert fails(dataclasses.replace(good, clean=wrong), f"clean: unknown {column}").max_violation == inf
    assert fails(dataclasses.replace(good, clean=None), "clean is missing").max_violation == inf
    assert fails(dataclasses.replace(good, clean=frame("clean", [])), "clean_origin").max_violation < inf


@pytest.mark.parametrize(("part", "name", "value"), [("used", "plant", "smelter"), ("activity", "row", 0)])
def test_a_part_names_nothing_that_it_has_none_of(part: str, name: str, value: object) -> None:
    """What is used is of a row of demand and of no plant, what is made of a plant and of no row."""
    good = plan()
    clean = good.clean.copy()
    clean.loc[clean["part"] == part, name] = value
    assert f"clean: {part} has no {name}" in certify(dataclasses.replace(good, clean=clean)).worst
