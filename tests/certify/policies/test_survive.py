"""``survive``: a year without Far; in steps of three months 1.25 t are made and 1.75 of 3 short."""

from __future__ import annotations

from typing import Any

from tests.certify.policies.under import calm, under
from tests.certify.trade import BASE, at, fails, holds, together, trade


def stopped(name: str, *, bought: float = 0.0, made: float = 1.25, first: str = "y2") -> dict[str, Any]:
    short = 3 - made - 0.8 * bought
    return together(BASE, *(at(f"rule/{name}@{first}/{first}/{i}", bought, made, short) for i in (1, 2, 3, 4)))


def test_every_step_of_the_stop() -> None:
    """1.75 of 3 is 58.3%; the branch has no weight and costs nothing."""
    sheets = calm(trade())
    rows = stopped("Far")
    plan = under(sheets, "survive", 0.6, rows=rows, suppliers="each @concern", years=1)
    holds(plan)
    assert plan.expected_cost == under(sheets, "max_share", 1, rows=BASE, suppliers="Far").expected_cost
    little = under(sheets, "survive", 0.5, rows=rows, suppliers="each @concern", years=1)
    fails(little, "rule (survive): metal for Home", "rule/Far@y2/y2/1")


def test_nothing_is_sold_in_the_stop() -> None:
    """A plan that goes on buying in the stop is no answer."""
    rows = stopped("all", bought=1.0)
    fails(under(calm(trade()), "survive", 0.6, rows=rows, suppliers="Far", years=1), "export event on metal from Far")


def test_only_steps_that_meet_the_stop() -> None:
    """After a stop of half a year everything may be short: only the steps that meet it are the policy's."""
    stop = [at(f"rule/all@y2/y2/{i}", 0, 1.25, 1.75) for i in (1, 2)]
    rows = together(BASE, *stop, *(at(f"rule/all@y2/y2/{i}", 0, 0, 3) for i in (3, 4)))
    holds(under(calm(trade()), "survive", 0.6, rows=rows, suppliers="Far", years=0.5))
    fails(under(calm(trade()), "survive", 0.6, rows=rows, suppliers="Far", years=0.75), "rule/all@y2/y2/3", "(by 1.2)")


def test_a_member_of_the_coalition_stops_producing() -> None:
    """If Home stops, its own works stand still: making 1.25 is not possible."""
    rows = stopped("Home", bought=2.1875)
    fails(
        under(calm(trade()), "survive", 1, rows=rows, suppliers="each Home", years=1), "capacity of works at rule/Home"
    )
    rows = stopped("Home", bought=3.75, made=0)
    holds(under(calm(trade()), "survive", 0, rows=rows, suppliers="each Home", years=1))


def test_plants_and_routes() -> None:
    """`plant:` stops one plant, `route:` one route; 1.75 short are 0 short with a second mine."""
    rows = stopped("mine")
    holds(under(calm(trade()), "survive", 0.6, rows=rows, suppliers="each plant:mine", years=1))
    running = stopped("mine", bought=2.1875)
    fails(
        under(calm(trade()), "survive", 1, rows=running, suppliers="each plant:mine", years=1),
        "capacity of mine at rule/",
    )
    sheets = calm(trade(Lanes=[trade()["Lanes"][0] | {"routes": "strait"}]))
    running = stopped("strait", bought=2.1875)
    fails(under(sheets, "survive", 1, rows=running, suppliers="each route:*", years=1), "route event", "at rule/strait")


def test_the_first_period_if_told() -> None:
    """`from_period` sets the first onset, `to_period` the last; between them every period is one."""
    first = together(stopped("all", first="y1"), at("rule/all@y1/y2/1", 8.75, 5))
    cells = {"suppliers": "Far", "years": 1, "from_period": "y1"}
    holds(under(calm(trade()), "survive", 0.6, rows=first, to_period="y1", **cells))
    second = [at(f"rule/all@y2/y2/{i}", 0, 1.25, 1.75) for i in (1, 2, 3, 4)]
    holds(under(calm(trade()), "survive", 0.6, rows=together(first, *second), **cells))
    worse = [at(f"rule/all@y2/y2/{i}", 0, 1, 2) for i in (1, 2, 3, 4)]
    fails(under(calm(trade()), "survive", 0.6, rows=together(first, *worse), **cells), "rule/all@y2/y2/1")
