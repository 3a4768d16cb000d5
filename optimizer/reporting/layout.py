"""The layout room: how content becomes worksheets, tables, formats and print pages. It knows xlsxwriter, not plans."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from optimizer.reporting import charts
from optimizer.reporting.content import Block, Content, Field, Figure, Kind, unused
from optimizer.reporting.palette import BAND, INK, MUTED, RULE, SOFT

FONT = {"font_name": "Arial", "font_size": 10, "font_color": INK, "valign": "vcenter"}
LINE_POINTS = 13.5
HEADER_LINES = 4
NARROWEST, WIDEST = 9.0, 40.0
LAST_WIDEST = 60.0  # of a last column of text
RUNS_OVER = 12  # characters of a last cell of text or number that its column has to hold
WORDS_WIDE = 0.88  # room that a letter of running text takes, in column widths
BAND_COLUMNS = 3  # tables on the left no wider than this have charts beside them
LONGEST_TEXT = 32_767  # what Excel lets a cell hold
CHART_ROWS = 18
SAMPLE = 2_000  # rows looked at for the width of a column
NONE = "(none)"
SHARE_FORMAT = "0.0%"

Formats = dict[tuple[tuple[str, object], ...], Any]


@dataclass
class Book:
    """A workbook under construction: its formats by properties, and the names of tables already taken."""

    workbook: Any
    formats: Formats = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def format(self, **properties: object) -> Any:
        """A format with the house font; asked for twice, it is made once."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.workbook.add_format({**FONT, **properties})
        return self.formats[key]

    def page(self, name: str) -> Page:
        """A new plan sheet."""
        return Page(self, self.workbook.add_worksheet(name), name)


@dataclass
class Page:
    """One plan sheet under construction."""

    book: Book
    sheet: Any
    name: str
    widths: dict[int, float] = field(default_factory=dict)

    def fill(self, content: Content) -> None:
        """Title, finding and notes; tables on the left under frozen headers; figures on the right; print pages."""
        blocks = [item.block if isinstance(item, Figure) else item for item in content.left]
        columns = max(len(block.fields) for block in blocks)
        self._widths(0, blocks)
        row = self._heading(content, columns)
        single = len(content.left) == 1
        last = self._left(content.left, row, single)
        across = self._right(content.right, row + 1 if single else row, columns + 1)
        self._set_widths(columns)
        self.sheet.freeze_panes(row + 1 if single else row, 1)
        self._print(row, single, (last, columns - 1), across)

    def _heading(self, content: Content, columns: int) -> int:
        book, sheet = self.book, self.sheet
        sheet.set_row(0, 26)
        write_text(sheet, 0, 0, self.name.removeprefix("Plan "), book.format(bold=True, font_size=18))
        row = self._paragraph(1, content.finding, columns, book.format(bold=True, font_size=11, text_wrap=True))
        for note in content.notes:
            row = self._paragraph(row, note, columns, book.format(font_color=MUTED, text_wrap=True))
        return row + 1

    def _paragraph(self, row: int, text: str, columns: int, style: Any) -> int:
        """A sentence over the width of the tables, as high as it needs."""
        room = sum(self.widths.get(column, NARROWEST) for column in range(columns))
        self.sheet.set_row(row, LINE_POINTS * math.ceil(WORDS_WIDE * len(text) / room) + 4)
        if columns > 1:
            self.sheet.merge_range(row, 0, row, columns - 1, "", style)
        write_text(self.sheet, row, 0, text, style)
        return row + 1

    def _left(self, items: Sequence[Figure | Block], row: int, single: bool) -> int:
        """Tables one under the other, the charts of figures side by side next to the narrow ones; the last row used."""
        top, drawn, beneath = row, 0, row
        for item in items:
            block = item.block if isinstance(item, Figure) else item
            if len(block.fields) > BAND_COLUMNS:
                row = max(row, beneath)
            start = row if single else self._title(row, 0, block)
            row = self._table(block, start, 0, filtered=single) + 2
            if isinstance(item, Figure):
                chart = charts.draw(self.book.workbook, item, self.name, start, 0)
                offset = 24 + drawn * (charts.WIDTH + 16)
                self.sheet.insert_chart(top, BAND_COLUMNS, chart, charts.placing(item, offset))
                drawn, beneath = drawn + 1, top + CHART_ROWS + 1
        return max(row - 2, beneath - 2)

    def _right(self, items: Sequence[Figure | Block], row: int, column: int) -> tuple[int, int, int, int] | None:
        """Figures, each chart above its table; the range they take."""
        if not items:
            return None
        top = row
        blocks = [item.block if isinstance(item, Figure) else item for item in items]
        self._widths(column, blocks)
        for item in items:
            block = item.block if isinstance(item, Figure) else item
            below = row + CHART_ROWS if isinstance(item, Figure) else row
            start = self._title(below, column, block)
            end = self._table(block, start, column)
            if isinstance(item, Figure):
                chart = charts.draw(self.book.workbook, item, self.name, start, column)
                self.sheet.insert_chart(row, column, chart, charts.placing(item, 0))
            row = end + 2
        least = column + charts.columns_wide([self.widths.get(column + i, NARROWEST) for i in range(40)])
        return top, column, row - 2, max(column + max(len(block.fields) for block in blocks), least) - 1

    def _title(self, row: int, column: int, block: Block) -> int:
        """The title of a table and its note; the row of the table's header."""
        write_text(self.sheet, row, column, block.title, self.book.format(bold=True, font_size=12))
        if block.note:
            row += 1
            write_text(self.sheet, row, column, block.note, self.book.format(font_color=MUTED))
        return row + 1

    # -- tables ---------------------------------------------------------------------------------------------------

    def _head(self, **look: object) -> Any:
        return self.book.format(
            bold=True, text_wrap=True, bg_color=BAND, bottom=1, bottom_color=RULE, **{"valign": "bottom", **look}
        )

    def _table(self, block: Block, row: int, column: int, *, filtered: bool = False) -> int:
        """Write a block as an Excel table; the last row it takes."""
        height = max(len(block.frame), 1)
        first, left, right = (self._head(**look) for look in ({}, {"align": "left", "indent": 1}, {"align": "right"}))
        styles = [left if reads_as_text(shown, block.frame[shown.key].tolist()) else right for shown in block.fields]
        styles[0] = first if styles[0] is left else right
        headers = [clean(header) for header in block.headers]
        self.sheet.add_table(row, column, row + height, column + len(block.fields) - 1, {
            "name": unused(f"Plan_{block.name}", self.book.taken), "style": None, "autofilter": filtered,
            "columns": [
                {"header": header, "header_format": style} for header, style in zip(headers, styles, strict=True)
            ],
        })  # fmt: skip
        for i, (header, shown) in enumerate(zip(headers, block.fields, strict=True)):
            write_text(self.sheet, row, column + i, header, styles[i])
            self._cells(block, shown, row + 1, column + i)
        self.sheet.set_row(row, self._header_height(headers, column))
        return row + height

    def _header_height(self, headers: Sequence[str], column: int) -> float:
        lines = [lines_of(header, self.widths.get(column + i, NARROWEST)) for i, header in enumerate(headers)]
        return LINE_POINTS * max(lines) + 5

    def _cells(self, block: Block, shown: Field, row: int, column: int) -> None:
        values = block.frame[shown.key].tolist()
        kinds = block.frame[f"{shown.key}_kind"].tolist() if f"{shown.key}_kind" in block.frame.columns else None
        line = {"bottom": 4, "bottom_color": SOFT}
        text = self.book.format(align="left", indent=int(shown is not block.fields[0]), **line)
        side = {"align": "left", "indent": 1} if reads_as_text(shown, values) else {"align": "right"}
        number = number_format(shown.kind, values)
        if not values:
            first = block.fields[0].key == shown.key
            write_text(self.sheet, row, column, NONE if first and shown.kind == "text" else "", text)
        for i, value in enumerate(values):
            if isinstance(value, str):
                write_text(self.sheet, row + i, column, value, text)
                continue
            own = number if kinds is None else one_format(kinds[i], value)
            write_number(self.sheet, row + i, column, value, self.book.format(num_format=own, **side, **line))

    # -- widths and print -----------------------------------------------------------------------------------------

    def _widths(self, column: int, blocks: Sequence[Block]) -> None:
        for block in blocks:
            for i, (header, shown) in enumerate(zip(block.headers, block.fields, strict=True)):
                wanted = width_of(header, shown.kind, block.frame[shown.key], overflows=i == len(block.fields) - 1)
                self.widths[column + i] = max(self.widths.get(column + i, NARROWEST), wanted)

    def _set_widths(self, gap: int) -> None:
        for column, width in self.widths.items():
            self.sheet.set_column(column, column, width)
        if gap + 1 in self.widths:
            self.sheet.set_column(gap, gap, 3)

    def _print(self, header: int, single: bool, end: tuple[int, int], across: tuple[int, int, int, int] | None) -> None:
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.set_footer("&L&A&RPage &P of &N")
        sheet.hide_gridlines(2)
        if single:
            sheet.repeat_rows(header)
        areas = [(0, 0, *end)] + ([across] if across else [])
        quoted = self.name.replace("'", "''")
        ranges = ",".join(f"'{quoted}'!{_absolute(*area)}" for area in areas)
        self.book.workbook.define_name(f"'{quoted}'!_xlnm.Print_Area", f"={ranges}")


def _absolute(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    return f"${_letters(first_column)}${first_row + 1}:${_letters(last_column)}${last_row + 1}"


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


# -- cells --------------------------------------------------------------------------------------------------------


def clean(text: str) -> str:
    """Text as a cell can hold it: no half characters, not longer than Excel allows."""
    return text.encode("utf-8", "replace").decode("utf-8")[:LONGEST_TEXT]


def write_text(sheet: Any, row: int, column: int, text: str, style: Any = None) -> None:
    """Write text as text, whatever it looks like."""
    if text:
        sheet.write_string(row, column, clean(text), style)
    elif style is not None:
        sheet.write_blank(row, column, None, style)


def write_number(sheet: Any, row: int, column: int, value: object, style: Any = None) -> None:
    """Write a finite number; whatever is not one leaves the cell blank."""
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
    numbers = [abs(float(v)) for v in values if isinstance(v, int | float) and math.isfinite(v)]
    peak = max(numbers, default=0.0)
    if all(number == round(number) for number in numbers):
        return "#,##0" if peak >= 10_000 or not _years(numbers) else "0"
    decimals = 0 if peak >= 10_000 else 1 if peak >= 100 else 2 if peak >= 1 else 3 if peak >= 0.01 else 5
    return "#,##0." + "0" * decimals if decimals else "#,##0"


def one_format(kind: Kind, value: object) -> str:
    """The format of a number that stands by itself; small shares with more decimals."""
    small = kind == "share" and isinstance(value, float) and 0 < abs(value) < 0.01
    return "0.000%" if small else number_format(kind, [value])


def _years(numbers: Sequence[float]) -> bool:
    """Whether these whole numbers are calendar years, which take no separator."""
    return bool(numbers) and all(1900 <= number < 2200 for number in numbers)


def lines_of(text: str, width: float) -> int:
    """Lines that a header takes when it wraps within a width."""
    lines, used = 1, 0.0
    for word in text.split():
        length = 1.08 * len(word)
        if used and used + 1 + length > width - 1:
            lines, used = lines + 1, length
        else:
            used += length + (1 if used else 0)
    return lines


def width_of(header: str, kind: Kind, values: pd.Series, *, overflows: bool) -> float:
    """Width in characters: the longest word of the header and the cells, within reason; a last text may run over."""
    cells = values.head(SAMPLE).tolist()
    pattern = number_format(kind, cells)
    longest = max((_length(cell, kind, pattern) for cell in cells), default=0)
    if overflows and kind == "mixed":
        longest = min(longest, RUNS_OVER)
    word = max((1.12 * len(part) for part in header.split()), default=0.0)
    width = max(word + 2.5, longest + (3.0 if kind == "text" else 2.0))
    while lines_of(header, width) > HEADER_LINES:
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
