"""What a worksheet's markup tells that readers do not: errors, formulas without results, what is hidden or merged."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from math import isinf

from openpyxl.utils.cell import column_index_from_string, get_column_letter, range_boundaries

from friendshore.optimizer.workbook.markup import DEEPEST, MAIN, Suspicious, feed, parser

_CELL, _ROW, _COLUMN, _MERGE = f"{MAIN}c", f"{MAIN}row", f"{MAIN}col", f"{MAIN}mergeCell"
_FORMULA, _VALUE, _OWN_TEXT = f"{MAIN}f", f"{MAIN}v", f"{MAIN}is"
_KINDS = frozenset({"b", "d", "e", "inlineStr", "n", "s", "str"})
"""What a cell may say that it holds; readers take one that says anything else, or holds something else, for blank."""
_DIGITS = "0123456789"
_TRUE = frozenset({"1", "true"})
MOST_ROWS, MOST_COLUMNS = 1 << 20, 1 << 14

Area = tuple[int, int, int, int]

Sources = Callable[[str], Collection[str]]
"""Names what a formula reads from outside the workbook."""

_NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*", re.ASCII)
_WRITTEN = {"n": _NUMBER, "s": re.compile(r"\s*\d+\s*", re.ASCII), "b": re.compile(r"\s*(0|1|true|false)\s*")}
"""How the value of a cell is written where it is a number, the place of a shared text, or yes or no."""
_LONGEST = 64
_MOST_TOLD = 100
_MOST_SPREAD = 100_000


class Disorder(Exception):
    """Rows or cells that are not where they say they are; readers lose or misplace them."""


@dataclass
class SheetFacts:
    """One worksheet, but for its values.

    ``rows`` is the number of the last row, ``reach`` the sum over rows of the last column, ``width`` the last column of
    all. ``formulas`` holds the stored result of each formula by its address (None where there is none), ``errors`` each
    error value; ``dated`` tells whether a number is shown as a date or time, ``unplaced`` whether cells leave it to the
    reader to count where they stand. ``malformed`` holds by address what stands for a number, for the place of a shared
    text or for yes or no, and is none, and what a cell holds against its own word (the first of
    them); ``text`` is the last such place and a cell that has it;
    ``linked`` holds by address what formulas read from outside the workbook. ``merged`` are areas as first row, first
    column, last row, last column, from 1.
    """

    cells: int = 0
    rows: int = 0
    reach: int = 0
    width: int = 0
    dated: bool = False
    unplaced: bool = False
    errors: dict[str, str] = field(default_factory=dict)
    formulas: dict[str, str | None] = field(default_factory=dict)
    malformed: dict[str, str] = field(default_factory=dict)
    text: tuple[int, str] = (-1, "")
    linked: dict[str, tuple[str, ...]] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)


def _nothing(_: str) -> Collection[str]:
    return ()


def scan(archive: zipfile.ZipFile, part: str, dates: Collection[str] = (), sources: Sources = _nothing) -> SheetFacts:
    """Walk a worksheet once.

    Parameters
    ----------
    archive
        The workbook.
    part
        Name of the part of the worksheet.
    dates
        Numbers of the styles that show a number as a date or time.
    sources
        Names what a formula reads from outside the workbook.

    Returns
    -------
    SheetFacts
        What its markup tells.

    Raises
    ------
    Disorder
        Where rows or cells are out of order or claim to stand elsewhere.
    Suspicious
        Where the markup is that of an attack.
    expat.ExpatError
        Where the markup is not well-formed.
    """
    scanner = _Scanner(frozenset(dates), sources)
    with archive.open(part) as stream:
        feed(stream, scanner.parser)
    scanner.close_row()
    return scanner.facts


class _Scanner:
    """The handlers of one walk."""

    def __init__(self, dates: frozenset[str], sources: Sources) -> None:
        self.facts = SheetFacts()
        self._dates, self._sources = dates, sources
        self._row, self._letters = "0", ""
        self._address, self._kind, self._text = "", "n", list[str]()
        self._formula, self._depth = False, 0
        self._shared: dict[str, tuple[str, ...]] = {}
        self._spread: tuple[str, str] = ("", "")
        self.parser = parser()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if name == _VALUE:
            self._listen()
        elif name == _CELL:
            self._open_cell(attributes)
        elif name == _OWN_TEXT:
            if self._kind != "inlineStr":
                self._malformed(f"a text of its own, said to be {self._kind}")
        elif name == _FORMULA:
            self._formula = True
            self.facts.formulas[self._address] = None
            self._spread = attributes.get("si", ""), attributes.get("ref", "")
            self._listen()
        elif name == _ROW:
            self._open_row(attributes)
        elif name in (_COLUMN, _MERGE):
            self._mark(name, attributes)
        elif self._depth > DEEPEST:
            raise Suspicious(f"it nests elements more than {DEEPEST} deep")

    def _malformed(self, text: str) -> None:
        if len(self.facts.malformed) < _MOST_TOLD:
            self.facts.malformed[self._address] = text[:40]

    def _listen(self) -> None:
        self._text = []
        self.parser.CharacterDataHandler = self._text.append

    def _mark(self, name: str, attributes: dict[str, str]) -> None:
        if name == _MERGE:
            left, top, right, bottom = range_boundaries(attributes["ref"])
            if None not in (left, top, right, bottom):
                self.facts.merged.append((top, left, bottom, right))
        elif attributes.get("hidden") in _TRUE:
            self.facts.hidden_columns.append((int(attributes["min"]), int(attributes["max"])))

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name == _VALUE:
            self.parser.CharacterDataHandler = None
            self._close_value("".join(self._text))
        elif name == _FORMULA:
            self.parser.CharacterDataHandler = None
            self._close_formula("".join(self._text))

    def _close_value(self, text: str) -> None:
        kind = self._kind
        form = _WRITTEN.get(kind)
        if text and (kind == "inlineStr" or (form is not None and not _well_written(form, kind, text))):
            self._malformed(text)
        elif kind == "s" and text and int(text) > self.facts.text[0]:
            self.facts.text = int(text), self._address
        if self._formula and (text or kind == "str"):
            self.facts.formulas[self._address] = text
        if kind == "e":
            self.facts.errors[self._address] = text

    def _close_formula(self, text: str) -> None:
        """What the formula reads from outside, for its cell and all that share it."""
        shared, ref = self._spread
        read = tuple(self._sources(text)) if text else self._shared.get(shared, ())
        if not read:
            return
        self.facts.linked[self._address] = read
        if shared:
            self._shared[shared] = read
        elif ref:
            self.facts.linked.update((address, read) for address in _addresses(ref))

    def _open_cell(self, attributes: dict[str, str]) -> None:
        self.facts.cells += 1
        before, address = self._letters, attributes.get("r", "")
        if not address:
            self.facts.unplaced = True
            address = f"{get_column_letter(_number(before) + 1)}{self._row}"
        letters = address.rstrip(_DIGITS)
        if letters + self._row != address or (
            letters <= before if len(letters) == len(before) else len(letters) < len(before)
        ):
            raise Disorder(f"cell {address} is out of place in row {self._row}")
        self._letters, self._address, self._formula = letters, address, False
        self._kind = attributes.get("t", "n")
        if self._kind not in _KINDS:
            self._malformed(f"a value of the kind {self._kind}")
        if self._kind == "d" or (self._dates and self._kind == "n" and attributes.get("s") in self._dates):
            self.facts.dated = True

    def _open_row(self, attributes: dict[str, str]) -> None:
        self.close_row()
        before = int(self._row)
        number = int(attributes.get("r", before + 1))
        if not before < number <= MOST_ROWS:
            raise Disorder(f"row {number} comes after row {before}")
        self._row = str(number)
        if attributes.get("hidden") in _TRUE:
            self.facts.hidden_rows.append(number)

    def close_row(self) -> None:
        """Add up the row at hand."""
        facts, width = self.facts, _number(self._letters)
        if width > MOST_COLUMNS:
            raise Disorder(f"column {self._letters} is beyond the last of a worksheet")
        self._letters = ""
        facts.rows, facts.reach, facts.width = int(self._row), facts.reach + width, max(facts.width, width)


def _well_written(form: re.Pattern[str], kind: str, text: str) -> bool:
    """Whether a value is written as values of its kind are, and a number is one that a cell can hold."""
    return len(text) <= _LONGEST and form.fullmatch(text) is not None and not (kind == "n" and isinf(float(text)))


def _addresses(ref: str) -> Iterable[str]:
    """The cells of the area of an array formula, as far as an area is one that a sheet may hold."""
    try:
        left, top, right, bottom = range_boundaries(ref)
        if (right - left + 1) * (bottom - top + 1) > _MOST_SPREAD:
            return ()
    except (TypeError, ValueError):
        return ()
    columns = [get_column_letter(column) for column in range(left, right + 1)]
    return [f"{letters}{row}" for row in range(top, bottom + 1) for letters in columns]


def _number(letters: str) -> int:
    """Number of a column from 1; 0 for none."""
    try:
        return int(column_index_from_string(letters)) if letters else 0
    except ValueError as error:
        raise Disorder(f"there is no column {letters!r}") from error
