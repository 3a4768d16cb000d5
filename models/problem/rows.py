"""The rows of one workbook by their names, and its horizon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from types import MappingProxyType

from friendshore.models.tables import (
    Commodity,
    Country,
    Demand,
    Expansion,
    Period,
    Plant,
    Policy,
    Protection,
    Settings,
    Stockpile,
    Tables,
)
from friendshore.models.tables.names import given_names


@dataclass(frozen=True, eq=False, repr=False)
class Rows:
    """Valid tables in canonical order, each row by its name."""

    tables: Tables

    @property
    def settings(self) -> Settings:
        """The settings."""
        return self.tables.settings

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods in order of time."""
        return self.tables.periods

    @cached_property
    def countries(self) -> MappingProxyType[str, Country]:
        """Countries by name."""
        return MappingProxyType({row.country: row for row in self.tables.countries})

    @cached_property
    def commodities(self) -> MappingProxyType[str, Commodity]:
        """Commodities by name."""
        return MappingProxyType({row.commodity: row for row in self.tables.commodities})

    @cached_property
    def plants(self) -> MappingProxyType[str, Plant]:
        """Plants by name."""
        return MappingProxyType({row.plant: row for row in self.tables.plants})

    @cached_property
    def stockpiles(self) -> MappingProxyType[str, Stockpile]:
        """Stockpiles by name."""
        return MappingProxyType({row.stockpile: row for row in self.tables.stockpiles})

    @cached_property
    def expansions(self) -> MappingProxyType[str, Expansion]:
        """Expansions by name."""
        return MappingProxyType({row.expansion: row for row in self.tables.expansions})

    @cached_property
    def protections(self) -> MappingProxyType[str, Protection]:
        """Protections by name."""
        return MappingProxyType({row.protection: row for row in self.tables.protections})

    @property
    def demand(self) -> tuple[Demand, ...]:
        """The rows of demand."""
        return self.tables.demand

    @property
    def policies(self) -> tuple[Policy, ...]:
        """The policies."""
        return self.tables.policies

    @cached_property
    def names(self) -> Mapping[str, Mapping[str, str]]:
        """What people read in place of ids, by sheet and id; ids that were given no name are left out."""
        return given_names(self.tables)

    @property
    def horizon(self) -> float:
        """H: the end of the last period, in years."""
        return sum(period.years for period in self.periods)

    @cached_property
    def period_starts(self) -> tuple[float, ...]:
        """Start of each period, years from the start of the horizon."""
        return tuple(accumulate((period.years for period in self.periods[:-1]), initial=0.0))

    def period_index(self, label: str, default: int) -> int:
        """Position of a period by its label; ``default`` where the label is blank."""
        return (
            next((i for i, period in enumerate(self.periods) if period.period == label), default) if label else default
        )

    def window(self, first: str, last: str) -> range:
        """Positions of the periods from ``first`` to ``last``, both included; blank ends are those of the horizon."""
        return range(self.period_index(first, 0), self.period_index(last, len(self.periods) - 1) + 1)
