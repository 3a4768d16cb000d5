"""Excel tables: every id and every name once in the whole workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from friendshore.optimizer.in_place.markup import parsed, written
from friendshore.optimizer.in_place.parts import Parts
from friendshore.optimizer.in_place.relations import relations
from friendshore.optimizer.in_place.sheets import move_differences
from friendshore.optimizer.in_place.styles import Styles


@dataclass(frozen=True)
class Table:
    """A table: its name, its id and the part that holds it."""

    name: str
    id: int
    part: str


def tables_of(parts: Parts, sheet: str) -> tuple[Table, ...]:
    """The tables of a sheet."""
    listed = []
    for relation in relations(parts, sheet):
        if relation.kind == "table" and parts.has(relation.target):
            root = parsed(parts.read(relation.target))
            name = root.get("displayName") or root.get("name", "")
            listed.append(Table(name, int(root.get("id", "0")), relation.target))
    return tuple(listed)


def numbered(ours: Mapping[str, str], old: Mapping[str, int], taken: set[int]) -> dict[str, int]:
    """An id for each of our tables.

    Parameters
    ----------
    ours
        Names of our tables, by folded name.
    old
        Ids of the tables of an earlier run, by folded name.
    taken
        Ids that other tables have.

    Returns
    -------
    dict[str, int]
        Id by folded name: the one it had, or a new one.
    """
    ids: dict[str, int] = {}
    used = set(taken)
    for name in ours:
        if name in old and old[name] not in used:
            ids[name] = old[name]
            used.add(old[name])
    free = max([0, *used]) + 1
    for name in ours:
        if name not in ids:
            ids[name] = free
            free += 1
    return ids


def adapted(content: bytes, ids: Mapping[str, int], styles: Styles) -> bytes:
    """A table with its id of this workbook, and its formats where they now are.

    Parameters
    ----------
    content
        A table of the plan.
    ids
        Id by folded name.
    styles
        New numbers of its formats.

    Returns
    -------
    bytes
        The table for the other workbook.
    """
    root = parsed(content)
    root.set("id", str(ids[str(root.get("displayName")).casefold()]))
    move_differences(root, styles)
    return written(root)
