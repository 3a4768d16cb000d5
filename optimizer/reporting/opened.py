"""A new workbook to be filled page by page: text stays text, and the file is whole or not there."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import xlsxwriter

from friendshore.optimizer.reporting.layout import Book
from friendshore.optimizer.system.files import writing

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""No name on a sheet may become a formula, a link or a number."""


@contextmanager
def opened(target: str | io.BytesIO, title: str, subject: str) -> Iterator[Book]:
    """A workbook that is written to ``target`` once it is filled."""
    workbook = xlsxwriter.Workbook(target, OPTIONS)
    workbook.set_properties({"title": title, "subject": subject})
    yield Book(workbook)
    workbook.close()


@contextmanager
def opened_at(path: Path | str, title: str, subject: str) -> Iterator[Book]:
    """The same at ``path``; what stood there is whole until the new file is.

    Raises
    ------
    friendshore.optimizer.system.files.FileFault
        Where the file is open elsewhere or the system refuses.
    """
    with writing(path) as draft, opened(str(draft), title, subject) as book:
        yield book
