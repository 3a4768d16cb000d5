"""The cells of one column of a table, each in the format it reads best in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from friendshore.optimizer.reporting.cells import (
    LAST_WIDEST,
    number_format,
    one_format,
    reads_as_text,
    wrapping,
    write_number,
    write_text,
)
from friendshore.optimizer.reporting.content import Block, Field
from friendshore.optimizer.reporting.grid import Grid
from friendshore.optimizer.reporting.palette import SOFT

NONE = "(none)"


def write_cells(
    styled: Callable[..., Any],
    sheet: Any,
    block: Block,
    shown: Field,
    place: tuple[int, int],
    later: range,
    *,
    wrapped: bool,
) -> None:
    """Write one column of a table, from ``place`` down.

    Parameters
    ----------
    styled
        Makes a format of its properties.
    sheet
        Of xlsxwriter.
    block, shown
        The table, and which of its fields.
    place
        Row and column of the first cell, from 0.
    later
        Rows of the table that are put in otherwise.
    wrapped
        Whether text wraps in its cell, as on a page that is printed.
    """
    values = block.frame[shown.key].tolist()
    kinds = block.frame[f"{shown.key}_kind"].tolist() if f"{shown.key}_kind" in block.frame.columns else None
    (row, column), line = place, {"bottom": 4, "bottom_color": SOFT}
    wrap = {"text_wrap": True} if wrapped and block.column(shown.key) < wrapping(block) else {}
    text = styled(align="left", indent=int(shown is not block.fields[0]), **wrap, **line)
    side = {"align": "left" if reads_as_text(shown, values) else "right", "indent": 1}
    number = number_format(shown.kind, values)
    if not values:
        first = block.fields[0].key == shown.key
        write_text(sheet, row, column, NONE if first and shown.kind == "text" else "", text)
    for i, value in enumerate(values):
        if i in later:
            continue
        if isinstance(value, str):
            write_text(sheet, row + i, column, value, text)
            continue
        own = number if kinds is None else one_format(kinds[i], value)
        write_number(sheet, row + i, column, value, styled(num_format=own, **side, **line))


def running_over(grid: Grid, block: Block, column: int) -> tuple[int, int]:
    """How many columns of a sheet the title of a table and its last column take, which may run over their cells.

    Parameters
    ----------
    grid
        The sheet.
    block
        The table.
    column
        Its first column, from 0.

    Returns
    -------
    tuple[int, int]
        Of the title, and of the table with what its last column says.
    """
    last = len(block.fields) - 1
    texts = [cell for cell in block.frame[block.fields[last].key] if isinstance(cell, str)]
    longest = max(texts, key=len, default="")[: int(LAST_WIDEST)]
    return grid.letters(column, block.title), last + max(1, grid.letters(column + last, longest))
