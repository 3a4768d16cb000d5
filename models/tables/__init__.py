"""The input sheets, one a file, and ``Tables``: all rows of one workbook."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TypeVar

from friendshore.models.schema import Record, Table, periods_of
from friendshore.models.tables.commodities import Commodity
from friendshore.models.tables.countries import Country
from friendshore.models.tables.demand import Demand
from friendshore.models.tables.events import EVENT_COLUMNS, Event
from friendshore.models.tables.expansions import Expansion
from friendshore.models.tables.lanes import LaneRow
from friendshore.models.tables.periods import Period
from friendshore.models.tables.plants import Plant
from friendshore.models.tables.policies import Policy
from friendshore.models.tables.policy_kinds import POLICY_KINDS, PolicyKind
from friendshore.models.tables.profiles import OFFERED, Profile
from friendshore.models.tables.protections import Protection
from friendshore.models.tables.recipes import RecipeLine
from friendshore.models.tables.scenarios import Scenario
from friendshore.models.tables.settings import Settings
from friendshore.models.tables.sources import Source
from friendshore.models.tables.stockpiles import Stockpile

__all__ = [
    "EVENT_COLUMNS",
    "OFFERED",
    "POLICY_KINDS",
    "RECORDS",
    "TABLES",
    "Commodity",
    "Country",
    "Demand",
    "Event",
    "Expansion",
    "LaneRow",
    "Period",
    "Plant",
    "Policy",
    "PolicyKind",
    "Profile",
    "Protection",
    "RecipeLine",
    "Scenario",
    "Settings",
    "Source",
    "Stockpile",
    "Tables",
]

# In the order of the sheets of a new workbook.
RECORDS: tuple[type[Record], ...] = (
    Settings,
    Period,
    Country,
    Commodity,
    RecipeLine,
    Plant,
    Expansion,
    Demand,
    LaneRow,
    Stockpile,
    Scenario,
    Event,
    Protection,
    Policy,
    Profile,
    Source,
)
TABLES: tuple[Table, ...] = tuple(record.TABLE for record in RECORDS)


@dataclass(frozen=True, kw_only=True)
class Tables:
    """All rows of one workbook, typed, each table in the order of its sheet."""

    periods: tuple[Period, ...]
    countries: tuple[Country, ...]
    commodities: tuple[Commodity, ...]
    plants: tuple[Plant, ...]
    demand: tuple[Demand, ...]
    settings: Settings = field(default_factory=Settings)
    recipes: tuple[RecipeLine, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    lanes: tuple[LaneRow, ...] = ()
    stockpiles: tuple[Stockpile, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    events: tuple[Event, ...] = ()
    protections: tuple[Protection, ...] = ()
    policies: tuple[Policy, ...] = ()
    profiles: tuple[Profile, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def by_sheet(self) -> dict[str, tuple[Record, ...]]:
        """Rows by the name of their sheet, the sheets in the order of a new workbook; those of Settings are one."""
        rows: tuple[tuple[Record, ...], ...] = (
            (self.settings,),
            self.periods,
            self.countries,
            self.commodities,
            self.recipes,
            self.plants,
            self.expansions,
            self.demand,
            self.lanes,
            self.stockpiles,
            self.scenarios,
            self.events,
            self.protections,
            self.policies,
            self.profiles,
            self.sources,
        )
        return {table.sheet: records for table, records in zip(TABLES, rows, strict=True)}

    def canonical(self) -> Tables:
        """The same rows in an order that does not depend on the sheet's (periods excepted, whose order is time)."""
        return dataclasses.replace(
            self,
            countries=_ordered(self.countries),
            commodities=_ordered(self.commodities),
            plants=_ordered(self.plants),
            demand=_ordered(self.demand),
            recipes=_ordered(self.recipes),
            expansions=_ordered(self.expansions),
            lanes=_ordered(self.lanes),
            stockpiles=_ordered(self.stockpiles),
            scenarios=_ordered(self.scenarios),
            events=_ordered(self.events),
            protections=_ordered(self.protections),
            policies=_ordered(self.policies),
            profiles=_ordered(self.profiles),
            sources=_ordered(self.sources),
        )


T = TypeVar("T", bound=Record)


def _ordered(rows: tuple[T, ...]) -> tuple[T, ...]:
    """Rows by their content, the place on the sheet last."""
    return tuple(sorted(rows, key=lambda row: (_content(row), row.row)))


def _content(row: Record) -> tuple[str, ...]:
    values = vars(row)
    return tuple(
        repr(periods_of(values[declared.field]) if declared.by_period else values[declared.field])
        for declared in row.TABLE.columns
    )
