"""The whole page: its sections in order, and its name."""

from __future__ import annotations

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
from friendshore.optimizer.page.tables import PlanTables
from friendshore.optimizer.reporting import summary
from friendshore.optimizer.wording.names import label

SECTIONS = (brief, decide, building, supply, stock, scenarios, costs, benefits, promises, outlook, assumptions, proof)
"""What to decide, what it buys, what it costs, who pays and who benefits, what is promised, what could change it."""


@dataclass(frozen=True)
class Page:
    """What the page says: title, the file it came from, and its sections."""

    title: str
    workbook: str
    digest: str
    version: str
    sections: tuple[Section, ...]


def page_of(tables: PlanTables) -> Page:
    """The page of a plan."""
    workbook = str(tables.fact(summary.WORKBOOK) or "")
    return Page(
        title=tables.problem.settings.title or label(workbook) or "Supply plan",
        workbook=workbook,
        digest=str(tables.fact(summary.FINGERPRINT) or ""),
        version=str(tables.fact(summary.VERSION.format("friendshore")) or ""),
        sections=tuple(part.section(tables) for part in SECTIONS),
    )
