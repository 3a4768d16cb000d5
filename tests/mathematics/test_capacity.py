"""Capacity of what exists: length of the period, years of service, profiles, least use."""

from __future__ import annotations

import pytest

from tests.mathematics.cases import about, importer, island, optimum, plan_of, proves, quantity, short, stop


@proves("row:capacity_limit")
@pytest.mark.parametrize("years", [0.5, 1, 2])
def test_capacity_is_a_rate(years: float) -> None:
    """6 of 10 a year for as long as the period lasts: 4 · years short. Capacity a period would not scale."""
    sheets = island(1, capacity=6)
    sheets["Periods"][0]["years"] = years
    assert optimum(sheets) == about(years * (6 * 2 + 4 * 100))


def test_years_of_service() -> None:
    """A plant in service from y1 to y2 of four years leaves y0 and y3 short. An end taken as excluded shows as 30."""
    sheets = island(4)
    sheets["Plants"][0] |= {"from_period": "y1", "to_period": "y2"}
    plan = plan_of(sheets)
    assert [short(plan, period=f"y{i}") for i in range(4)] == about([10, 0, 0, 10])


def test_profiles_stand_instead_of_the_constant() -> None:
    """Capacity 6 in y1 and cost 5 in y2 by profile, the constants 20 and 2 elsewhere: 20 + 12 + 400 + 50.

    A blank cell read as 0, or a profile shifted by a period, breaks the sum.
    """
    sheets = island(3)
    sheets["Profiles"] = [
        {"table": "Plants", "id": "works", "column": "capacity", "y1": 6},
        {"table": "Plants", "id": "works", "column": "unit_cost", "y2": 5},
    ]
    assert optimum(sheets) == about(20 + 12 + 400 + 50)


def test_years_of_service_come_before_profiles() -> None:
    """Outside ``from_period`` … a profile gives no capacity: y0 stays short though its profile says 20."""
    sheets = island(2)
    sheets["Plants"][0]["from_period"] = "y1"
    sheets["Profiles"] = [{"table": "Plants", "id": "works", "column": "capacity", "y0": 20}]
    assert optimum(sheets) == about(1000 + 20)


def test_least_use_binds_the_base_path_only() -> None:
    """80% of 20 in a period of 2 years are 32 made for 24 wanted; on a branch only what is wanted is made.

    Without the base mask the branch would make 32 as well; without the length 24 would do.
    """
    sheets = importer(2) | stop(0.5, kind="demand", remaining=1.0, years=2)
    sheets["Periods"][1]["years"] = 2
    sheets["Scenarios"][0]["step_months"] = 24
    sheets["Plants"][0]["min_use"] = 0.8
    plan = plan_of(sheets)
    assert quantity(plan.production, "activity", scenario="base", period="y0") == about(16)
    assert quantity(plan.production, "activity", scenario="base", period="y1") == about(32)
    assert quantity(plan.production, "activity", scenario="stop") == about(24)
    assert plan.objective == about(32 + 12 + 0.5 * (64 + 24) + 0.5 * (48 + 24))


def test_least_use_is_a_share_of_what_exists() -> None:
    """Half of the 6 that exist, not of the 16 with the project built: 3 made, none wanted."""
    sheets = island(1, demand=0, capacity=6)
    sheets["Plants"][0]["min_use"] = 0.5
    sheets["Expansions"] = [{"expansion": "new", "plant": "works", "size": 10, "capex": 0}]
    assert optimum(sheets) == about(6)
    sheets["Profiles"] = [{"table": "Plants", "id": "works", "column": "capacity", "y0": 8}]
    assert optimum(sheets) == about(8)
