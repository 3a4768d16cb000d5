"""Protections: what keeps capacity alive when a hazard strikes."""

from dataclasses import dataclass

from friendshore.models.schema import (
    CommoditySelection,
    Group,
    Identifier,
    Number,
    Record,
    Reference,
    References,
    Word,
    column,
    table,
)


@table(
    "Protections", "Hardening, price floors, second sources: bought at the start, paid every year.", key=("protection",)
)
@dataclass(frozen=True, kw_only=True)
class Protection(Record):
    """One protection against one hazard."""

    protection: str = column(Identifier(), "Short name of the protection.")
    hazard: str = column(Word(), "Hazard it answers, as on Events.")
    country: str = column(Group(), "Countries whose plants it covers.", default="*")
    plant: str = column(References("Plants"), "Plants it covers.", default="*")
    commodity: str = column(CommoditySelection(), "Commodities whose plants it covers.", default="*")
    effectiveness: float = column(
        Number(maximum=1), "Share of the loss it prevents.", default=1.0, unit="share", varies=True
    )
    cost: float = column(Number(), "Cost once bought, on every path.", unit="currency/year", varies=True)
    payer: str = column(
        Reference("Countries"), "Country that pays; blank: that of the first plant it covers.", default=""
    )
