"""The page reads the same from a plan and from its workbook."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.filters import SortState

from friendshore.models.plan import Plan
from friendshore.optimizer.page import write_report, write_report_of
from friendshore.optimizer.page.page import page_of
from friendshore.optimizer.page.render import html
from friendshore.optimizer.page.tables import ALWAYS, SOMETIMES, of_plan, of_workbook
from friendshore.optimizer.reporting import write_plan
from friendshore.optimizer.saved.plan_reader import read_plan_problem
from friendshore.optimizer.system.files import FileFault
from tests.page.conftest import TUTORIAL


def test_every_cell_is_the_same_both_ways(drawn: Plan, tmp_path: Path) -> None:
    """The plan by hand has every table: a protection, stress tests, shortages, prices; blanks and long fractions."""
    path = tmp_path / "drawn.plan.xlsx"
    write_plan(drawn, path, with_inputs=False)
    one, other = of_plan(drawn), of_workbook(path, drawn.problem)
    assert set(one.frames) == set(other.frames) == {*ALWAYS, *SOMETIMES}
    for name in one.frames:
        pd.testing.assert_frame_equal(one[name], other[name], check_exact=True, obj=name)
    assert len(one["Sourcing"]) and len(one["Protections_bought"]) and one["Scenarios"]["survives"].isna().any()


def test_the_page_is_the_same_to_the_byte_from_a_plan_and_from_its_workbook_alone(solved: Plan, tmp_path: Path) -> None:
    """What `solve --report` and `report PLAN` write: a plan workbook carries all that the page needs."""
    workbook = tmp_path / "tutorial.plan.xlsx"
    write_plan(solved, workbook)
    write_report(solved, tmp_path / "one.html")
    write_report_of(workbook, read_plan_problem(workbook), tmp_path / "other.html")
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "other.html").read_bytes()


def test_a_number_that_moves_moves_the_page(drawn: Plan) -> None:
    """So that the comparison above means something: one cell of one sheet is seen on the page."""
    tables = of_plan(drawn)
    before = html(page_of(tables))
    tables["Stockpiles"].loc[0, "level"] += 0.5
    assert html(page_of(tables)) != before


def test_a_plan_whose_columns_are_of_another_version_is_refused(drawn: Plan, tmp_path: Path) -> None:
    """A column that was renamed reads as blank; the page must not say that nobody pays."""
    path = tmp_path / "drawn.plan.xlsx"
    write_plan(drawn, path, with_inputs=False)
    workbook = openpyxl.load_workbook(path)
    for row in workbook["Plan Costs"].iter_rows():
        for cell in row:
            if cell.value == "First payer":
                cell.value = "Who pays"
    workbook.save(path)
    with pytest.raises(FileFault, match=r"no 'First payer' in the table Costs.*friendshore solve") as caught:
        of_workbook(path, drawn.problem)
    assert caught.value.code == "FS004"


def test_a_workbook_without_plan_sheets_is_no_plan(tmp_path: Path) -> None:
    with pytest.raises(FileFault, match="is no plan of friendshore") as caught:
        write_report_of(TUTORIAL, read_plan_problem(TUTORIAL), tmp_path / "page.html")
    assert caught.value.code == "FS002" and not (tmp_path / "page.html").exists()


def test_the_page_needs_the_base_path_alone_of_the_long_tables(drawn: Plan, tmp_path: Path) -> None:
    """Of a large plan the scenarios have a hundred times its rows: the same page without them, both ways."""
    path = tmp_path / "drawn.plan.xlsx"
    write_plan(drawn, path, with_inputs=False)
    whole, short, read = (
        of_plan(drawn),
        of_plan(drawn, base_path=True),
        of_workbook(path, drawn.problem, base_path=True),
    )
    for name in ("Sourcing", "Production", "Stockpiles"):
        assert set(whole[name]["scenario"]) > {"base"} == set(short[name]["scenario"]), name
    for name in whole.frames:
        pd.testing.assert_frame_equal(short[name], read[name], check_exact=True, obj=name)
    assert html(page_of(whole)) == html(page_of(short))


def test_a_table_that_was_sorted_is_read_to_its_end(drawn: Plan, tmp_path: Path) -> None:
    """The planner sorts Plan Sourcing by the largest quantity, so that rows of a scenario stand at its top."""
    path = tmp_path / "drawn.plan.xlsx"
    write_plan(drawn, path, with_inputs=False)
    before = of_workbook(path, drawn.problem, base_path=True)["Sourcing"]
    workbook = openpyxl.load_workbook(path)
    table = workbook["Plan Sourcing"].tables["Plan_Sourcing"]
    left, top, right, bottom = range_boundaries(table.ref)
    cells = list(workbook["Plan Sourcing"].iter_rows(top + 1, bottom, left, right))
    turned = [[cell.value for cell in row] for row in cells][::-1]
    assert turned[0][0] != "base"
    for row, values in zip(cells, turned, strict=True):
        for cell, value in zip(row, values, strict=True):
            cell.value = value
    table.sortState = SortState(ref=table.ref)
    workbook.save(path)
    after = of_workbook(path, drawn.problem, base_path=True)["Sourcing"]
    assert len(before) > 1 and after.iloc[::-1].reset_index(drop=True).equals(before)
