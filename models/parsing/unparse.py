"""Records back into rows: what was given, as a planner would write it."""

from __future__ import annotations

from math import isinf

from friendshore.models.parsing import grids_of
from friendshore.models.parsing.grids import HEADER_ROW
from friendshore.models.parsing.header_row import LOOKED_AT
from friendshore.models.parsing.headers import sheet_columns
from friendshore.models.schema import Record
from friendshore.models.tables import TABLES, Tables

Rows = list[dict[str, object]]
Grid = tuple[tuple[object, ...], ...]


def sheets_of(tables: Tables) -> dict[str, Rows]:
    """The sheets of a problem as dict rows that ``problem_from_sheets`` reads back to the same tables.

    Cells that were blank stay blank; sheets without rows are left out.
    """
    sheets = {"Settings": _settings(tables)}
    for table in TABLES:
        if not table.vertical:
            records = tables.by_sheet[table.sheet]
            sheets[table.sheet] = [_row(record) for record in records]
    return {sheet: rows for sheet, rows in sheets.items() if rows}


def _settings(tables: Tables) -> Rows:
    settings = tables.settings
    values = vars(settings)
    return [
        {"setting": declared.name, "value": cell(values[declared.field])}
        for declared in settings.TABLE.columns
        if declared.name in settings.given or values[declared.field] != declared.default
    ]


def grids_of_tables(tables: Tables) -> dict[str, Grid]:
    """The sheets of a problem as grids that are read back to the same tables, each row under its own number.

    Where rows of a sheet have no numbers, or the same, they follow each other from row 2 on.
    """
    grids = grids_of(sheets_of(tables))
    for table in TABLES:
        if table.sheet in grids and not table.vertical:
            numbers = [record.row for record in tables.by_sheet[table.sheet]]
            grids[table.sheet] = _numbered(grids[table.sheet], numbers)
    return grids


def _numbered(grid: Grid, numbers: list[int]) -> Grid:
    """A grid with its headers above the first row, and blank rows where no row has the number."""
    head, *rows = grid
    first = min(numbers)
    if first < HEADER_ROW + 1 or len(set(numbers)) < len(numbers) or first - 1 > LOOKED_AT:
        return grid
    placed: list[tuple[object, ...]] = [()] * max(numbers)
    placed[first - 2] = head
    for number, row in zip(numbers, rows, strict=True):
        placed[number - 1] = row
    return tuple(placed)


def _row(record: Record) -> dict[str, object]:
    values = vars(record)
    row = {
        declared.name: cell(values[declared.field])
        for declared in sheet_columns(record.TABLE)
        if declared.name in record.given or values[declared.field] != declared.default
    }
    for declared in record.TABLE.columns:
        if declared.by_period:
            row.update(values[declared.field])
    return row


def cell(value: object) -> object:
    """A value as a cell holds it: yes/no for flags, lists with commas, nothing for what has no end."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))
    return None if isinstance(value, float) and isinf(value) else value
