"""What a study's workbook says of itself: the rows that it was worked out from, and how its tables are laid out."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import friendshore as fs
from friendshore.models.examine import problem_from_sheets
from friendshore.optimizer.reporting import study_sheets
from friendshore.optimizer.reporting.content import Block, Content, Field
from friendshore.optimizer.reporting.frames import table
from friendshore.optimizer.reporting.study_sheets import StudySheets, about_blocks, digests, write_study_sheets
from friendshore.optimizer.saved.plan_reader import read_plan_problem
from tests.mathematics.cases import importer, with_settings
from tests.places import INPUTS

FIELDS = (Field("who", "Whose"), Field("cost", "Cost", "number", "currency"))


@pytest.fixture
def study() -> StudySheets:
    """One sheet with one table."""
    problem = problem_from_sheets(importer(1))
    block = Block("Some_costs", "Costs", table([{"who": "A", "cost": 3.5}], FIELDS, "USD"), FIELDS)
    return StudySheets("worth", problem, "Some study", (("Some Costs", Content("It costs.", (), (block,))),))


def test_it_says_what_it_is_and_how_its_tables_are_laid_out(study: StudySheets) -> None:
    about, said, columns, rows = (block.frame for block in about_blocks(study))
    assert dict(zip(about["item"], about["value"], strict=True))[study_sheets.STUDY] == "worth"
    assert said.to_numpy().tolist() == [["Some Costs", "It costs."]]
    assert columns.to_numpy().tolist() == [
        ["Some_costs", "Costs", "who", "Whose", "text", ""],
        ["Some_costs", "Costs", "cost", "Cost", "number", "USD"],
    ]
    assert dict(zip(rows["sheet"], rows["digest"], strict=True)) == digests(study.problem)


def test_it_is_the_last_sheet(study: StudySheets, tmp_path: Path) -> None:
    write_study_sheets(study, tmp_path / "study.xlsx")
    book = openpyxl.load_workbook(tmp_path / "study.xlsx")
    assert book.sheetnames == ["Some Costs", study_sheets.SHEET]
    assert {"Plan_Study_about", "Plan_Study_said", "Plan_Study_columns", "Plan_Study_rows"} == set(
        book[study_sheets.SHEET].tables
    )


def test_digests_tell_rows_apart_and_not_how_one_searches() -> None:
    first = digests(problem_from_sheets(importer(1)))
    other = digests(problem_from_sheets(importer(1, demand=13.0)))
    assert {sheet for sheet, digest in first.items() if other[sheet] != digest} == {"Demand"}
    finer = problem_from_sheets(with_settings(importer(1), mip_gap=0.02, time_limit=9, title="Otherwise"))
    assert digests(finer) == first
    dearer = problem_from_sheets(with_settings(importer(1), discount_rate=0.02))
    assert {sheet for sheet, digest in digests(dearer).items() if first[sheet] != digest} == {"Settings"}


def test_rows_in_another_order_are_the_same_rows() -> None:
    sheets = importer(1)
    turned = {name: rows[::-1] if name == "Countries" else rows for name, rows in sheets.items()}
    assert digests(problem_from_sheets(turned)) == digests(problem_from_sheets(sheets))


def test_a_plan_carries_the_rows_it_was_made_from(tmp_path: Path) -> None:
    """With a setting of the command line: what is read back from the plan has the digests of what was solved."""
    problem = fs.read_workbook(INPUTS / "tutorial.xlsx", {"discount_rate": "0.03"})
    plan = fs.solve(problem, gap=0.01).plan
    assert plan is not None
    fs.write_plan(plan, tmp_path / "plan.xlsx")
    assert digests(read_plan_problem(tmp_path / "plan.xlsx")) == digests(problem)
    assert digests(problem) != digests(fs.read_workbook(INPUTS / "tutorial.xlsx"))
