"""The report page: one HTML file to show, offline and on paper, made of what the plan sheets say."""

from __future__ import annotations

from pathlib import Path

from friendshore.models.plan import Plan
from friendshore.models.problem import Problem
from friendshore.optimizer.page.page import page_of
from friendshore.optimizer.page.render import html
from friendshore.optimizer.page.tables import PlanTables, of_plan, of_workbook
from friendshore.optimizer.system.files import writing

__all__ = ["write_report", "write_report_of"]


def write_report(plan: Plan, path: str | Path) -> None:
    """Write the page of a plan; what stood at ``path`` stays whole until the new file is."""
    _write(of_plan(plan, base_path=True), path)


def write_report_of(workbook: str | Path, problem: Problem, path: str | Path) -> None:
    """Write the page of the plan in a workbook that ``solve`` wrote; ``problem`` is what the same workbook asks.

    Raises
    ------
    FileFault
        Where the workbook is no plan (FS002), its plan sheets are incomplete (FS004), or the page cannot be written.

    Parameters
    ----------
    workbook
        A plan written by solve.
    problem
        A valid problem.
    path
        File to write.
    """
    _write(of_workbook(workbook, problem, base_path=True), path)


def _write(tables: PlanTables, path: str | Path) -> None:
    text = html(page_of(tables))
    with writing(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="\n")
