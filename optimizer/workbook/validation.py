"""Input checks and drop-downs of a new workbook: they stop only what is certainly wrong."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from math import isinf
from typing import Any

from friendshore.models.schema import (
    Choice,
    Column,
    CommoditySelection,
    Flag,
    Group,
    Identifier,
    Kind,
    Label,
    Number,
    Reference,
    References,
    Table,
    Whole,
)
from friendshore.optimizer.workbook.describe import comment, limits

Options = dict[str, Any]
_TITLE, _MESSAGE, _LIST = 32, 255, 255
_SIGNS = (",", "/", "+")


def list_name(sheet: str) -> str:
    """Name of the list of the names that a sheet defines."""
    return f"list_{sheet}"


@dataclass(frozen=True)
class Place:
    """What a check is made for: the sheets there are, the first cell it is for, and the last row."""

    sheets: Collection[str]
    cell: str = "A2"
    last: int = 2001

    @property
    def column(self) -> str:
        """The cells of the column as an absolute range: ``$A$5:$A$2004``."""
        letters, row = self.cell.rstrip("0123456789"), self.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return f"${letters}${row}:${letters}${self.last}"


def validation(
    table: Table, declared: Column, sheets: Collection[str], currency: str, *, cell: str, last: int = 0
) -> Options:
    """A data validation: an input message always, a drop-down or limits where the column has them.

    Parameters
    ----------
    table
        Declaration of the sheet.
    declared
        Declaration of the column.
    sheets
        Names of the sheets that the workbook has: drop-downs point at them.
    currency
        What money is in.
    cell
        First cell that it is for; it stands in formulas.
    last
        Number of the last row that it is for.

    Returns
    -------
    Options
        Options as XlsxWriter takes them.
    """
    make = _RULES.get(type(declared.kind))
    if table.key != (declared.name,) and isinstance(declared.kind, Identifier | Label):
        make = None  # the name may stand in several rows
    rule = make(declared.kind, Place(sheets, cell, last)) if make else None
    return {
        "validate": "any",
        **(rule or {}),
        "ignore_blank": True,
        "input_title": _cut(declared.name, _TITLE),
        "input_message": _cut(comment(table, declared, currency), _MESSAGE),
        "error_title": _cut(declared.name, _TITLE),
        "error_message": _cut(f"Wanted: {_wanted(declared)}.", _MESSAGE),
    }


def _wanted(declared: Column) -> str:
    """What is wanted, in the words of the box that Excel shows."""
    words = limits(declared)
    if isinstance(declared.kind, Identifier | Label):
        return f"{words} that no other row has, without comma, / or +, not beginning with @"
    if declared.unit == "share":
        return f"{words}; shares are fractions, so 8% is 0.08"
    return words


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _number(kind: Number, place: Place) -> Options:
    if isinf(kind.minimum) and isinf(kind.maximum):
        return {"validate": "custom", "value": f"=ISNUMBER({place.cell})"}
    low, high = _plain(kind.minimum), kind.maximum
    if isinf(high):
        return {"validate": "decimal", "criteria": ">" if kind.above else ">=", "value": low}
    if kind.above or kind.below:
        ends = f"{place.cell}{'>' if kind.above else '>='}{low},{place.cell}{'<' if kind.below else '<='}{_plain(high)}"
        return {"validate": "custom", "value": f"=AND(ISNUMBER({place.cell}),{ends})"}
    return {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": _plain(high)}


def _name(kind: Identifier | Label, place: Place) -> Options:
    """A name that no other row has, letter by letter; a row that begins with # may say anything."""
    cell = place.cell
    signs = ",".join(f'ISERROR(FIND("{sign}",{cell}))' for sign in _SIGNS)
    once = f"SUMPRODUCT(--EXACT({place.column},{cell}))=1"
    return {"validate": "custom", "value": f'=OR(LEFT({cell},1)="#",AND(LEFT({cell},1)<>"@",{signs},{once}))'}


def _plain(number: float) -> float:
    """The number without a decimal point that it does not need."""
    return int(number) if float(number).is_integer() else number


def _whole(kind: Whole, place: Place) -> Options:
    if isinf(kind.maximum):
        return {"validate": "integer", "criteria": ">=", "value": kind.minimum}
    return {"validate": "integer", "criteria": "between", "minimum": kind.minimum, "maximum": _plain(kind.maximum)}


def _choice(kind: Choice, place: Place) -> Options | None:
    words = [word for word in kind.words if word]
    return {"validate": "list", "source": words} if len(",".join(words)) <= _LIST else None


def _flag(kind: Flag, place: Place) -> Options:
    return {"validate": "list", "source": ["yes", "no"]}


def _reference(kind: Reference, place: Place) -> Options | None:
    """A drop-down that asks before it takes another word: the name may still be to come on its sheet."""
    return _listed(kind.sheet, place.sheets, "information" if kind.also or kind.prefix else "warning")


def _listed(sheet: str, sheets: Collection[str], error_type: str) -> Options | None:
    if sheet not in sheets:
        return None
    return {"validate": "list", "source": f"={list_name(sheet)}", "error_type": error_type}


def _open(sheet: str, place: Place) -> Options | None:
    """A drop-down that takes anything else as well: groups, lists, ``*``."""
    listed = _listed(sheet, place.sheets, "information")
    return {**listed, "show_error": False} if listed else None


_RULES: dict[type[Kind], Callable[[Any, Place], Options | None]] = {
    Number: _number,
    Whole: _whole,
    Choice: _choice,
    Flag: _flag,
    Reference: _reference,
    Identifier: _name,
    Label: _name,
    References: lambda kind, place: _open(kind.sheet, place),
    Group: lambda kind, place: _open("Countries", place),
    CommoditySelection: lambda kind, place: _open("Commodities", place),
}
