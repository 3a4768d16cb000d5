"""The two sheets of a new workbook that are no input: how to use it, and what every column means."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from friendshore.models.schema import Table
from friendshore.optimizer.workbook.describe import default, entries, limits, meaning, need, unit
from friendshore.optimizer.workbook.names import DAMAGE_SHEET, HELP_SHEET, README_SHEET
from friendshore.optimizer.workbook.styles import Styles

_STEPS = (
    "Fill the sheets from left to right, each from the first white row below its headers. The grey lines above the "
    "headers say what the sheet holds, units, and what a blank cell means; they are not read.",
    "Select a cell to see what belongs there. The sheet Help lists every column. Names that another sheet defines are "
    "offered in drop-downs; what cannot be right is refused at once.",
    "Quantities are in the commodity's own unit, rates per year, durations in years, shares fractions (8% is 0.08).",
    "Demand: fill per_year, or add a column for each period label (Profiles too); a period's own column counts first.",
    "A row whose first cell starts with # is left out. The columns note and source_id hold your remarks and sources.",
    "Groups: a country; @ally for all countries of the bloc ally; @coalition; * for all; a list such as Japan, @ally.",
    "Check it:  friendshore check FILE  lists every problem with its cell;  --mark  colours the cells in a copy.",
    "Solve it:  friendshore solve FILE  writes the plan as a workbook of its own, with charts;  friendshore watch "
    "FILE  does so whenever you save.",
)
_STEP_LETTERS = 125  # that a line of Read-me holds
_LINE = 15.0  # height of a line of text, in points
_HEADERS = (
    ("sheet", 14),
    ("column", 18),
    ("needed", 10),
    ("meaning", 64),
    ("unit", 18),
    ("wanted", 44),
    ("blank means", 14),
)


def write_readme(book: Workbook, styles: Styles, tables: Sequence[Table], title: str, damages: bool) -> None:
    """Write the first sheet: what the workbook is, how to fill it, and a linked list of its sheets.

    Parameters
    ----------
    book
        Workbook that is being written.
    styles
        Its formats.
    tables
        Declarations of its input sheets, in order.
    title
        Its title; blank for a general one.
    damages
        Whether the workbook has a sheet of help on the damage of a shortage.
    """
    sheet = book.add_worksheet(README_SHEET)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 2, 90)
    sheet.write_string(0, 0, title or "friendshore: a planning problem", styles.title)
    sheet.set_row(0, 30)
    for number, step in enumerate(_STEPS, start=2):
        sheet.merge_range(number, 0, number, 2, "")
        sheet.write_string(number, 0, step, styles.wrapped)
        sheet.set_row(number, _LINE * ceil(len(step) / _STEP_LETTERS) + 4)
    row = _legend(sheet, styles, len(_STEPS) + 3)
    for column, text in enumerate(("Sheet", "", "What it holds")):
        sheet.write_string(row, column, text, styles.heading)
    for number, table in enumerate(tables, start=row + 1):
        sheet.write_url(number, 0, f"internal:'{table.sheet}'!A1", styles.link, table.sheet)
        sheet.write_string(number, 1, "required" if table.required else "optional", styles.faint)
        sheet.write_string(number, 2, table.help, styles.wrapped)
    last = row + len(tables) + 1
    sheet.write_url(last, 0, f"internal:'{HELP_SHEET}'!A1", styles.link, HELP_SHEET)
    sheet.write_string(
        last, 2, "Every column: meaning, unit, what is wanted, and what a blank cell means.", styles.wrapped
    )
    if damages:
        sheet.write_url(last + 1, 0, f"internal:'{DAMAGE_SHEET}'!A1", styles.link, DAMAGE_SHEET)
        sheet.write_string(
            last + 1,
            2,
            "What number to put for the damage of a shortage: orders of magnitude by sector.",
            styles.wrapped,
        )
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.set_footer("&L&F&C&A&R&P / &N")
    sheet.activate()


def _legend(sheet: Worksheet, styles: Styles, row: int) -> int:
    """What the colours say; the row after it."""
    shown = (
        (styles.required, "header", "an input that every row needs"),
        (styles.optional, "header", "an input that may stay blank: the grey line above says what blank means"),
        (styles.period, "2026", "a column for a period, where you add one"),
        (styles.missing, "", "a cell that is still to be filled; the colour goes when it is"),
        (styles.units, "USD per unit", "explanation, not read; what is computed stands in the plan, not here"),
    )
    sheet.write_string(row, 0, "Colours", styles.heading)
    for number, (style, text, meaning_) in enumerate(shown, start=row + 1):
        sheet.write_string(number, 0, text, style) if text else sheet.write_blank(number, 0, None, style)
        sheet.merge_range(number, 1, number, 2, "")
        sheet.write_string(number, 1, meaning_, styles.indented)
    return row + len(shown) + 2


def write_help(book: Workbook, styles: Styles, tables: Sequence[Table], currency: str) -> None:
    """Write the last sheet: every column of every input sheet.

    Parameters
    ----------
    book
        Workbook that is being written.
    styles
        Its formats.
    tables
        Declarations of its input sheets, in order.
    currency
        What money is in.
    """
    sheet = book.add_worksheet(HELP_SHEET)
    lines = [
        (
            table.sheet,
            name,
            need(declared),
            meaning(table, declared),
            unit(declared, currency),
            limits(declared),
            default(declared),
        )
        for table in tables
        for name, declared in entries(table)
    ]
    sheet.add_table(
        0,
        0,
        len(lines),
        len(_HEADERS) - 1,
        {
            "name": HELP_SHEET,
            "style": "Table Style Light 1",
            "banded_rows": False,
            "columns": [{"header": name, "header_format": styles.required} for name, _ in _HEADERS],
        },
    )
    for column, (_, width) in enumerate(_HEADERS):
        sheet.set_column(column, column, width)
    for row, line in enumerate(lines, start=1):
        sheet.set_row(
            row, _LINE * max(ceil(len(text) / width) for text, (_, width) in zip(line, _HEADERS, strict=True))
        )
        for column, text in enumerate(line):
            sheet.write_string(row, column, text, styles.wrapped)
    sheet.ignore_errors({"number_stored_as_text": f"A1:G{len(lines) + 1}"})
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
