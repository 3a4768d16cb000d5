"""Names beside ids on the plan sheets: a column of names where the workbook gives any, and charts that show them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from types import MappingProxyType

import pandas as pd

from friendshore.models.problem import Problem
from friendshore.optimizer.reporting.content import Block, Content, Field, Figure
from friendshore.optimizer.wording.names import Names

SHEETS = {
    "commodity": ("Commodities", "Name of the commodity"),
    "product": ("Commodities", "Name of the product"),
    "makes": ("Commodities", "Names of what it makes"),
    "plant": ("Plants", "Name of the plant"),
    "expansion": ("Expansions", "Name of the investment"),
    "stockpile": ("Stockpiles", "Name of the stockpile"),
    "protection": ("Protections", "Name of the protection"),
    "policy": ("Policies", "Name of the policy"),
    "country": ("Countries", "Name of the country"),
    "origin": ("Countries", "Name of the origin"),
    "destination": ("Countries", "Name of the destination"),
    "payer": ("Countries", "Name of the payer"),
}
"""Keys of fields that hold ids: the sheet that defines them, and the header of their names."""

_PATH = ("scenario", "Name of the scenario")


def names_of(problem: Problem) -> Names:
    """What the things of a problem are called."""
    return Names(problem.names)


NamedCells = Mapping[str, tuple[str, Mapping[str, str]]]
"""By key of a field that holds more than an id: the header of its names, and the name of each cell that has one."""


def with_names(content: Content, names: Names, others: NamedCells = MappingProxyType({})) -> Content:
    """The content of a sheet with names beside ids; as it is where the workbook gives no names to what it shows.

    Ids stay where they are: by them a plan is read back, and they are what one types.

    Parameters
    ----------
    content
        What the sheet says.
    names
        What the things of its problem are called.
    others
        What is shown beside fields that are not in ``SHEETS``.

    Returns
    -------
    Content
        With a column more for each field of which some cell has a name.
    """
    return dataclasses.replace(
        content,
        left=tuple(_item(item, names, others) for item in content.left),
        right=tuple(_item(item, names, others) for item in content.right),
    )


def _item(item: Figure | Block, names: Names, others: NamedCells) -> Figure | Block:
    if isinstance(item, Block):
        return _block(item, names, others)
    block = _block(item.block, names, others)
    shown = _key(item.categories)
    has = any(field.key == shown for field in block.fields)
    return dataclasses.replace(item, block=block, categories=shown if has else item.categories)


def _block(block: Block, names: Names, others: NamedCells) -> Block:
    fields: list[Field] = []
    frame = block.frame
    for field in block.fields:
        fields.append(field)
        header, called = _called(field, frame[field.key], names, others)
        shown = None if called is None else _each(frame[field.key], called)
        if shown is not None and not bool((shown == frame[field.key]).all()):
            frame = _beside(frame, _key(field.key), shown)
            fields.append(Field(_key(field.key), header))
    return dataclasses.replace(block, frame=frame, fields=tuple(fields))


def _each(values: pd.Series, called: Callable[[object], str]) -> pd.Series:
    """What each of some values is called; every value is asked for once."""
    return values.map({value: called(value) for value in values.unique()})


def _beside(frame: pd.DataFrame, key: str, shown: pd.Series) -> pd.DataFrame:
    """The frame with one more column; what is noted about it stays with it."""
    wider = frame.assign(**{key: shown})
    wider.attrs = frame.attrs
    return wider


def _key(key: str) -> str:
    return f"{key}_name"


def _called(
    field: Field, values: pd.Series, names: Names, others: NamedCells
) -> tuple[str, Callable[[object], str] | None]:
    """The header of the names of a field, and what its values are called; None where none of them has a name."""
    if field.key in others:
        header, cells = others[field.key]
        return header, lambda cell: cells.get(str(cell), str(cell))
    key, header = _PATH
    if field.key == key:
        named = any(names.has(str(path)) for path in values.unique())
        return header, (lambda path: names.path(str(path))) if named else None
    sheet, header = SHEETS.get(field.key, ("", ""))
    if field.kind != "text" or not names.given.get(sheet):
        return "", None
    return header, lambda ids: names.listed(sheet, str(ids))
