"""The workbook of the vulnerabilities study: its sheets in order, written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from friendshore.optimizer.reporting.content import Content
from friendshore.optimizer.reporting.named import names_of, with_names
from friendshore.optimizer.reporting.new_workbook import write_pages
from friendshore.optimizer.studies.vulnerabilities.sheets import (
    exposure,
    method,
    shortfalls,
    single_points,
    summary,
    supply,
    survival,
    tiers,
)
from friendshore.optimizer.studies.vulnerabilities.vulnerabilities import Vulnerabilities

SHEETS: tuple[tuple[str, Callable[[Vulnerabilities], Content]], ...] = (
    ("Vulnerabilities Summary", summary.content),
    ("Vulnerabilities Single points", single_points.content),
    ("Vulnerabilities Shortfalls", shortfalls.content),
    ("Vulnerabilities Survival", survival.content),
    ("Vulnerabilities Supply", supply.content),
    ("Vulnerabilities Exposure", exposure.content),
    ("Vulnerabilities Tiers", tiers.content),
    ("Vulnerabilities Method", method.content),
)


def write_vulnerabilities(study: Vulnerabilities, path: Path | str) -> None:
    """Write the study as a workbook at ``path``; what stood there is whole until the new file is.

    Raises
    ------
    friendshore.optimizer.system.files.FileFault
        Where the file is open elsewhere or the system refuses.
    """
    title, names = study.problem.settings.title or study.problem.name, names_of(study.problem)
    sources = {point.source.name: names.of("Plants", point.source.name) for point in study.points}
    sources |= {point.source.name: point.source.name for point in study.points if point.source.kind != "plant"}
    others = {"source": ("Name of the source", sources)}
    write_pages(
        path, title, "Vulnerabilities", ((name, with_names(content(study), names, others)) for name, content in SHEETS)
    )
