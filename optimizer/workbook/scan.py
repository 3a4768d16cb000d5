"""What a worksheet's markup tells that readers do not: errors, formulas without results, what is hidden or merged."""

from __future__ import annotations

import zipfile
from collections.abc import Collection
from dataclasses import dataclass, field

from openpyxl.utils.cell import column_index_from_string, get_column_letter, range_boundaries

from friendshore.optimizer.workbook.markup import DEEPEST, MAIN, Suspicious, feed, parser

_CELL, _ROW, _COLUMN, _MERGE = f"{MAIN}c", f"{MAIN}row", f"{MAIN}col", f"{MAIN}mergeCell"
_FORMULA, _VALUE = f"{MAIN}f", f"{MAIN}v"
_DIGITS = "0123456789"
_TRUE = frozenset({"1", "true"})
MOST_ROWS, MOST_COLUMNS = 1 << 20, 1 << 14

Area = tuple[int, int, int, int]


class Disorder(Exception):
    """Rows or cells that are not where they say they are; readers lose or misplace them."""


@dataclass
class SheetFacts:
    """One worksheet, but for its values.

    ``rows`` is the number of the last row, ``reach`` the sum over rows of the last column, ``width`` the last column of
    all. ``formulas`` holds the stored result of each formula by its address (None where there is none), ``errors`` each
    error value; ``dated`` tells whether a number is shown as a date or time, ``unplaced`` whether cells leave it to the
    reader to count where they stand. ``merged`` are areas as first row, first column, last row, last column, from 1.
    """

    cells: int = 0
    rows: int = 0
    reach: int = 0
    width: int = 0
    dated: bool = False
    unplaced: bool = False
    errors: dict[str, str] = field(default_factory=dict)
    formulas: dict[str, str | None] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)


def scan(archive: zipfile.ZipFile, part: str, dates: Collection[str] = ()) -> SheetFacts:
    """Walk a worksheet once.

    Parameters
    ----------
    archive
        The workbook.
    part
        Name of the part of the worksheet.
    dates
        Numbers of the styles that show a number as a date or time.

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
    scanner = _Scanner(frozenset(dates))
    with archive.open(part) as stream:
        feed(stream, scanner.parser)
    scanner.close_row()
    return scanner.facts


class _Scanner:
    """The handlers of one walk."""

    def __init__(self, dates: frozenset[str]) -> None:
        self.facts = SheetFacts()
        self._dates = dates
        self._row, self._letters = "0", ""
        self._address, self._kind, self._text = "", "n", list[str]()
        self._formula, self._reading, self._depth = False, False, 0
        self.parser = parser()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if name == _VALUE:
            if self._formula or self._kind == "e":
                self._reading, self._text = True, []
                self.parser.CharacterDataHandler = self._text.append
        elif name == _CELL:
            self._open_cell(attributes)
        elif name == _FORMULA:
            self._formula = True
            self.facts.formulas[self._address] = None
        elif name == _ROW:
            self._open_row(attributes)
        elif name in (_COLUMN, _MERGE):
            self._mark(name, attributes)
        elif self._depth > DEEPEST:
            raise Suspicious(f"it nests elements more than {DEEPEST} deep")

    def _mark(self, name: str, attributes: dict[str, str]) -> None:
        if name == _MERGE:
            left, top, right, bottom = range_boundaries(attributes["ref"])
            if None not in (left, top, right, bottom):
                self.facts.merged.append((top, left, bottom, right))
        elif attributes.get("hidden") in _TRUE:
            self.facts.hidden_columns.append((int(attributes["min"]), int(attributes["max"])))

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._reading and name == _VALUE:
            self._reading, text = False, "".join(self._text)
            self.parser.CharacterDataHandler = None
            if self._formula and (text or self._kind == "str"):
                self.facts.formulas[self._address] = text
            if self._kind == "e":
                self.facts.errors[self._address] = text

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


def _number(letters: str) -> int:
    """Number of a column from 1; 0 for none."""
    try:
        return int(column_index_from_string(letters)) if letters else 0
    except ValueError as error:
        raise Disorder(f"there is no column {letters!r}") from error
