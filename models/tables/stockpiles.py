"""Stockpiles: what is held against a stop."""

from dataclasses import dataclass
from math import inf

from friendshore.models.schema import Group, Identifier, Number, Record, Reference, column, name_column, table


@table("Stockpiles", "Stocks of one commodity in one country.", key=("stockpile",))
@dataclass(frozen=True, kw_only=True)
class Stockpile(Record):
    """One stockpile."""

    stockpile: str = column(Identifier(), "Short name of the stockpile.")
    name: str = name_column()
    country: str = column(Reference("Countries"), "Where it is held.")
    commodity: str = column(Reference("Commodities"), "What it holds.")
    initial: float = column(Number(), "Held at the start.", default=0.0, unit="unit")
    max_level: float = column(Number(), "Most it can hold.", unit="unit", varies=True)
    holding_cost: float = column(
        Number(), "Cost of holding.", default=0.0, unit="currency/unit/year", symbol="h", varies=True
    )
    loss_rate: float = column(
        Number(maximum=1, below=True), "Share lost a year.", default=0.0, unit="share/year", varies=True
    )
    max_fill: float = column(
        Number(), "Most that can be filled in; blank: without end.", default=inf, unit="unit/year", varies=True
    )
    max_release: float = column(
        Number(), "Most that can be released; blank: without end.", default=inf, unit="unit/year", varies=True
    )
    serves: str = column(
        Group(also=("own",)), "Who may draw on it: own, or a group reached over the lanes.", default="own"
    )
    final_min: float | None = column(
        Number(), "Least level at the end of the base path; blank: what it starts with.", default=None, unit="unit"
    )
    min_level: float = column(
        Number(), "Least level at the end of every period, on the base path.", default=0.0, unit="unit", varies=True
    )
    salvage: float = column(Number(), "Worth of a unit left at the end of any path.", default=0.0, unit="currency/unit")
