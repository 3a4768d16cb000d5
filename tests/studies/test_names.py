"""Names stand beside ids on the sheets that studies write, and in the titles of their charts."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import friendshore as fs
from friendshore.models.plan import Plan
from friendshore.models.problem import Problem
from tests.places import INPUTS

PLANTS = {"Rival_oxide": "Mine at Ganzhou", "Home_magnets": "Lines at home"}


@pytest.fixture(scope="module")
def problem() -> Problem:
    """The tutorial with names of two plants, an expansion and a commodity."""
    given = fs.read_workbook(INPUTS / "tutorial.xlsx")
    for id, name in PLANTS.items():
        given = given.replace("Plants", id, name=name)
    given = given.replace("Expansions", "Friend_line", name="Line of a friend")
    return given.replace("Commodities", "magnet", name="Sintered magnets")


def texts(path: Path) -> dict[str, set[str]]:
    """Every text on each sheet."""
    book = openpyxl.load_workbook(path)
    return {
        sheet.title: {str(cell) for row in sheet.values for cell in row if isinstance(cell, str)}
        for sheet in book.worksheets
    }


def test_vulnerabilities(problem: Problem, tmp_path: Path) -> None:
    fs.write_study(fs.vulnerabilities(problem), tmp_path / "study.xlsx")
    said = texts(tmp_path / "study.xlsx")
    assert {"Name of the source", *PLANTS, *PLANTS.values()} <= said["Vulnerabilities Single points"]
    assert {"Name of the commodity", "magnet", "Sintered magnets"} <= said["Vulnerabilities Shortfalls"]


@pytest.fixture(scope="module")
def plan(problem: Problem) -> Plan:
    found = fs.solve(problem).plan
    assert found is not None
    return found


def test_stress(plan: Plan, tmp_path: Path) -> None:
    fs.write_study(fs.stress(plan), tmp_path / "study.xlsx")
    said = texts(tmp_path / "study.xlsx")["Stress Heat map"]
    assert "Name of what is removed" in said
    assert {f"plant {name}" for name in (*PLANTS, *PLANTS.values())} <= said


def test_comparison(problem: Problem, plan: Plan, tmp_path: Path) -> None:
    """At most a tenth of civil demand short in the embargo: a third line at the friend."""
    other = fs.solve(problem.replace("Policies", "civil_floor", limit=0.1)).plan
    assert other is not None
    fs.write_study(fs.compare(plan, other), tmp_path / "study.xlsx")
    said = texts(tmp_path / "study.xlsx")
    assert {"Name of the investment", "Friend_line", "Line of a friend"} <= said["Compare Built"]
    assert {"Name of the commodity", "Sintered magnets"} <= said["Compare Shortages"]
