"""Cells: what may be written into them, how numbers read, and how wide a column has to be."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from friendshore.optimizer.reporting.content import Block, Field, Kind

NARROWEST, WIDEST = 9.0, 40.0
LAST_WIDEST = 90.0  # of a last column of text
RUNS_OVER = 12  # characters of a last cell of text or number that its column has to hold
HEADER_LINES = 4
LONGEST_TEXT = 32_767  # what Excel lets a cell hold
RUNS_FREE = 4  # columns; the last of a table with no more runs over the empty columns beside it
SAMPLE = 2_000  # rows looked at for the width of a column
SHARE_FORMAT = "0.0%"
NOISE = 1e-9  # what arithmetic may leave of a whole number


def clean(text: str) -> str:
    """Text as a cell can hold it: no half characters, not longer than Excel allows."""
    return text.encode("utf-8", "replace").decode("utf-8")[:LONGEST_TEXT]


def write_text(sheet: Any, row: int, column: int, text: str, style: Any = None) -> None:
    """Write text as text, whatever it looks like.

    Parameters
    ----------
    sheet
        The worksheet.
    row
        Row, from 0.
    column
        Column, from 0.
    text
        What is written.
    style
        Its format.
    """
    if text:
        sheet.write_string(row, column, clean(text), style)
    elif style is not None:
        sheet.write_blank(row, column, None, style)


def write_number(sheet: Any, row: int, column: int, value: object, style: Any = None) -> None:
    """Write a finite number; whatever is not one leaves the cell blank.

    Parameters
    ----------
    sheet
        The worksheet.
    row
        Row, from 0.
    column
        Column, from 0.
    value
        What is written.
    style
        Its format.
    """
    number = float(value) if isinstance(value, int | float | np.integer | np.floating) else math.nan
    if math.isfinite(number):
        sheet.write_number(row, column, number, style)
    elif style is not None:
        sheet.write_blank(row, column, None, style)


def reads_as_text(shown: Field, values: Sequence[object]) -> bool:
    """Whether a column is set to the left: text, or mixed with more text than numbers."""
    if shown.kind != "mixed":
        return shown.kind == "text"
    return 2 * sum(isinstance(value, str) for value in values) > len(values)


def number_format(kind: Kind, values: Sequence[object]) -> str:
    """Thousands separated, with as many decimals as the largest value leaves room for; whole numbers without."""
    if kind == "share":
        return SHARE_FORMAT
    numbers = np.abs(np.array([v for v in values if isinstance(v, int | float)], dtype=float))
    numbers = numbers[np.isfinite(numbers)]
    whole = bool((np.abs(numbers - np.rint(numbers)) <= NOISE * np.maximum(numbers, 1.0)).all())
    if kind == "when":
        return "0" if whole else "0.0#"
    peak = float(numbers.max(initial=0.0))
    decimals = 0 if whole or peak >= 10_000 else 1 if peak >= 100 else 2 if peak >= 1 else 3 if peak >= 0.01 else 5
    return "#,##0." + "0" * decimals if decimals else "#,##0"


def one_format(kind: Kind, value: object) -> str:
    """The format of a number that stands by itself; small shares with more decimals."""
    small = kind == "share" and isinstance(value, float) and 0 < abs(value) < 0.01
    return "0.000%" if small else number_format(kind, [value])


def wrapping(block: Block) -> int:
    """How many of the first columns of a table wrap on a page to be printed: with few the last, of text, runs over."""
    runs_over = len(block.fields) <= RUNS_FREE and block.fields[-1].kind == "text"
    return len(block.fields) - runs_over


def lines_of(text: str, width: float) -> int:
    """Lines that a header takes when it wraps within a width."""
    lines, used = 1, 0.0
    for word in text.split():
        length = 1.08 * len(word)
        if used and used + 1 + length > width - 3:
            lines, used = lines + 1, length
        else:
            used += length + (1 if used else 0)
    return lines


def width_of(header: str, kind: Kind, values: pd.Series, *, overflows: bool, lines: int) -> float:
    """Width in characters: the longest word of the header and the cells, within reason; a last text may run over.

    Parameters
    ----------
    header
        Text of the header.
    kind
        What the column holds.
    values
        Cells of the column.
    overflows
        Whether a last text may run over its cell.
    lines
        Lines of the header.

    Returns
    -------
    float
        Characters.
    """
    cells = values.head(SAMPLE).tolist()
    pattern = number_format(kind, cells)
    longest = max((_length(cell, kind, pattern) for cell in cells), default=0)
    if overflows and kind == "mixed":
        longest = min(longest, RUNS_OVER)
    word = max((1.12 * len(part) for part in header.split()), default=0.0)
    width = max(word + 3.5, longest + 3.5)
    while lines_of(header, width) > lines:
        width += 1
    return min(max(width, NARROWEST), LAST_WIDEST if overflows else WIDEST)


def _length(cell: object, kind: Kind, pattern: str) -> int:
    if isinstance(cell, str):
        return math.ceil(1.05 * len(cell))
    if not isinstance(cell, int | float) or not math.isfinite(cell):
        return 0
    if kind == "share":
        return 6
    decimals = len(pattern.partition(".")[2])
    return len(f"{cell:,.{decimals}f}")


def rows_of(grid: Sequence[Sequence[object]]) -> Mapping[int, int]:
    """Longest text in each column of a grid, for its width."""
    widths: dict[int, int] = {}
    for row in grid[:SAMPLE]:
        for i, cell in enumerate(row):
            widths[i] = max(widths.get(i, 0), len(str(cell)) if cell is not None else 0)
    return widths
