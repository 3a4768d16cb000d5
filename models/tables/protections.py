"""Protections: what keeps capacity alive when a hazard strikes."""

from dataclasses import dataclass

from friendshore.models.schema import (
    CommoditySelection,
    Flag,
    Group,
    Identifier,
    Number,
    Record,
    Reference,
    References,
    Word,
    column,
    name_column,
    table,
)


@table(
    "Protections", "Hardening, price floors, second sources: bought at the start, paid every year.", key=("protection",)
)
@dataclass(frozen=True, kw_only=True)
class Protection(Record):
    """One protection against one hazard."""

    protection: str = column(Identifier(), "Short name of the protection.")
    name: str = name_column()
    hazard: str = column(Word(), "Hazard it answers, as on Events.")
    country: str = column(Group(), "Countries whose plants it covers.", default="*")
    plant: str = column(References("Plants"), "Plants it covers.", default="*")
    commodity: str = column(CommoditySelection(), "Commodities whose plants it covers.", default="*")
    effectiveness: float | None = column(
        Number(maximum=1),
        "Share of the loss it prevents; blank: 1, or 0 where it shortens.",
        default=None,
        unit="share",
        varies=True,
    )
    shortens: float | None = column(
        Number(maximum=1), "Share by which it shortens stop and recovery; blank: not.", default=None, unit="share"
    )
    cost: float = column(Number(), "Cost once bought, on every path.", unit="currency/year", varies=True)
    from_period: str = column(
        Reference("Periods"),
        "First period in which it may be bought, once; blank: bought at the start or not at all.",
        default="",
    )
    payer: str = column(
        Reference("Countries"), "Country that pays; blank: that of the first plant it covers.", default=""
    )
    committed: bool = column(Flag(), "Whether it is in force already: the plan buys it in any case.", default=False)

    @property
    def prevents(self) -> float:
        """Share of the loss that it prevents: all of it where neither that nor a shortening is told."""
        if self.effectiveness is not None:
            return self.effectiveness
        return 1.0 if self.shortens is None else 0.0
