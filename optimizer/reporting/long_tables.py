"""Long tables written straight from their columns, as rows of XML that go into a workbook once it is finished.

A library that writes cell by cell takes some 25 microseconds for each; the rows of a long table that share no row of
their sheet with anything else need none of what it offers. Their first rows and the last are written by it, so that the
sheet knows its size and the formats have their numbers; those between are put before the last. Texts stand in their
cells, numbers with the sixteen digits that the library gives them too.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name, xl_range

from friendshore.optimizer.in_place.archive import ArchiveWriter, Packed
from friendshore.optimizer.in_place.long_rows import part_of, put_in
from friendshore.optimizer.reporting.cells import clean
from friendshore.optimizer.reporting.content import Block

LONG = 500
"""Rows from which on a table is long."""
_AREA = re.compile(rb'ref="[A-Z]+\d+:[A-Z]+\d+"')
_NAME = re.compile(rb'displayName="([^"]*)"')
_AT_ONCE = 4_000
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ESCAPED = re.compile("(_x[0-9a-fA-F]{4}_)")


@dataclass(frozen=True)
class Rows:
    """Rows of a sheet from ``first`` on (counted from 0), as the values of its columns from the left edge on.

    ``table`` is the name of the table and ``area`` the whole of it (``A8:N500``): it was written as a shorter one.
    """

    first: int
    columns: tuple[Sequence[object], ...]
    table: str
    area: str

    def __len__(self) -> int:
        return len(self.columns[0])

    def rendered(self, styles: Sequence[str]) -> Iterator[bytes]:
        """The XML of the rows, block by block, in formats of these numbers."""
        known: list[dict[object, str]] = [{} for _ in self.columns]
        for begin in range(0, len(self), _AT_ONCE):
            numbers = range(self.first + begin + 1, self.first + min(begin + _AT_ONCE, len(self)) + 1)
            columns = []
            for place, (values, texts) in enumerate(zip(self.columns, known, strict=True)):
                letters, cells = xl_col_to_name(place), values[begin : begin + _AT_ONCE]
                for value in dict.fromkeys(cells):
                    if value not in texts:
                        texts[value] = _cell(value, styles[place])
                columns.append([f'<c r="{letters}{n}"{texts[value]}' for n, value in zip(numbers, cells, strict=True)])
            lines = zip(numbers, zip(*columns, strict=True), strict=True)
            yield "".join(f'<row r="{n}">{"".join(cells)}</row>' for n, cells in lines).encode()


def rows_between(block: Block, row: int, free: int) -> Rows | None:
    """The rows of a table that can be written straight; None where it is short or its columns are of mixed kinds.

    Parameters
    ----------
    block
        The table.
    row
        Row of the sheet at which its cells begin.
    free
        First row of the sheet that nothing but this table uses.

    Returns
    -------
    Rows or None
        All rows from there on but the last.
    """
    skipped = max(free - row, 1)
    if len(block.frame) - skipped - 1 < LONG:
        return None
    if any(f"{field.key}_kind" in block.frame.columns or field.kind == "mixed" for field in block.fields):
        return None
    columns = [block.frame[field.key].tolist() for field in block.fields]
    texts = [field.kind == "text" for field in block.fields]
    pairs = zip(columns, texts, strict=True)
    if any(isinstance(value, str) != text for values, text in pairs for value in values):
        return None
    area = xl_range(row - 1, 0, row - 1 + len(block.frame), len(columns) - 1)
    return Rows(row + skipped, tuple(values[skipped:-1] for values in columns), "", area)


def with_rows(content: bytes, rows: Mapping[int, Rows], *, later: bool = False) -> bytes:
    """A workbook with rows put into its sheets.

    Parameters
    ----------
    content
        The workbook as it was written, with the row behind each of these.
    rows
        Rows by the number of the sheet, from 1 in the order in which sheets were made.
    later
        Whether the rows themselves are put in by another hand: then the areas of their tables alone are told.

    Returns
    -------
    bytes
        The workbook with them.
    """
    parts = {} if later else {part_of(number): own for number, own in rows.items()}
    areas = {own.table.encode(): own.area.encode() for own in rows.values()}
    source, stream = io.BytesIO(content), io.BytesIO()
    writer = ArchiveWriter(stream)
    with zipfile.ZipFile(source) as old:
        for entry in old.infolist():
            name = entry.filename
            if name in parts:
                writer.add(name, Packed.of(put_in(old.read(entry), parts[name]), level=1))
            elif name.startswith("xl/tables/"):
                writer.add(name, Packed.of((_whole(old.read(entry), areas),)))
            else:
                writer.carry(source, entry)
    writer.close()
    return stream.getvalue()


def _whole(table: bytes, areas: Mapping[bytes, bytes]) -> bytes:
    """The XML of a table with its whole area, where it was written as a shorter one."""
    name = _NAME.search(table)
    area = areas.get(name.group(1)) if name else None
    return table if area is None else _AREA.sub(b'ref="%s"' % area, table)


def _cell(value: object, style: str) -> str:
    """What stands behind the address of a cell: its format and its value; what is no finite number is blank."""
    if isinstance(value, str) and value:
        space = ' xml:space="preserve"' if value != value.strip() else ""
        return f' s="{style}" t="inlineStr"><is><t{space}>{_text(value)}</t></is></c>'
    if isinstance(value, int | float) and isfinite(value):
        return f' s="{style}"><v>{value:.16G}</v></c>'
    return f' s="{style}"/>'


def _text(value: str) -> str:
    """Text as XML holds it; what it cannot hold is written by its number, as spreadsheet programs do."""
    numbered = _CONTROL.sub(lambda found: f"_x{ord(found.group()):04X}_", _ESCAPED.sub(r"_x005F\1", clean(value)))
    return escape(numbered, {'"': "&quot;"})
