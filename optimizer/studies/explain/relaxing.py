"""The least by which limits have to give way so that a plan exists.

It begins at the plan that breaks the limits least in all, every other row held: where that plan stands is a limit that
can be met. Each limit is then drawn back towards what was asked, the others held where they are, until the bracket of
what can and what cannot be met is a thousandth of the way; the roundest number in it that can be met is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

import numpy as np

from friendshore.models.problem import Problem
from friendshore.optimizer.answer.elastic import Demand
from friendshore.optimizer.answer.scorecard import scorecard
from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.studies.explain.edits import (
    POLICIES,
    asked,
    changes_with_years,
    is_floor,
    most,
    own_name,
    row_of,
    with_limits,
    without,
)
from friendshore.optimizer.studies.explain.probes import Probes, Rows
from friendshore.optimizer.studies.explain.work import Work

FINE = 1e-3
"""Of the way from what was asked to what can be met: the width at which the least limit is known."""

_NOTHING = 1e-9


@dataclass(frozen=True)
class Change:
    """A cell that gives way: from ``before`` to ``after``, or to demanding nothing where that is None.

    ``least`` tells whether a limit nearer to ``before`` by a thousandth of the way has been shown to be too tight.
    """

    demand: Demand
    before: float
    after: float | None
    least: bool = False


def relaxed(problem: Problem, probes: Probes, rows: Rows, work: Work) -> tuple[Change, ...] | None:
    """Least changes of some rows with which all that is demanded can be met.

    Parameters
    ----------
    problem
        A problem that no plan satisfies.
    probes
        Its demands.
    rows
        Places of the rows that may give way; without them the others can hold.
    work
        Limits and signals.

    Returns
    -------
    tuple of Change or None
        One for each row; None where no plan breaks these rows alone.
    """
    x = probes.least_breach(rows)
    if x is None:
        return None
    demands = [probes.demands[i] for i in sorted(rows)]
    met = {demand.name: _met(problem, probes, demand, x) for demand in demands}
    gone = [demand for demand in demands if met[demand.name] is None]
    limits = [(demand, value) for demand in demands if (value := met[demand.name]) is not None]
    base = without(problem, gone)
    if not _holds(base, limits, work):
        limits = [(demand, _looser(problem, demand, value, 1e-6)) for demand, value in limits]
        if not _holds(base, limits, work):
            return tuple(Change(demand, asked(problem, demand), None) for demand in demands)
    changes = [Change(demand, asked(problem, demand), None) for demand in gone]
    for place in range(len(limits)):
        change = _drawn_back(base, limits, place, work)
        if change.after is not None:
            limits[place] = change.demand, change.after
        changes.append(change)
    return tuple(sorted(changes, key=lambda change: (change.demand.sheet, change.demand.row)))


def _drawn_back(problem: Problem, limits: Sequence[tuple[Demand, float]], place: int, work: Work) -> Change:
    """One limit as near to what was asked as it can be, the others held."""
    demand, met = limits[place]
    tight = before = asked(problem, demand)
    span = abs(met - before)

    def holds(value: float) -> bool:
        return _holds(problem, [*limits[:place], (demand, value), *limits[place + 1 :]], work)

    loose = met
    nearer = met + FINE * (before - met)
    if not holds(nearer):
        tight = nearer
    else:
        loose = nearer
        while abs(loose - tight) > FINE * span:
            middle = (loose + tight) / 2
            loose, tight = (middle, tight) if holds(middle) else (loose, middle)
    chosen = roundest(tight, loose)
    if not holds(chosen):
        outward = _looser(problem, demand, loose, FINE * span)
        chosen = roundest(loose, outward)
    return Change(demand, before, chosen, least=True)


def _looser(problem: Problem, demand: Demand, value: float, by: float) -> float:
    """A limit that asks for less by ``by``, as far as that means anything."""
    if is_floor(problem, demand):
        return max(0.0, value - by)
    return min(most(problem, demand), value + by)


def roundest(low: float, high: float) -> float:
    """The number with the fewest digits between two, their order aside; the nearest to the first of several.

    Examples
    --------
    >>> roundest(0.2499, 0.2504), roundest(0.3331, 0.33336), roundest(119.97, 120.04), roundest(5.0, 5.0)
    (0.25, 0.3332, 120.0, 5.0)
    """
    least, most_ = min(low, high), max(low, high)
    if most_ - least <= _NOTHING * max(abs(least), abs(most_), 1e-300):
        return high
    for place in range(ceil(log10(max(abs(least), abs(most_)))) + 1, floor(log10(most_ - least)) - 2, -1):
        step = 10.0**place
        first = ceil(least / step - _NOTHING) if low <= high else floor(most_ / step + _NOTHING)
        value = round(first * step, max(0, -place))
        if least <= value <= most_:
            return value
    return high


def _holds(problem: Problem, limits: Sequence[tuple[Demand, float]], work: Work) -> bool:
    probes = Probes(with_limits(problem, limits), work)
    return probes.hold(frozenset(range(len(probes.demands))))


def _met(problem: Problem, probes: Probes, demand: Demand, x: FloatArray) -> float | None:
    """What a plan would meet in the cell of a demand, no more than asked; None where no one number says it."""
    if changes_with_years(problem, demand):
        return None
    before = asked(problem, demand)
    if demand.sheet != POLICIES:
        return before * min(1.0, max(0.0, probes.share_met(demand, x)))
    name = own_name(POLICIES, row_of(problem, POLICIES, demand.row))
    value = next(line.value for line in scorecard(probes.assembled, x, None) if line.policy == name)
    if value is None or not np.isfinite(value):
        return None
    return min(before, value) if is_floor(problem, demand) else max(before, min(value, most(problem, demand)))
