"""Rows of which a part counts: the numbers of their columns, and what Profiles says of them, times a factor."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from math import isfinite
from typing import Any, TypeVar

from friendshore.models.schema import Record
from friendshore.models.tables import OFFERED, Profile, Tables

T = TypeVar("T", bound=Record)

Factors = dict[tuple[str, str], dict[str, float]]
"""By sheet and name of a row, by column, what its number is multiplied by."""


def scaled_rows(tables: Tables, factors: Factors) -> Tables:
    """The tables with numbers multiplied; profiles of rows that are no longer there go.

    Parameters
    ----------
    tables
        Rows that are kept.
    factors
        By sheet and name of a row.

    Returns
    -------
    Tables
        The same rows in the same order.
    """
    changed: dict[str, Any] = {}
    names: dict[str, set[str]] = {}
    for sheet, declared in OFFERED.items():
        column = declared.name_column
        if column is not None:
            rows = tables.by_sheet[sheet]
            names[sheet] = {str(vars(row)[column.field]) for row in rows}
            changed[sheet.lower()] = tuple(
                scaled(row, factors.get((sheet, str(vars(row)[column.field])), {})) for row in rows
            )
    profiles = tuple(_profile(row, factors) for row in tables.profiles if row.entry in names.get(row.sheet, set()))
    return dataclasses.replace(tables, profiles=profiles, **changed)


def scaled(row: T, factors: Mapping[str, float]) -> T:
    """The row with the numbers of some columns multiplied; blank cells and what is without end stay as they are."""
    values = {
        column: vars(row)[column] * factor
        for column, factor in factors.items()
        if factor != 1.0 and vars(row)[column] is not None and isfinite(vars(row)[column])
    }
    return dataclasses.replace(row, **values) if values else row


def _profile(row: Profile, factors: Factors) -> Profile:
    factor = factors.get((row.sheet, row.entry), {}).get(row.constant, 1.0)
    if factor == 1.0:
        return row
    return dataclasses.replace(row, by_period={label: factor * value for label, value in row.by_period.items()})
