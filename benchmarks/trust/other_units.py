"""A workbook said in other units: quantities and money times any factors, everything else as it is.

The plan stays the same, its quantities times one factor and its money times the other, so that the truth is known at
every magnitude once it is known at one. What each column is in, its declaration says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import friendshore.models.rules  # noqa: F401 - the kinds of policies are known once it has been imported
from friendshore.models.schema import Column, Table
from friendshore.models.tables import POLICY_KINDS, TABLES
from friendshore.models.tables.policy_kinds import EMISSIONS, MONEY

Row = Mapping[str, Any]
Sheets = Mapping[str, list[dict[str, Any]]]

QUANTITIES = ("unit", "unit/year", "activity/year")
AMOUNTS = ("currency", "currency/year")
PRICES = ("currency/unit", "currency/activity", "currency/unit/year")
TEXTS = ("table", "id", "column", "note", "source_id")
"""Columns of Profiles that are no period."""


def in_other_units(sheets: Sheets, quantity: float, money: float) -> dict[str, list[dict[str, Any]]]:
    """The same problem in other units.

    Parameters
    ----------
    sheets
        Rows by the name of their sheet.
    quantity, money
        Every quantity is multiplied by the one and every amount of money by the other, prices a unit by their ratio.

    Returns
    -------
    dict
        Rows by the name of their sheet; its objective is that of ``sheets`` times ``money``.
    """
    of_unit = dict.fromkeys(QUANTITIES, quantity) | dict.fromkeys(AMOUNTS, money)
    of_unit |= dict.fromkeys(PRICES, money / quantity)
    made = {
        table.sheet: [_row(table, row, of_unit, quantity, money) for row in sheets[table.sheet]]
        for table in TABLES
        if table.sheet in sheets and table.sheet != "Profiles"
    }
    kinds = {row["policy"]: row for row in sheets.get("Policies", [])}
    if "Profiles" in sheets:
        made["Profiles"] = [
            _times_throughout(row, _of_profile(row, kinds, of_unit, quantity, money)) for row in sheets["Profiles"]
        ]
    return made


def _times_throughout(row: Row, factor: float) -> dict[str, Any]:
    return {name: value if name in TEXTS else value * factor for name, value in row.items()}


def _of_profile(
    row: Row, policies: Mapping[str, Row], of_unit: Mapping[str, float], quantity: float, money: float
) -> float:
    """The factor of the column that a profile changes."""
    if row["table"] == "Policies":
        return float(_policy({**policies[row["id"]], "limit": 1.0, "penalty": 1.0}, quantity, money)[row["column"]])
    declared = {column.name: column for table in TABLES if table.sheet == row["table"] for column in table.columns}
    return of_unit.get(declared[row["column"]].unit, 1.0)


def _row(table: Table, row: Row, of_unit: Mapping[str, float], quantity: float, money: float) -> dict[str, Any]:
    if table.vertical:
        return dict(row)
    declared = {column.name: column for column in table.columns}
    scaled = {name: _times(value, of_unit, declared.get(name) or table.period_columns) for name, value in row.items()}
    return scaled | _policy(row, quantity, money) if table.sheet == "Policies" else scaled


def _times(value: Any, of_unit: Mapping[str, float], column: Column | None) -> Any:
    if column is None or isinstance(value, str | bool | None):
        return value
    return value * of_unit.get(column.unit, 1.0)


def _policy(row: Row, quantity: float, money: float) -> dict[str, Any]:
    """Limit and penalty, whose units are those of the kind."""
    unit = POLICY_KINDS[row["kind"]].unit
    of_limit = {MONEY: money, EMISSIONS: quantity}.get(unit, 1.0)
    share_of_paths = row["kind"] == "max_shortage" and row.get("scenario") == "cvar"
    of_violation = money if unit is MONEY else 1.0 if share_of_paths else quantity
    cells: dict[str, Any] = {"limit": row["limit"] * of_limit}
    if row.get("penalty") is not None:
        cells["penalty"] = row["penalty"] * money / of_violation
    return cells
