"""The tables of the plan sheets that the page is made of, from a plan or from the workbook it was written to.

Both ways give the same values, cell by cell: numbers as a workbook holds them (16 digits), texts as its cells do.
So the page says what the sheets say, whichever way it is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf, isfinite, nan
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from friendshore.models.plan import Plan
from friendshore.models.problem import Problem
from friendshore.optimizer.reporting import benefits, log, outlook, promises, settled, summary
from friendshore.optimizer.reporting.catalogue import LONG_SHEETS, SHARED, SHEETS, TABLES
from friendshore.optimizer.reporting.cells import clean
from friendshore.optimizer.reporting.content import Block, Field, Figure, Sheet
from friendshore.optimizer.reporting.scenario_rows import base_alone, steps_of_paths, whole_tables
from friendshore.optimizer.saved.plan_reader import read_frames
from friendshore.optimizer.saved.plan_tables import AGAIN
from friendshore.optimizer.system.files import FileFault

ALWAYS = (
    "Key_figures",
    "About",
    "Investments",
    "Stockpiles",
    "Sourcing",
    "Production",
    "Shortages",
    "Shortfalls",
    "Shortage_sums",
    "Scenarios",
    "Costs",
)
"""Tables that every plan has."""

SOMETIMES = (
    "Baselines",
    benefits.NAME,
    promises.NAME,
    outlook.NAME,
    settled.NAME,
    "Scorecard",
    "Step_prices",
    "Protections_bought",
    "Plants_closed",
)
"""Tables that a plan has where there is something to say."""


ASKED: Mapping[str, tuple[str, ...]] = {
    "Key_figures": ("figure",),
    "About": ("item",),
    "Investments": ("expansion", "country", "scenario", "period", "units", "begins", "capex"),
    "Stockpiles": ("stockpile", "scenario", "period", "level"),
    "Sourcing": ("scenario", "period", "origin", "destination", "commodity", "quantity"),
    "Production": ("scenario", "plant", "activity"),
    "Shortages": ("scenario", "tier", "damage"),
    "Shortfalls": ("scenario", "country", "tier", "commodity", "worst_share", "worst_from"),
    "Shortage_sums": ("scenario", "tier", "commodity", "share"),
    "Scenarios": ("scenario", "cost"),
    "Costs": ("payer", "kind", "period", "discounted"),
    "Scorecard": ("policy", "limit", "state"),
}
"""Columns without which the page would say something false: wholly blank, they were never written."""


@dataclass(frozen=True, eq=False)
class PlanTables:
    """A plan as its sheets tell it: the problem, and the rows of each table by the name of its block.

    A page draws the base path of what is sent, made and stored, so those tables may have its rows alone.
    """

    problem: Problem
    frames: Mapping[str, pd.DataFrame]

    def __getitem__(self, block: str) -> pd.DataFrame:
        """Rows of a table; empty where the plan has none."""
        return self.frames[block]

    def fact(self, item: str) -> str | float | None:
        """What the table About says of an item; None where it does not speak of it."""
        return _found(self["About"], "item", item)

    def figure(self, figure: str) -> float | None:
        """A number of the table of key figures; None where it is not known."""
        value = _found(self["Key_figures"], "figure", figure)
        return value if isinstance(value, float) and isfinite(value) else None


def _found(frame: pd.DataFrame, key: str, name: str) -> str | float | None:
    rows = frame.loc[frame[key] == name, "value"]
    value = None if rows.empty else rows.iloc[0]
    return value if isinstance(value, str | float) else None


def of_plan(plan: Plan, *, base_path: bool = False) -> PlanTables:
    """The tables of a plan, as its sheets hold them; with ``base_path`` the long ones of the base path alone."""
    short = base_alone(plan) if base_path else plan
    told = [(sheet, short if sheet in LONG_SHEETS else plan) for sheet in SHEETS if sheet is not log.SHEET]
    blocks = {block.name: block.frame for sheet, own in told for block in _blocks(sheet, own)}
    blocks["About"] = summary.proof(plan)
    if base_path:
        return PlanTables(plan.problem, {name: _held(name, blocks.get(name)) for name in (*ALWAYS, *SOMETIMES)})
    whole = whole_tables(blocks, SHARED, steps_of_paths(plan))
    return PlanTables(plan.problem, {name: _held(name, whole.get(name)) for name in (*ALWAYS, *SOMETIMES)})


def _blocks(sheet: Sheet, plan: Plan) -> Iterable[Block]:
    content = sheet.content(plan)
    return (item.block if isinstance(item, Figure) else item for item in (*content.left, *content.right))


def of_workbook(path: str | Path, problem: Problem, *, base_path: bool = False) -> PlanTables:
    """The tables of the plan in a workbook that ``solve`` wrote; ``problem`` is what the same workbook asks.

    Raises
    ------
    FileFault
        Where the file cannot be read, is no plan (FS002), or its plan sheets are damaged or of another version (FS004).

    Parameters
    ----------
    path
        A plan written by solve.
    problem
        A valid problem.
    base_path
        Of the long tables the rows of the base path alone.

    Returns
    -------
    PlanTables
        The tables.
    """
    read = read_frames(path, (*ALWAYS, *SOMETIMES), ALWAYS, base_alone=base_path)
    made = {name: _held(name, frame) for name, frame in read.items()}
    for name, keys in ASKED.items():
        for key in keys if len(made[name]) else ():
            if bool(made[name][key].map(_is_blank).all()):
                raise FileFault(
                    "FS004",
                    Path(path),
                    f"the plan sheets have no {_header(name, key)!r} in the table {name}; "
                    f"they are of another version: {AGAIN}",
                )
    return PlanTables(problem, made)


def _is_blank(value: object) -> bool:
    return value == "" or (isinstance(value, float) and not isfinite(value))


def _header(name: str, key: str) -> str:
    return next(field.header for field in TABLES[name] if field.key == key)


def _held(name: str, frame: pd.DataFrame | None) -> pd.DataFrame:
    """A table with numbers as floats (NaN where blank) and texts as text (empty where blank)."""
    fields = TABLES[name]
    if frame is None:
        return pd.DataFrame({field.key: _column(field, []) for field in fields})
    blank: list[object] = [None] * len(frame)
    return pd.DataFrame(
        {
            field.key: _column(field, frame[field.key].tolist() if field.key in frame.columns else blank)
            for field in fields
        }
    )


def _column(field: Field, values: list[object]) -> pd.Series:
    if field.kind == "text":
        return pd.Series([_text(value) for value in values], dtype=object)
    if field.kind == "mixed":
        return pd.Series([clean(v) if isinstance(v, str) else _number(v) for v in values], dtype=object)
    return pd.Series([_number(value) for value in values], dtype=float)


def _text(value: object) -> str:
    return clean(value) if isinstance(value, str) else ""


def _number(value: object) -> float:
    """A number with the digits that a workbook keeps; NaN where there is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        return nan
    return float(f"{float(value):.16G}") if isfinite(value) else nan


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of a table as dictionaries."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def largest(frame: pd.DataFrame, key: str) -> dict[str, Any]:
    """The row with the largest number in a column, the first of several; ``frame`` must have one."""
    return records(frame.iloc[[int(frame[key].astype(float).fillna(-inf).to_numpy().argmax())]])[0]
