"""A new workbook to be filled page by page: text stays text, and the file is whole or not there."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import xlsxwriter

from friendshore.optimizer.reporting.content import Content
from friendshore.optimizer.reporting.layout import Book
from friendshore.optimizer.reporting.long_tables import with_rows
from friendshore.optimizer.system.files import writing

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""No name on a sheet may become a formula, a link or a number."""


@contextmanager
def new_workbook(target: str | io.BytesIO, title: str, subject: str, *, later: bool = False) -> Iterator[Book]:
    """A workbook that is written once it is filled.

    Parameters
    ----------
    target
        The path of the file, or a stream in memory.
    title, subject
        What its properties say.
    later
        Whether the rows of its long tables (``Book.rows``) are put in where it is joined into another.

    Yields
    ------
    Book
        The workbook, without a page.
    """
    workbook = xlsxwriter.Workbook(target, OPTIONS)
    workbook.set_properties({"title": title, "subject": subject})
    book = Book(workbook)
    yield book
    workbook.close()
    if not book.rows:
        return
    if isinstance(target, io.BytesIO):
        content = with_rows(target.getvalue(), book.rows, later=later)
        target.seek(0)
        target.write(content)
        target.truncate()
    else:
        path = Path(target)
        path.write_bytes(with_rows(path.read_bytes(), book.rows, later=later))


def write_pages(path: Path | str, title: str, subject: str, pages: Iterable[tuple[str, Content]]) -> None:
    """Write a workbook page by page; what stood at ``path`` is whole until the new file is.

    Parameters
    ----------
    path
        Where the file goes.
    title, subject
        What its properties say.
    pages
        Name and content of each sheet, in order.

    Raises
    ------
    friendshore.optimizer.system.files.FileFault
        Where the file is open elsewhere or the system refuses.
    """
    with writing(path) as draft, new_workbook(str(draft), title, subject) as book:
        for name, content in pages:
            book.page(name).fill(content)
