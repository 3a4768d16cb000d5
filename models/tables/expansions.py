"""Expansions: capacity that may be built."""

from dataclasses import dataclass
from math import inf

from friendshore.models.schema import Flag, Identifier, Number, Record, Reference, Shares, column, name_column, table

ANY = "any "
"""Stands before the name of an expansion of which one unit is enough."""


@table("Expansions", "Capacity that may be built, in units of a given size.", key=("expansion",))
@dataclass(frozen=True, kw_only=True)
class Expansion(Record):
    """One project that adds capacity to a plant, or room to a stockpile."""

    expansion: str = column(Identifier(), "Short name of the project.")
    name: str = name_column()
    plant: str = column(Reference("Plants"), "Where the capacity goes; blank for a store.", default="")
    size: float = column(Number(above=True), "Capacity of one unit; of a store what it holds.", unit="activity/year")
    capex: float = column(Number(), "Price of one unit, paid when decided.", unit="currency", varies=True)
    max_units: float = column(Number(), "Most units on any path.", default=1.0, unit="units")
    integer: bool = column(Flag(), "Whole units only.", default=True)
    fixed_cost: float = column(
        Number(), "Cost of a unit a year in service.", default=0.0, unit="currency/year", varies=True
    )
    lead_years: float = column(
        Number(minimum=-inf),
        "From the decision to service; below 0 only where all units are committed: so long they have served.",
        default=0.0,
        unit="years",
    )
    life_years: float | None = column(
        Number(above=True),
        "Years of service; blank: to the end of the horizon, paid in full.",
        default=None,
        unit="years",
    )
    earliest: str = column(
        Reference("Periods"), "First period in which it may be decided; blank: the first.", default=""
    )
    latest: str = column(Reference("Periods"), "Last period in which it may be decided; blank: the last.", default="")
    requires: str = column(
        Reference("Expansions", prefix=ANY),
        "Expansion of which as many units must be decided before or at the same time; any NAME: one of it will do.",
        default="",
    )
    ramp: tuple[float, ...] = column(
        Shares(),
        "Share of its size that serves in its first, second … year of service, such as 0.3, 0.6; all of it afterwards.",
        default=(),
        unit="share",
    )
    stockpile: str = column(
        Reference("Stockpiles"), "For a store: the stockpile to whose max_level it adds.", default=""
    )
    opened_by: str = column(
        Reference("Scenarios"),
        "Dated scenario that opens it: it may be decided on that path and those that leave it, and nowhere else.",
        default="",
    )
    payer: str = column(Reference("Countries"), "Country that pays; blank: that of the plant or stockpile.", default="")
    committed: float = column(
        Number(),
        "Units that stand or are on order already: the plan decides on them at the start, whatever else it does.",
        default=0.0,
        unit="units",
    )

    @property
    def needed(self) -> str:
        """The expansion that it requires; blank where there is none."""
        return self.requires.removeprefix(ANY).strip()

    @property
    def needs_any(self) -> bool:
        """Whether one unit of what it requires is enough, however many there are of it."""
        return self.requires.startswith(ANY)
