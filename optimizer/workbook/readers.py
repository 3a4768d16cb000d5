"""The values of worksheets, by two libraries that must give the same: openpyxl, and calamine where it is faithful.

calamine is several times as fast, and takes cells for blank or for other dates where openpyxl does not; ``faithful``
says where the two agree, which the tests hold against a corpus.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import IO, Any

from friendshore.optimizer.workbook.scan import SheetFacts

Row = tuple[object, ...]
Rows = Iterator[Row]

_WHOLE = 2.0**53
_ESCAPED = re.compile(r"_x000([9AD])_")
_ENDS = {"9": "\t", "A": "\n", "D": "\r"}
_CALENDAR = (date, time, timedelta)


class Unfaithful(Exception):
    """calamine reads a cell as openpyxl would not."""


def faithful(facts: SheetFacts) -> bool:
    """Whether calamine reads a sheet as openpyxl does, its errors and formulas put in afterwards.

    Not where numbers are shown as dates (other types, other ends of the calendar) nor where cells do not say where they
    stand; nor where few cells span a large area, which calamine holds in memory whole.
    """
    return not facts.dated and not facts.unplaced and facts.rows * facts.width <= 4 * facts.cells + 1_000_000


class OpenpyxlReader:
    """A workbook opened by openpyxl, row by row."""

    def __init__(self, stream: IO[bytes]) -> None:
        from openpyxl import load_workbook  # noqa: PLC0415 - not loaded where calamine reads all

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about parts of the workbook that are not read
            self._book: Any = load_workbook(stream, read_only=True, data_only=True, keep_links=False)

    def rows(self, title: str) -> Rows:
        """The rows of a sheet from the first on, each without the blank cells at its end."""
        sheet = self._book[title]
        sheet.reset_dimensions()  # what the file says of them may be a lie
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about validations and formats that are not read
            for values in sheet.iter_rows(values_only=True):
                yield trimmed([value if value is None else tidy(value) for value in values])


class CalamineReader:
    """A workbook opened by calamine."""

    def __init__(self, path: Path) -> None:
        from python_calamine import CalamineWorkbook  # noqa: PLC0415 - only large sheets are read with it

        self._book = CalamineWorkbook.from_path(path)

    def rows(self, title: str) -> Rows:
        """The rows of a sheet from the first on, each without the blank cells at its end."""
        for values in self._book.get_sheet_by_name(title).to_python(skip_empty_area=False):
            row = trimmed([tidy(value) for value in values])
            if any(isinstance(value, _CALENDAR) for value in row):
                raise Unfaithful("calamine sees a date where openpyxl sees a number")
            yield row


def trimmed(values: list[object]) -> Row:
    """A row without the blank cells at its end."""
    while values and values[-1] is None:
        values.pop()
    return tuple(values)


def tidy(value: object) -> object:
    """One form for what libraries give in several: whole numbers as int, no empty texts, one sign as line end."""
    return _TIDY.get(type(value), _same)(value)


def _same(value: Any) -> object:
    return value


def _number(value: float) -> object:
    if -_WHOLE < value < _WHOLE:
        whole = int(value)
        return whole if whole == value else value
    return float(value)


def _text(value: str) -> object:
    if "_x000" in value:
        value = _ESCAPED.sub(lambda match: _ENDS[match[1]], value)
    if "\r" in value:
        value = value.replace("\r\n", "\n").replace("\r", "\n")
    return value or None


_TIDY: dict[type, Callable[[Any], object]] = {float: _number, int: _number, str: _text}
