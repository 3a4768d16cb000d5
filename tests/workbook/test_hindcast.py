"""April 2025 in the rare earth workbook: licences stop some car plants within five weeks, as they did."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pytest

import friendshore as fs
from friendshore.optimizer.workbook.examples import source_sheets
from tests.places import SOURCES
from tests.workbook.hindcast import FIRST_WEEKS, april_2025

CARS = ("magnet_high_temp", "critical")
MAGNETS = ("magnet_standard", "magnet_high_temp")


@pytest.fixture(scope="module")
def shortages() -> pd.DataFrame:
    """Shortage and demand on the path of the licences and on the quiet one, by good and tier in the first weeks."""
    problem = fs.problem_from_frames(april_2025(source_sheets(SOURCES / "rare_earth_magnets")), "April 2025")
    plan = fs.solve(problem, gap=0.001).plan
    assert plan is not None and plan.certificate is not None and plan.certificate.max_violation < 1e-6
    weeks = plan.shortages[plan.shortages["period"].astype(str) == FIRST_WEEKS]
    return weeks.groupby(["scenario", "commodity", "tier"])[["shortage", "demand"]].sum()


def share(shortages: pd.DataFrame, path: str, good: str, tier: str) -> float:
    row: Mapping[str, float] = shortages.loc[(path, good, tier)]
    return row["shortage"] / row["demand"]


def test_some_car_plants_stop_within_five_weeks(shortages: pd.DataFrame) -> None:
    """Ford stopped in Chicago and Suzuki in Japan five weeks after 4 April; most works ran on."""
    assert 0.005 < share(shortages, f"licences@{FIRST_WEEKS}", *CARS) < 0.25


def test_weapons_do_not_wait(shortages: pd.DataFrame) -> None:
    assert share(shortages, f"licences@{FIRST_WEEKS}", "magnet_high_temp", "defence") == pytest.approx(0, abs=1e-6)


def test_nothing_is_short_without_licences(shortages: pd.DataFrame) -> None:
    """Else the shortage would be that of a workbook that cannot serve what it asks for."""
    quiet = shortages.loc["base"]
    assert quiet.loc[list(MAGNETS), "shortage"].sum() < 1e-6 * quiet.loc[list(MAGNETS), "demand"].sum()
