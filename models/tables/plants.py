"""Plants: existing capacity and sites where capacity may be built."""

from dataclasses import dataclass

from friendshore.models.schema import (
    Flag,
    Identifier,
    Number,
    Record,
    Reference,
    References,
    column,
    name_column,
    table,
)


@table("Plants", "Mines, refineries, factories, and sites where they may be built.", key=("plant",), required=True)
@dataclass(frozen=True, kw_only=True)
class Plant(Record):
    """One plant: recipes run at some activity a year, or a source of one commodity."""

    plant: str = column(Identifier(), "Short name of the plant.")
    name: str = name_column()
    country: str = column(Reference("Countries"), "Where it stands.")
    recipe: str = column(
        References("Recipes", every=False),
        "Recipe it runs, or a list among which it divides its capacity; leave blank where `commodity` is given.",
        default="",
    )
    commodity: str = column(
        Reference("Commodities"), "The one commodity it makes from nothing, one unit per unit of activity.", default=""
    )
    capacity: float = column(
        Number(), "Existing capacity; 0 for a candidate site.", unit="activity/year", symbol="K", varies=True
    )
    unit_cost: float = column(Number(), "Cost per unit of activity.", unit="currency/activity", varies=True)
    fixed_cost: float = column(
        Number(), "Cost a year while its existing capacity is kept.", default=0.0, unit="currency/year", varies=True
    )
    may_close: bool = column(
        Flag(), "Whether it may be closed for good at the start of a period, all of it.", default=False
    )
    closing_cost: float = column(
        Number(), "Cost of closing it, paid when it is closed.", default=0.0, unit="currency", varies=True
    )
    min_use: float = column(
        Number(maximum=1),
        "Least share of existing capacity used on the base path.",
        default=0.0,
        unit="share",
        varies=True,
    )
    from_period: str = column(
        Reference("Periods"), "First period of the existing capacity; blank: the first.", default=""
    )
    to_period: str = column(Reference("Periods"), "Last period of the existing capacity; blank: the last.", default="")
    emissions: float = column(
        Number(), "Emissions per unit of activity.", default=0.0, unit="t CO2e/activity", varies=True
    )
    recover_years: float | None = column(
        Number(), "Time to recover from a stop; blank: the country's.", default=None, unit="years"
    )

    @property
    def recipes(self) -> tuple[str, ...]:
        """The recipes it runs, each once; none where it makes its ``commodity``."""
        return tuple(dict.fromkeys(name for part in self.recipe.split(",") if (name := part.strip())))
