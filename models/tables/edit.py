"""A row of a table with other values, as a planner would type them over."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from friendshore.models.schema import Column, Record, Table
from friendshore.models.tables import TABLES, Tables


def with_values(tables: Tables, sheet: str, row: str | int, changes: Mapping[str, Any]) -> Tables:
    """The tables with some cells of one row changed; nothing is checked here.

    Parameters
    ----------
    tables
        All rows of a workbook.
    sheet
        Name of the sheet, whatever its case.
    row
        Name of the row in the first column of its key, or its number on the sheet; blank for Settings.
    changes
        Values by the name of their column, or by the label of their period.

    Returns
    -------
    Tables
        Copies but for the tables that are as they were.

    Raises
    ------
    KeyError
        Where there is no such sheet, row or column, or several rows of that name.
    """
    table = next((each for each in TABLES if each.sheet.casefold() == sheet.strip().casefold()), None)
    if table is None:
        raise KeyError(f"there is no sheet {sheet!r}; there are {', '.join(each.sheet for each in TABLES)}")
    labels = [period.period for period in tables.periods]
    if table.vertical:
        if row:
            raise KeyError(f"{table.sheet} has no rows of a name: give the settings alone")
        return dataclasses.replace(tables, settings=_changed(table, tables.settings, changes, labels))
    rows = tables.by_sheet[table.sheet]
    place = _place(table, rows, row)
    changed = _changed(table, rows[place], changes, labels)
    rest: dict[str, Any] = {table.sheet.lower(): (*rows[:place], changed, *rows[place + 1 :])}
    return dataclasses.replace(tables, **rest)


def _place(table: Table, rows: tuple[Record, ...], row: str | int) -> int:
    """Position of the one row of a name, or of a number on the sheet."""
    if isinstance(row, int):
        found = [i for i, each in enumerate(rows) if each.row == row]
        what = f"row {row}"
    elif table.key:
        field = table.column(table.key[0]).field
        found = [i for i, each in enumerate(rows) if vars(each)[field] == row]
        what = f"row {row!r} in {table.key[0]}"
    else:
        raise KeyError(f"rows of {table.sheet} have no names: give the number of the row on the sheet")
    if len(found) != 1:
        raise KeyError(f"{table.sheet} has no {what}" if not found else f"{table.sheet} has {what} {len(found)} times")
    return found[0]


def _changed(table: Table, record: Record, changes: Mapping[str, Any], labels: list[str]) -> Any:
    """The record with other values; a column that is changed counts as filled."""
    fields: dict[str, Any] = {}
    given = set(record.given)
    for name, value in changes.items():
        declared = next((each for each in table.columns if name == each.name and not each.by_period), None)
        if declared is not None:
            fields[declared.field] = value if value is not None else _blank(declared)
            given = given - {declared.name} if value is None else given | {declared.name}
        elif table.period_columns is not None and name in labels:
            by_period = table.period_columns.field
            values = dict(fields.get(by_period, vars(record)[by_period]))
            values.pop(name, None)
            fields[by_period] = values if value is None else {**values, name: value}
        else:
            known = [each.name for each in table.columns if not each.by_period]
            raise KeyError(f"{table.sheet} has no column {name!r}; it has {', '.join(known)}")
    return dataclasses.replace(record, given=frozenset(given), **fields)


def _blank(declared: Column) -> Any:
    """What a blank cell means; a required one stays blank, and is told as such."""
    return None if declared.required else declared.default
