"""What a spreadsheet tells of a sheet besides its values: what is hidden, merged, or a table with a name."""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]


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
class Marks:
    """The marks of one sheet; hidden rows and columns as pairs of first and last number, from 1."""

    hidden: bool = False
    hidden_rows: tuple[Span, ...] = ()
    hidden_columns: tuple[Span, ...] = ()
    merged: tuple[Area, ...] = ()
    tables: tuple[NamedTable, ...] = ()


NO_MARKS = Marks()
