"""One sheet with every kind of cell, by several programs, to hold readers against each other."""

from __future__ import annotations

import datetime
import subprocess
from pathlib import Path

import openpyxl
import pandas
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

TEXTS = (
    "text",
    "  blanks around  ",
    "two\nlines",
    "tab\there",
    "non-breaking\u00a0blank",
    "ｆｕｌｌ－ｗｉｄｔｈ",
    "zero\u200bwidth",
    "\u22125",
    "日本",
    "대한민국",
    "Ünïcode é",
    "e\u0301",
    "😀",
    "1,234",
    "007",
    "#N/A",
    "=1+1",
    "TRUE",
    "2026",
    "'quoted",
    '<&>"',
)
NUMBERS = (0, 1, -5, 2.5, 0.1, 1e-9, 1.5e300, 123456789012345, 2**53 + 2, -0.0, 0.65, 1 / 3)
MOMENTS = (datetime.date(2026, 1, 2), datetime.datetime(2026, 1, 2, 3, 4, 5), datetime.time(6, 30))


def by_xlsxwriter(path: Path, *, dates: bool = True) -> Path:
    """Also formulas with their results, errors, percentages, merged and hidden cells, rich text."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Sundry")
        percent, day = book.add_format({"num_format": "0.0%"}), book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        for row, text in enumerate(TEXTS):
            sheet.write_string(row, 0, text)
        for row, number in enumerate(NUMBERS):
            sheet.write_number(row, 1, number)
            sheet.write_number(row, 2, number, percent)
        for row, (formula, result) in enumerate(
            [("=1+1", 2), ("=NA()", "#N/A"), ("=1/0", "#DIV/0!"), ('="x"', "x"), ("=TRUE()", True), ("=B3*0.5", -2.5)]
        ):
            sheet.write_formula(row, 3, formula, None, result)
        sheet.write_boolean(0, 4, True)
        sheet.write_boolean(1, 4, False)
        sheet.write_blank(2, 4, None, percent)
        sheet.write_rich_string(3, 4, "rich ", book.add_format({"bold": True}), "text", " here")
        sheet.merge_range(5, 4, 7, 6, "merged")
        for row, moment in enumerate(MOMENTS if dates else ()):
            sheet.write_datetime(row, 7, moment, day)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(1, 1, None, None, {"hidden": True})
        sheet.write_string(60, 20, "far away")
    return path


def by_openpyxl(path: Path) -> Path:
    """Also dates, inline rich text, a text that begins like a formula."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Sundry"
    for row, text in enumerate(TEXTS, start=1):
        cell = sheet.cell(row, 1)
        cell.value, cell.data_type = text, "s"
    for row, number in enumerate(NUMBERS, start=1):
        sheet.cell(row, 2, number)
        sheet.cell(row, 3, number).number_format = "0%"
    for row, moment in enumerate(MOMENTS, start=1):
        sheet.cell(row, 4, moment)
    sheet["E1"], sheet["E2"], sheet["E3"] = True, "=1+1", "#REF!"
    sheet["E4"] = CellRichText("rich ", TextBlock(InlineFont(b=True), "text"))
    sheet.merge_cells("G1:H3")
    sheet["G1"] = "merged"
    sheet.row_dimensions[3].hidden = True
    book.save(path)
    return path


def by_pandas(path: Path) -> Path:
    """A frame with gaps, written by its default engine."""
    flags = [True, False] * 6 + [None]
    frame = pandas.DataFrame({"text": [*TEXTS[:12], None], "number": [*NUMBERS, None], "flag": flags})
    frame.to_excel(path, sheet_name="Sundry", index=False)
    return path


def by_libreoffice(path: Path, source: Path, soffice: str) -> Path:
    """Another workbook, opened and saved by LibreOffice, which calculates it."""
    folder = path.parent / "converted"
    subprocess.run(  # noqa: S603
        [
            soffice,
            f"-env:UserInstallation=file://{path.parent}/profile",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(folder),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return (folder / source.name).rename(path)
