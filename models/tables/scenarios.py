"""Scenarios: what may happen, when, and how likely it is."""

from dataclasses import dataclass

from friendshore.models.schema import Identifier, Number, Record, Reference, Whole, column, table


@table("Scenarios", "Paths that leave their parent's path at the start of a period.", key=("scenario",))
@dataclass(frozen=True, kw_only=True)
class Scenario(Record):
    """One branch of the tree; probability 0 makes it a stress test."""

    scenario: str = column(Identifier(), "Short name of the scenario.")
    probability: float = column(
        Number(maximum=1, below=True),
        "That its path is the one that plays out; 0: a stress test.",
        unit="share",
        symbol="p",
    )
    onset: str = column(Reference("Periods"), "Period at whose start the path leaves its parent.")
    parent: str = column(
        Reference("Scenarios", also=("base",)),
        "Path it leaves: base or a scenario with an earlier onset.",
        default="base",
    )
    step_months: int | None = column(
        Whole(minimum=1),
        "Length of the steps while an event acts; blank: 3 where they fit.",
        default=None,
        unit="months",
    )
