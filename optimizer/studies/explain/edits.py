"""The same problem with other limits, or with rows that demand nothing any more."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from math import inf
from typing import Any

from friendshore.models.problem import Problem
from friendshore.models.schema import Record
from friendshore.models.tables import TABLES, Policy, Profile, Tables
from friendshore.models.tables.edit import with_values
from friendshore.optimizer.answer.elastic import Demand

_BY_SHEET = {table.sheet: table for table in TABLES}
POLICIES = "Policies"


def row_of(problem: Problem, sheet: str, number: int) -> Record:
    """The row of a sheet by its number.

    Parameters
    ----------
    problem
        Whose tables are looked at.
    sheet, number
        Name of the sheet, and number of the row on it.

    Returns
    -------
    Record
        The row; KeyError where there is none.
    """
    for row in problem.tables.by_sheet[sheet]:
        if row.row == number:
            return row
    raise KeyError(f"{sheet} has no row {number}")


def own_name(sheet: str, row: Record) -> str:
    """What a row is called on its sheet; empty where it has no name of its own."""
    declared = _BY_SHEET[sheet].name_column
    return "" if declared is None else str(vars(row)[declared.field])


def asked(problem: Problem, demand: Demand) -> float:
    """The number in the cell of a demand; what a blank one stands for."""
    row = row_of(problem, demand.sheet, demand.row)
    value = vars(row)[_BY_SHEET[demand.sheet].column(demand.column).field]
    if value is None and demand.column == "final_min":
        value = vars(row)["initial"]
    return float(value)


def is_floor(problem: Problem, demand: Demand) -> bool:
    """Whether the cell of a demand is the least, and not the most, that may be."""
    row = row_of(problem, demand.sheet, demand.row)
    return row.declared.floor if isinstance(row, Policy) else True


def most(problem: Problem, demand: Demand) -> float:
    """The largest number that means anything in the cell of a demand."""
    row = row_of(problem, demand.sheet, demand.row)
    return row.declared.unit.most if isinstance(row, Policy) else inf


def changes_with_years(problem: Problem, demand: Demand) -> bool:
    """Whether Profiles give the cell of a demand another value in some period."""
    return bool(_profiles(problem, demand.sheet, demand.row, demand.column))


def with_limits(problem: Problem, limits: Iterable[tuple[Demand, float]]) -> Problem:
    """The problem with other numbers in the cells of demands; not checked.

    Parameters
    ----------
    problem
        A valid problem.
    limits
        Demands with the new number of each.

    Returns
    -------
    Problem
        It comes from no file any more.
    """
    tables = problem.tables
    for demand, value in limits:
        tables = with_values(tables, demand.sheet, demand.row, {demand.column: value})
    return like(problem, tables)


def without(problem: Problem, demands: Iterable[Demand]) -> Problem:
    """The problem in which the rows of some demands demand nothing: policies are left out, least amounts are 0."""
    for demand in demands:
        gone = _profiles(problem, demand.sheet, demand.row, None if demand.sheet == POLICIES else demand.column)
        profiles = tuple(row for row in problem.tables.profiles if row not in gone)
        tables = dataclasses.replace(problem.tables, profiles=profiles)
        if demand.sheet == POLICIES:
            kept = tuple(row for row in tables.policies if row.row != demand.row)
            tables = dataclasses.replace(tables, policies=kept)
        else:
            tables = with_values(tables, demand.sheet, demand.row, {demand.column: 0.0})
        problem = like(problem, tables)
    return problem


def like(problem: Problem, tables: Tables) -> Problem:
    """Other tables under the same name; they are not checked and come from no file."""
    return Problem(tables, problem.name, grids=problem.grids)


def changed(problem: Problem, sheet: str, number: int, cells: dict[str, Any]) -> Problem:
    """The problem with other cells in one row, whose profiles of these columns go; not checked.

    Parameters
    ----------
    problem
        A valid problem.
    sheet, number
        Name of the sheet, and number of the row on it.
    cells
        New values by the name of their column.

    Returns
    -------
    Problem
        It comes from no file any more.
    """
    gone = [profile for column in cells for profile in _profiles(problem, sheet, number, column)]
    kept = tuple(row for row in problem.tables.profiles if row not in gone)
    tables = dataclasses.replace(problem.tables, profiles=kept)
    return like(problem, with_values(tables, sheet, number, cells))


def _profiles(problem: Problem, sheet: str, number: int, column: str | None) -> list[Profile]:
    """Profiles of a column of a row; of all its columns where none is named."""
    name = own_name(sheet, row_of(problem, sheet, number))
    return [
        row
        for row in problem.tables.profiles
        if name and row.sheet == sheet and row.entry == name and column in (None, row.constant)
    ]
