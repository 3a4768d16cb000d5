"""max_emissions: emissions of plants and lanes in a node, a year."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mathematics.cases import (
    Sheets,
    about,
    importer,
    island,
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


@pytest.mark.parametrize(
    ("where", "base", "branch"), [(None, 2, 2), ("each", 2, 2), ("base", 2, 0), ("normal", 2, 0), ("stop", 0, 2)]
)
@pytest.mark.parametrize("probability", [0.25, 0.0])
def test_a_window_and_where_it_holds(probability: float, where: str | None, base: float, branch: float) -> None:
    """In y1 of three years only: on every path unless told otherwise, also on one that cannot happen.

    On the branch y1 meets a surge in demand, though one by a factor of 1, and is not in normal times.
    """
    sheets = air(30, 3, from_period="y1", to_period="y1", scenario=where)
    plan = plan_of(sheets | stop(probability, kind="demand", remaining=1.0))
    assert [short(plan, period=f"y{i}") for i in range(3)] == about([0, base, 0])
    assert [short(plan, "stop", period=f"y{i}") for i in (1, 2)] == about([branch, 0])


def test_the_price_of_clean_air_on_a_branch() -> None:
    """Worked answer: two years of 10, made at 1 with an emission of 1 a unit or clean at 5, and at most 4 a year: of
    each year's 10, 4 at 1 and 6 at 5, which is 34, and 68 for two, whether or not a path leaves on which an idle
    plant stands still. Held on the base path alone the second year is 10 on that branch: 0.5 · 68 + 0.5 · 44 = 56."""
    sheets = island(2, cost=1)
    sheets["Plants"][0]["emissions"] = 1
    sheets["Plants"] += [
        {"plant": "clean", "country": "Home", "commodity": "metal", "capacity": 20, "unit_cost": 5},
        {"plant": "idle", "country": "Home", "commodity": "metal", "capacity": 5, "unit_cost": 9},
    ]
    sheets |= stop(0.5, kind="capacity", plant="idle")
    assert optimum(under(sheets, kind="max_emissions", limit=4)) == about(68)
    assert optimum(under(sheets, kind="max_emissions", limit=4, scenario="base")) == about(56)


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
