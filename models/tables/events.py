"""Events: what a scenario does to plants, exports, routes, demand and costs."""

from dataclasses import dataclass

from friendshore.models.schema import (
    Choice,
    CommoditySelection,
    Group,
    Number,
    Record,
    Reference,
    References,
    Word,
    column,
    table,
)

# The columns each kind of event reads besides scenario, kind, times and `remaining`.
EVENT_COLUMNS = {
    "capacity": ("country", "commodity", "plant", "hazard"),
    "export": ("country", "commodity", "to", "quota"),
    "route": ("route", "country", "commodity"),
    "demand": ("country", "commodity"),
    "cost": ("country", "commodity", "plant"),
}


@table("Events", "What happens on a scenario's path, counted from its onset.")
@dataclass(frozen=True, kw_only=True)
class Event(Record):
    """One event; ``buyers`` is the column ``to``."""

    scenario: str = column(Reference("Scenarios"), "Whose path it strikes.")
    kind: str = column(Choice(tuple(EVENT_COLUMNS)), "What it acts on.")
    country: str = column(Group(), "Countries it strikes (exporters, origins).", default="*")
    commodity: str = column(CommoditySelection(), "Commodities it strikes.", default="*")
    plant: str = column(References("Plants"), "Plants it strikes.", default="*")
    route: str = column(Word(), "Route tag it closes (kind route).", default="")
    buyers: str = column(
        Group(), "Buyers an export event shuts out.", default="@coalition", header="to", aliases=("buyers",)
    )
    start_years: float = column(Number(), "From the onset to the event.", default=0.0, unit="years")
    years: float = column(Number(), "How long it lasts.", unit="years", symbol="T")
    remaining: float | None = column(
        Number(), "What is left: 1 untouched, 0 gone, above 1 for surges.", default=None, unit="share", symbol="ρ"
    )
    quota: float | None = column(
        Number(),
        "Instead of remaining, for exports of one commodity: what may still go to the buyers in all.",
        default=None,
        unit="unit/year",
    )
    recovery_years: float = column(Number(), "Straight line back to 1 after it.", default=0.0, unit="years", symbol="R")
    hazard: str = column(
        Word(), "Kind of danger (geopolitical, market, cyber, natural): what protections answer.", default=""
    )
