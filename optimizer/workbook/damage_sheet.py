"""The sheet of a new workbook that helps to put a number to the damage of a shortage."""

from __future__ import annotations

from math import ceil

from xlsxwriter import Workbook

from friendshore.optimizer.workbook.damages import DAMAGES, RULES, Damage
from friendshore.optimizer.workbook.names import DAMAGE_SHEET
from friendshore.optimizer.workbook.styles import Styles

_LINE = 15.0  # height of a line of text, in points
_COLUMNS = (("good", 20), ("use", 34), ("damage of a unit short", 26), ("how it is come by", 64), ("source", 52))
_LETTERS = 175  # that a line across the columns holds


def write_damages(book: Workbook, styles: Styles) -> None:
    """Write the sheet: how to come by ``shortage_cost``, and orders of magnitude by sector with their sources.

    Parameters
    ----------
    book
        Workbook that is being written.
    styles
        Its formats.
    """
    sheet = book.add_worksheet(DAMAGE_SHEET)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, "What number for the damage of a shortage (Demand, shortage_cost)?", styles.title)
    sheet.set_row(0, 30)
    for row, rule in enumerate(RULES, start=1):
        sheet.merge_range(row, 0, row, len(_COLUMNS) - 1, "")
        sheet.write_string(row, 0, f"{row}. {rule}", styles.wrapped)
        sheet.set_row(row, _LINE * ceil(len(rule) / _LETTERS) + 4)
    head = len(RULES) + 2
    for column, (name, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(head, column, name, styles.heading)
    for row, damage in enumerate(DAMAGES, start=head + 1):
        cells = (damage.good, damage.use, damage.value, damage.how, _source(damage))
        sheet.set_row(
            row, _LINE * max(ceil(1.1 * len(text) / width) for text, (_, width) in zip(cells, _COLUMNS, strict=True))
        )
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text, styles.wrapped)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _source(damage: Damage) -> str:
    source = damage.source
    return f"{source.title}, {source.publisher} {source.year}, {source.url}" if source else ""
