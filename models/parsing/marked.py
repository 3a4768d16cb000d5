"""Hidden and merged cells: what is read of them is told, not guessed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.parsing.grids import Area, Linked, Marks
from friendshore.models.parsing.headers import Layout

_SHOWN = 4


def check_marks(sheet: str, layout: Layout, rows: Sequence[int], marks: Marks) -> Iterator[Finding]:
    """Warnings about a sheet whose data are in part out of sight or merged.

    Parameters
    ----------
    sheet
        Name of the input sheet.
    layout
        Where its columns stand.
    rows
        Numbers of its rows of data, from 1, rising.
    marks
        What is hidden or merged on it.

    Yields
    ------
    Finding
        FS155 for a hidden sheet, FS156 for hidden rows and columns with data, FS157 for merged cells.
    """
    if marks.hidden and rows:
        yield make_finding("FS155", sheet, "found that the sheet is hidden; it is read like any other")
    yield from _hidden_rows(sheet, rows, marks)
    yield from _hidden_columns(sheet, layout, marks)
    yield from _merged(sheet, layout, rows, marks.merged)
    yield from _linked(sheet, layout, rows, marks.linked)


def _hidden_rows(sheet: str, rows: Sequence[int], marks: Marks) -> Iterator[Finding]:
    hidden = [number for first, last in marks.hidden_rows for number in _within(rows, first, last)]
    if hidden:
        shown = _listed(hidden)
        message = f"found {len(hidden)} rows with data hidden or filtered out ({shown}); they are read like any other"
        if len(hidden) == 1:
            message = "found a row with data hidden or filtered out; it is read like any other"
        yield make_finding("FS156", sheet, message, hidden[0])


def _within(rows: Sequence[int], first: int, last: int) -> Sequence[int]:
    return rows[bisect_left(rows, first) : bisect_right(rows, last)]


def _hidden_columns(sheet: str, layout: Layout, marks: Marks) -> Iterator[Finding]:
    for name, index in {**layout.columns, **layout.periods}.items():
        if any(first <= index + 1 <= last for first, last in marks.hidden_columns):
            message = f"found the column {name!r} hidden; it is read like any other"
            yield make_finding("FS156", sheet, message, layout.head.row, name)


def _merged(sheet: str, layout: Layout, rows: Sequence[int], merged: Sequence[Area]) -> Iterator[Finding]:
    """Merged cells among the headers and the data of the columns that are read."""
    names = {index + 1: name for name, index in {**layout.columns, **layout.periods}.items()}
    data_rows = [layout.head.row, *rows]
    covering = [
        area
        for area in merged
        if _within(data_rows, area.first_row, area.last_row)
        and any(area.first_column <= column <= area.last_column for column in names)
    ]
    if covering:
        first = min(covering, key=lambda area: (area.first_row, area.first_column))
        others = f", and {len(covering) - 1} more such" if len(covering) > 1 else ""
        rows_merged, columns_merged = first.last_row - first.first_row + 1, first.last_column - first.first_column + 1
        message = (
            f"found merged cells ({rows_merged} rows × {columns_merged} columns{others}); only the first of them has a "
            "value, the others are blank"
        )
        column = names.get(first.first_column, "")
        yield make_finding("FS157", sheet, message, first.first_row, column)


def _linked(sheet: str, layout: Layout, rows: Sequence[int], linked: Sequence[Linked]) -> Iterator[Finding]:
    """Cells of the data that formulas read from elsewhere, column by column."""
    names = {index + 1: name for name, index in {**layout.columns, **layout.periods}.items()}
    by_column: dict[int, list[Linked]] = {}
    for cell in linked:
        if cell.column in names and _within(rows, cell.row, cell.row):
            by_column.setdefault(cell.column, []).append(cell)
    for column, cells in sorted(by_column.items()):
        cells.sort(key=lambda cell: cell.row)
        sources = ", ".join(dict.fromkeys(source for cell in cells for source in cell.sources))
        value = "its value is" if len(cells) == 1 else f"the values of rows {_listed([cell.row for cell in cells])} are"
        message = f"found a formula that reads {sources}; {value} what it held when this workbook was last calculated"
        yield make_finding("FS160", sheet, message, cells[0].row, names[column])


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:_SHOWN])) + (" …" if len(numbers) > _SHOWN else "")
