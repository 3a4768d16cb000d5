"""The sections of a page that studies make, one for each study that belongs to the plan."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from friendshore.optimizer.page.parts import Section
from friendshore.optimizer.page.study_tables import StudyTables, read_study, refuse_other
from friendshore.optimizer.page.tables import PlanTables
from friendshore.optimizer.studies.alternatives import section as alternatives
from friendshore.optimizer.studies.explain import section as explain
from friendshore.optimizer.studies.frontier import section as frontier
from friendshore.optimizer.studies.replan import section as replan
from friendshore.optimizer.studies.sensitivity import section as sensitivity
from friendshore.optimizer.studies.share import section as share
from friendshore.optimizer.studies.worth import section as worth
from friendshore.optimizer.system.files import FileFault

SECTIONS: Mapping[str, Callable[[StudyTables], Section]] = {
    "replan": replan.section,
    "explain": explain.section,
    "frontier": frontier.section,
    "alternatives": alternatives.section,
    "share": share.section,
    "worth": worth.section,
    "sensitivity": sensitivity.section,
}
"""By the command that makes a study: its section; a page has them in this order."""


def sections_of(paths: Iterable[str | Path], plan: PlanTables) -> tuple[Section, ...]:
    """A section for each workbook of a study.

    Parameters
    ----------
    paths
        Workbooks that the commands of studies wrote.
    plan
        The plan of the page.

    Returns
    -------
    tuple[Section, ...]
        In the order of ``SECTIONS``, studies of one kind as they were named.

    Raises
    ------
    FileFault
        Where a file cannot be read, is no study (FS014), is damaged (FS004), or belongs to other rows or to another
        plan (FS015).
    """
    read = [_known(Path(path)) for path in paths]
    for study in read:
        refuse_other(study, plan)
    order = list(SECTIONS)
    read.sort(key=lambda study: order.index(study.kind))
    seen: Counter[str] = Counter()
    made = []
    for study in read:
        seen[study.kind] += 1
        made.append(_numbered(SECTIONS[study.kind](study), seen[study.kind]))
    return tuple(made)


def by_itself(path: Path) -> tuple[StudyTables, Section]:
    """A study, and its section.

    Parameters
    ----------
    path
        The workbook that a command of a study wrote.

    Returns
    -------
    tuple[StudyTables, Section]
        For a page without a plan.

    Raises
    ------
    FileFault
        Where the file cannot be read, is no study (FS014) or is damaged (FS004).
    """
    study = _known(path)
    return study, SECTIONS[study.kind](study)


def _known(path: Path) -> StudyTables:
    study = read_study(path)
    if study.kind not in SECTIONS:
        raise FileFault("FS014", path, f"this is a study of a kind that no page shows, {study.kind!r}")
    return study


def _numbered(section: Section, number: int) -> Section:
    """The section with anchors of its own, where there is one of its kind already."""
    if number == 1:
        return section
    charts = tuple(dataclasses.replace(chart, key=f"{chart.key}_{number}") for chart in section.charts)
    return dataclasses.replace(section, key=f"{section.key}_{number}", charts=charts)
