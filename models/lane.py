"""A lane: one commodity on the way from one country to another."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf


@dataclass(frozen=True)
class Lane:
    """One commodity on the way from one country to another, after groups and precedence are resolved."""

    origin: str
    destination: str
    commodity: str
    cost: float = 0.0
    tariff: float = 0.0
    loss: float = 0.0
    capacity: float = inf
    routes: tuple[str, ...] = ()
    emissions: float = 0.0

    @property
    def abroad(self) -> bool:
        """Whether it crosses a border."""
        return self.origin != self.destination
