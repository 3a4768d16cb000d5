"""Where the table of a sheet begins: row 1, or below lines of title; never a row that may be another table's."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.parsing.folding import fold, fold_header, header_and_unit, is_blank, label
from friendshore.models.parsing.grids import HEADER_ROW, NO_MARKS, Marks, NamedTable, Row, cell_of
from friendshore.models.schema import Column, Number, Whole

LOOKED_AT = 20
_NUMBER_LIKE = re.compile(r"#|\W*\d")
_UNIT_WORDS = frozenset(
    {"", "unit", "units", "[unit]", "[units]", "(unit)", "(units)", "unit:", "units:", "-", "–", "—"}
)


@dataclass(frozen=True)
class Head:
    """The header row (from 1), the index of its first header, and rows below it that hold no data."""

    row: int = HEADER_ROW
    first: int = 0
    skipped: frozenset[int] = frozenset()


def known_headers(columns: Sequence[Column]) -> dict[str, str]:
    """Column names by every folded header that stands for them."""
    return {fold_header(header): declared.name for declared in columns for header in (declared.name, *declared.aliases)}


def column_of(known: dict[str, str], text: str) -> str:
    """The column that a header stands for, whatever unit it has in brackets; blank where it is none.

    Parameters
    ----------
    known
        Column names by folded header.
    text
        A header as it was typed.

    Returns
    -------
    str
        Name of the column.
    """
    return known.get(fold_header(text), "") or known.get(fold_header(header_and_unit(text)[0]), "")


def find_head(
    sheet: str, columns: Sequence[Column], grid: Sequence[Row], required: Collection[str], marks: Marks = NO_MARKS
) -> tuple[Head, list[Finding]]:
    """The header row of a sheet.

    It is row 1 where that holds every required column; else the one row that does, among the first ones or at the top
    of an Excel table. Where there are several, or rows above it look like data, it is an error: nothing is guessed.

    Parameters
    ----------
    sheet
        Name of the input sheet, for findings.
    columns
        Columns that the sheet may have.
    grid
        All rows of the sheet.
    required
        Names of the columns without which a row is no header row.
    marks
        What is marked on the sheet; of them Excel tables count.

    Returns
    -------
    tuple[Head, list[Finding]]
        The header row, and what is wrong with it.
    """
    known = known_headers(columns)
    tops = {table.area.first_row for table in marks.tables}
    looked_at = sorted({*range(1, min(len(grid), LOOKED_AT) + 1), *(row for row in tops if row <= len(grid))})
    hits = {row: _names(known, grid[row - 1]) for row in looked_at}
    whole = [row for row, names in hits.items() if names >= set(required)]
    findings: list[Finding] = []
    row = _chosen(whole, tops, hits)
    if len(whole) > 1 and row != HEADER_ROW and not (row in tops and len(tops & set(whole)) == 1):
        places = " and ".join(map(str, whole))
        findings.append(
            make_finding("FS102", sheet, f"found headers in rows {places}; wanted one table a sheet", whole[1])
        )
    elif row > HEADER_ROW and row not in tops:
        findings.extend(_above(sheet, columns, known, grid, row))
    return _head(sheet, columns, known, grid, row, marks.tables, findings), findings


def _names(known: dict[str, str], row: Row) -> set[str]:
    """The columns that the cells of a row may be headers of."""
    return {column_of(known, label(value)) for value in row if _text(value)} - {""}


def _text(value: object) -> bool:
    return isinstance(value, str) and not is_blank(value)


def _chosen(whole: Sequence[int], tops: Collection[int], hits: dict[int, set[str]]) -> int:
    """Row 1 or the first whole row, one at the top of an Excel table before others; else the row with most headers."""
    if HEADER_ROW in whole:
        return HEADER_ROW
    if whole:
        return min(whole, key=lambda row: (row not in tops, row))
    best = max(hits, key=lambda row: (len(hits[row]), -row), default=HEADER_ROW)
    return best if len(hits.get(best, ())) > 1 else HEADER_ROW


def _indexes(known: dict[str, str], row: Row) -> dict[str, int]:
    indexes: dict[str, int] = {}
    for index, value in enumerate(row):
        if _text(value) and (name := column_of(known, label(value))):
            indexes.setdefault(name, index)
    return indexes


def _above(
    sheet: str, columns: Sequence[Column], known: dict[str, str], grid: Sequence[Row], header: int
) -> list[Finding]:
    """An error where a row above the headers looks like data: it would be lost."""
    places = _indexes(known, grid[header - 1])
    required = [
        (declared, places[declared.name]) for declared in columns if declared.required and declared.name in places
    ]
    for number, row in enumerate(grid[: header - 1], start=1):
        cells = [(declared, cell_of(row, index)) for declared, index in required]
        if cells and not any(is_blank(value) for _, value in cells) and _data_like(cells, row):
            message = (
                f"found the headers in row {header}, and what looks like data above them; wanted the headers above all "
                "rows"
            )
            return [make_finding("FS102", sheet, message, number)]
    return []


def _data_like(cells: Sequence[tuple[Column, object]], row: Row) -> bool:
    numbers = [value for declared, value in cells if isinstance(declared.kind, Number | Whole)]
    if numbers:
        return all(_is_number(value) for value in numbers)
    return sum(not is_blank(value) for value in row) > 1 or _is_number(cells[0][1])


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _head(
    sheet: str,
    columns: Sequence[Column],
    known: dict[str, str],
    grid: Sequence[Row],
    row: int,
    tables: Sequence[NamedTable],
    findings: list[Finding],
) -> Head:
    header = grid[row - 1] if grid else ()
    first = next((index for index, value in enumerate(header) if not is_blank(value)), 0)
    skipped = {
        number
        for table in tables
        if table.area.first_row == row
        for number in range(table.area.last_row - table.totals + 1, table.area.last_row + 1)
    }
    if _units(columns, _indexes(known, header), grid[row] if row < len(grid) else ()):
        skipped.add(row + 1)
        message = (
            "found what looks like a row of units, which is not read: quantities count in the commodity's unit, money "
            "in the currency of Settings"
        )
        findings.append(make_finding("FS158", sheet, message, row + 1))
    return Head(row, first, frozenset(skipped))


def _units(columns: Sequence[Column], places: dict[str, int], row: Row) -> bool:
    """Whether the row below the headers can only be one of units: words where numbers belong, and no name."""
    units = 0
    measured = {
        places[declared.name]
        for declared in columns
        if isinstance(declared.kind, Number | Whole) and declared.name in places
    }
    for index, value in enumerate(row):
        if is_blank(value):
            continue
        text = fold(value) if isinstance(value, str) else ""
        if not text or _NUMBER_LIKE.match(text):
            return False
        if index in measured:
            units += text not in _UNIT_WORDS
        elif index in places.values() and text.casefold() not in _UNIT_WORDS:
            return False
    return units > 0
