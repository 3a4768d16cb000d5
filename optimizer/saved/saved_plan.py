"""A plan as its workbook holds it: what was asked, and the tables of the plan sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

import pandas as pd

from friendshore.models.problem import Problem


@dataclass(frozen=True, eq=False, repr=False)
class SavedPlan:
    """A plan read back from its workbook.

    ``problem`` is what its input sheets ask, settings of the command line included; ``tables`` are those of the plan
    sheets by name (``Investments``, ``Scorecard``, …; declared by ``optimizer/reporting/catalogue.py``), their columns
    by the keys of their fields, with the unit of each in ``attrs["units"]``. A table that a plan lacks is empty.
    """

    path: Path
    problem: Problem
    tables: Mapping[str, pd.DataFrame]

    def __repr__(self) -> str:
        rows = ", ".join(f"{name} {len(table)}" for name, table in self.tables.items())
        return f"Plan read back from {str(self.path)!r}\nrows: {rows}"

    @property
    def name(self) -> str:
        """The name of the file without its endings."""
        return self.path.name.removesuffix(self.path.suffix).removesuffix(".plan")

    def figure(self, words: str) -> float | None:
        """The key figure whose words begin like this; None where the plan does not know it."""
        table = self.tables["Key_figures"]
        for figure, value in zip(table["figure"], table["value"], strict=True):
            if str(figure).startswith(words) and isinstance(value, int | float) and isfinite(value):
                return float(value)
        return None

    def about(self, item: str) -> str:
        """What the table About says of an item; empty where it says nothing."""
        table = self.tables["About"]
        return next((str(v) for i, v in zip(table["item"], table["value"], strict=True) if i == item), "")
