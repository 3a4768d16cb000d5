"""How a sheet is printed: landscape, as wide as one page, one area after the other, on A4 and Letter alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_range_abs

Area = tuple[int, int, int, int]
"""First row and column, last row and column, from 0."""
A4 = 9


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
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.set_footer("&L&A&RPage &P of &N")
    sheet.hide_gridlines(2)
    if repeated is not None:
        sheet.repeat_rows(repeated)
    quoted = name.replace("'", "''")
    ranges = ",".join(f"'{quoted}'!{xl_range_abs(*area)}" for area in areas)
    workbook.define_name(f"'{quoted}'!_xlnm.Print_Area", f"={ranges}")
