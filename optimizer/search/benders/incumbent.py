"""Incumbent: the best point that a search by decomposition has come upon."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.benders.evaluate import BlockValue

PRECISION = 1e-9
"""Money below which a difference of objectives means nothing."""


BEYOND = 1e-6
"""Share of what is enough by which a bound has to be above it: what is left by tolerances."""


@dataclass
class Incumbent:
    """The best point of some LP or of all.

    Parameters
    ----------
    point
        Columns of the master, shape (columns of the master); None where there is none yet.
    cost
        What it costs, branches included, in money.
    values
        Every block at that point.
    enough
        A cost that is low enough, whatever is proven; -inf where none is.
    """

    point: FloatArray | None = None
    cost: float = np.inf
    values: tuple[BlockValue, ...] = ()
    enough: float = -np.inf

    @property
    def settled(self) -> bool:
        """Whether it costs no more than is enough."""
        return self.cost <= self.enough

    @property
    def feasible(self) -> bool:
        """Whether the policies of no branch fail."""
        return all(value.feasible for value in self.values)

    def hopeless(self, bound: float) -> bool:
        """Whether it is proven that no plan costs as little as is enough, by more than rounding."""
        return bound > self.dearest

    @property
    def dearest(self) -> float:
        """The cost beyond which a plan is of no use; inf where no cost is low enough."""
        return self.enough + PRECISION + BEYOND * abs(self.enough) if np.isfinite(self.enough) else np.inf

    def update(self, point: FloatArray, cost: float, values: tuple[BlockValue, ...]) -> None:
        """Take a point for the incumbent, if it costs less.

        Parameters
        ----------
        point
            Columns of the master, shape (columns of the master).
        cost
            What it costs, branches included, in money.
        values
            Every block at it.
        """
        if cost < self.cost:
            self.point, self.cost, self.values = point, cost, values

    def gap(self, bound: float, most: float) -> float:
        """(cost − bound) / |cost|, at most ``most``."""
        if not np.isfinite(self.cost) or not np.isfinite(bound):
            return most
        return min(most, max(0.0, self.cost - bound) / max(abs(self.cost), PRECISION))

    def enough_bound(self, gap: float) -> float:
        """The least bound at which it is known to cost more by at most a relative ``gap``; inf where there is none."""
        return self.cost - max(PRECISION, gap * abs(self.cost)) if np.isfinite(self.cost) else np.inf

    def within(self, bound: float, gap: float) -> bool:
        """Whether it is known to cost more than ``bound`` by at most a relative ``gap``, or costs little enough."""
        return self.settled or (bool(np.isfinite(self.cost)) and bound >= self.enough_bound(gap))


def dearest_within(bound: float, gap: float) -> float:
    """The most that a plan may cost to be within a relative ``gap`` of a bound; inf where there is no such end."""
    if not np.isfinite(bound) or (bound > 0 and gap >= 1):
        return np.inf
    return max(bound + PRECISION, bound / (1 - gap if bound > 0 else 1 + gap))
