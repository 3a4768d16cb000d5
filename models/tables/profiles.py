"""Profiles: numbers of any sheet that change from period to period."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from friendshore.models.schema import Choice, Column, Number, Record, Table, Word, column, table
from friendshore.models.tables.commodities import Commodity
from friendshore.models.tables.expansions import Expansion
from friendshore.models.tables.lanes import LaneRow
from friendshore.models.tables.plants import Plant
from friendshore.models.tables.policies import Policy
from friendshore.models.tables.protections import Protection
from friendshore.models.tables.stockpiles import Stockpile

_CHANGING: tuple[type[Record], ...] = (Commodity, Plant, Expansion, LaneRow, Stockpile, Protection, Policy)

OFFERED: Mapping[str, Table] = {record.TABLE.sheet: record.TABLE for record in _CHANGING if record.TABLE.varying}
"""By sheet, the tables whose rows have names and whose declarations let some columns change with the years."""


@table(
    "Profiles", "What changes with the years: values by period instead of a constant.", key=("table", "id", "column")
)
@dataclass(frozen=True, kw_only=True)
class Profile(Record):
    """The values of one column of one row over the periods; a blank cell is the constant."""

    sheet: str = column(Choice(tuple(OFFERED)), "Sheet of the constant.", header="table")
    entry: str = column(Word(), "Row of the constant, by its own name.", header="id")
    constant: str = column(
        Choice(tuple(dict.fromkeys(name for declared in OFFERED.values() for name in declared.varying))),
        "Column of the constant: of these, one that its sheet has.",
        header="column",
    )
    by_period: Mapping[str, float] = column(
        Number(minimum=-inf), "Value in that period; what is decided in it, like capex, at that price.", by_period=True
    )

    @property
    def declared(self) -> Column | None:
        """The declaration of the column that changes; None where its sheet has none of that name."""
        return OFFERED[self.sheet].varying.get(self.constant)
