"""Profiles: constants that change from period to period."""

from collections.abc import Mapping
from dataclasses import dataclass

from friendshore.models.schema import Choice, Number, Record, Reference, column, table


@table("Profiles", "Values by period that stand instead of a constant.", key=("table", "id", "column"))
@dataclass(frozen=True, kw_only=True)
class Profile(Record):
    """The values of one column of one row over the periods; a blank cell is the constant."""

    sheet: str = column(Choice(("Plants",)), "Sheet of the constant.", header="table")
    entry: str = column(Reference("Plants"), "Row of the constant, by its name.", header="id")
    constant: str = column(Choice(("capacity", "unit_cost")), "Column of the constant.", header="column")
    by_period: Mapping[str, float] = column(Number(), "Value in that period.", by_period=True)
