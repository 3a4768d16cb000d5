"""What a plan sheet holds, before any of it is Excel: tables with their fields, figures over tables, sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from friendshore.models.plan import Plan

Kind = Literal["text", "number", "share", "when", "mixed"]
Shape = Literal["bar", "column", "stacked columns", "stacked bars", "columns and line", "lines over numbers", "tornado"]


@dataclass(frozen=True)
class Field:
    """One column of a table: ``key`` in the DataFrame, the words of its header, how its cells read, and their unit.

    In ``unit`` the words ``currency`` and ``unit`` stand for the currency of Settings and the unit of the commodity.
    A cell of kind ``when`` is a calendar year or a time from the start, one of kind ``mixed`` text or a number; where
    the DataFrame has a column ``key + "_kind"`` it tells, row by row, how the number reads. ``once`` names the headers
    it had in earlier versions, by which it is found when their plans are read.
    """

    key: str
    header: str
    kind: Kind = "text"
    unit: str = ""
    once: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """One Excel table: its name, a title above it, its rows and its fields.

    ``note`` stands under the title; ``heat`` names the keys of the fields whose cells are coloured by their value.
    """

    name: str
    title: str
    frame: pd.DataFrame
    fields: tuple[Field, ...]
    note: str = ""
    heat: tuple[str, ...] = ()

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers with their units, each different from the others as an Excel table wants it."""
        units: Mapping[str, str] = self.frame.attrs.get("units", {})
        taken: set[str] = set()
        made = []
        for field in self.fields:
            unit = units.get(field.key, "")
            header = unused(f"{field.header} ({unit})" if unit else field.header or "-", taken)
            made.append(header)
        return tuple(made)

    def column(self, key: str) -> int:
        """Place of a field, from 0."""
        return [field.key for field in self.fields].index(key)


@dataclass(frozen=True)
class Figure:
    """A chart over the cells of a block that stands beneath it; ``title`` says what is to be seen.

    ``categories`` and ``series`` are keys of the block; series named in ``hidden`` take room without being drawn
    (the beginning of a time line); ``span`` fixes the ends of the value axis. Of ``lines over numbers`` the categories
    are numbers, each line going from row to row; bars of a ``tornado`` lie over each other.
    """

    title: str
    shape: Shape
    block: Block
    categories: str
    series: tuple[str, ...]
    value_axis: str = ""
    value_kind: Kind = "number"
    hidden: tuple[str, ...] = ()
    span: tuple[float, float] | None = None


@dataclass(frozen=True)
class Content:
    """What one sheet says: the finding in a sentence, notes, tables on the left, figures and small tables on the right.

    A figure on the left has its chart beside its table, one on the right above it. With ``brief`` the left is a page to
    be printed: its columns are narrow, its cells wrap, its charts stand one under the other, and the right, where
    details stand, is not printed. A sheet with an ``opening``, a small table above all others, has the chart of its
    first figure on the right beneath that, so that both are seen at first sight.
    """

    finding: str
    notes: tuple[str, ...]
    left: tuple[Figure | Block, ...]
    right: tuple[Figure | Block, ...] = ()
    brief: bool = False
    opening: Block | None = None


@dataclass(frozen=True)
class Sheet:
    """One plan sheet: its name and how its content is read off a plan."""

    name: str
    content: Callable[[Plan], Content]


def unused(name: str, taken: set[str]) -> str:
    """``name``, numbered where it is taken already whatever its case; the result counts as taken from now on."""
    chosen, number = name, 2
    while chosen.casefold() in taken:
        chosen, number = f"{name} {number}", number + 1
    taken.add(chosen.casefold())
    return chosen
