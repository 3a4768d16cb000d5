"""Periods: the planning horizon."""

from collections.abc import Sequence
from dataclasses import dataclass

from friendshore.models.schema import Flag, Label, Number, Record, Whole, column, table


@table("Periods", "The planning horizon, one row a period, in order.", key=("period",), required=True)
@dataclass(frozen=True, kw_only=True)
class Period(Record):
    """One period; the first starts at offset 0."""

    period: str = column(Label(), "Label of the period, in order of time.")
    years: float = column(
        Number(minimum=1e-4, maximum=1000), "Length of the period.", default=1.0, unit="years", symbol="d"
    )
    steps: int = column(
        Whole(minimum=1), "Equal steps into which the base path is cut; units are decided at its first.", default=1
    )
    look_ahead: bool = column(
        Flag(),
        "Planned and paid for, so that the end of the plan is not the end of the world, but kept out of every total.",
        default=False,
    )


def planned_labels(periods: Sequence[Period]) -> list[str]:
    """Labels of the periods that are planned, those with look_ahead left out."""
    return [period.period for period in periods if not period.look_ahead]


def look_ahead_labels(periods: Sequence[Period]) -> list[str]:
    """Labels of the periods behind the plan, which no headline, total or chart counts."""
    return [period.period for period in periods if period.look_ahead]
