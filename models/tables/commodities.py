"""Commodities: what is mined, made, shipped, stocked and needed."""

from dataclasses import dataclass
from math import inf

from friendshore.models.schema import Identifier, Number, Record, Text, Word, column, name_column, table


@table("Commodities", "Every good, from ore to final component.", key=("commodity",), required=True)
@dataclass(frozen=True, kw_only=True)
class Commodity(Record):
    """One good, measured in its own unit."""

    commodity: str = column(Identifier(), "Short name used on all other sheets.")
    name: str = name_column()
    unit: str = column(Text(), "Unit of every quantity of this commodity, such as t.")
    sector: str = column(Text(), "Sector, for reports.", default="")
    stage: str = column(
        Word(), "Stage of the chain (ore, oxide, metal, component); stage:oxide means all of it.", default=""
    )
    price: float = column(
        Number(),
        "Reference price: base of tariffs, of refilling stocks and of reports.",
        default=0.0,
        unit="currency/unit",
        varies=True,
    )
    surplus_value: float = column(
        Number(minimum=-inf),
        "What a unit that is made and not wanted brings where it is made; below 0: what getting rid of it costs.",
        default=0.0,
        unit="currency/unit",
        varies=True,
    )
    description: str = column(Text(), "Free text.", default="")
