"""A lane: one commodity on the way from one country to another."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf


@dataclass(frozen=True)
class Lane:
    """One commodity on the way from one country to another, after groups and precedence are resolved.

    ``way`` tells several ways between one pair apart, ``name`` is the own name of its row on the sheet, by which other
    sheets speak of it; what may change with the years is asked of the problem (``Problem.lane_cost`` …).
    """

    origin: str
    destination: str
    commodity: str
    cost: float = 0.0
    tariff: float = 0.0
    loss: float = 0.0
    capacity: float = inf
    routes: tuple[str, ...] = ()
    emissions: float = 0.0
    way: str = ""
    least: float = 0.0
    name: str = ""

    @property
    def abroad(self) -> bool:
        """Whether it crosses a border."""
        return self.origin != self.destination
