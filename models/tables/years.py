"""What changes with the years: the rows of a workbook with the values that hold in one period (Profiles)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from friendshore.models.schema import Record
from friendshore.models.tables import OFFERED, Profile, Tables

Changes = Mapping[tuple[str, str], Mapping[str, Any]]
"""By sheet and name of a row, the fields that have another value in the period."""


def in_period(tables: Tables, label: str) -> Tables:
    """The tables as if the values of one period held throughout; no profile is left in them.

    Parameters
    ----------
    tables
        All rows of a workbook.
    label
        Label of the period; where a profile leaves its cell blank the constant stands.

    Returns
    -------
    Tables
        The same rows in the same order, those of which a profile speaks with other values.
    """
    changes = _changes(tables.profiles, label)
    sheets = {sheet for sheet, _ in changes}
    rows: dict[str, Any] = {sheet.lower(): _changed(sheet, tables.by_sheet[sheet], changes) for sheet in sheets}
    return dataclasses.replace(tables, profiles=(), **rows)


def _changes(profiles: Iterable[Profile], label: str) -> Changes:
    changes: dict[tuple[str, str], dict[str, Any]] = {}
    for profile in profiles:
        if label in profile.by_period and profile.declared is not None:
            fields = changes.setdefault((profile.sheet, profile.entry), {})
            fields[profile.declared.field] = profile.by_period[label]
    return changes


def _changed(sheet: str, rows: tuple[Record, ...], changes: Changes) -> tuple[Record, ...]:
    named = OFFERED[sheet].name_column
    if named is None:
        return rows
    fields = [changes.get((sheet, vars(row)[named.field])) for row in rows]
    return tuple(row if new is None else dataclasses.replace(row, **new) for row, new in zip(rows, fields, strict=True))
