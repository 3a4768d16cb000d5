"""Records back into rows: what was given, as a planner would write it."""

from __future__ import annotations

from math import isinf

from friendshore.models.parsing.headers import sheet_columns
from friendshore.models.schema import Record
from friendshore.models.tables import TABLES, Tables

Rows = list[dict[str, object]]


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
        if declared.name in settings.given
    ]


def _row(record: Record) -> dict[str, object]:
    values = vars(record)
    row = {
        declared.name: cell(values[declared.field])
        for declared in sheet_columns(record.TABLE)
        if declared.name in record.given
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
