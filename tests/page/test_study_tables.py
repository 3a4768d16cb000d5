"""Studies read back from their workbooks, and those that do not belong to a plan refused."""

from __future__ import annotations

import dataclasses
from math import isnan
from pathlib import Path

import openpyxl
import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.problem import Problem
from friendshore.optimizer.page.study_tables import is_study, number, read_study, refuse_other, text
from friendshore.optimizer.page.tables import PlanTables, of_plan
from friendshore.optimizer.reporting.content import Block, Content, Field
from friendshore.optimizer.reporting.frames import table
from friendshore.optimizer.reporting.study_sheets import StudySheets, write_study_sheets
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.system.files import FileFault
from tests.mathematics.cases import importer

FIELDS = (
    Field("who", "Whose"),
    Field("cost", "Cost (objective)", "number", "currency"),
    Field("part", "Part", "share"),
    Field("mixed", "Mixed", "mixed"),
)
ROWS = [{"who": "=A1", "cost": 3.5, "part": None, "mixed": "x"}, {"who": "B", "cost": None, "part": 0.25, "mixed": 2}]


def written(path: Path, problem: Problem, objective: float | None = None) -> Path:
    block = Block("Some_costs", "Costs", table(ROWS, FIELDS, "USD"), FIELDS)
    none = Block("Some_none", "", table([], FIELDS, "USD"), FIELDS)
    pages = (("Some Costs", Content("It costs.", (), (block,))), ("Some None", Content("", (), (none,))))
    write_study_sheets(StudySheets("worth", problem, "Some study", pages, objective=objective), path)
    return path


@pytest.fixture(scope="module")
def plan() -> PlanTables:
    found = solve_problem(problem_from_sheets(importer(1)), gap=0.0, threads=1).plan
    assert found is not None
    return of_plan(found, base_path=True)


def test_read_as_it_was_written(plan: PlanTables, tmp_path: Path) -> None:
    path = written(tmp_path / "study.xlsx", plan.problem)
    study = read_study(path)
    assert is_study(path) and study.kind == "worth" and study.currency == "USD" and study.varied == ""
    assert study.said == {"Some Costs": "It costs.", "Some None": ""}
    costs = study["Some_costs"]
    assert costs.title == "Costs" and costs.units == {"cost": "USD"}
    assert [field.kind for field in costs.fields] == ["text", "number", "share", "mixed"]
    first, second = costs.rows
    assert (first["who"], first["cost"], first["mixed"]) == ("=A1", 3.5, "x") and isnan(number(first["part"]))
    assert (second["part"], second["mixed"]) == (0.25, 2.0) and isnan(number(second["cost"]))
    assert study["Some_none"].rows == () and study["Never_written"].rows == ()
    refuse_other(study, plan)


def test_cells() -> None:
    assert text(3.0) == "" and text("a") == "a"
    assert isnan(number("3")) and isnan(number(True)) and isnan(number(float("inf"))) and number(3) == 3.0


def test_other_rows_are_refused_with_their_sheets(plan: PlanTables, tmp_path: Path) -> None:
    other = written(tmp_path / "study.xlsx", problem_from_sheets(importer(1, demand=13.0, cost=3.0)))
    with pytest.raises(FileFault, match="other rows than the plan has: they differ on Plants and Demand") as fault:
        refuse_other(read_study(other), plan)
    assert fault.value.code == "FS015"


def test_a_study_of_another_plan_of_the_same_rows_is_refused(plan: PlanTables, tmp_path: Path) -> None:
    mine = plan.figure("Objective: cost, risk and penalties together")
    assert mine is not None
    refuse_other(read_study(written(tmp_path / "mine.xlsx", plan.problem, mine)), plan)
    with pytest.raises(FileFault, match="another plan of the same workbook"):
        refuse_other(read_study(written(tmp_path / "other.xlsx", plan.problem, 1.01 * mine)), plan)


def test_what_is_no_study(plan: PlanTables, tmp_path: Path) -> None:
    """A workbook of the planner's own, a damaged list of tables, a table whose columns were changed."""
    openpyxl.Workbook().save(tmp_path / "own.xlsx")
    assert not is_study(tmp_path / "own.xlsx")
    with pytest.raises(FileFault, match="no study that a page can show"):
        read_study(tmp_path / "own.xlsx")
    book = openpyxl.load_workbook(written(tmp_path / "study.xlsx", plan.problem))
    sheet = book["About"]
    place = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "share")
    place.value = "colour"
    book.save(tmp_path / "damaged.xlsx")
    with pytest.raises(FileFault, match="its list of tables is damaged"):
        read_study(tmp_path / "damaged.xlsx")


def test_fields_are_known_kinds() -> None:
    assert dataclasses.replace(FIELDS[0]).kind == "text"
