"""Plans to compare: the tutorial solved, and the same with some sheets changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path

from friendshore.models.problem import Problem
from friendshore.optimizer.reporting import write_plan
from friendshore.optimizer.saved.plan_reader import read_plan
from friendshore.optimizer.saved.saved_plan import SavedPlan
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.studies.compare import TABLES
from friendshore.optimizer.workbook.examples import source_sheets
from friendshore.optimizer.workbook.read import read_workbook
from friendshore.optimizer.workbook.template import write_sheets
from tests.places import SOURCES

Sheets = dict[str, list[dict[str, object]]]
TUTORIAL: Sheets = source_sheets(SOURCES / "tutorial")


def changed(edit: Callable[[Sheets], object]) -> Sheets:
    """The tutorial's sheets after an edit."""
    sheets = deepcopy(TUTORIAL)
    edit(sheets)
    return sheets


def row(sheets: Sheets, sheet: str, name: str) -> dict[str, object]:
    """The row of a sheet whose first column is ``name``."""
    return next(line for line in sheets[sheet] if next(iter(line.values())) == name)


def problem_of(folder: Path, name: str, sheets: Sheets) -> Problem:
    """The sheets written and read."""
    path = folder / f"{name}.xlsx"
    write_sheets(path, sheets)
    return read_workbook(path)


def solved(folder: Path, name: str, sheets: Sheets, settings: Mapping[str, str] | None = None) -> SavedPlan:
    """The plan of the sheets, written and read back."""
    path = folder / f"{name}.xlsx"
    write_sheets(path, sheets)
    plan = solve_problem(read_workbook(path, settings), gap=0.0, threads=1).plan
    assert plan is not None
    write_plan(plan, folder / f"{name}.plan.xlsx")
    return read_plan(folder / f"{name}.plan.xlsx", TABLES)
