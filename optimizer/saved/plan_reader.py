"""A plan workbook read back: its input sheets as a problem, its plan sheets as tables with declared columns."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile
from math import isfinite, nan
from pathlib import Path

import pandas as pd

from friendshore.models.parsing.folding import label
from friendshore.models.problem import Problem
from friendshore.optimizer.reporting.catalogue import NEEDED, SHARED, TABLES
from friendshore.optimizer.reporting.content import Field
from friendshore.optimizer.reporting.frames import BASE
from friendshore.optimizer.reporting.scenario_rows import base_rows, whole_tables
from friendshore.optimizer.saved.plan_tables import AGAIN, PREFIX, Leading, PlanTable, read_tables
from friendshore.optimizer.saved.saved_plan import SavedPlan
from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.workbook.gate import inspect
from friendshore.optimizer.workbook.read import read_workbook

_STEPS = "Steps"
_OVERRIDDEN = "Settings_overridden"
_NONE = PlanTable((), ())


def read_plan(path: str | Path, names: Collection[str] = tuple(TABLES)) -> SavedPlan:
    """The plan in a workbook that ``solve`` wrote.

    Parameters
    ----------
    path
        The plan workbook; it is only read.
    names
        The tables wanted, by their names in ``friendshore.optimizer.reporting.catalogue``; the others are left out.

    Raises
    ------
    FileFault
        Where the file cannot be read, is no plan (FS002) or its plan sheets are damaged (FS004).
    InvalidProblem
        Where its input sheets have errors.
    """
    path = Path(path)
    frames = read_frames(path, names)
    return SavedPlan(path, read_plan_problem(path), frames)


def read_frames(
    path: str | Path,
    names: Collection[str] = tuple(TABLES),
    needed: Collection[str] = NEEDED,
    *,
    base_alone: bool = False,
) -> dict[str, pd.DataFrame]:
    """The tables of the plan sheets alone; raises FileFault as ``read_plan`` does, also where one ``needed`` lacks.

    Parameters
    ----------
    path
        A plan written by solve.
    names
        Names of the tables.
    needed
        Names of those that must be there.
    base_alone
        Of the tables in which rows of scenarios stand only where they differ, those of the base path alone: of a large
        plan the scenarios have a hundred times as many.

    Returns
    -------
    dict[str, pd.DataFrame]
        Tables by name; rows of scenarios that are as on the base path, which are not written, are there again.
    """
    wanted, package = {*names, _STEPS}, inspect(Path(path))
    needed = [PREFIX + name for name in needed]
    tops = {PREFIX + name: Leading("Scenario", BASE, PREFIX + _STEPS) for name in SHARED} if base_alone else {}
    found = read_tables(package, [PREFIX + name for name in wanted], needed, tops)
    lacking = next((words for name, table in found.items() for words in _lacking(name, table)), "")
    if lacking:
        raise FileFault("FS004", path, f"{lacking}; they are of another version: {AGAIN}")
    frames = {name: _frame(found.get(PREFIX + name, _NONE), TABLES[name]) for name in wanted}
    if base_alone:
        return {name: base_rows(frames[name]) if name in SHARED else frames[name] for name in names}
    whole = whole_tables(frames, SHARED, frames[_STEPS])
    return {name: whole[name] for name in names}


def _lacking(name: str, table: PlanTable) -> Iterator[str]:
    """Which of the names that its rows begin with a table lacks: without them its numbers would be summed wrongly."""
    keys = takewhile(lambda field: field.kind == "text", TABLES[name.removeprefix(PREFIX)])
    for field in keys:
        if table.rows and _place(table.headers, field) is None:
            yield f"the plan sheets have no {field.header!r} in the table {name.removeprefix(PREFIX)}"


def read_plan_problem(path: str | Path) -> Problem:
    """What the plan in a workbook was asked: its input sheets, with the settings that its command line overrode."""
    return read_workbook(path, _settings(read_tables(inspect(Path(path)), [PREFIX + _OVERRIDDEN])))


def _settings(found: dict[str, PlanTable]) -> dict[str, str]:
    return {str(row[0]): label(row[1]) for row in found.get(PREFIX + _OVERRIDDEN, _NONE).rows if row[1] is not None}


def _frame(table: PlanTable, fields: Sequence[Field]) -> pd.DataFrame:
    """The columns of a table by the keys of its fields; numbers that the table lacks are blank."""
    columns, units = {}, {}
    for field in fields:
        place = _place(table.headers, field)
        values = [None if place is None else row[place] for row in table.rows]
        columns[field.key] = pd.Series([_cell(field, value) for value in values], dtype=_dtype(field))
        words = "" if place is None else table.headers[place]
        if words.endswith(")") and words not in (field.header, *field.once):
            units[field.key] = words[words.index(" (") + 2 : -1]
    frame = pd.DataFrame(columns)
    frame.attrs["units"] = units
    return frame


def _place(headers: Sequence[str], field: Field) -> int | None:
    """Place of the header of a field, with or without a unit behind it."""
    for header in (field.header, *field.once):
        for place, words in enumerate(headers):
            if words == header or (words.startswith(f"{header} (") and words.endswith(")")):
                return place
    return None


def _dtype(field: Field) -> str:
    return "object" if field.kind in ("text", "mixed") else "float64"


def _cell(field: Field, value: object) -> object:
    if field.kind == "text":
        return "" if value is None else value if isinstance(value, str) else label(value)
    if field.kind == "mixed":
        return value
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else nan
    return number if isfinite(number) else nan
