"""The plan workbook: the plan sheets first, the planner's sheets after them, written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from models.plan import Plan
from optimizer.files import writing
from optimizer.reporting import (
    costs,
    inputs,
    investments,
    log,
    production,
    scenarios,
    shortages,
    sourcing,
    stockpiles,
    summary,
)  # fmt: skip
from optimizer.reporting.content import Sheet
from optimizer.reporting.layout import Book

SHEETS: tuple[Sheet, ...] = (
    summary.SHEET, investments.SHEET, stockpiles.SHEET, sourcing.SHEET, production.SHEET,
    shortages.SHEET, scenarios.SHEET, costs.SHEET, log.SHEET,
)  # fmt: skip

_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip


def write_plan(plan: Plan, path: Path | str, *, with_inputs: bool = True) -> None:
    """Write a plan as a workbook at ``path``: its sheets, then the planner's as values unless ``with_inputs`` is false.

    What stood at ``path`` before is whole until the new file is, and stays where writing fails.
    """
    with writing(path) as draft:
        _write(plan, draft, with_inputs)


def _write(plan: Plan, path: Path, with_inputs: bool) -> None:
    workbook = xlsxwriter.Workbook(str(path), _OPTIONS)
    workbook.set_properties({"title": plan.problem.settings.title or plan.problem.name, "subject": "Plan"})
    book = Book(workbook)
    for sheet in SHEETS:
        book.page(sheet.name).fill(sheet.content(plan))
    if with_inputs:
        for name, grid in inputs.grids(plan, [sheet.name for sheet in SHEETS]).items():
            inputs.write(book, name, grid)
    workbook.get_worksheet_by_name(SHEETS[0].name).activate()
    workbook.close()
