"""What an outage takes away: upper bounds of columns and rows by target; a removal changes bounds and nothing else.

A *target* is a plant, a lane, or a country's exports of a commodity to the coalition. Each limit belongs to one target
at one node and is ``full`` when the target is untouched; under an outage it is full · μ, μ the product of the means of
the outages of the target (formulation, Constraints 3 to 5). Limits that exist only while something strikes (export
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
class Outage:
    """Targets that lose everything from the onset on for ``years``."""

    targets: Places
    years: float


def outage_share(starts: FloatArray, lengths: FloatArray, years: float) -> FloatArray:
    """σ of each node for an outage over [0, years) from the onset: the share of the node within it.

    Parameters
    ----------
    starts, lengths
        Of the nodes of a branch (nodes), in years from its onset.
    years
        Length of the outage.

    Returns
    -------
    numpy.ndarray
        nodes, from 0 (after the outage) to 1 (within it).
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
        slots = [self.slots_of[self.slot_starts[t] : self.slot_starts[t + 1]] for t in targets]
        return np.unique(np.concatenate(slots)) if slots else np.zeros(0, dtype=np.int64)

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


def means_of(outages: Sequence[Outage], starts: FloatArray, lengths: FloatArray) -> dict[int, FloatArray]:
    """μ of each target that any of the outages strikes: the product of their means.

    Parameters
    ----------
    outages
        At the same onset.
    starts, lengths
        Of the nodes of a branch (nodes), in years from its onset.

    Returns
    -------
    dict
        By target, μ at every node (nodes): 1 where nothing is lost, 0 where everything is.
    """
    means: dict[int, FloatArray] = {}
    for outage in outages:
        left = 1.0 - outage_share(starts, lengths, outage.years)
        for target in outage.targets.tolist():
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
    """The limits by their slots and targets.

    Parameters
    ----------
    columns
        How many columns the program has.
    targets
        How many targets there are.
    limits
        All limits of targets, in any order.
    bounds
        Upper bounds that the columns have by themselves (columns).

    Returns
    -------
    Limits
        With the columns' own bounds among them, where a limit bears on the column.
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
