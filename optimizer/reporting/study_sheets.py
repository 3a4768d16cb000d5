"""A study as sheets: what each says, and a last one that says what it is a study of, so that a page can be made of it.

The last sheet tells every sheet of input by a digest of its rows. A page refuses the study of other rows than the plan
has. It also names the columns of each table, by which they are read back.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from friendshore.models.problem import Problem
from friendshore.models.schema import Record
from friendshore.models.tables import Settings
from friendshore.optimizer.engines.fingerprint import fingerprint
from friendshore.optimizer.reporting.content import Block, Content, Field, Figure
from friendshore.optimizer.reporting.new_workbook import write_pages
from friendshore.optimizer.system.version import program_version

SHEET = "About"
ABOUT, SAID, COLUMNS, FIGURES = "Study_about", "Study_said", "Study_columns", "Study_rows"
STUDY, WORKBOOK, VERSION, CURRENCY = "Study", "Workbook", "Version of friendshore", "Currency"
TITLE, SUBJECT, OBJECTIVE = "Title", "What is varied", "Objective of the plan"

ABOUT_FIELDS = (Field("item", "Item"), Field("value", "Value", "mixed"))
SAID_FIELDS = (Field("sheet", "Sheet"), Field("said", "What it says"))
COLUMN_FIELDS = (
    Field("table", "Table"),
    Field("title", "Title"),
    Field("key", "Column"),
    Field("header", "Header"),
    Field("kind", "Reads as"),
    Field("unit", "Unit"),
)
FIGURE_FIELDS = (Field("sheet", "Sheet of input"), Field("digest", "Digest of its rows"))

SEARCHING = ("mip_gap", "time_limit", "memory_limit", "title")
"""Settings that say how a plan is searched and called, not what is asked of it."""


@dataclass(frozen=True)
class StudySheets:
    """A study before it is a workbook.

    ``kind`` is the command that makes it, ``subject`` what the properties of the file say; ``varied``: what is varied,
    blank where that is nothing; ``objective`` of the plan that it is of, None where it is of a workbook alone.
    """

    kind: str
    problem: Problem
    subject: str
    pages: tuple[tuple[str, Content], ...]
    varied: str = ""
    objective: float | None = None

    @property
    def blocks(self) -> Iterator[Block]:
        """Every table."""
        for _, content in self.pages:
            opening = () if content.opening is None else (content.opening,)
            for item in (*opening, *content.left, *content.right):
                yield item.block if isinstance(item, Figure) else item


def write_study_sheets(study: StudySheets, path: Path | str) -> None:
    """Write a study as a workbook; what stood at ``path`` is whole until the new file is.

    Parameters
    ----------
    study
        What it says.
    path
        Where the file goes.

    Raises
    ------
    friendshore.optimizer.system.files.FileFault
        Where the file is open elsewhere or the system refuses.
    """
    title = study.problem.settings.title or study.problem.name
    write_pages(path, title, study.subject, (*study.pages, (SHEET, about(study))))


def about(study: StudySheets) -> Content:
    """What it is a study of, what it says, how its tables are laid out, and what it was worked out from."""
    return Content(
        f"What this is a study of. A page of the same plan takes it in: friendshore report PLAN --with {study.kind}.",
        ("It is read back by the tables on this sheet.",),
        tuple(about_blocks(study)[:2]),
        tuple(about_blocks(study)[2:]),
    )


def about_blocks(study: StudySheets) -> tuple[Block, Block, Block, Block]:
    """The four tables of the last sheet, in the order of their names above."""
    items: list[tuple[str, object]] = [
        (STUDY, study.kind),
        (WORKBOOK, study.problem.name),
        (VERSION, program_version()),
        (CURRENCY, study.problem.settings.currency),
    ]
    title = study.problem.settings.title
    items += [(item, words) for item, words in ((TITLE, title), (SUBJECT, study.varied)) if words]
    items += [] if study.objective is None else [(OBJECTIVE, study.objective)]
    said = [(name, content.finding) for name, content in study.pages]
    return (
        _block(ABOUT, "", items, ABOUT_FIELDS),
        _block(SAID, "What it says", said, SAID_FIELDS),
        _block(COLUMNS, "Its tables", [row for block in study.blocks for row in _columns(block)], COLUMN_FIELDS),
        _block(FIGURES, "What it was worked out from", list(digests(study.problem).items()), FIGURE_FIELDS),
    )


def _block(name: str, title: str, rows: Sequence[tuple[object, ...]], fields: tuple[Field, ...]) -> Block:
    return Block(name, title, pd.DataFrame(rows, columns=[field.key for field in fields], dtype=object), fields)


def _columns(block: Block) -> Iterator[tuple[str, ...]]:
    units = block.frame.attrs.get("units", {})
    for field in block.fields:
        yield block.name, block.title, field.key, field.header, field.kind, units.get(field.key, "")


def digests(problem: Problem) -> dict[str, str]:
    """A digest of the rows of each sheet of input, by its name.

    Parameters
    ----------
    problem
        A problem.

    Returns
    -------
    dict[str, str]
        The same for the same rows, in whatever order and wherever they stand. Notes, and settings that only say how to
        search, are left out.
    """
    plain = Settings()
    searching = {name: vars(plain)[name] for name in SEARCHING}
    settings = dataclasses.replace(problem.settings, **searching)
    tables = dataclasses.replace(problem.tables, settings=settings).canonical()
    return {sheet: fingerprint([_told(row) for row in rows]) for sheet, rows in tables.by_sheet.items()}


def _told(row: Record) -> Record:
    """A row without its place on the sheet and what is noted beside it."""
    return dataclasses.replace(row, row=0, note="", given=row.given - {"note", *SEARCHING})
