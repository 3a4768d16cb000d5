"""How a sheet is printed: landscape, as wide as one page, one area after the other, on A4 and Letter alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xlsxwriter.utility import xl_range_abs

from friendshore.optimizer.reporting.grid import Area, Grid

A4 = 9
_LEFT, _TOP, _BOTTOM = 0.5, 0.6, 0.7
_PAPERS = ((11.69, 8.27), (11.0, 8.5))
"""A4 and Letter, in inches, landscape."""
_PIXELS_AN_INCH = 96
_SAFE = 0.95
"""Of a page: what may be counted on, fonts of other systems being a little higher."""
_FEW = 0.2
"""Of a page: with less than that left, a long table begins on the next one."""


def page_height(width: float) -> float:
    """How many pixels of a sheet fit on one page, A4 or Letter, where its width is scaled down to the page's.

    Examples
    --------
    >>> round(page_height(500)), page_height(2000) > page_height(1500) > page_height(500)
    (636, True)
    """
    return _SAFE * min(
        _PIXELS_AN_INCH * (high - _TOP - _BOTTOM) / min(1.0, _PIXELS_AN_INCH * (wide - 2 * _LEFT) / width)
        for wide, high in _PAPERS
    )


def whole_pages(area: Area, grid: Grid, repeated: int | None = None) -> Iterator[Area]:
    """An area cut where a page ends, so that no chart and no table that fits on a page is cut by it.

    Parameters
    ----------
    area
        What is printed.
    grid
        The sheet: how wide and high it is, and what must not be cut.
    repeated
        Row of a header that stands on every page below it, from 0; None where there is none.

    Yields
    ------
    Area
        One after the other; together they are the area. A table longer than a page runs on.
    """
    first, left, last, right = area
    again = grid.height(repeated, repeated) if repeated is not None and first > repeated else 0.0
    most = page_height(grid.width(left, right)) - again
    begun, used = first, 0.0
    for start, end in _parts(first, last, grid.solids(area)):
        high = grid.height(start, end)
        room = most - used
        if start > begun and high > room and (high <= most or room < _FEW * most):
            yield begun, left, start - 1, right
            begun, used = start, 0.0
        used = (used + high) % most if used + high > most else used + high
    yield begun, left, last, right


def _parts(first: int, last: int, solids: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The rows in parts that may each begin a page: a part ends where nothing solid goes on."""
    start = first
    for row in range(first, last + 1):
        if row == last or not any(top <= row < bottom for top, bottom in solids):
            if row < last and not any(top == row + 1 for top, _ in solids):
                continue  # what stands alone keeps with what comes before
            yield start, row
            start = row + 1


def set_print(workbook: Any, sheet: Any, name: str, areas: Sequence[Area], repeated: int | None) -> None:
    """Set up the pages of a sheet.

    Parameters
    ----------
    workbook, sheet
        Of xlsxwriter.
    name
        Name of the sheet.
    areas
        What is printed, each from a new page on.
    repeated
        Row of a header that stands on every page, from 0; None where there is none.
    """
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=_LEFT, right=_LEFT, top=_TOP, bottom=_BOTTOM)
    sheet.set_footer("&L&A&RPage &P of &N")
    sheet.hide_gridlines(2)
    if repeated is not None:
        sheet.repeat_rows(repeated)
    quoted = name.replace("'", "''")
    ranges = ",".join(f"'{quoted}'!{xl_range_abs(*area)}" for area in areas)
    workbook.define_name(f"'{quoted}'!_xlnm.Print_Area", f"={ranges}")
