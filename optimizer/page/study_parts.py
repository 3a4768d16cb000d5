"""What sections of studies are made of: tables of the page from tables of a study, bars from one number to another."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isfinite

from friendshore.optimizer.page.parts import Cell, Chart, Column, Grid
from friendshore.optimizer.page.study_tables import Row, StudyTable, StudyTables, number, text
from friendshore.optimizer.page.words import exact
from friendshore.optimizer.reporting.content import Field
from friendshore.optimizer.wording.money import money, money_between, readable
from friendshore.optimizer.wording.names import capital
from friendshore.optimizer.wording.numbers import BLANK, number_cell
from friendshore.optimizer.wording.shares import percent, percent_between, percent_cell

MOST_ROWS = 60
"""Rows of a table that a page shows; the workbook has them all."""


NOISE = 1e-7
"""Of the largest amount of a table: what is less is what tolerances leave of nothing."""


# -- tables -----------------------------------------------------------------------------------------------------------


def grid(study: StudyTables, table: StudyTable, caption: str, keys: Sequence[str] = (), most: int = MOST_ROWS) -> Grid:
    """A table of a study as a table of the page; its money in a multiple that reads well, which its headers name.

    Parameters
    ----------
    study
        The study.
    table
        One of its tables.
    caption
        What it is called.
    keys
        The columns that are shown, in order; none: all of them.
    most
        How many rows at most; how many more there are stands beneath.

    Returns
    -------
    Grid
        Columns without a single entry are left out.
    """
    table = cleared(study, table)
    by_key = {field.key: field for field in table.fields}
    shown = [by_key[key] for key in keys if key in by_key] if keys else list(table.fields)
    shown = [each for i, each in enumerate(shown) if i == 0 or any(_has(row, each) for row in table.rows)]
    divisor, unit = multiple(study, table, [each.key for each in shown])
    heads = tuple(
        Column(_header(table, each, unit, study.currency), each.kind not in ("text", "mixed")) for each in shown
    )
    rows = tuple(tuple(_cell(study, table, each, row, divisor) for each in shown) for row in table.rows[:most])
    beyond = len(table.rows) - most
    note = f"{beyond:,} more rows stand in the study's workbook." if beyond > 0 else ""
    return Grid(caption, heads, rows, note)


def multiple(study: StudyTables, table: StudyTable, keys: Sequence[str]) -> tuple[float, str]:
    """By what the money of some columns is divided so that it reads well, and the unit it is in then.

    Parameters
    ----------
    study
        The study.
    table
        One of its tables.
    keys
        Columns; those that are not of money do not count.

    Returns
    -------
    tuple[float, str]
        The divisor, and the words of the unit, such as ``million USD``.
    """
    money = [key for key in keys if table.units.get(key) == study.currency]
    amounts = [abs(number(row[key])) for key in money for row in table.rows]
    return readable(max((each for each in amounts if isfinite(each)), default=0.0), study.currency)


def cleared(study: StudyTables, table: StudyTable) -> StudyTable:
    """The table without what tolerances leave: money that is nothing beside the largest amount is 0."""
    keys = [key for key, unit in table.units.items() if unit == study.currency]
    amounts = [abs(number(row[key])) for key in keys for row in table.rows]
    least = NOISE * max((each for each in amounts if isfinite(each)), default=0.0)
    rows = ({**row, **{key: 0.0 for key in keys if abs(number(row[key])) < least}} for row in table.rows)
    return with_rows(table, rows)


def _has(row: Row, field: Field) -> bool:
    value = row[field.key]
    return bool(value) if isinstance(value, str) else isfinite(number(value))


def _header(table: StudyTable, field: Field, unit: str, currency: str) -> str:
    own = table.units.get(field.key, "")
    return f"{field.header} ({unit if own == currency else own})" if own else field.header


def _cell(study: StudyTables, table: StudyTable, field: Field, row: Row, divisor: float) -> Cell:
    value = row[field.key]
    if isinstance(value, str):
        return Cell(capital(value) if field is table.fields[0] else value or BLANK)
    if field.kind == "share":
        return Cell(percent_cell(number(value)))
    amount = number(value)
    return Cell(_figure(amount / divisor if table.units.get(field.key) == study.currency else amount))


def _figure(value: float) -> str:
    """A number with four digits that matter: plans of a study often lie near each other."""
    return f"{value:,.4g}" if 1e-3 <= abs(value) < 1e4 else number_cell(value)


# -- bars -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Bars:
    """Bars of one kind, one for each row: from ``low`` to ``high``; no bar where one of them is not finite.

    ``tone`` is the colour and pattern, -2: what is not decided, hatched; ``told`` beside each bar.
    """

    name: str
    tone: int
    low: Sequence[float]
    high: Sequence[float]
    told: Sequence[str] = ()


@dataclass(frozen=True)
class Marks:
    """A mark in each row, drawn over the bars: ``diamond``, or ``tick``."""

    name: str
    symbol: str
    values: Sequence[float]


@dataclass(frozen=True)
class Picture:
    """Rows of bars and marks, all in one unit: the words of ``axis``, or shares of a whole where ``share``.

    ``together``: the kinds of bars lie over each other in place of side by side.
    """

    rows: Sequence[str]
    bars: Sequence[Bars]
    marks: Sequence[Marks] = ()
    axis: str = ""
    share: bool = False
    together: bool = False

    def chart(self, key: str, title: str, alt: str, table: Grid, note: str = "") -> Chart:
        """The picture as a chart, with the table behind it.

        Parameters
        ----------
        key
            Its anchor.
        title
            What is to be seen.
        alt
            The same to who cannot see it.
        table
            The figures.
        note
            A line beneath.

        Returns
        -------
        Chart
            Of the kind ``ranges``.
        """
        bars = [
            {"name": bar.name, "tone": bar.tone, "low": plain(bar.low), "high": plain(bar.high), "told": list(bar.told)}
            for bar in self.bars
        ]
        marks = [{"name": mark.name, "symbol": mark.symbol, "values": plain(mark.values)} for mark in self.marks]
        data = {
            "categories": [capital(row) for row in self.rows],
            "bars": bars,
            "marks": marks,
            "axis": self.axis,
            "format": "share" if self.share else "number",
            "together": self.together,
        }
        return Chart(key, title, alt, "ranges", data, table, len(self.rows), note=note)


def decided_and_open(low: Sequence[float], high: Sequence[float], told: Sequence[str]) -> tuple[Bars, ...]:
    """Bars up to what is proven at least, and hatched beyond that what is open of each, where anything is.

    Parameters
    ----------
    low, high
        The ends between which each amount lies, none below 0.
    told
        What stands beside each.

    Returns
    -------
    tuple[Bars, ...]
        To be drawn over each other.
    """
    ends = [(a, a if same(a, b) else b) for a, b in zip(low, high, strict=True)]
    proven = Bars("At least", 0, [0.0] * len(ends), [a for a, _ in ends])
    if all(a == b for a, b in ends if isfinite(a) and isfinite(b)):
        return (dataclasses.replace(proven, told=told),)
    return proven, Bars("Beyond that not decided, at most", -2, [a for a, _ in ends], [b for _, b in ends], told)


def plain(values: Iterable[float]) -> list[float | None]:
    """Numbers as charts get them; None for one that is not finite."""
    return [exact(value) if isfinite(value) else None for value in values]


def column(table: StudyTable, key: str, divisor: float = 1.0) -> list[float]:
    """The numbers of a column.

    Parameters
    ----------
    table
        A table of a study.
    key
        The column.
    divisor
        What each is divided by.

    Returns
    -------
    list[float]
        One a row; nan where there is none.
    """
    return [number(row.get(key)) / divisor for row in table.rows]


def words(table: StudyTable, key: str) -> list[str]:
    """The texts of a column."""
    return [text(row.get(key)) for row in table.rows]


def between(low: float, high: float, currency: str) -> str:
    """An amount of money that lies between two ends, in words.

    Parameters
    ----------
    low, high
        The ends; nan where one is not known.
    currency
        As in Settings; a multiple at its end is counted in.

    Returns
    -------
    str
        One amount where both are the same but for tolerances; one that is not known is told so.
    """
    if not (isfinite(low) and isfinite(high)):
        return "not known"
    return money(high, currency) if same(low, high) else money_between(low, high, currency)


def same(low: float, high: float) -> bool:
    """Whether two ends are one but for tolerances."""
    return abs(high - low) <= 1e-7 * max(1.0, abs(low), abs(high))


def shares_between(low: float, high: float) -> str:
    """A share that lies between two ends."""
    if not (isfinite(low) and isfinite(high)):
        return "not known"
    return percent(high) if same(low, high) else percent_between(low, high)


def with_rows(table: StudyTable, rows: Iterable[Row]) -> StudyTable:
    """The same table with some rows alone."""
    return StudyTable(table.title, table.fields, table.units, tuple(rows))


def sentences(said: str) -> tuple[str, ...]:
    """What a sheet says, as it stands; none where it says nothing."""
    return (said,) if said else ()
