"""Stockpiles in columns, and the pairs of a stockpile and a country it releases to by a way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from friendshore.models.tables import Stockpile, Tables
from friendshore.optimizer.certify.numbers import Array, Places
from friendshore.optimizer.certify.years import by_period


@dataclass(frozen=True)
class Stockpiles:
    """All stockpiles: v and f stand in the same order; ``columns`` hold what may change, periods × stockpiles."""

    rows: tuple[Stockpile, ...]
    columns: Mapping[str, Array]

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
    def salvage(self) -> Array:
        """Worth of a unit left at the end of a path."""
        return np.array([row.salvage for row in self.rows], dtype=np.float64)

    @property
    def release_rate(self) -> Array:
        """What events cut, a year: max_release, or max_level where it is blank; periods × stockpiles."""
        rates = self.columns["max_release"]
        return np.where(np.isinf(rates), self.columns["max_level"], rates)


def read_stockpiles(tables: Tables) -> Stockpiles:
    """The stockpiles, with what may change with the years."""
    rows = tables.stockpiles
    columns = {
        "max_level": {row.stockpile: row.max_level for row in rows},
        "min_level": {row.stockpile: row.min_level for row in rows},
        "holding_cost": {row.stockpile: row.holding_cost for row in rows},
        "loss_rate": {row.stockpile: row.loss_rate for row in rows},
        "max_fill": {row.stockpile: row.max_fill for row in rows},
        "max_release": {row.stockpile: row.max_release for row in rows},
    }
    return Stockpiles(rows, {name: by_period(tables, "Stockpiles", name, of) for name, of in columns.items()})


@dataclass(frozen=True)
class Pairs:
    """Pairs of a stockpile and a destination that a plan uses: g stands in the same order.

    ``way`` is blank at home, ``lane`` the lane a pair takes, -1 at home.
    """

    stockpile: Places
    destination: tuple[str, ...]
    way: tuple[str, ...]
    lane: Places

    @cached_property
    def by_lane(self) -> dict[int, tuple[int, ...]]:
        """Pairs that take each lane."""
        return {int(lane): tuple(np.flatnonzero(self.lane == lane).tolist()) for lane in set(self.lane.tolist())}

    @cached_property
    def abroad(self) -> Places:
        """Pairs that cross a border."""
        return np.flatnonzero(self.lane >= 0)
