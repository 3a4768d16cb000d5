"""The tables of the plan sheets that the page is made of, from a plan or from the workbook it was written to.

Both ways give the same values, cell by cell: numbers as a workbook holds them (16 digits), texts as its cells do.
So the page says what the sheets say, whichever way it is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, nan
from pathlib import Path

import numpy as np
import pandas as pd

from models.plan import Plan
from models.problem import Problem
from optimizer.files import FileFault
from optimizer.reporting import costs, investments, production, scenarios, shortages, sourcing, stockpiles, summary
from optimizer.reporting.cells import clean
from optimizer.reporting.content import Block, Field, Figure, Sheet
from optimizer.workbook.plan_tables import AGAIN, read_plan_tables

Fields = tuple[Field, ...]

SHEETS: tuple[Sheet, ...] = (
    summary.SHEET, investments.SHEET, stockpiles.SHEET, sourcing.SHEET, production.SHEET, shortages.SHEET,
    scenarios.SHEET, costs.SHEET,
)  # fmt: skip

DECLARED: Mapping[str, Fields] = {
    "Key_figures": summary.KEY_FIELDS,
    "Scorecard": summary.SCORE_FIELDS,
    "Step_prices": summary.STEP_FIELDS,
    "About": summary.PROOF_FIELDS,
    "Investments": investments.FIELDS,
    "Protections_bought": investments.PROTECTION_FIELDS,
    "Stockpiles": stockpiles.FIELDS,
    "Sourcing": sourcing.FIELDS,
    "Production": production.FIELDS,
    "Shortages": shortages.FIELDS,
    "Shortage_sums": shortages.SUM_FIELDS,
    "Scenarios": scenarios.FIELDS,
    "Costs": costs.FIELDS,
}
"""Fields of each table the page reads, by the name of its block."""

NEEDED = (
    "Key_figures", "About", "Investments", "Stockpiles", "Sourcing", "Production", "Shortages", "Shortage_sums",
    "Scenarios", "Costs",
)  # fmt: skip
_PREFIX = "Plan_"


@dataclass(frozen=True, eq=False)
class PlanTables:
    """A plan as its sheets tell it: the problem, and the rows of each table by the name of its block."""

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
        return value if isinstance(value, float) else None


def _found(frame: pd.DataFrame, key: str, name: str) -> str | float | None:
    rows = frame.loc[frame[key] == name, "value"]
    if rows.empty:
        return None
    value = rows.iloc[0]
    return value if isinstance(value, str | float) else None


def of_plan(plan: Plan) -> PlanTables:
    """The tables of a plan, as its sheets would hold them."""
    blocks = {block.name: block for sheet in SHEETS for block in _blocks(sheet, plan)}
    made = {
        name: _frame(fields, blocks[name].frame[[field.key for field in fields]].itertuples(index=False, name=None))
        if name in blocks else _frame(fields, ())
        for name, fields in DECLARED.items()
    }  # fmt: skip
    return PlanTables(plan.problem, made)


def _blocks(sheet: Sheet, plan: Plan) -> Iterable[Block]:
    content = sheet.content(plan)
    return (item.block if isinstance(item, Figure) else item for item in (*content.left, *content.right))


def of_workbook(path: str | Path, problem: Problem) -> PlanTables:
    """The tables of the plan in a workbook that ``solve`` wrote; ``problem`` is what the same workbook asks.

    Raises
    ------
    FileFault
        Where the file cannot be read, is no plan (FS002), or where its plan sheets are incomplete (FS004).
    """
    path = Path(path)
    read = read_plan_tables(
        path, [_PREFIX + name for name in DECLARED], [_PREFIX + name for name in NEEDED]
    )
    made = {}
    for name, fields in DECLARED.items():
        rows = read.get(_PREFIX + name, [])
        for field in fields:
            if rows and field.header not in rows[0]:
                raise FileFault("FS004", path, f"a plan sheet has no column {field.header!r}; {AGAIN}")
        made[name] = _frame(fields, ([row[field.header] for field in fields] for row in rows))
    return PlanTables(problem, made)


def _frame(fields: Fields, rows: Iterable[Sequence[object]]) -> pd.DataFrame:
    """Rows with numbers as floats (NaN where blank) and texts as text (empty where blank)."""
    columns = list(zip(*rows, strict=True)) or [()] * len(fields)
    return pd.DataFrame({
        field.key: _column(field, values) for field, values in zip(fields, columns, strict=True)
    })  # fmt: skip


def _column(field: Field, values: Sequence[object]) -> pd.Series:
    if field.kind == "text":
        return pd.Series([_text(value) for value in values], dtype=object)
    if field.kind == "mixed":
        return pd.Series([clean(v) if isinstance(v, str) else _number(v) for v in values], dtype=object)
    return pd.Series([_number(value) for value in values], dtype=float)


def _text(value: object) -> str:
    """Text as a cell gives it back: a number that a text column holds reads as its digits."""
    if value is None or (isinstance(value, float) and not isfinite(value)):
        return ""
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return clean(str(value))


def _number(value: object) -> float:
    """A number with the digits that a workbook keeps; NaN where there is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        return nan
    return float(f"{float(value):.16G}") if isfinite(value) else nan
