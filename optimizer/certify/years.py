"""What changes with the years: constants of the sheets by period, read from Profiles as the workbook page says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from friendshore.models.tables import LaneRow, Policy, Tables
from friendshore.optimizer.certify.numbers import Array


def by_period(tables: Tables, sheet: str, column: str, constants: Mapping[str, float]) -> Array:
    """Numbers of one column: the constant of each row, or the value of its profile in a period that is filled.

    Parameters
    ----------
    tables
        The input sheets.
    sheet
        Name of the sheet.
    column
        Name of the column.
    constants
        What the column says, by the own name of the row; the rows that are asked for.

    Returns
    -------
    Array
        Periods × rows.
    """
    return _filled(tables, (sheet, column), tuple(constants), tuple(constants.values()))


def of_lanes(tables: Tables, rows: Sequence[LaneRow | None], column: str, constants: Sequence[float]) -> Array:
    """Numbers of one column of Lanes, each with the row that speaks for it (None: no row does).

    Parameters
    ----------
    tables
        The input sheets.
    rows
        A row for each number, as often as it speaks.
    column
        Name of the column.
    constants
        What the column says, one for each row.

    Returns
    -------
    Array
        Periods × rows.
    """
    names = [row.lane if row else "" for row in rows]
    return _filled(tables, ("Lanes", column), names, constants)


def _filled(tables: Tables, place: tuple[str, str], names: Sequence[str], constants: Sequence[float]) -> Array:
    """The constants in every period, but where a profile of that sheet and column fills the period for a name."""
    values = np.tile(np.array(constants, dtype=np.float64), (len(tables.periods), 1))
    labels = {period.period: t for t, period in enumerate(tables.periods)}
    for profile in tables.profiles:
        if (profile.sheet, profile.constant) == place:
            spoken = [i for i, name in enumerate(names) if name == profile.entry]
            for label, value in profile.by_period.items():
                values[labels[label], spoken] = value
    return values


def prices(tables: Tables, goods: Iterable[str]) -> Array:
    """Price of some commodities, each as often as it is named; periods × commodities."""
    of_sheet = {row.commodity: row.price for row in tables.commodities}
    place = {good: i for i, good in enumerate(of_sheet)}
    return by_period(tables, "Commodities", "price", of_sheet)[:, [place[good] for good in goods]]


def surplus_values(tables: Tables) -> Array:
    """What a unit of surplus of each commodity brings; periods × commodities."""
    of_sheet = {row.commodity: row.surplus_value for row in tables.commodities}
    return by_period(tables, "Commodities", "surplus_value", of_sheet)


def limits(tables: Tables, policy: Policy) -> Array:
    """Limit of a policy in each period."""
    return by_period(tables, "Policies", "limit", {policy.policy: policy.limit})[:, 0]


def penalties(tables: Tables, policy: Policy) -> Array:
    """Penalty of a policy in each period; 0 where it must hold."""
    return by_period(tables, "Policies", "penalty", {policy.policy: policy.penalty or 0.0})[:, 0]
