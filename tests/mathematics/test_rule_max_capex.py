"""max_capex: what payers commit to new capacity on the base path within the window, undiscounted."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mathematics.cases import (
    Sheets,
    about,
    built,
    island,
    optimum,
    plan_of,
    policy,
    proves,
    quantity,
    short,
    slope,
    stop,
    under,
    units,
    value_of,
    with_settings,
)

pytestmark = proves("rule:max_capex")


def budget(limit: float, periods: int = 2, rule: dict[str, Any] | None = None, **cells: Any) -> Sheets:
    """Units of 5 for 40 on a site without capacity, for 10 wanted."""
    sheets = island(periods, capacity=0, cost=0)
    sheets["Expansions"] = [built(size=5, capex=40, max_units=4) | cells]
    return under(sheets, kind="max_capex", limit=limit, **(rule or {}))


@pytest.mark.parametrize(("limit", "bought"), [(80, 2), (79, 1), (39, 0)])
@proves("port:decided")
def test_whole_units_within_the_budget(limit: float, bought: int) -> None:
    """Two units for 80; a budget of 79 buys one."""
    plan = plan_of(budget(limit))
    assert units(plan) == about(bought)
    assert value_of(plan, "rule") == about(40 * bought)
    assert plan.objective == about(40 * bought + 2 * 100 * (10 - 5 * bought))


def test_undiscounted_and_whatever_the_life() -> None:
    """Decided in y1 at 25%, with 4 years of life and one within the horizon: the full 80 count, not 64 nor 80 · κ."""
    sheets = with_settings(budget(79, earliest="y1", life_years=4), discount_rate=0.25)
    assert units(plan_of(sheets)) == about(1)
    sheets["Policies"][0]["limit"] = 80
    assert units(plan_of(sheets)) == about(2)


def test_the_sum_over_the_window() -> None:
    """Over y0 and y1 together 40; what is decided in y2 is free of it. Wanted from y0 on, one unit comes at once and
    the second after the window."""
    plan = plan_of(budget(40, 3, {"to_period": "y1"}))
    assert [units(plan, period=f"y{i}") for i in range(3)] == about([1, 0, 1])
    assert policy(plan, "rule").rows == 1
    plan = plan_of(budget(40, 3, {"from_period": "y1"}))
    assert units(plan, period="y0") == about(2)


@pytest.mark.parametrize(
    ("consumers", "bought"),
    [(None, 1), ("@coalition", 1), ("each @coalition", 2), ("Near", 2), ("Far", 2), ("each *", 2)],
)
def test_who_pays(consumers: str | None, bought: int) -> None:
    """One project is paid by Home, where its plant stands, the other by Near: together within 40 one unit, each within
    40 both."""
    sheets = budget(40, 1, {"consumers": consumers}, max_units=1)
    sheets["Countries"] += [{"country": "Near", "bloc": "ally"}, {"country": "Far", "bloc": "concern"}]
    sheets["Expansions"].append(sheets["Expansions"][0] | {"expansion": "second", "payer": "Near"})
    assert units(plan_of(sheets)) == about(bought)


def test_branches_are_free_of_it() -> None:
    """What a branch decides for itself is not on the base path."""
    sheets = budget(0, 2, earliest="y1") | stop(0.5, kind="demand", remaining=1.0)
    sheets = with_settings(sheets, branch_investment="integer")
    plan = plan_of(sheets)
    assert units(plan, scenario="base") == 0
    assert units(plan, scenario="stop") == about(2)


def test_price() -> None:
    """In shares of units a unit of money buys 1/8 of capacity, worth 2 · 100/8 over two years, less its own 1."""
    sheets = budget(60, integer="no")
    line = policy(plan_of(sheets), "rule")
    assert line.shadow_price == about(2 * 100 / 8 - 1)
    assert line.shadow_price == pytest.approx(slope(sheets), rel=1e-6)
    assert line.binding == 1


def test_whole_units_have_a_price_of_zero_where_they_stand() -> None:
    """With the integers held the budget is not what stops the last unit: 40 of 79 spent, nothing binds."""
    line = policy(plan_of(budget(79)), "rule")
    assert line.shadow_price == about(0)
    assert line.binding == 0


def test_a_penalty_by_the_unit_of_money() -> None:
    """40 beyond at 0.5 each are 20, against 500 · 2 short."""
    plan = plan_of(budget(40, rule={"penalty": 0.5}))
    assert plan.objective == about(80 + 20)
    assert policy(plan, "rule").violation == about(40)
    assert short(plan) == about(0)
    assert optimum(budget(40, rule={"penalty": 1000})) == about(40 + 1000)
    assert quantity(plan.investments, "units") == about(2)
