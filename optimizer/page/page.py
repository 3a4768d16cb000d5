"""The whole page: its sections in order, and its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from friendshore.optimizer.page.parts import Section
from friendshore.optimizer.page.sections import (
    assumptions,
    benefits,
    brief,
    building,
    costs,
    decide,
    outlook,
    promises,
    proof,
    scenarios,
    stock,
    supply,
)
from friendshore.optimizer.page.study_tables import StudyTables, text
from friendshore.optimizer.page.tables import PlanTables
from friendshore.optimizer.reporting import summary
from friendshore.optimizer.reporting.study_sheets import TITLE, VERSION, WORKBOOK
from friendshore.optimizer.wording.names import label

SECTIONS = (brief, decide, building, supply, stock, scenarios, costs, benefits, promises, outlook, assumptions, proof)
"""What to decide, what it buys, what it costs, who pays and who benefits, what is promised, what could change it."""


@dataclass(frozen=True)
class Page:
    """What the page says: title, the file it came from, its sections, and what it is of."""

    title: str
    workbook: str
    digest: str
    version: str
    sections: tuple[Section, ...]
    kind: str = "Supply plan"


BEHIND = (assumptions, proof)
"""What stands behind the sections of studies."""


def page_of(tables: PlanTables, studies: Sequence[Section] = ()) -> Page:
    """The page of a plan.

    Parameters
    ----------
    tables
        The plan.
    studies
        Sections of studies of it, which stand before what the plan rests on.

    Returns
    -------
    Page
        Its sections in order.
    """
    workbook = str(tables.fact(summary.WORKBOOK) or "")
    return Page(
        title=tables.problem.settings.title or label(workbook) or "Supply plan",
        workbook=workbook,
        digest=str(tables.fact(summary.FINGERPRINT) or ""),
        version=str(tables.fact(summary.VERSION.format("friendshore")) or ""),
        sections=(
            *(part.section(tables) for part in SECTIONS if part not in BEHIND),
            *studies,
            *(part.section(tables) for part in BEHIND),
        ),
    )


def page_of_study(study: StudyTables, section: Section) -> Page:
    """The page of a study by itself.

    Parameters
    ----------
    study
        The study.
    section
        What it says.

    Returns
    -------
    Page
        Of one section.
    """
    workbook = text(study.about.get(WORKBOOK))
    return Page(
        title=text(study.about.get(TITLE)) or label(workbook) or "Study",
        workbook=workbook,
        digest="",
        version=text(study.about.get(VERSION)),
        sections=(section,),
        kind="Study",
    )
