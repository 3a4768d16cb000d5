"""max_share: deliveries from suppliers as a share of all that consumers take in."""

from __future__ import annotations

from math import log
from typing import Any

import pytest

from tests.mathematics.cases import (
    Sheets,
    about,
    fails,
    importer,
    optimum,
    plan_of,
    policy,
    proves,
    quantity,
    short,
    slope,
    stop,
    store,
    under,
    value_of,
    with_settings,
)

pytestmark = proves("rule:max_share")


def trade(periods: int = 1, **cells: Any) -> Sheets:
    """Home makes 7 of its 10 at 1 and buys 3 from Far at 3, under one policy."""
    sheets = importer(periods, demand=10)
    sheets["Plants"].append({"plant": "mill", "country": "Home", "commodity": "metal", "capacity": 7, "unit_cost": 1})
    return under(sheets, kind="max_share", suppliers="each *", **cells)


def test_what_is_made_at_home_never_counts() -> None:
    """Worked answer: a cap of 40% ``each *`` on 70% at home and 30% from one neighbour is met, at 0.3."""
    plan = plan_of(trade(limit=0.4, consumers="each *"))
    assert plan.objective == about(7 + 9)
    assert value_of(plan, "rule") == about(0.3)


@pytest.mark.parametrize(("limit", "bought"), [(0.3, 3), (0.125, 1), (0, 0)])
def test_the_limit_is_a_share_of_all_that_is_taken_in(limit: float, bought: float) -> None:
    """x ≤ 0.125 · (7 + x) allows 1 beside the 7 at home; a share of demand would allow 1.25."""
    assert optimum(trade(limit=limit)) == about(7 + 3 * bought + 100 * (3 - bought))


def test_the_scorecard() -> None:
    """At 0.125 the row is binding and 0.125 is its value; a unit more of share is worth what re-solving says."""
    sheets = trade(limit=0.125)
    line = policy(plan_of(sheets), "rule")
    assert (line.value, line.rows, line.binding) == (about(0.125), 2, 1)
    assert line.place == "rule/Home/Far/metal/y0"
    # x = 7l/(1 − l): dx/dl = 7/(1 − l)² = 9.142857, each worth 97
    assert line.shadow_price == about(97 * 7 / 0.875**2)
    assert line.shadow_price == pytest.approx(slope(sheets), rel=1e-4)


def test_the_rows_that_bind_and_the_price_of_each() -> None:
    """At 100% a year what is paid as the first one goes by is worth ∫ 2^−t dt = 0.5/ln 2, in the second half of that:
    97 · 7 / 0.875² of each, which add up to the price of the policy. Far supplies itself nothing and binds nowhere."""
    line = policy(plan_of(with_settings(trade(2, limit=0.125), discount_rate=1)), "rule")
    price = 97 * 7 / 0.875**2 * 0.5 / log(2)
    assert [bind.place for bind in line.binds] == ["rule/Home/Far/metal/y0", "rule/Home/Far/metal/y1"]
    assert [bind.shadow_price for bind in line.binds] == about([price, price / 2])
    assert [bind.value for bind in line.binds] == about([0.125, 0.125])
    assert line.shadow_price == about(1.5 * price)
    assert policy(plan_of(trade(limit=0.4)), "rule").binds == ()


def test_a_limit_that_does_not_bind_has_no_price() -> None:
    """40% is above the 30% that come."""
    line = policy(plan_of(trade(limit=0.4)), "rule")
    assert line.shadow_price == about(0)
    assert line.binding == 0


def test_a_penalty_buys_what_is_beyond() -> None:
    """3 against 0.125 · 10: 1.75 beyond at a penalty of 5 a unit of metal, cheaper than 100 short."""
    plan = plan_of(trade(limit=0.125, penalty=5))
    assert plan.penalties == about(1.75 * 5)
    assert plan.objective == about(16 + 1.75 * 5)
    assert policy(plan, "rule").violation == about(1.75)


def test_a_window() -> None:
    """From y1 to y1 of three years: only there one is bought, and 2 are short."""
    plan = plan_of(trade(3, limit=0.125, from_period="y1", to_period="y1"))
    assert [short(plan, period=f"y{i}") for i in range(3)] == about([0, 2, 0])
    assert policy(plan, "rule").rows == 2


def test_branches_are_free() -> None:
    """The rule binds base nodes: on the branch all 10 may come from Far when the mill stands still."""
    sheets = trade(2, limit=0.3) | stop(0.25, kind="capacity", plant="mill")
    plan = plan_of(sheets)
    assert short(plan, "stop") == about(0)


def two_suppliers(suppliers: str) -> Sheets:
    """Home makes 5 of 10; Far and Near deliver at 3 each. A limit of 25%."""
    sheets = trade(limit=0.25)
    sheets["Plants"][1]["capacity"] = 5
    sheets["Countries"].append({"country": "Near", "bloc": "concern"})
    sheets["Plants"].append({"plant": "n", "country": "Near", "commodity": "metal", "capacity": 9, "unit_cost": 2})
    sheets["Lanes"].append({"from": "Near", "to": "Home", "cost": 1})
    sheets["Policies"][0]["suppliers"] = suppliers
    return sheets


@pytest.mark.parametrize(
    ("suppliers", "bought"), [("each @concern", 5), ("@concern", 5 / 3), ("Far, Near", 5 / 3), ("Far", 5)]
)
def test_one_by_one_or_pooled(suppliers: str, bought: float) -> None:
    """Each of two at a quarter makes a half; pooled, x ≤ 0.25 · (5 + x) leaves 5/3; on Far alone Near fills up."""
    plan = plan_of(two_suppliers(suppliers))
    assert short(plan) == about(5 - bought)


@pytest.mark.parametrize(
    ("consumers", "lacking"), [(None, 10), ("each @coalition", 10), ("@coalition", 0), ("Home", 0)]
)
def test_consumers_one_by_one_or_pooled(consumers: str | None, lacking: float) -> None:
    """Home makes its 10; an ally makes nothing and buys all 10 from Far. Pooled that is 50%; by itself it is 100%, and
    nothing may come. Blank means ``each @coalition``."""
    sheets = importer(1, demand=10)
    sheets["Countries"].append({"country": "Near", "bloc": "ally"})
    sheets["Plants"].append({"plant": "mill", "country": "Home", "commodity": "metal", "capacity": 10, "unit_cost": 1})
    sheets["Lanes"] = [{"from": "Far", "to": "Near", "cost": 1}]
    sheets["Demand"].append({"country": "Near", "commodity": "metal", "shortage_cost": 100, "per_year": 10})
    rule = {"kind": "max_share", "suppliers": "@concern", "limit": 0.5, "consumers": consumers}
    assert short(plan_of(under(sheets, **rule)), country="Near") == about(lacking)


def test_releases_abroad_count_where_they_come_from() -> None:
    """All that is bought comes from a depot in Far, gross of a loss of a quarter: x ≤ 0.5 · (7 + x) allows 7 released,
    5.25 arrive, and at 0.125 only 1. A rule on shipments alone would not see it."""
    for limit, sent in ((0.5, 4), (0.125, 1)):
        sheets = trade(limit=limit)
        sheets["Plants"] = sheets["Plants"][1:]
        sheets["Lanes"][0]["loss"] = 0.25
        sheets["Stockpiles"] = [store(stockpile="depot", country="Far", initial=20, serves="Home")]
        plan = plan_of(sheets)
        assert quantity(plan.releases, "quantity") == about(sent), limit


def test_deliveries_between_members_count() -> None:
    """Home sells to an ally: under ``each *`` on each consumer that is a delivery like any other."""
    sheets = importer(1, demand=0)
    sheets["Countries"].append({"country": "Near", "bloc": "ally"})
    sheets["Plants"].append({"plant": "mill", "country": "Home", "commodity": "metal", "capacity": 10, "unit_cost": 1})
    sheets["Lanes"] = [{"from": "Home", "to": "Near"}]
    sheets["Demand"][0] |= {"country": "Near", "per_year": 10}
    rule = {"kind": "max_share", "limit": 0.5, "suppliers": "each *"}
    assert short(plan_of(under(sheets, **rule))) == about(10)
    assert short(plan_of(under(sheets, **(rule | {"suppliers": "@concern"})))) == about(0)


def test_a_row_for_each_commodity() -> None:
    """A half of all metal and a half of all ore, not of both together: ore comes from Far alone, so none may."""
    sheets = trade(limit=0.5)
    sheets["Commodities"].append({"commodity": "ore", "unit": "t", "stage": "ore"})
    sheets["Plants"].append({"plant": "pit", "country": "Far", "commodity": "ore", "capacity": 20, "unit_cost": 2})
    sheets["Demand"].append({"country": "Home", "commodity": "ore", "shortage_cost": 100, "per_year": 1})
    plan = plan_of(sheets)
    assert [short(plan, commodity=name) for name in ("metal", "ore")] == about([0, 1])
    sheets["Policies"][0]["commodity"] = "metal"
    assert short(plan_of(sheets)) == about(0)
    sheets["Policies"][0]["commodity"] = "stage:ore"
    assert short(plan_of(sheets), commodity="ore") == about(1)


def test_a_limit_no_plan_can_keep_is_told() -> None:
    """No shortage allowed and no supplier above 10%: none."""
    assert fails(under(trade(limit=0.1), kind="max_shortage", limit=0, policy="serve"))
