"""A branch: a path that leaves its parent's at the start of a period, with what strikes it."""

from __future__ import annotations

from dataclasses import dataclass

from friendshore.models.tables import Event

BASE = "base"
"""The path on which nothing goes wrong."""


@dataclass(frozen=True)
class Branch:
    """A path that leaves its parent: a branch of a row of Scenarios, or a stress branch that a rule generates.

    ``probability`` is that of its path being the one that plays out to the end; ``onset`` the position of the period
    at whose start it leaves ``parent``; ``step_months`` None means the default (3 where they fit); ``scenario`` is the
    name of its row of Scenarios and ``policy`` that of the policy that generated it, each blank where it is the other.
    """

    name: str
    probability: float
    onset: int
    parent: str
    step_months: int | None
    events: tuple[Event, ...]
    policy: str = ""
    scenario: str = ""
