"""Input checks and drop-downs of a new workbook: they stop only what is certainly wrong."""

from __future__ import annotations

from collections.abc import Callable, Collection
from math import isinf
from typing import Any

from models.schema import (
    Choice,
    Column,
    CommoditySelection,
    Flag,
    Group,
    Kind,
    Number,
    Reference,
    References,
    Table,
    Whole,
)
from optimizer.workbook.describe import comment, limits

Options = dict[str, Any]
_TITLE, _MESSAGE, _LIST = 32, 255, 255


def list_name(sheet: str) -> str:
    """Name of the list of the names that a sheet defines."""
    return f"list_{sheet}"


def validation(table: Table, declared: Column, sheets: Collection[str], currency: str) -> Options:
    """Options of a data validation: an input message always, a drop-down or limits where the column has them."""
    make = _RULES.get(type(declared.kind))
    rule = make(declared.kind, sheets) if make else None
    return {
        "validate": "any",
        **(rule or {}),
        "ignore_blank": True,
        "input_title": _cut(declared.name, _TITLE),
        "input_message": _cut(comment(table, declared, currency), _MESSAGE),
        "error_title": _cut(declared.name, _TITLE),
        "error_message": _cut(f"Wanted: {limits(declared)}.", _MESSAGE),
    }


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _number(kind: Number, sheets: Collection[str]) -> Options:
    if isinf(kind.maximum):
        return {"validate": "decimal", "criteria": ">" if kind.above else ">=", "value": _plain(kind.minimum)}
    # Where an end is excluded, the reader refuses it; here it passes.
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": _plain(kind.minimum),
        "maximum": _plain(kind.maximum),
    }


def _plain(number: float) -> float:
    """The number without a decimal point that it does not need."""
    return int(number) if float(number).is_integer() else number


def _whole(kind: Whole, sheets: Collection[str]) -> Options:
    return {"validate": "integer", "criteria": ">=", "value": kind.minimum}


def _choice(kind: Choice, sheets: Collection[str]) -> Options | None:
    words = [word for word in kind.words if word]
    return {"validate": "list", "source": words} if len(",".join(words)) <= _LIST else None


def _flag(kind: Flag, sheets: Collection[str]) -> Options:
    return {"validate": "list", "source": ["yes", "no"]}


def _reference(kind: Reference, sheets: Collection[str]) -> Options | None:
    """A drop-down that asks before it takes another word: the name may still be to come on its sheet."""
    return _listed(kind.sheet, sheets, "information" if kind.also else "warning")


def _listed(sheet: str, sheets: Collection[str], error_type: str) -> Options | None:
    if sheet not in sheets:
        return None
    return {"validate": "list", "source": f"={list_name(sheet)}", "error_type": error_type}


def _open(sheet: str, sheets: Collection[str]) -> Options | None:
    """A drop-down that takes anything else as well: groups, lists, ``*``."""
    listed = _listed(sheet, sheets, "information")
    return {**listed, "show_error": False} if listed else None


_RULES: dict[type[Kind], Callable[[Any, Collection[str]], Options | None]] = {
    Number: _number,
    Whole: _whole,
    Choice: _choice,
    Flag: _flag,
    Reference: _reference,
    References: lambda kind, sheets: _open(kind.sheet, sheets),
    Group: lambda kind, sheets: _open("Countries", sheets),
    CommoditySelection: lambda kind, sheets: _open("Commodities", sheets),
}
