"""Planners' workbooks with all that Excel can hold: by xlsxwriter, by openpyxl, by LibreOffice, and parts by hand.

Each is a plan's input as well: the sheets of ``tests.cli.workbooks`` stand in it, some of their cells as formulas.
"""

from __future__ import annotations

import base64
import io
import shutil
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import DataBarRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from tests.cli.workbooks import SHEETS
from tests.in_place.handmade import with_handmade_parts

FIXTURE = Path(__file__).parent / "made_by_libreoffice.xlsx"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
DOUBLED = "=SUM(10,30)"


def by_xlsxwriter(path: Path) -> Path:
    """Formulas with results, rich text, charts, a picture, a shape, sparklines, validations, formats, comments."""
    book = xlsxwriter.Workbook(path)
    for name, rows in SHEETS.items():
        sheet = book.add_worksheet(name)
        for i, row in enumerate(rows):
            sheet.write_row(i, 0, row)
    demand = book.get_worksheet_by_name("Demand")
    demand.write_formula("D2", DOUBLED, book.add_format({"num_format": "#,##0.00", "italic": True}), 40)
    demand.write_comment("D2", "ten and thirty", {"author": "a planner"})
    notes = book.add_worksheet("Notes & Co")
    notes.write_row(0, 0, ["month", "sold"], book.add_format({"bold": True, "bg_color": "#E8EDF2"}))
    for i in range(1, 6):
        notes.write_row(i, 0, [f"m{i}", i * i])
    notes.write_formula("D1", "=Demand!D2*2", None, 80)
    notes.write_formula("D2", '="a"&"b"', None, "ab")
    notes.write_formula("D3", "=1/0", None, "#DIV/0!")
    notes.write_rich_string("D4", "plain ", book.add_format({"bold": True, "color": "red"}), "bold", " plain")
    notes.add_table("A1:B6", {"name": "Sales", "columns": [{"header": "month"}, {"header": "sold"}]})
    notes.add_sparkline("E1", {"range": "'Notes & Co'!B2:B6"})
    notes.data_validation("F1", {"validate": "list", "source": "=Countries!$A$2:$A$3"})
    notes.conditional_format("B2:B6", {"type": "data_bar", "data_bar_2010": True, "bar_solid": True})
    notes.conditional_format(
        "B2:B6", {"type": "cell", "criteria": ">", "value": 9, "format": book.add_format({"bold": 1})}
    )
    notes.insert_textbox("H1", "a shape", {"url": "https://example.org"})
    notes.insert_image("H8", "pixel.png", {"image_data": io.BytesIO(PIXEL)})
    notes.set_header("&L&G", {"image_left": "pixel.png", "image_data_left": io.BytesIO(PIXEL)})
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "='Notes & Co'!$B$2:$B$6"})
    notes.insert_chart("H12", chart)
    chartsheet = book.add_chartsheet("A chart")
    whole = book.add_chart({"type": "column"})
    whole.add_series({"values": "='Notes & Co'!$B$2:$B$6"})
    chartsheet.set_chart(whole)
    notes.print_area("A1:F10")
    notes.repeat_rows(0)
    notes.autofilter("J1:K3")
    book.define_name("Sold", "='Notes & Co'!$B$2:$B$6")
    book.define_name("'Notes & Co'!Local", "='Notes & Co'!$A$1")
    book.get_worksheet_by_name("Settings").protect("secret")
    book.get_worksheet_by_name("Events").hide()
    book.set_custom_property("Reviewed", True)
    notes.activate()
    book.close()
    return path


def by_openpyxl(path: Path) -> Path:
    """Another program's spelling: no results for formulas, comments as it writes them, styles in another order."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in SHEETS.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    notes = book.create_sheet("Notes")
    for i in range(1, 6):
        notes.append([i, f"=A{i}*2"])
    notes["A1"].font = Font(name="Times New Roman", size=14, bold=True)
    notes["A2"].fill = PatternFill("solid", fgColor="FFFF00")
    notes["A3"].number_format = "0.000"
    notes["A1"].comment = Comment("a comment", "a planner")
    notes.conditional_formatting.add("A1:A5", DataBarRule("min", 0, "max", 10, "FF638EC6"))
    validation = DataValidation(type="whole", operator="between", formula1="1", formula2="9")
    validation.add("A1:A5")
    notes.add_data_validation(validation)
    chart = BarChart()
    chart.add_data(Reference(notes, min_col=1, min_row=1, max_row=5))
    notes.add_chart(chart, "D2")
    notes.print_area = "A1:B5"
    book.defined_names["Fives"] = DefinedName("Fives", attr_text="Notes!$A$1:$A$5")
    book.active = 3
    book.save(path)
    return path


def by_libreoffice(path: Path) -> Path:
    """What LibreOffice made of ``by_xlsxwriter`` with a pivot table; stored, as it is not installed everywhere."""
    shutil.copyfile(FIXTURE, path)
    return path


def by_hand(path: Path, *, links: bool = True) -> Path:
    """Parts that only Excel writes, put into a workbook of xlsxwriter's."""
    return with_handmade_parts(by_xlsxwriter(path), links=links)


def with_macros(path: Path, *, links: bool = True) -> Path:
    """A workbook with macros, controls and printer settings, as .xlsm."""
    return with_handmade_parts(by_openpyxl(path), macros=True, links=links)


BOOKS: Mapping[str, tuple[str, Callable[[Path], Path]]] = {
    "xlsxwriter": (".xlsx", by_xlsxwriter),
    "openpyxl": (".xlsx", by_openpyxl),
    "libreoffice": (".xlsx", by_libreoffice),
    "by hand": (".xlsx", by_hand),
    "macros": (".xlsm", with_macros),
}
WITHOUT_LINKS: Mapping[str, tuple[str, Callable[[Path], Path]]] = {
    **BOOKS,
    "by hand": (".xlsx", partial(by_hand, links=False)),
    "macros": (".xlsm", partial(with_macros, links=False)),
}
"""The same, as far as they are copied into a plan."""
