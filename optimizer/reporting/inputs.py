"""The planner's sheets as values, so that a plan carries its own data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from friendshore.models.parsing.unparse import grids_of_tables
from friendshore.models.plan import Plan
from friendshore.models.problem import Grid
from friendshore.optimizer.reporting.cells import rows_of, write_number, write_text
from friendshore.optimizer.reporting.layout import Book
from friendshore.optimizer.reporting.palette import BAND

WIDEST = 40


def grids(plan: Plan, reserved: Sequence[str]) -> dict[str, Grid]:
    """The sheets to carry: those of the file, else the tables as declared; never one of a plan's own sheets."""
    names = {name.casefold() for name in reserved}
    problem = plan.problem
    held = (problem.grids if problem.as_checked else None) or grids_of_tables(problem.tables)
    return {name: grid for name, grid in held.items() if name.casefold() not in names}


def write(book: Book, name: str, grid: Grid) -> None:
    """One sheet of values, header in row 1.

    Parameters
    ----------
    book
        The workbook that is filled.
    name
        Name of the sheet.
    grid
        Rows of values, headers first.
    """
    sheet = book.workbook.add_worksheet(name)
    head, body = book.format(bold=True, bg_color=BAND), book.format()
    for i, row in enumerate(grid):
        for j, value in enumerate(row):
            _write(book, sheet, (i, j), value, head if i == 0 else body)
    for column, length in rows_of(grid).items():
        sheet.set_column(column, column, min(max(length + 2, 9), WIDEST))
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&RPage &P of &N")


def _write(book: Book, sheet: Any, place: tuple[int, int], value: object, style: Any) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(*place, value, style)
    elif isinstance(value, str):
        write_text(sheet, *place, value, style)
    elif isinstance(value, datetime | date | time):
        pattern = "hh:mm:ss" if isinstance(value, time) else "yyyy-mm-dd"
        sheet.write_datetime(*place, value, book.format(num_format=pattern))
    elif value is not None:
        write_number(sheet, *place, value, style)
