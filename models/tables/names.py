"""Names that people read, by the ids that they stand for."""

from __future__ import annotations

from collections.abc import Mapping

from friendshore.models.tables import TABLES, Tables

NAMED = tuple(table.sheet for table in TABLES if any(declared.name == "name" for declared in table.columns))
"""Sheets whose rows may have a name beside their id."""


def given_names(tables: Tables) -> Mapping[str, Mapping[str, str]]:
    """The names that a workbook gives.

    Returns
    -------
    Mapping of str to Mapping of str to str
        By the name of the sheet, and there by id; ids without a name are left out.
    """
    named = {}
    for table in TABLES:
        if table.sheet in NAMED:
            rows = [vars(record) for record in tables.by_sheet[table.sheet]]
            named[table.sheet] = {str(row[table.key[0]]): str(row["name"]) for row in rows if row["name"]}
    return named
