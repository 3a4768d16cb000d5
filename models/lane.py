"""A lane: one commodity on one way from one country to another."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import NamedTuple


class LaneKey(NamedTuple):
    """What makes a lane: the two ends, what moves, and the way, blank where it has no name."""

    origin: str
    destination: str
    commodity: str
    way: str = ""

    @property
    def abroad(self) -> bool:
        """Whether it crosses a border."""
        return self.origin != self.destination


@dataclass(frozen=True)
class Lane:
    """One commodity on one way from one country to another, after groups and precedence are resolved.

    ``name`` is the own name of its row on the sheet, by which other sheets speak of it, ``row`` the position of that
    row in ``Tables.lanes`` (-1: no row speaks of it). With ``shared`` its capacity and ``least`` are those of all lanes
    of the row together. What may change with the years is asked of the problem (``Problem.lane_cost`` …).
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
    shared: bool = False
    name: str = ""
    row: int = -1

    @property
    def key(self) -> LaneKey:
        """What makes it."""
        return LaneKey(self.origin, self.destination, self.commodity, self.way)

    @property
    def abroad(self) -> bool:
        """Whether it crosses a border."""
        return self.origin != self.destination
