"""The look of our workbooks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from friendshore.models.schema import Column, Number, Whole

FONT = "Calibri"
REQUIRED, OPTIONAL, PERIOD = "#1F4E79", "#DDE6EF", "#9DB8D2"
MISSING = "#FFE2B8"
_INK, _GREY = "#1B1B1B", "#5A6570"


class Styles:
    """Formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._numbers: dict[str, Format] = {}
        header: dict[str, Any] = {
            "bold": True,
            "valign": "vcenter",
            "indent": 1,
            "border": 1,
            "border_color": "#B8C4CF",
            "font_name": FONT,
        }
        self.required: Format = book.add_format({**header, "bg_color": REQUIRED, "font_color": "#FFFFFF"})
        self.optional: Format = book.add_format({**header, "bg_color": OPTIONAL, "font_color": _INK})
        self.period: Format = book.add_format({**header, "bg_color": PERIOD, "font_color": _INK})
        self.plain: Format = book.add_format({"align": "left", "valign": "top", "indent": 1})
        self.wrapped: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self.title: Format = book.add_format({"bold": True, "font_size": 20, "font_color": REQUIRED})
        self.heading: Format = book.add_format({"bold": True, "font_size": 12, "font_color": REQUIRED})
        self.faint: Format = book.add_format({"font_color": _GREY, "text_wrap": True, "valign": "top"})
        self.indented: Format = book.add_format({"text_wrap": True, "valign": "top", "indent": 1})
        self.note: Format = book.add_format({"font_color": _GREY, "valign": "vcenter", "indent": 1})
        self.units: Format = book.add_format(
            {"font_color": _GREY, "italic": True, "font_size": 9, "text_wrap": True, "valign": "bottom", "indent": 1}
        )
        self.missing: Format = book.add_format({"bg_color": MISSING})
        self.link: Format = book.add_format({"font_color": "#0B5CAD", "underline": 1, "valign": "top"})

    def number(self, pattern: str) -> Format:
        """The format of a number pattern."""
        if pattern not in self._numbers:
            self._numbers[pattern] = self._book.add_format(
                {"num_format": pattern, "valign": "top", "align": "right", "indent": 1}
            )
        return self._numbers[pattern]

    def header(self, declared: Column) -> Format:
        """The format of a header, by whether the column is required."""
        return self.period if declared.by_period else self.required if declared.required else self.optional


def pattern(declared: Column, values: Iterable[object]) -> str:
    """Number format of a column: per cent for shares, thousands separated where the numbers are large."""
    if isinstance(declared.kind, Whole):
        return "0"
    if not isinstance(declared.kind, Number):
        return "General"
    numbers = [value for value in values if isinstance(value, int | float)]
    if declared.unit.startswith("share"):
        return (
            "0%" if all(abs(number * 100 - round(number * 100)) < 1e-9 for number in numbers) and numbers else "0.0##%"
        )
    if any(abs(number) >= 1000 for number in numbers):
        return "#,##0" if all(float(number).is_integer() for number in numbers) else "#,##0.00####"
    return "General"
