"""Names stand beside ids on the sheets that studies write, and in the titles of their charts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

import friendshore as fs
from friendshore.models.plan import Plan
from friendshore.models.problem import Problem
from friendshore.optimizer.studies.stress.words import called
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
    study = fs.stress(plan)
    fs.write_study(study, tmp_path / "study.xlsx")
    said = texts(tmp_path / "study.xlsx")["Stress Heat map"]
    assert "Name of what is removed" in said
    assert {f"plant {name}" for name in (*PLANTS, *PLANTS.values())} <= said
    told = {called(study, one) for one in study.singles}
    assert {"country Home", "plant Friend oxide", *(f"plant {name}" for name in PLANTS.values())} <= told


def test_comparison(problem: Problem, plan: Plan, tmp_path: Path) -> None:
    """At most a tenth of civil demand short in the embargo: a third line at the friend."""
    other = fs.solve(problem.replace("Policies", "civil_floor", limit=0.1)).plan
    assert other is not None
    fs.write_study(fs.compare(plan, other), tmp_path / "study.xlsx")
    said = texts(tmp_path / "study.xlsx")
    assert {"Name of the investment", "Friend_line", "Line of a friend"} <= said["Compare Built"]
    assert {"Name of the commodity", "Sintered magnets"} <= said["Compare Shortages"]


def codes(problem: Problem) -> set[str]:
    """The ids of the tutorial that nobody would say: those with an underscore."""
    rows = (row for sheet in problem.tables.by_sheet.values() for row in sheet)
    words = {str(value) for row in rows for value in vars(row).values() if isinstance(value, str)}
    return {word for word in words if re.fullmatch(r"[A-Za-z]+(_[A-Za-z]+)+", word)} & {*given(problem)}


def given(problem: Problem) -> Iterator[str]:
    """The ids of the sheets whose rows have one."""
    for found in (problem.plants, problem.expansions, problem.stockpiles):
        yield from found
    yield from (row.policy for row in problem.policies)


def spoken(study: object, path: Path) -> set[str]:
    """Every text that a study writes, but for the sheet that says what it is a study of."""
    fs.write_study(study, path)  # type: ignore[arg-type]
    return {text for sheet, said in texts(path).items() if sheet != "About" for text in said}


def studied(problem: Problem) -> Iterator[tuple[object, str, str]]:
    """Studies of a problem, each with a name that it tells and where that begins a cell."""
    yield fs.frontier(problem, "rival_cap", limits=(0.3, 0.8), points=2), "Rival cap", ""
    yield fs.alternatives(problem, searches=0), "Friend line", "Friend line"
    yield fs.explain(problem, why="rival_cap"), "Rival cap", ""
    yield fs.explain(problem, why="home oxide store"), "Home oxide store", ""
    yield fs.sensitivity(problem, top=3, searches=0), "Civil floor", ""
    clash = problem.replace("Policies", "civil_floor", limit=0).replace("Expansions", "Friend_line", max_units=1)
    yield fs.explain(clash), "civil floor", ""


def test_studies_say_names_as_the_plan_does(tmp_path: Path) -> None:
    """What has no name of its own is told by its id with blanks, and with a large letter where a cell begins."""
    problem = fs.read_workbook(INPUTS / "tutorial.xlsx")
    ids = codes(problem)
    assert {"rival_cap", "civil_floor", "Friend_line", "Home_oxide_store"} <= ids
    for study, name, cell in studied(problem):
        said = spoken(study, tmp_path / "study.xlsx")
        assert not {text for text in said for id in ids if id in text}
        assert any(name in text for text in said) and (not cell or cell in said)


def test_a_plan_made_again_says_names_as_the_plan_does(tmp_path: Path) -> None:
    """All as planned as of 2028: two lines stand, and so does the store."""
    problem = fs.read_workbook(INPUTS / "tutorial.xlsx")
    plan = fs.solve(problem, gap=0.0).plan
    assert plan is not None
    fs.write_actuals(plan, tmp_path / "actuals.xlsx", as_of="2028")
    said = spoken(fs.replan(plan, tmp_path / "actuals.xlsx", baselines=False), tmp_path / "study.xlsx")
    assert not {text for text in said for id in codes(problem) if id in text}
    assert {"Friend line", "Home oxide store"} <= said
