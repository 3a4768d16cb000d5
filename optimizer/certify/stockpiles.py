"""Stockpiles in columns, and the pairs of a stockpile and a country it releases to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import inf

import numpy as np

from friendshore.models.tables import Stockpile
from friendshore.optimizer.certify.numbers import Array, Places


@dataclass(frozen=True)
class Stockpiles:
    """All stockpiles: v and f stand in the same order."""

    rows: tuple[Stockpile, ...]

    @property
    def index(self) -> dict[str, int]:
        """Places by name."""
        return {row.stockpile: place for place, row in enumerate(self.rows)}

    @property
    def initial(self) -> Array:
        """Held before the first node."""
        return np.array([row.initial for row in self.rows], dtype=np.float64)

    @property
    def final_min(self) -> Array:
        """Least level at the end of the base path: what it starts with where the cell is blank."""
        least = [row.initial if row.final_min is None else row.final_min for row in self.rows]
        return np.array(least, dtype=np.float64)

    @property
    def release_rate(self) -> Array:
        """What events cut, a year: max_release, or max_level where it is blank."""
        rates = [row.max_level if row.max_release == inf else row.max_release for row in self.rows]
        return np.array(rates, dtype=np.float64)

    def column(self, name: str) -> Array:
        """A column of the sheet."""
        columns = {
            "max_level": [row.max_level for row in self.rows],
            "holding_cost": [row.holding_cost for row in self.rows],
            "loss_rate": [row.loss_rate for row in self.rows],
            "max_fill": [row.max_fill for row in self.rows],
            "max_release": [row.max_release for row in self.rows],
            "salvage": [row.salvage for row in self.rows],
        }
        return np.array(columns[name], dtype=np.float64)


@dataclass(frozen=True)
class Pairs:
    """Pairs of a stockpile and a destination that a plan uses: g stands in the same order.

    ``lane`` is the lane a pair takes, -1 at home.
    """

    stockpile: Places
    destination: tuple[str, ...]
    lane: Places

    @cached_property
    def by_lane(self) -> dict[int, tuple[int, ...]]:
        """Pairs that take each lane."""
        return {int(lane): tuple(np.flatnonzero(self.lane == lane).tolist()) for lane in set(self.lane.tolist())}

    @cached_property
    def abroad(self) -> Places:
        """Pairs that cross a border."""
        return np.flatnonzero(self.lane >= 0)
