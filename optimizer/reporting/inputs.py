"""The planner's sheets as values, so that a plan carries its own data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from math import isinf
from typing import Any

from friendshore.models.plan import Plan
from friendshore.models.problem import Grid, Problem
from friendshore.models.schema import Record, Table
from friendshore.optimizer.reporting.cells import rows_of, write_number, write_text
from friendshore.optimizer.reporting.layout import Book
from friendshore.optimizer.reporting.palette import BAND

WIDEST = 40


def grids(plan: Plan, reserved: Sequence[str]) -> dict[str, Grid]:
    """The sheets to carry: those of the file, else the tables as declared; never one of a plan's own sheets."""
    names = {name.casefold() for name in reserved}
    held = plan.problem.grids or declared(plan.problem)
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


# -- a problem that came from no file -----------------------------------------------------------------------------


def declared(problem: Problem) -> dict[str, Grid]:
    """Sheets of a problem by the declarations of its tables; what is blank or without end stays blank."""
    labels = [period.period for period in problem.periods]
    sheets = {"Settings": _settings(problem)}
    for sheet, rows in problem.tables.by_sheet.items():
        if rows and not rows[0].TABLE.vertical:
            sheets[sheet] = _grid(rows[0].TABLE, rows, labels)
    return sheets


def _settings(problem: Problem) -> Grid:
    values = vars(problem.settings)
    columns = problem.settings.TABLE.columns
    rows = [(declared.name, _cell(values[declared.field])) for declared in columns]
    return (("setting", "value"), *((name, value) for name, value in rows if value is not None))


def _grid(table: Table, rows: Sequence[Record], labels: Sequence[str]) -> Grid:
    plain = [declared for declared in table.columns if not declared.by_period]
    filled = [column for column in plain if any(_cell(vars(row)[column.field]) is not None for row in rows)]
    header = tuple(column.name for column in filled)
    gathered = table.period_columns
    if gathered is None:
        return (header, *(tuple(_cell(vars(row)[column.field]) for column in filled) for row in rows))
    body = []
    for row in rows:
        by_period: Mapping[str, float] = vars(row)[gathered.field]
        body.append((*(_cell(vars(row)[c.field]) for c in filled), *(by_period.get(label) for label in labels)))
    return ((*header, *labels), *body)


def _cell(value: object) -> object:
    """A value as a planner would have typed it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(str(word) for word in value) or None
    if value == "" or (isinstance(value, float) and isinf(value)):
        return None
    return value
