"""The report page: one HTML file to show, offline and on paper, made of what the plan sheets say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from friendshore.models.plan import Plan
from friendshore.models.problem import Problem
from friendshore.optimizer.page.page import Page, page_of, page_of_study
from friendshore.optimizer.page.parts import Section
from friendshore.optimizer.page.render import html
from friendshore.optimizer.page.study_tables import StudyTables
from friendshore.optimizer.page.tables import PlanTables, of_plan, of_workbook
from friendshore.optimizer.system.files import writing

__all__ = ["write_report", "write_report_of", "write_report_of_study"]


def write_report(
    plan: Plan, path: str | Path, studies: Callable[[PlanTables], Sequence[Section]] | None = None
) -> None:
    """Write the page of a plan; what stood at ``path`` stays whole until the new file is.

    Parameters
    ----------
    plan
        A plan.
    path
        File to write.
    studies
        Makes the sections of studies of the plan; whatever it raises leaves the file as it was.
    """
    tables = of_plan(plan, base_path=True)
    _write(page_of(tables, () if studies is None else studies(tables)), path)


def write_report_of(
    workbook: str | Path,
    problem: Problem,
    path: str | Path,
    studies: Callable[[PlanTables], Sequence[Section]] | None = None,
) -> None:
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
    studies
        Makes the sections of studies of the plan; whatever it raises leaves the file as it was.
    """
    tables = of_workbook(workbook, problem, base_path=True)
    _write(page_of(tables, () if studies is None else studies(tables)), path)


def write_report_of_study(study: StudyTables, section: Section, path: str | Path) -> None:
    """Write the page of a study by itself; what stood at ``path`` stays whole until the new file is.

    Parameters
    ----------
    study
        A study, read from its workbook.
    section
        What it says.
    path
        File to write.
    """
    _write(page_of_study(study, section), path)


def _write(page: Page, path: str | Path) -> None:
    text = html(page)
    with writing(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="\n")
