"""The layout room: how content becomes worksheets, tables, formats and print pages. It knows xlsxwriter, not plans."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from friendshore.optimizer.reporting import charts, sizes
from friendshore.optimizer.reporting.cells import (
    HEADER_LINES,
    NARROWEST,
    clean,
    lines_of,
    reads_as_text,
    width_of,
    wrapping,
    write_text,
)
from friendshore.optimizer.reporting.columns import running_over, write_cells
from friendshore.optimizer.reporting.content import Block, Content, Figure, unused
from friendshore.optimizer.reporting.grid import Area, Grid
from friendshore.optimizer.reporting.heat import colour_scales
from friendshore.optimizer.reporting.long_tables import Rows, rows_between
from friendshore.optimizer.reporting.opening import Opening
from friendshore.optimizer.reporting.palette import BAND, MUTED, RULE
from friendshore.optimizer.reporting.print_pages import set_print, whole_pages

BESIDE = "Charts and the tables behind them stand to the right of the table."
BELOW = "The whole table stands below; more charts, and the tables behind them, to the right of it."


@dataclass
class Book:
    """A workbook under construction: formats, names taken, and rows of long tables by sheet, put in at the end."""

    workbook: Any
    formats: dict[tuple[tuple[str, object], ...], Any] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    rows: dict[int, Rows] = field(default_factory=dict)

    def format(self, **properties: object) -> Any:
        """A format with the house font; asked for twice, it is made once."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.workbook.add_format({**sizes.FONT, **properties})
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
    grid: Grid = field(default_factory=Grid)
    brief: bool = False

    def fill(self, content: Content) -> None:
        """Title, finding and notes; tables on the left under frozen headers; figures on the right; print pages."""
        self.brief = content.brief
        widest = sizes.BRIEF_WIDEST if content.brief else sizes.OPENED_WIDEST if content.opening else math.inf
        blocks = [item.block if isinstance(item, Figure) else item for item in content.left]
        columns = max(len(block.fields) for block in blocks)
        self._widths(0, blocks, most=widest)
        if content.opening:
            self._widths(0, [content.opening])
        columns = max(columns, self._opening_columns(content), self._band_end(content) if self.brief else 0)
        row = self._heading(content, self._opening_columns(content) or columns)
        single = len(content.left) == 1
        opened, row = self._opening(content, row)
        areas = self._right(content.right, row + 1 if single else row, columns + 1, opened)
        last = self._left(content.left, row, single, max((area[2] + 1 for area in areas), default=0))
        self._set_widths(columns)
        self._freeze(row + 1 if single else row, opened=opened is not None)
        left = (row if opened else 0, 0, last, max(columns, self._band_end(content)) - 1)
        repeated = row if single and max(area[2] for area in (*areas, left)) > sizes.LONG_TABLE else None
        printed = [left] if self.brief else [*areas, left] if last > sizes.LONG_TABLE else [left, *areas]
        printed = [*([opened.area] if opened else []), *printed]
        pages = [page for area in printed for page in whole_pages(area, self.grid, repeated)]
        set_print(self.book.workbook, self.sheet, self.name, pages, repeated)

    def _freeze(self, row: int, *, opened: bool) -> None:
        """Keep the finding in sight and, but for the page that is printed, the first column.

        Where a sheet opens with a small table the header of the long one stands too far down to be kept; a program for
        spreadsheets shows the headers of a table in place of the letters of its columns as long as a cell of it is
        chosen.
        """
        self.sheet.freeze_panes(*((1, 0) if self.brief else (1, 1) if opened else (row, 1)))

    def _opening(self, content: Content, row: int) -> tuple[Opening | None, int]:
        """The table that the sheet opens with, room for a chart beneath it, and the row that follows."""
        if content.opening is None:
            return None, row
        end = self._table(content.opening, self._title(row, 0, content.opening), 0)
        figure = next((item for item in content.right if isinstance(item, Figure)), None)
        below = end + 2 + (charts.rows_high(figure) if figure else 0)
        return Opening(figure, end + 2, (0, 0, below - 1, self._opening_columns(content) - 1)), below + 1

    def _opening_columns(self, content: Content) -> int:
        """How many columns the table that the sheet opens with and the chart beneath it take; 0 without one."""
        if content.opening is None:
            return 0
        return max(len(content.opening.fields), self.grid.covered(0, charts.WIDTH + charts.GAP))

    def _heading(self, content: Content, columns: int) -> int:
        book, sheet = self.book, self.sheet
        self._set_height(0, 26)
        write_text(sheet, 0, 0, self.name.removeprefix("Plan "), book.format(bold=True, font_size=18))
        row = self._paragraph(1, content.finding, columns, book.format(bold=True, font_size=11, text_wrap=True))
        where = BELOW if content.opening else BESIDE if content.right and not self.brief else ""
        for note in filter(None, (*content.notes, where)):
            row = self._paragraph(row, note, columns, book.format(font_color=MUTED, text_wrap=True))
        return row + 1

    def _paragraph(self, row: int, text: str, columns: int, style: Any) -> int:
        """A sentence over the width of the tables, as high as it needs."""
        room = sum(self.grid.widths.get(column, NARROWEST) for column in range(columns))
        self._set_height(row, sizes.LINE_POINTS * math.ceil(sizes.WORDS_WIDE * len(text) / room) + 4)
        if columns > 1:
            self.sheet.merge_range(row, 0, row, columns - 1, "", style)
        write_text(self.sheet, row, 0, text, style)
        return row + 1

    def _left(self, items: Sequence[Figure | Block], row: int, single: bool, free: int) -> int:
        """Tables one under the other, the charts of figures side by side next to the narrow ones; the last row used.

        From row ``free`` on nothing stands beside them.
        """
        top, drawn, beneath = row, 0, row
        for item in items:
            block = item.block if isinstance(item, Figure) else item
            if len(block.fields) > sizes.BAND_COLUMNS:
                row = max(row, beneath)
            start = row if single else self._title(row, 0, block)
            straight = rows_between(block, start + 1, free) if single else None
            row = self._table(block, start, 0, filtered=single, straight=straight) + 2
            if len(block.fields) > sizes.BAND_COLUMNS:
                top, drawn = row, 0  # charts of the narrow tables below stand below
            if isinstance(item, Figure):
                chart = charts.draw(self.book.workbook, item, self.name, start, 0)
                if len(block.fields) > sizes.BAND_COLUMNS:
                    row = beneath = self._chart(row, 0, chart, item) + 1
                    top, drawn = row, 0
                    continue
                place, drawn = (max(start, beneath), 0) if self.brief else (top, drawn)
                offset = charts.GAP + drawn * (charts.WIDTH + charts.GAP)
                below = self._chart(place, sizes.BAND_COLUMNS, chart, item, offset)
                drawn, beneath = drawn + 1, max(beneath, below + 1)
        return max(row - 2, beneath - 2)

    def _band_end(self, content: Content) -> int:
        """How many columns the tables on the left and the charts beside them take."""
        drawn = sum(isinstance(item, Figure) for item in content.left)
        drawn = min(drawn, 1) if self.brief else drawn
        return (
            sizes.BAND_COLUMNS + self.grid.covered(sizes.BAND_COLUMNS, charts.GAP + drawn * (charts.WIDTH + charts.GAP))
            if drawn
            else 0
        )

    def _chart(self, row: int, column: int, chart: Any, figure: Figure, offset: int = 0) -> int:
        """Put a chart in its place; the row beneath it."""
        self.sheet.insert_chart(row, column, chart, charts.placing(figure, offset))
        below = row + charts.rows_high(figure)
        self.grid.whole.append((row, column, below - 1, column))
        return below

    def _set_height(self, row: int, points: float) -> None:
        self.sheet.set_row(row, points)
        self.grid.heights[row] = points

    def _right(
        self, items: Sequence[Figure | Block], row: int, column: int, opened: Opening | None = None
    ) -> list[Area]:
        """Figures, each chart above its table or in the opening; the ranges they take, each on a page of its own."""
        for item in items:
            block = item.block if isinstance(item, Figure) else item
            self._widths(column, [block], lines=HEADER_LINES if len(block.fields) > sizes.MANY_COLUMNS else 1)
        areas = []
        for item in items:
            block, wide, below = item if isinstance(item, Block) else item.block, 0, row
            at_top = opened is not None and item is opened.figure
            if isinstance(item, Figure) and not at_top:
                wide, below = self.grid.covered(column, charts.WIDTH + charts.GAP), row + charts.rows_high(item)
            start = self._title(below, column, block)
            end = self._table(block, start, column, wrapped=len(block.fields) > sizes.MANY_COLUMNS)
            if isinstance(item, Figure):
                chart = charts.draw(self.book.workbook, item, self.name, start, column)
                place = (opened.row, 0) if opened is not None and at_top else (row, column)
                self._chart(*place, chart, item)
            wide = max(wide, len(block.fields), *running_over(self.grid, block, column))
            areas.append((row, column, end, column + wide - 1))
            row = end + 2
        return areas

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

    def _table(
        self,
        block: Block,
        row: int,
        column: int,
        *,
        filtered: bool = False,
        wrapped: bool = True,
        straight: Rows | None = None,
    ) -> int:
        """Write a block as an Excel table, but for rows that are put in later; the last row it takes."""
        height = last = max(len(block.frame), 1)
        name, later = unused(f"Plan_{block.name}", self.book.taken), range(0)
        if straight is not None:
            self.book.rows[len(self.book.workbook.worksheets())] = replace(straight, table=name)
            later = range(straight.first - row - 1, straight.first - row - 1 + len(straight))
            last = later.start
        first, left, right = (
            self._head(**look) for look in ({}, {"align": "left", "indent": 1}, {"align": "right", "indent": 1})
        )
        styles = [left if reads_as_text(shown, block.frame[shown.key].tolist()) else right for shown in block.fields]
        styles[0] = first if styles[0] is left else right
        headers = [clean(header) for header in block.headers]
        self.sheet.add_table(
            row,
            column,
            row + last,
            column + len(block.fields) - 1,
            {
                "name": name,
                "style": None,
                "autofilter": filtered,
                "columns": [
                    {"header": header, "header_format": style} for header, style in zip(headers, styles, strict=True)
                ],
            },
        )
        for i, (header, shown) in enumerate(zip(headers, block.fields, strict=True)):
            write_text(self.sheet, row, column + i, header, styles[i])
            write_cells(self.book.format, self.sheet, block, shown, (row + 1, column + i), later, wrapped=self.brief)
        titled = sum((bool(block.title), bool(block.note))) if not filtered else 0
        self.grid.whole.append((row - titled, column, row + height, column))
        if wrapped:
            self._set_height(row, self._height(headers, column))
        if self.brief and wrapped:
            for i, cells in enumerate(zip(*(block.frame[shown.key] for shown in block.fields), strict=True), 1):
                texts = [cell if isinstance(cell, str) else "" for cell in cells[: wrapping(block)]]
                self._set_height(row + i, self._height(texts, column, sizes.SLIM))
        for place, scale in colour_scales(block) if len(block.frame) else ():
            self.sheet.conditional_format(row + 1, column + place, row + height, column + place, scale)
        return row + height

    def _height(self, texts: Sequence[str], column: int, slim: float = 0.0) -> float:
        """Of a row whose cells wrap, in points; letters that are not bold leave ``slim`` of room more."""
        lines = [lines_of(text, slim + self.grid.widths.get(column + i, NARROWEST)) for i, text in enumerate(texts)]
        return sizes.LINE_POINTS * max(lines, default=1) + 5

    # -- widths and print -----------------------------------------------------------------------------------------

    def _widths(self, column: int, blocks: Sequence[Block], lines: int = HEADER_LINES, most: float = math.inf) -> None:
        for block in blocks:
            for i, (header, shown) in enumerate(zip(block.headers, block.fields, strict=True)):
                wanted = width_of(
                    header, shown.kind, block.frame[shown.key], overflows=i == len(block.fields) - 1, lines=lines
                )
                wanted = min(wanted, most) if shown.kind in ("text", "mixed") else wanted
                self.grid.widths[column + i] = max(self.grid.widths.get(column + i, NARROWEST), wanted)

    def _set_widths(self, gap: int) -> None:
        for column, width in self.grid.widths.items():
            self.sheet.set_column(column, column, width)
        if gap not in self.grid.widths:
            self.sheet.set_column(gap, gap, 3 if gap + 1 in self.grid.widths else NARROWEST)
