"""The matrix that a sheet opens with: who or what by year, on the base plan, in one unit, before any long table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from friendshore.models.plan import Plan
from friendshore.optimizer.reporting.content import Block, Field, Kind
from friendshore.optimizer.reporting.frames import planned_periods
from friendshore.optimizer.reporting.readable_money import readable_unit
from friendshore.optimizer.wording.names import Names

MOST = 12
"""Rows of a matrix: with its chart it fits a screen."""
TOGETHER = "All together"


def by_year(
    plan: Plan,
    name: str,
    title: str,
    rows: pd.DataFrame,
    keys: Sequence[Field],
    value: str,
    *,
    how: Literal["sum", "max", "last"] = "sum",
    kind: Kind = "number",
    money: bool = False,
) -> Block | None:
    """Rows by their keys and, as columns, the planned years; None where there are none.

    Parameters
    ----------
    plan
        The plan.
    name, title
        Of the table; of money the unit is added to the title.
    rows
        What is told, in order: columns period, those of ``keys`` by their keys, and ``value``.
    keys
        The columns that name a row.
    value
        Column of numbers.
    how
        How several rows of one name and year come together.
    kind
        How the numbers read.
    money
        Whether they are amounts in the currency of Settings: then told in one unit that reads well, the largest row
        first, with a last row of sums.

    Returns
    -------
    Block | None
        At most ``MOST`` rows, and a note where there are more.
    """
    labels, by = planned_periods(plan), [field.key for field in keys]
    told = rows[rows["period"].isin(labels)]
    if told.empty:
        return None
    first = list(dict.fromkeys(told[by].itertuples(index=False, name=None)))
    wide = told.pivot_table(index=by, columns="period", values=value, aggfunc=how, fill_value=0.0, sort=False)
    wide = wide.reindex(columns=labels, fill_value=0.0)
    wide = wide.loc[first if len(by) > 1 else [each[0] for each in first]]
    wide.columns = pd.Index([f"y{i}" for i, _ in enumerate(labels)])
    if money:
        wide = wide.loc[wide.sum(axis=1).sort_values(ascending=False, kind="stable").index]
        size, unit = readable_unit(float(wide.sum().abs().max()), plan.problem.settings.currency)
        sums, wide, title = wide.sum() / size, wide / size, f"{title}, {unit}"
    shown = wide.head(MOST).reset_index()
    if money:
        shown = pd.concat([shown, pd.DataFrame([{by[0]: TOGETHER, **sums}])], ignore_index=True)
    years = tuple(Field(f"y{i}", label, kind) for i, label in enumerate(labels))
    note = f"The first {MOST} of {len(wide)} rows; all stand in the table below." if len(wide) > MOST else ""
    return Block(name, title, shown, (*keys, *years), note)


def named_with_unit(names: Names, sheet: str, ids: pd.Series, units: pd.Series) -> list[str]:
    """What rows of a sheet are called, each with its unit: so headers of a matrix are those of no other table.

    Parameters
    ----------
    names
        Names of the workbook.
    sheet
        Sheet that defines the ids.
    ids, units
        One of each for every row.

    Returns
    -------
    list[str]
        ``Refined gallium, t``; where there is no unit the name alone.
    """
    called = (names.of(sheet, str(id)) for id in ids)
    return [f"{name}, {unit}" if unit else name for name, unit in zip(called, units, strict=True)]
