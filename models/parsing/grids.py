"""What goes into the parser: sheets as rows of plain values, and what they are marked with."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from friendshore.models.parsing.cells import EXCEL_ERRORS
from friendshore.models.parsing.folding import fold, is_blank

Row = Sequence[object]
Grids = Mapping[str, Sequence[Row]]

Span = tuple[int, int]

HEADER_ROW = 1


@dataclass(frozen=True)
class Area:
    """A rectangle of cells; rows and columns count from 1, the last ones belong to it."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class NamedTable:
    """A table with a name, its headers in the first row of its area; ``totals`` rows of sums stand at its end."""

    name: str
    area: Area
    totals: int = 0


@dataclass(frozen=True)
class Linked:
    """A cell whose formula reads something outside the workbook, row and column from 1, and what it reads."""

    row: int
    column: int
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Marks:
    """The marks of one sheet; hidden rows and columns as pairs of first and last number, from 1."""

    hidden: bool = False
    hidden_rows: tuple[Span, ...] = ()
    hidden_columns: tuple[Span, ...] = ()
    merged: tuple[Area, ...] = ()
    tables: tuple[NamedTable, ...] = ()
    linked: tuple[Linked, ...] = ()


NO_MARKS = Marks()


@dataclass(frozen=True)
class Place:
    """Where a column of a sheet stands: ``index`` from 0, and the row where that is fixed (settings), else 0."""

    index: int
    row: int = 0


def cell_of(row: Row, index: int) -> object:
    """The value at ``index``; None beyond the end of a short row."""
    return row[index] if index < len(row) else None


def data_rows(
    grid: Sequence[Row], header: int = HEADER_ROW, first: int = 0, skipped: Collection[int] = ()
) -> list[tuple[int, Row]]:
    """The rows of data below the headers.

    Parameters
    ----------
    grid
        All rows of a sheet.
    header
        Number of the header row, from 1.
    first
        Index of the first column of the table, from 0.
    skipped
        Numbers of rows that hold no data, such as one of units.

    Returns
    -------
    list[tuple[int, Row]]
        Number, from 1, and values of each row; blank rows are left out, and those whose first cell starts with
        ``#``.
    """
    return [
        (number, row)
        for number, row in enumerate(grid[header:], start=header + 1)
        if not _commented(row, first) and not all(map(is_blank, row)) and number not in skipped
    ]


def _commented(row: Row, first: int) -> bool:
    value = cell_of(row, first)
    if not isinstance(value, str):
        return False
    text = fold(value)
    return text.startswith("#") and text.upper() not in EXCEL_ERRORS
