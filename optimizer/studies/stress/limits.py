"""What a stop takes away: upper bounds of columns and rows by target; a removal changes bounds and nothing else.

A *target* is a plant, a lane, or a country's exports of a commodity to the coalition. Each limit belongs to one target
at one node and is ``full`` when the target is untouched; under a stop it is full · μ, μ the product of the means of the
stops that strike the target (formulation, Constraints 3 to 5). Limits that exist only while something strikes (export
and route rows) are endless at μ = 1. Several limits on one column count by the least of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from friendshore.optimizer.program.linear_program import FloatArray

Places = NDArray[np.int64]

UNTOUCHED = 1.0 - 1e-12


@dataclass(frozen=True)
class Stop:
    """Targets that lose everything from the onset on for ``years``."""

    targets: Places
    years: float


def stopped_share(starts: FloatArray, lengths: FloatArray, years: float) -> FloatArray:
    """σ of each node for a stop over [0, years) from the onset: the share of the node within it.

    Parameters
    ----------
    starts
        Start of each node from the onset, years.
    lengths
        Length of each node, years.
    years
        Length of the stop.

    Returns
    -------
    FloatArray
        From 0 to 1 for each node.
    """
    return np.clip(np.minimum(starts + lengths, years) - starts, 0.0, lengths) / lengths


@dataclass(frozen=True, eq=False)
class Limits:
    """All limits by the *slot* they bound: a column by its position, a row by the number of columns plus its own.

    ``slots`` are the different slots, ``first`` where the limits of each begin (and an end). ``target`` is -1 for a
    bound that nothing strikes; ``standing`` false for limits that exist only while their target is struck.
    ``slots_of`` and ``slot_starts`` list for each target the slots it bears on, as positions in ``slots``.
    """

    columns: int
    slots: Places
    first: Places
    target: Places
    node: Places
    full: FloatArray
    standing: NDArray[np.bool_]
    slots_of: Places
    slot_starts: Places

    def touched(self, targets: Iterable[int]) -> Places:
        """Positions in ``slots`` that any of the targets bears on."""
        found = [self.slots_of[self.slot_starts[t] : self.slot_starts[t + 1]] for t in targets]
        return np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)

    def upper(self, touched: Places, means: Mapping[int, FloatArray]) -> FloatArray:
        """Upper bound of each of the touched slots, ``means`` giving μ at every node for each struck target."""
        counts = self.first[touched + 1] - self.first[touched]
        begins = np.cumsum(counts) - counts
        chosen = np.repeat(self.first[touched] - begins, counts) + np.arange(int(counts.sum()))
        mean = np.ones(len(chosen))
        target, node = self.target[chosen], self.node[chosen]
        for each in np.unique(target):
            if int(each) in means:
                mine = target == each
                mean[mine] = means[int(each)][node[mine]]
        active = self.standing[chosen] | (mean < UNTOUCHED)
        with np.errstate(invalid="ignore"):
            values = np.where(active, self.full[chosen] * mean, np.inf)
        return np.asarray(np.minimum.reduceat(values, begins)) if len(touched) else np.zeros(0)


def means_of(stops: Sequence[Stop], starts: FloatArray, lengths: FloatArray) -> dict[int, FloatArray]:
    """μ at every node of each target that any of the stops strikes: the product of their means.

    Parameters
    ----------
    stops
        Stops that act together.
    starts
        Start of each node from the onset, years.
    lengths
        Length of each node, years.

    Returns
    -------
    dict[int, FloatArray]
        Means by target, shape (nodes).
    """
    means: dict[int, FloatArray] = {}
    for stop in stops:
        left = 1.0 - stopped_share(starts, lengths, stop.years)
        for target in stop.targets.tolist():
            means[target] = means[target] * left if target in means else left
    return means


@dataclass(frozen=True)
class Limit:
    """One limit while the list is gathered."""

    slot: int
    target: int
    node: int
    full: float
    standing: bool


def gather(columns: int, targets: int, limits: Iterable[Limit], bounds: FloatArray) -> Limits:
    """The limits in order; ``bounds`` are the upper bounds that the columns have by themselves.

    Parameters
    ----------
    columns
        Number of columns.
    targets
        Number of things that can be struck.
    limits
        What bounds columns, with the targets it depends on.
    bounds
        Upper bounds by column.

    Returns
    -------
    Limits
        All limits as arrays.
    """
    listed = [*limits, *_own_bounds(limits, columns, bounds)]
    listed.sort(key=lambda each: each.slot)
    slot = np.array([each.slot for each in listed], dtype=np.int64)
    slots, first = np.unique(slot, return_index=True)
    target = np.array([each.target for each in listed], dtype=np.int64)
    place = np.searchsorted(slots, slot)
    pairs = np.unique(np.column_stack([target, place])[target >= 0], axis=0).reshape(-1, 2)
    return Limits(
        columns,
        slots,
        np.append(first, len(listed)).astype(np.int64),
        target,
        np.array([each.node for each in listed], dtype=np.int64),
        np.array([each.full for each in listed], dtype=float),
        np.array([each.standing for each in listed], dtype=bool),
        pairs[:, 1].astype(np.int64),
        np.searchsorted(pairs[:, 0], np.arange(targets + 1)).astype(np.int64),
    )


def _own_bounds(limits: Iterable[Limit], columns: int, bounds: FloatArray) -> Iterator[Limit]:
    for slot in sorted({each.slot for each in limits}):
        if slot < columns and np.isfinite(bounds[slot]):
            yield Limit(slot, -1, 0, float(bounds[slot]), True)
