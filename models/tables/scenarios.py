"""Scenarios: what may happen, when, and how likely it is."""

from dataclasses import dataclass

from friendshore.models.schema import Identifier, Label, Number, Record, References, Whole, column, name_column, table


@table(
    "Scenarios",
    "What may go wrong: dangers at any time, what follows them, and scenarios of known dates.",
    key=("scenario",),
)
@dataclass(frozen=True, kw_only=True)
class Scenario(Record):
    """One danger (``per_year``), one sequel of a danger, or one dated scenario; probability 0: a stress test."""

    scenario: str = column(Identifier(), "Short name of the scenario.")
    name: str = name_column()
    per_year: float | None = column(
        Number(maximum=1, below=True),
        "A danger: chance a year that it begins while nothing has begun; 0: a stress test from every onset.",
        default=None,
        unit="share",
        symbol="p",
    )
    probability: float | None = column(
        Number(maximum=1, below=True),
        "Dated: that its path is the one that plays out (0: a stress test). Sequel: that it follows its parent.",
        default=None,
        unit="share",
        symbol="p",
    )
    onset: str = column(
        Label(),
        "Dated: the period at whose start it begins. Danger: blank or any, or a span 2028..2032. Sequel: +N years.",
        default="",
    )
    parent: str = column(
        References("Scenarios", also=("base",), every=False),
        "Path it leaves: base, or another scenario; for a danger also a list of the paths it may strike.",
        default="base",
    )
    step_months: int | None = column(
        Whole(minimum=1),
        "Length of the steps while an event acts; blank: 3 where they fit.",
        default=None,
        unit="months",
    )
