"""The tables of a study's workbook, which its section of the page is made of, and whether they belong to a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite, nan
from pathlib import Path
from typing import get_args

from friendshore.optimizer.page.tables import PlanTables
from friendshore.optimizer.reporting import summary
from friendshore.optimizer.reporting.content import Field, Kind
from friendshore.optimizer.reporting.study_sheets import (
    ABOUT,
    COLUMNS,
    CURRENCY,
    FIGURES,
    OBJECTIVE,
    SAID,
    STUDY,
    SUBJECT,
    VERSION,
    digests,
)
from friendshore.optimizer.saved.plan_tables import PREFIX, PlanTable, read_tables
from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.system.version import program_version
from friendshore.optimizer.wording.counts import listed
from friendshore.optimizer.workbook.gate import Package, inspect

Row = Mapping[str, object]
KINDS: Mapping[str, Kind] = {kind: kind for kind in get_args(Kind)}
AGAIN = "work the study out again, and name the workbook that is written"


@dataclass(frozen=True)
class StudyTable:
    """A table of a study: its title, its columns with their units by key, its rows by the keys of its columns."""

    title: str = ""
    fields: tuple[Field, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class StudyTables:
    """A study as its workbook tells it: what it is of, what each sheet says, and its tables by name."""

    path: Path
    about: Mapping[str, object]
    said: Mapping[str, str]
    tables: Mapping[str, StudyTable]
    digests: Mapping[str, str]

    def __getitem__(self, name: str) -> StudyTable:
        """A table; without rows where the study has none of that name."""
        return self.tables.get(name, StudyTable())

    @property
    def kind(self) -> str:
        """The command that made it."""
        return text(self.about.get(STUDY))

    @property
    def currency(self) -> str:
        """The currency of its money."""
        return text(self.about.get(CURRENCY))

    @property
    def varied(self) -> str:
        """What is varied, as one calls it; blank where that is nothing."""
        return text(self.about.get(SUBJECT))


def text(value: object) -> str:
    """A cell of text; empty where it holds none."""
    return value if isinstance(value, str) else ""


def number(value: object) -> float:
    """A cell of a number; nan where it holds none."""
    known = isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
    return float(value) if known and isinstance(value, int | float) else nan


def is_study(path: Path) -> bool:
    """Whether a workbook says of itself that it is a study.

    Raises
    ------
    FileFault
        Where the file cannot be read.
    """
    return ABOUT in _read(inspect(path), (ABOUT,))


def read_study(path: Path) -> StudyTables:
    """The study in a workbook that a command wrote.

    Parameters
    ----------
    path
        The workbook; it is only read.

    Returns
    -------
    StudyTables
        Its tables.

    Raises
    ------
    FileFault
        Where the file cannot be read, is no study (FS014), or its sheets are damaged (FS004).
    """
    package = inspect(path)
    heads = _read(package, (ABOUT, SAID, COLUMNS, FIGURES))
    if len(heads) < 4:
        raise FileFault("FS014", path, "this workbook is no study that a page can show, or of an earlier version")
    columns = [tuple(map(text, row)) for row in heads[COLUMNS].rows]
    if any(len(row) < 6 or row[4] not in KINDS for row in columns):
        raise FileFault("FS004", path, f"its list of tables is damaged; {AGAIN}")
    found = _read(package, tuple(dict.fromkeys(row[0] for row in columns)))
    pairs = {name: {text(row[0]): row[1] for row in heads[name].rows} for name in (ABOUT, SAID, FIGURES)}
    return StudyTables(
        path,
        pairs[ABOUT],
        {name: text(said) for name, said in pairs[SAID].items()},
        {name: _table(path, [row for row in columns if row[0] == name], table) for name, table in found.items()},
        {name: text(digest) for name, digest in pairs[FIGURES].items()},
    )


def _read(package: Package, names: tuple[str, ...]) -> dict[str, PlanTable]:
    """Tables by the names that their blocks have."""
    found = read_tables(package, [PREFIX + name for name in names])
    return {name.removeprefix(PREFIX): table for name, table in found.items()}


def _table(path: Path, columns: list[tuple[str, ...]], table: PlanTable) -> StudyTable:
    if len(columns) != len(table.headers):
        raise FileFault("FS004", path, f"the table {columns[0][0]} has other columns than were written; {AGAIN}")
    fields = tuple(Field(key, header, KINDS[kind]) for _, _, key, header, kind, _ in columns)
    units = {key: unit for _, _, key, _, _, unit in columns if unit}
    rows = tuple(dict(_cells(fields, row)) for row in table.rows)
    return StudyTable(columns[0][1], fields, units, rows)


def _cells(fields: tuple[Field, ...], row: tuple[object, ...]) -> Iterator[tuple[str, object]]:
    for each, value in zip(fields, row, strict=True):
        if each.kind == "text":
            yield each.key, text(value)
        elif each.kind == "mixed" and isinstance(value, str):
            yield each.key, value
        else:
            yield each.key, number(value)


def refuse_other(study: StudyTables, plan: PlanTables) -> None:
    """Refuse a study that was worked out from other rows than the plan was, or that is of another plan.

    Parameters
    ----------
    study
        The study.
    plan
        The plan of the page.

    Raises
    ------
    FileFault
        FS015, with the sheets that differ.
    """
    mine = digests(plan.problem)
    other = [sheet for sheet, digest in mine.items() if study.digests.get(sheet) != digest]
    if other:
        made = text(study.about.get(VERSION))
        by = "" if made == program_version() else f", by friendshore {made}"
        raise FileFault(
            "FS015",
            study.path,
            f"this study was worked out from other rows than the plan has{by}: they differ on {listed(other, 4)}",
        )
    of, objective = number(study.about.get(OBJECTIVE)), plan.figure(summary.OBJECTIVE)
    if isfinite(of) and objective is not None and abs(of - objective) > 1e-9 * max(1.0, abs(objective)):
        raise FileFault(
            "FS015", study.path, "this study is of another plan of the same workbook, which costs otherwise"
        )
