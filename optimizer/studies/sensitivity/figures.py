"""Figures: the numbers of a workbook that cite a source, each with the range that the source leaves open.

A figure is a filled number cell of a row with a ``source_id``. The columns of a row that are headed by periods are one
figure, a series, which moves as a whole. Settings are the planner's choice, and numbers of steps say how finely time is
cut: neither is a figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from friendshore.models.problem import Problem
from friendshore.models.schema import Column, Number, Record
from friendshore.models.tables import TABLES, Demand, Event, LaneRow, Profile, RecipeLine, Source
from friendshore.models.tables.edit import with_values
from friendshore.optimizer.wording.names import Names, capital

WIDTHS = {"high": 0.05, "medium": 0.15, "low": 0.30, "": 0.30}
"""By the confidence of a source, how far its figures may lie from what they are, as a share of it, either way, where it
has no ``low`` and ``high``. A source that does not say how far it is to be trusted is taken for one of low
confidence."""

SKIPPED = ("Settings", "Sources")
CITING = tuple(table.sheet for table in TABLES if table.sheet not in SKIPPED)
"""Sheets whose rows have figures."""

SERIES = "by period"
"""The name of the column of a series."""

YEARS = "years"

Values = dict[str, float]
"""Cells of a row by the name of their column, or by the label of their period."""


@dataclass(frozen=True)
class Figure:
    """One figure.

    Parameters
    ----------
    sheet, row, column
        Where it stands: ``row`` is the number of the row, ``column`` that of the cell; ``by period`` for a series.
    words
        What it is.
    cells
        Its cells and what they hold.
    unit
        Of the number; ``currency`` and ``unit`` stand for the currency of Settings and the unit of the commodity.
    source_id, confidence
        Where it comes from, and how far that is to be trusted; blank where its source does not say.
    low, high
        What it may be, as multiples of what it is.
    """

    sheet: str
    row: int
    column: str
    words: str
    cells: tuple[tuple[str, float], ...]
    unit: str
    source_id: str
    confidence: str
    low: float
    high: float

    @property
    def value(self) -> float | None:
        """What its cell holds; None for a series."""
        return self.cells[0][1] if self.column != SERIES else None

    @property
    def time(self) -> bool:
        """Whether it is a length of time: the plan then changes in jumps, as steps begin or cease to count."""
        return self.unit == YEARS

    def times(self, factor: float) -> Values:
        """Its cells as a multiple of what they hold."""
        return {name: factor * value for name, value in self.cells}


def figure_of(fields: Mapping[str, Any]) -> Figure:
    """A figure from its fields as JSON holds them."""
    return Figure(**{**fields, "cells": tuple((name, value) for name, value in fields["cells"])})


def figures_of(problem: Problem) -> tuple[Figure, ...]:
    """The figures of a workbook, in the order of its sheets.

    What has no range is left out: a zero, a number without end, and figures of a source that says they are certain
    (``low`` and ``high`` 1), such as what is so by definition.
    """
    sources = {row.source_id: row for row in problem.tables.sources}
    names = Names(problem.names)
    found = []
    for table in TABLES:
        rows = () if table.sheet in SKIPPED else problem.tables.by_sheet[table.sheet]
        for row in sorted(rows, key=lambda each: each.row):
            source = sources.get(row.source_id)
            ends = (1.0, 1.0) if source is None else range_of(source)
            if source is None or ends == (1.0, 1.0):
                continue
            for column, cells in _cells(row):
                name = SERIES if column.by_period else column.name
                unit = _unit(row, column)
                words = capital(f"{_called(names, row)}: {_column_words(row, column)}")
                place = table.sheet, row.row, name, words, cells, unit
                found.append(Figure(*place, source.source_id, source.confidence, *ends))
    return tuple(found)


def with_cells(problem: Problem, figure: Figure, cells: Values) -> Problem:
    """The problem with other numbers in the cells of a figure; nothing is checked, and rows keep their order.

    Parameters
    ----------
    problem, figure
        A problem and one of its figures.
    cells
        The numbers, by column.

    Returns
    -------
    Problem
        With these numbers, everything else as it is.
    """
    tables = with_values(problem.tables, figure.sheet, figure.row, cells)
    return Problem(tables, problem.name)


def range_of(source: Source) -> tuple[float, float]:
    """What the figures of a source may be, as multiples: as its ``low`` and ``high`` say, else by its confidence."""
    width = WIDTHS[source.confidence]
    low, high = source.low, source.high
    return 1.0 - width if low is None else low, 1.0 + width if high is None else high


def row_of(problem: Problem, figure: Figure) -> Record:
    """The row in which a figure stands."""
    return next(row for row in problem.tables.by_sheet[figure.sheet] if row.row == figure.row)


def declared_of(problem: Problem, figure: Figure) -> Number:
    """What the cells of a figure may hold; of a profile what the constant may."""
    row, table = row_of(problem, figure), next(each for each in TABLES if each.sheet == figure.sheet)
    column = table.period_columns if figure.column == SERIES else table.column(figure.column)
    if isinstance(row, Profile):
        column = row.declared
    if column is None or not isinstance(column.kind, Number):
        raise KeyError(f"{figure.sheet} has no numbers in {figure.column}")
    return column.kind


def _cells(row: Record) -> Iterator[tuple[Column, tuple[tuple[str, float], ...]]]:
    """The number columns of a row that are filled with anything but zeros, each with its cells."""
    for column in row.TABLE.columns:
        if not isinstance(column.kind, Number):
            continue
        value = vars(row)[column.field]
        if column.by_period:
            filled = tuple((label, float(each)) for label, each in value.items())
        else:
            filled = ((column.name, float(value)),) if value is not None and column.name in row.given else ()
        if any(each for _, each in filled) and all(isfinite(each) for _, each in filled):
            yield column, filled


def _unit(row: Record, column: Column) -> str:
    if isinstance(row, Profile) and row.declared is not None:
        return row.declared.unit
    return column.unit


def _column_words(row: Record, column: Column) -> str:
    if isinstance(row, Profile):
        return f"{row.constant.replace('_', ' ')} by period"
    if column.by_period:
        return "quantity by period"
    return column.name.replace("_", " ")


def _called(names: Names, row: Record) -> str:
    """What a row is called: by its name; a need by who needs what, a lane by its ends."""
    sheet = row.TABLE.sheet
    if isinstance(row, Demand):
        tier = "" if row.tier == "all" else f" ({row.tier.replace('_', ' ')})"
        return f"{names.words('Commodities', row.commodity)} in {names.of('Countries', row.country)}{tier}"
    if isinstance(row, LaneRow):
        goods = "all goods" if row.commodity == "*" else names.listed("Commodities", row.commodity)
        way = f", {row.way}" if row.way else ""
        return f"{goods} from {_ends(names, row.origin)} to {_ends(names, row.destination)}{way}"
    if isinstance(row, RecipeLine):
        return f"{names.words('Recipes', row.recipe)}, {row.role} {names.words('Commodities', row.commodity)}"
    if isinstance(row, Event):
        what = row.country if row.plant == "*" else row.plant
        struck = f" of {what}" if what != "*" else ""
        return f"{names.words('Scenarios', row.scenario)}, {row.kind} event{struck}"
    if isinstance(row, Profile):
        return names.words(row.sheet, row.entry)
    key = row.TABLE.key
    return names.words(sheet, str(vars(row)[row.TABLE.column(key[0]).field])) if key else f"{sheet} row {row.row}"


def _ends(names: Names, group: str) -> str:
    return "anywhere" if group == "*" else names.listed("Countries", group.replace("@", ""))
