"""What goes into the parser: sheets as rows of plain values, the headers in row 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.parsing.cells import EXCEL_ERRORS
from models.parsing.folding import fold, is_blank

Row = Sequence[object]
Grids = Mapping[str, Sequence[Row]]

HEADER_ROW = 1


@dataclass(frozen=True)
class Place:
    """Where a column of a sheet stands: ``index`` from 0, and the row where that is fixed (settings), else 0."""

    index: int
    row: int = 0


def cell_of(row: Row, index: int) -> object:
    """The value at ``index``; None beyond the end of a short row."""
    return row[index] if index < len(row) else None


def data_rows(grid: Sequence[Row]) -> list[tuple[int, Row]]:
    """Rows below the headers with their numbers; blank rows and rows that start with ``#`` are left out."""
    return [
        (number, row)
        for number, row in enumerate(grid, start=1)
        if number > HEADER_ROW and not _commented(row) and not all(map(is_blank, row))
    ]


def _commented(row: Row) -> bool:
    first = cell_of(row, 0)
    if not isinstance(first, str):
        return False
    text = fold(first)
    return text.startswith("#") and text.upper() not in EXCEL_ERRORS
