"""What changed in the input sheets: rows added and removed, and changed cells, by sheet, key and column.

Rows are compared as they are read: the order of rows and columns, the spelling of headers and a default that is typed
out make no difference.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from friendshore.models.parsing.unparse import cell
from friendshore.models.problem import Problem
from friendshore.models.schema import Record, Table
from friendshore.models.tables import TABLES

_LIKE_KEYS = {
    "Demand": ("country", "commodity", "tier"),
    "Lanes": ("from", "to", "commodity", "way"),
    "Events": ("scenario", "kind", "country", "commodity", "plant", "route"),
}
"""Columns by which rows of sheets without a key are told apart, as far as they can be."""
_REMARKS = ("note", "source_id", "title", "description", "name")

Row = dict[str, object]


@dataclass(frozen=True)
class InputChange:
    """One difference: a changed cell, or a row that only one of the two has.

    ``key`` names the row, ``column`` the cell (empty for whole rows); ``row`` is its number on the sheet of the second
    plan, of the first for a removed row. ``remark`` is true where nothing that is computed depends on it.
    """

    sheet: str
    what: Literal["changed", "added", "removed"]
    key: str
    column: str
    before: object
    after: object
    row: int
    remark: bool = False

    def __str__(self) -> str:
        place = f"{self.sheet}: {self.key}" if self.key else self.sheet
        if self.what != "changed":
            told = self.after if self.what == "added" else self.before
            return f"{place} {self.what} ({told})"
        return f"{place}, {self.column} {_shown(self.before)} -> {_shown(self.after)}"


def input_changes(before: Problem, after: Problem) -> tuple[InputChange, ...]:
    """The differences, sheet by sheet; those that matter to the plan before remarks."""
    found = [change for table in TABLES for change in _table_changes(table, before, after)]
    return tuple(sorted(found, key=lambda change: change.remark))


def _table_changes(table: Table, before: Problem, after: Problem) -> Iterator[InputChange]:
    if table.vertical:
        yield from _cells(table, "", before.tables.settings, after.tables.settings)
        return
    old, new = (_rows(table, problem) for problem in (before, after))
    same = Counter(map(_content, old)) & Counter(map(_content, new))
    old, new = _without(old, same), _without(new, same)
    waiting: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for record in old:
        waiting[_key(table, record)].append(record)
    for record in new:
        key = _key(table, record)
        if waiting[key]:
            yield from _cells(table, " ".join(filter(None, key)), waiting[key].pop(0), record)
        else:
            yield InputChange(table.sheet, "added", _named(key), "", None, _filled(table, record), record.row)
    for key, records in waiting.items():
        for record in records:
            yield InputChange(table.sheet, "removed", _named(key), "", _filled(table, record), None, record.row)


def _rows(table: Table, problem: Problem) -> list[Record]:
    return sorted(problem.tables.by_sheet[table.sheet], key=lambda record: record.row)


def _without(rows: list[Record], same: Counter[tuple[tuple[str, object], ...]]) -> list[Record]:
    """The rows but for as many of each content as ``same`` counts."""
    left = Counter(same)
    kept = []
    for record in rows:
        content = _content(record)
        if left[content]:
            left[content] -= 1
        else:
            kept.append(record)
    return kept


def _key(table: Table, record: Record) -> tuple[str, ...]:
    values = _values(table, record)
    names = table.key or _LIKE_KEYS.get(table.sheet, ())
    return tuple("" if values.get(name) is None else str(values[name]) for name in names)


def _named(key: tuple[str, ...]) -> str:
    return " ".join(filter(None, key))


def _values(table: Table, record: Record) -> Row:
    """Every cell of a row by its header, defaults included; period columns by their labels."""
    raw = vars(record)
    values: Row = {}
    for declared in table.columns:
        if declared.by_period:
            values.update(raw[declared.field])
        else:
            values[declared.name] = cell(raw[declared.field])
    return values


def _content(record: Record) -> tuple[tuple[str, object], ...]:
    return tuple(sorted((name, _shown(value)) for name, value in _values(record.TABLE, record).items()))


def _cells(table: Table, key: str, before: Record, after: Record) -> Iterator[InputChange]:
    old, new = _values(table, before), _values(table, after)
    for name in dict.fromkeys([*old, *new]):
        one, other = old.get(name), new.get(name)
        if one != other and not (one in (None, "") and other in (None, "")):
            yield InputChange(table.sheet, "changed", key, name, one, other, after.row, name in _REMARKS)


def _filled(table: Table, record: Record) -> str:
    """The filled cells of a row that are no part of its key, in a line."""
    keys = table.key or _LIKE_KEYS.get(table.sheet, ())
    parts = [
        f"{name} {_shown(value)}"
        for name, value in _values(table, record).items()
        if name not in (*keys, "note", "source_id") and (name in record.given or _is_period(table, name))
    ]
    return ", ".join(parts)


def _is_period(table: Table, name: str) -> bool:
    return table.period_columns is not None and all(declared.name != name for declared in table.columns)


def _shown(value: object) -> str:
    if value is None or value == "":
        return "blank"
    return f"{value:,.10g}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
