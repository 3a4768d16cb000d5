"""Time means what it says: no answer depends on how time is cut, and capacity works while it exists, not before."""

from __future__ import annotations

from math import log

import pytest

from friendshore.models.tree.discounting import at_once, running, worth
from tests.mathematics.cases import Row, Sheets, about, fails, island, optimum, plan_of, proves, quantity, with_settings

RATE = 0.08
CUTS: dict[str, list[Row]] = {
    "ten years": [{"period": f"y{i}", "years": 1} for i in range(10)],
    "two of five": [{"period": "p", "years": 5}, {"period": "q", "years": 5}],
    "one of ten": [{"period": "all", "years": 10}],
    "one in ten steps": [{"period": "all", "years": 10, "steps": 10}],
}


@pytest.mark.parametrize("cut", CUTS)
def test_the_length_of_periods_changes_no_answer(cut: str) -> None:
    """100 a year for ten years at 8 %: 100 · (1 − 1.08⁻¹⁰)/ln 1.08 = 697.50, below the 900 of a plant of our own.

    Counted as if paid on the first day it was 1,000 in one period of ten years, and the plant was built.
    """
    sheets = with_settings(island(1, demand=1, capacity=10, cost=100), discount_rate=RATE)
    sheets["Periods"] = CUTS[cut]
    sheets["Plants"].append({"plant": "new", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 0})
    sheets["Expansions"] = [{"expansion": "e", "plant": "new", "size": 10, "capex": 900}]
    plan = plan_of(sheets)
    assert plan.objective == about(697.504223) and plan.objective == about(100 * (1 - 1.08**-10) / log(1.08))
    assert plan.investments.empty


@pytest.mark.parametrize("cut", CUTS)
def test_capex_and_fixed_cost_agree_on_time(cut: str) -> None:
    """Capex 50 over 20 years of life, ten of them here: κ = 34.17 by the year; 20 a year of fixed cost run as above."""
    sheets = with_settings(island(1, demand=1, capacity=0, cost=0), discount_rate=RATE)
    sheets["Periods"] = CUTS[cut]
    sheets["Expansions"] = [
        {"expansion": "e", "plant": "works", "size": 10, "capex": 50, "life_years": 20, "fixed_cost": 20}
    ]
    plan = plan_of(sheets)
    assert plan.costs_by_kind["investment"] == about(50 * (1 - 1.08**-10) / (1 - 1.08**-20))
    assert plan.costs_by_kind["fixed"] == about(20 * (1 - 1.08**-10) / log(1.08))


def test_what_money_is_worth_by_kind() -> None:
    """At once by (1 + r)^-t, running by the mean over the node, ends at the horizon; all 1 at a rate of 0."""
    start, years = at_once(0.0, running(0.0, running(0.0, 0.0, 0.0), 0.0)), 2.0
    assert float(start) == 1.0
    assert float(worth("investment", 0.1, 3.0, years, 10.0)) == about(1.1**-3)
    assert float(worth("production", 0.1, 3.0, years, 10.0)) == about((1.1**-3 - 1.1**-5) / (2 * log(1.1)))
    assert float(worth("salvage", 0.1, 3.0, years, 10.0)) == about(1.1**-10)
    assert float(running(0.1, 3.0, 1.0) + running(0.1, 4.0, 1.0)) == about(2 * float(running(0.1, 3.0, 2.0)))


def five_and_five(steps: int | None = None) -> Sheets:
    """Two periods of five years, a plant that takes three to build, ten a year needed, 100 for each one short."""
    sheets = island(2, demand=10, capacity=0, cost=0)
    sheets["Periods"] = [{"period": "a", "years": 5, "steps": steps or 1}, {"period": "b", "years": 5}]
    sheets["Expansions"] = [
        {"expansion": "e", "plant": "works", "size": 10, "capex": 100, "max_units": 5, "lead_years": 3}
    ]
    return sheets


@proves("port:in_service")
@pytest.mark.parametrize(("steps", "cost"), [(1, 5100), (5, 3100)])
def test_nothing_works_before_it_exists(steps: int, cost: float) -> None:
    """Whole periods: it counts from b on, 100 + 50 · 100; in steps of a year from year 3 on, 100 + 30 · 100.

    Counted for two fifths of a, three units stood in for the three years in which there is none, for 300.
    """
    plan = plan_of(five_and_five(steps))
    assert plan.objective == about(cost)
    assert quantity(plan.investments, "units") == about(1)


@pytest.mark.parametrize("steps", [1, 5])
def test_a_promise_that_nothing_can_keep_has_no_plan(steps: int) -> None:
    """No shortage at all on the base path: nothing can be made before year 3."""
    sheets = five_and_five(steps)
    sheets["Policies"] = [{"policy": "none", "kind": "max_shortage", "limit": 0, "scenario": "base"}]
    assert fails(sheets)


@pytest.mark.parametrize(("steps", "cost"), [(1, 2000), (2, 1550)])
def test_units_that_could_never_serve_are_not_offered(steps: int, cost: float) -> None:
    """Lead of a year and a half in two years: never for a whole year; for the last half where years are halved.

    50 + 10 · 100 + 5 · 100 = 1550 with one unit of 10 a year that serves half a year.
    """
    sheets = island(2, demand=10, capacity=0, cost=0)
    sheets["Periods"] = [{"period": f"y{i}", "years": 1, "steps": steps} for i in range(2)]
    sheets["Expansions"] = [
        {"expansion": "e", "plant": "works", "size": 10, "capex": 50, "max_units": 2, "lead_years": 1.5}
    ]
    plan = plan_of(sheets)
    assert plan.objective == about(cost)
    assert plan.investments.empty == (steps == 1)


def test_life_ends_within_a_step_before_the_step() -> None:
    """A life of two and a half years serves two whole years: 10 short in the third at 100, capex 60."""
    sheets = island(3, demand=10, capacity=0, cost=0)
    sheets["Expansions"] = [
        {"expansion": "e", "plant": "works", "size": 10, "capex": 60, "life_years": 2.5, "latest": "y0"}
    ]
    assert optimum(sheets) == about(60 + 10 * 100)


@pytest.mark.parametrize("rate", [0.0, RATE])
@pytest.mark.parametrize("months", [3, 12])
def test_a_branch_on_which_nothing_happens_costs_nothing(rate: float, months: int) -> None:
    """Half the probability on a path whose only event strikes an idle plant: the objective is that of no scenario."""
    sheets = with_settings(island(3), discount_rate=rate)
    sheets["Plants"].append({"plant": "idle", "country": "Home", "commodity": "metal", "capacity": 5, "unit_cost": 9})
    alone = optimum(sheets)
    sheets["Scenarios"] = [{"scenario": "x", "probability": 0.5, "onset": "y1", "step_months": months}]
    sheets["Events"] = [{"scenario": "x", "kind": "capacity", "plant": "idle", "years": 1, "remaining": 0}]
    assert optimum(sheets) == about(alone)
