"""Demand: who needs how much, and what a unit short costs."""

from collections.abc import Mapping
from dataclasses import dataclass

from friendshore.models.schema import Number, Record, Reference, Word, column, table


@table("Demand", "What each country needs a year, by tier; several rows for one key add up.", required=True)
@dataclass(frozen=True, kw_only=True)
class Demand(Record):
    """One row of demand; the quantity of a period is its own column, else ``per_year``."""

    country: str = column(Reference("Countries"), "Who needs it.")
    commodity: str = column(Reference("Commodities"), "What is needed.")
    tier: str = column(Word(), "Class of use, such as defence or general.", default="all")
    shortage_cost: float = column(Number(), "Damage done by a unit short.", unit="currency/unit", symbol="s")
    per_year: float | None = column(
        Number(), "Quantity a year in every period whose own column is blank.", default=None, unit="unit/year"
    )
    by_period: Mapping[str, float] = column(
        Number(), "Quantity a year in that period.", unit="unit/year", by_period=True, symbol="D"
    )
