"""How a worksheet is declared: a frozen dataclass whose fields are columns.

Title, unit, default, limits and help of a column are said once, here in its declaration; the reader, the blank
workbook, the data dictionary and the messages all work from it.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, TypeVar

from friendshore.models.schema.kinds import Identifier, Kind, Reference, Text

_COLUMN = "friendshore.column"


@dataclass(frozen=True)
class Column:
    """One column of a sheet.

    ``name`` is the header in snake case, ``field`` the attribute of the record that holds it (the same, but where
    the header is a Python keyword or says too little), ``unit`` what its numbers are in (``currency`` and ``unit``
    stand for the currency of Settings and the commodity's unit), ``symbol`` its letter in the mathematics,
    ``default`` the value of a blank cell, ``by_period`` true for the one field of a table that
    gathers a column for each period label, ``varies`` true where Profiles may give it another value in each period.
    """

    name: str
    field: str
    kind: Kind
    help: str
    required: bool
    default: Any
    unit: str
    symbol: str
    aliases: tuple[str, ...]
    by_period: bool
    varies: bool = False

    @property
    def title(self) -> str:
        """The header as a planner reads it: ``unit_cost`` is ``Unit cost``."""
        return self.name.replace("_", " ").capitalize()


def column(
    kind: Kind,
    help: str,
    *,
    default: Any = dataclasses.MISSING,
    unit: str = "",
    symbol: str = "",
    header: str = "",
    aliases: tuple[str, ...] = (),
    by_period: bool = False,
    varies: bool = False,
) -> Any:
    """Declare a column as a dataclass field.

    Parameters
    ----------
    kind
        What a cell may hold.
    help
        What it means, in a sentence for planners.
    default
        Value of a blank cell; without it the column is required.
    unit
        Of its numbers; ``currency`` and ``unit`` stand for the currency of Settings and the unit of the
        commodity.
    symbol
        Its letter in the formulas.
    header
        Name of the column where it differs from that of the field.
    aliases
        Other headers that stand for it.
    by_period
        Whether the field gathers a column for each period label.
    varies
        Whether Profiles may give it another value in each period: any number that is not a time, a count of units, a
        probability, or what holds at one moment only.

    Returns
    -------
    Any
        A dataclass field that carries the declaration.
    """
    required = default is dataclasses.MISSING and not by_period
    shown = None if required else default
    declared = Column(header, "", kind, help, required, shown, unit, symbol, aliases, by_period, varies)
    if by_period:
        return dataclasses.field(default_factory=dict, metadata={_COLUMN: declared})
    if required:
        return dataclasses.field(metadata={_COLUMN: declared})
    return dataclasses.field(default=default, metadata={_COLUMN: declared})


def name_column() -> Any:
    """The column ``name`` of a sheet whose rows have an id: what people read in its place.

    Returns
    -------
    Any
        A dataclass field that carries the declaration.
    """
    return column(Text(), "What people read in its place, in plans, charts and messages.", default="")


@dataclass(frozen=True)
class Table:
    """One input sheet: its name, its record class, its columns in order, and the columns that make a row unique."""

    sheet: str
    help: str
    record: type[Record]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    required: bool
    vertical: bool

    def column(self, name: str) -> Column:
        """The declared column ``name``; KeyError where there is none."""
        for declared in self.columns:
            if declared.name == name:
                return declared
        raise KeyError(name)

    @cached_property
    def name_column(self) -> Column | None:
        """The column in which its rows have names of their own, where they have."""
        return next((declared for declared in self.columns if isinstance(declared.kind, Identifier)), None)

    @cached_property
    def varying(self) -> Mapping[str, Column]:
        """By name, the columns that Profiles may give another value in each period; none where rows have no names."""
        return {each.name: each for each in self.columns if each.varies} if self.name_column else {}

    @cached_property
    def period_columns(self) -> Column | None:
        """The declaration of the columns that are headed by period labels, where the sheet has them."""
        return next((declared for declared in self.columns if declared.by_period), None)


@dataclass(frozen=True, kw_only=True)
class Record:
    """One row of an input sheet. ``row`` is its number on the sheet, ``given`` the columns whose cells were filled."""

    TABLE: ClassVar[Table]

    row: int = 0
    given: frozenset[str] = frozenset()
    note: str = column(Text(), "Free text, carried into the plan.", default="", aliases=("notes",))
    source_id: str = column(Reference("Sources"), "Where the figures of this row come from.", default="")


R = TypeVar("R", bound=Record)


def table(
    sheet: str, help: str, *, key: tuple[str, ...] = (), required: bool = False, vertical: bool = False
) -> Callable[[type[R]], type[R]]:
    """Make a frozen dataclass the declaration of an input sheet.

    Parameters
    ----------
    sheet
        Name of the input sheet.
    help
        What it holds, in a sentence for planners.
    key
        Columns that together make a row unique.
    required
        Whether a workbook must have it.
    vertical
        Whether it is a sheet of ``setting``/``value`` rows: its columns are the settings.

    Returns
    -------
    Callable[[type[R]], type[R]]
        A decorator that gives the record class its ``TABLE``.
    """

    def declare(record: type[R]) -> type[R]:
        fields = [field for field in dataclasses.fields(record) if _COLUMN in field.metadata]
        declared_here = inspect.get_annotations(record)
        own = [field for field in fields if field.name in declared_here]
        last = [field for field in fields if field.name not in declared_here]
        columns = tuple(_named(field.metadata[_COLUMN], field.name) for field in own + last)
        record.TABLE = Table(sheet, help, record, columns, key, required, vertical)
        return record

    return declare


def _named(declared: Column, field: str) -> Column:
    return dataclasses.replace(declared, name=declared.name or field, field=field)


def periods_of(values: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """Period columns of a row as sorted pairs, for comparing rows."""
    return tuple(sorted(values.items()))
