"""Columns in words: what help, comments and the data dictionary say of them."""

from __future__ import annotations

from math import isinf

from friendshore.models.parsing.headers import sheet_columns
from friendshore.models.parsing.settings import SETTING, VALUE, setting_columns
from friendshore.models.parsing.unparse import cell
from friendshore.models.parsing.wanted import wanted
from friendshore.models.rules import POLICY_KINDS
from friendshore.models.schema import Column, Number, Table, Whole
from friendshore.models.tables import EVENT_COLUMNS

PERIOD_HEADER = "(period label)"


def entries(table: Table) -> list[tuple[str, Column]]:
    """Every column of a sheet with the header that help shows for it; the settings for the sheet of settings."""
    if table.vertical:
        return list(setting_columns(table).items())
    return [(PERIOD_HEADER if declared.by_period else declared.name, declared) for declared in table.columns]


def headers(table: Table) -> tuple[Column, ...]:
    """The columns of a sheet as a new workbook lays them out; period columns are not among them."""
    if not table.vertical:
        return sheet_columns(table)
    return (SETTING, VALUE, *(declared for declared in table.columns if declared.name in ("note", "source_id")))


def need(declared: Column) -> str:
    """Whether the column must be filled."""
    return "required" if declared.required else "optional"


def default(declared: Column) -> str:
    """What a blank cell means."""
    if declared.required or declared.by_period:
        return ""
    value = declared.default
    if isinstance(value, float) and isinf(value):
        return "without end"
    shown = cell(value)
    return "" if shown is None else f"{shown:g}" if isinstance(shown, float) else str(shown)


def unit(declared: Column, currency: str = "currency") -> str:
    """Unit of the numbers; ``currency`` is what money is in."""
    return declared.unit.replace("currency", currency)


def meaning(table: Table, declared: Column) -> str:
    """The help of a column, with the kinds of event or policy that read it."""
    kinds = readers(table, declared.name)
    return declared.help + (f" Read by: {', '.join(kinds)}." if kinds else "")


def readers(table: Table, name: str) -> list[str]:
    """Kinds of rows that read a column, where only some do."""
    if table.sheet == "Events":
        kinds = [kind for kind, columns in EVENT_COLUMNS.items() if name in columns]
        return kinds if len(kinds) < len(EVENT_COLUMNS) else []
    if table.sheet == "Policies":
        kinds = [kind for kind in POLICY_KINDS if name in POLICY_KINDS[kind].columns]
        return kinds if len(kinds) < len(POLICY_KINDS) else []
    return []


def limits(declared: Column) -> str:
    """What a cell may hold."""
    return wanted(declared.kind)


def comment(table: Table, declared: Column, currency: str = "currency") -> str:
    """The comment on a header.

    Parameters
    ----------
    table
        Declaration of the sheet.
    declared
        Declaration of the column.
    currency
        What money is in.

    Returns
    -------
    str
        Meaning, what is wanted, unit and default, a line each.
    """
    lines = [meaning(table, declared), f"{need(declared).capitalize()}: {limits(declared)}."]
    if declared.unit:
        lines.append(f"Unit: {unit(declared, currency)}.")
    if default(declared):
        lines.append(f"Blank: {default(declared)}.")
    return "\n".join(lines)


def units_line(declared: Column, currency: str = "currency") -> str:
    """What stands above a header: unit, and what a blank cell means; nothing for names that must be filled."""
    parts = [_spelt(unit(declared, currency))] if isinstance(declared.kind, Number | Whole) and declared.unit else []
    if default(declared) and declared.name not in ("note", "source_id"):
        parts.append(f"blank: {default(declared)}")
    return "\n".join(parts)


def _spelt(unit: str) -> str:
    """``USD/unit`` as ``USD per unit``; shares with an example, as they are often mistaken for per cent."""
    if unit == "share":
        return "share (8% = 0.08)"
    return " per ".join(unit.split("/"))


def sheet_help(table: Table) -> str:
    """What a sheet holds, and how its rows are told apart."""
    key = "" if table.vertical or not table.key else f" One row for each {' and '.join(table.key)}."
    return f"{table.help} {'Required.' if table.required else 'Optional.'}{key}"


def setting_help(declared: Column) -> str:
    """The note beside a setting: its help, unit and what a blank cell means."""
    more = [_spelt(unit(declared))] if declared.unit else []
    more += [f"blank: {default(declared)}"] if default(declared) else []
    return declared.help + (f" ({'; '.join(more)})" if more else "")
