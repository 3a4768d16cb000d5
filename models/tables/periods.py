"""Periods: the planning horizon."""

from dataclasses import dataclass

from friendshore.models.schema import Label, Number, Record, column, table


@table("Periods", "The planning horizon, one row a period, in order.", key=("period",), required=True)
@dataclass(frozen=True, kw_only=True)
class Period(Record):
    """One period; the first starts at offset 0."""

    period: str = column(Label(), "Label of the period, in order of time.")
    years: float = column(Number(above=True), "Length of the period.", default=1.0, unit="years", symbol="d")
