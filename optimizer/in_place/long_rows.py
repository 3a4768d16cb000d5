"""Rows of a long table that are put into a sheet as it is written, so that they are packed once alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol


class LongRows(Protocol):
    """Rows of a sheet that stand between others: those before them are there, and so is the one behind."""

    @property
    def first(self) -> int:
        """The first of them, counted from 0."""
        ...

    def __len__(self) -> int:
        """How many they are."""
        ...

    def rendered(self, styles: Sequence[str]) -> Iterator[bytes]:
        """Their XML, block by block; ``styles`` are the numbers of the formats of their cells, from the left edge."""
        ...


NumberedRows = Mapping[int, LongRows]
"""Rows by the number of their sheet, from 1 in the order in which sheets were made."""

NO_ROWS: NumberedRows = MappingProxyType({})


def part_of(number: int) -> str:
    """The part of a new workbook that holds the sheet of a number."""
    return f"xl/worksheets/sheet{number}.xml"


def put_in(sheet: bytes, rows: LongRows) -> Iterator[bytes]:
    """The XML of a sheet, in blocks, with these rows before the one behind them, whose formats they have."""
    behind = rows.first + len(rows) + 1
    place = sheet.index(b'<row r="%d" ' % behind)
    formats = re.findall(rb'<c r="[A-Z]+%d" s="(\d+)"' % behind, sheet[place:])
    yield sheet[:place]
    yield from rows.rendered([number.decode() for number in formats])
    yield sheet[place:]
