"""max_emissions: emissions of plants and lanes in a base step, a year."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mathematics.cases import (
    Sheets,
    about,
    importer,
    optimum,
    plan_of,
    policy,
    proves,
    short,
    slope,
    stop,
    store,
    under,
    value_of,
)

pytestmark = proves("rule:max_emissions")


def air(limit: float, periods: int = 1, **cells: Any) -> Sheets:
    """2 a unit made and 1 a unit sent; 12 wanted emit 36 a year."""
    sheets = importer(periods)
    sheets["Plants"][0]["emissions"] = 2
    sheets["Lanes"][0]["emissions"] = 1
    return under(sheets, kind="max_emissions", limit=limit, **cells)


@pytest.mark.parametrize(("limit", "lacking"), [(36, 0), (30, 2), (0, 12)])
def test_plants_and_lanes(limit: float, lacking: float) -> None:
    """30 allow 10 of the 12. Plants alone would allow all, at 24."""
    plan = plan_of(air(limit))
    assert short(plan) == about(lacking)
    assert value_of(plan, "rule") == about(min(36, limit))


@pytest.mark.parametrize("years", [0.5, 2])
def test_a_limit_a_year(years: float) -> None:
    """30 a year hold in a period of any length: 2 · years short."""
    sheets = air(30)
    sheets["Periods"][0]["years"] = years
    plan = plan_of(sheets)
    assert short(plan) == about(2 * years)
    assert value_of(plan, "rule") == about(30)


def test_on_what_leaves_and_not_on_what_arrives() -> None:
    """At a loss of a quarter 16 leave for 12: 16 · 3 = 48."""
    sheets = air(48)
    sheets["Lanes"][0]["loss"] = 0.25
    assert short(plan_of(sheets)) == about(0)
    sheets["Policies"][0]["limit"] = 45
    assert short(plan_of(sheets)) == about(0.75)


def test_releases_abroad_emit_on_their_lane() -> None:
    """12 from a depot abroad emit 12; a limit of 9 leaves 3 short; the same from a store at home emit nothing."""
    sheets = air(9)
    sheets["Plants"][0]["capacity"] = 0
    sheets["Stockpiles"] = [store(stockpile="depot", country="Far", initial=20, serves="Home")]
    assert short(plan_of(sheets)) == about(3)
    sheets["Stockpiles"] = [store(initial=20)]
    assert short(plan_of(sheets)) == about(0)


def test_a_window_of_base_steps() -> None:
    """In y1 of three years only, and not on the branch."""
    sheets = air(30, 3, from_period="y1", to_period="y1") | stop(0.25, kind="demand", remaining=1.0)
    plan = plan_of(sheets)
    assert [short(plan, period=f"y{i}") for i in range(3)] == about([0, 2, 0])
    assert short(plan, "stop") == about(0)


def test_value_and_price() -> None:
    """A third of a unit for each of emissions, worth 97: in every step, so twice in two years."""
    sheets = air(30, 2)
    line = policy(plan_of(sheets), "rule")
    assert line.shadow_price == about(2 * 97 / 3)
    assert line.shadow_price == pytest.approx(slope(sheets, 0.01), rel=1e-6)
    assert (line.rows, line.binding, line.place) == (2, 2, "rule/y0")


def test_a_penalty() -> None:
    """6 beyond at 10 each are cheaper than 2 short at 97."""
    assert optimum(air(30, penalty=10)) == about(36 + 60)
    plan = plan_of(air(30, penalty=40))
    assert plan.objective == about(30 + 200)
    assert policy(plan, "rule").violation == about(0)
