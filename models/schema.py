"""How a worksheet is declared: a frozen dataclass whose fields are columns.

Title, unit, default, limits and help of a column are said once, here in its declaration; the reader, the blank
workbook, the data dictionary and the messages all work from it.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Any, ClassVar, TypeVar

# --------------------------------------------------------------------------------------------------------------
# What a cell may hold


@dataclass(frozen=True)
class Text:
    """Any text."""


@dataclass(frozen=True)
class Word:
    """A word that rows share (a bloc, a stage, a tier, a hazard): compared after folding, defined by being used."""


@dataclass(frozen=True)
class Identifier:
    """A new name, unique on its sheet; the reserved names are refused."""


@dataclass(frozen=True)
class Label:
    """A period label: text, or a number read as text (2026 is the label ``2026``)."""


@dataclass(frozen=True)
class Reference:
    """One name that another sheet defines, or one of ``also``; ``prefix`` (``any ``) may stand before a name."""

    sheet: str
    also: tuple[str, ...] = ()
    prefix: str = ""


@dataclass(frozen=True)
class References:
    """One name, a comma-separated list of names that another sheet defines or of ``also``.

    ``*`` stands for all of them where ``every`` is true.
    """

    sheet: str
    also: tuple[str, ...] = ()
    every: bool = True


@dataclass(frozen=True)
class Group:
    """Countries: a name, ``@bloc``, ``@coalition``, ``*`` or a comma-separated list of these.

    ``each`` may stand before it where ``each`` is true (Policies); ``also`` names words that may stand instead
    (``own``); ``prefixes`` such as ``plant:`` open another set of members (survive rules).
    """

    each: bool = False
    also: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()


@dataclass(frozen=True)
class CommoditySelection:
    """A commodity, a comma-separated list, ``stage:oxide`` (all of that stage) or ``*``."""


@dataclass(frozen=True)
class Tags:
    """Comma-separated words."""


@dataclass(frozen=True)
class Shares:
    """Numbers from 0 to 1, separated by commas: ``0.3, 0.6``; or one number."""


@dataclass(frozen=True)
class Number:
    """A finite number in [minimum, maximum]; ``below`` and ``above`` exclude the ends."""

    minimum: float = 0.0
    maximum: float = inf
    above: bool = False
    below: bool = False


@dataclass(frozen=True)
class Whole:
    """A whole number in [minimum, maximum]."""

    minimum: int = 0
    maximum: float = inf


@dataclass(frozen=True)
class Flag:
    """``yes`` or ``no``."""


@dataclass(frozen=True)
class Choice:
    """One of the words."""

    words: Collection[str]


Kind = (
    Text
    | Word
    | Identifier
    | Label
    | Reference
    | References
    | Group
    | CommoditySelection
    | Tags
    | Shares
    | Number
    | Whole
    | Flag
    | Choice
)

# --------------------------------------------------------------------------------------------------------------
# Columns and tables

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
