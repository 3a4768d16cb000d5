"""Extremes: the least and the most of an amount over all that costs no more than a limit.

Of the linear relaxation they hold for every plan. With whole numbers held, or brought to whole ones by a dive (each
time some of them are rounded, and the linear program is solved again from where it was), they are what a plan may
reach; whether one does its own certificate has to tell.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.search.relaxation import Relaxation
from friendshore.optimizer.solver import Answer, Basis
from friendshore.optimizer.solver.persistent import PersistentLp

WHOLE = 1e-6
"""What is nearer than this to a whole number is one."""

AT_ONCE = 4
"""Of the numbers that are not whole, one in so many is rounded in each step of a dive."""

STEPS = 24
"""Steps of a dive at most."""

Places = NDArray[np.int64]


@dataclass(frozen=True)
class Options:
    """How programs are solved."""

    threads: int
    seed: int
    interrupt: Callable[[], bool]


class Stopped(Exception):
    """The time is up or someone asked to stop."""


class Extremes:
    """One relaxation with a limit on cost, asked for one extreme after the other.

    Parameters
    ----------
    relaxation
        What every plan satisfies.
    limit
        Most that a plan may cost.
    amounts
        Rows over these columns that may be kept within bounds.
    options
        Threads, seed, and whether to stop, which is called several times a second.
    """

    def __init__(self, relaxation: Relaxation, limit: float, amounts: Sequence[FloatArray], options: Options) -> None:
        self.relaxation = relaxation
        self._limit = limit
        program = _limited(relaxation.program, limit, amounts)
        self._first = relaxation.program.rows + 1
        self.integers: Places = np.flatnonzero(program.integer)
        self._lower, self._upper = program.column_lower[self.integers], program.column_upper[self.integers]
        self._every = np.arange(program.columns)
        self._lp = PersistentLp(program, options.threads, seed=options.seed, interrupt=options.interrupt)
        self._start: Basis | None = None
        self.cheapest = self._solved()
        """The cheapest solution of the relaxation."""
        if self.cheapest is not None:
            self._start = self.cheapest.basis

    def begin(self) -> None:
        """Forget what was asked before, so that what comes next does not depend on it."""
        self._lp.start_over(self._start)
        self.within(self._limit)
        self.keep(np.arange(self._first, self._lp.program.rows) - self._first, -np.inf, np.inf)
        self.free()

    def keep(self, places: Places, lower: FloatArray | float, upper: FloatArray | float) -> None:
        """Keep some amounts within bounds that are proven.

        Parameters
        ----------
        places
            Which of the amounts, shape (k).
        lower, upper
            Their bounds, shape (k).
        """
        self._lp.set_row_bounds(self._first + places, lower, upper)

    def within(self, limit: float) -> None:
        """Limit the cost otherwise."""
        self._lp.set_row_bounds(np.array([self._first - 1]), -np.inf, limit - self.relaxation.program.offset)

    def free(self) -> None:
        """Let all whole numbers move within their bounds."""
        self.bound(self._lower, self._upper)

    def bound(self, lower: FloatArray, upper: FloatArray) -> None:
        """Narrow the columns of whole numbers, shape (``integers``)."""
        self._lp.set_column_bounds(self.integers, lower, upper)

    @property
    def bounds(self) -> tuple[FloatArray, FloatArray]:
        """Bounds of the columns of whole numbers, when they are free."""
        return self._lower.copy(), self._upper.copy()

    def least(self, row: FloatArray) -> Answer | None:
        """The solution in which a row, shape (columns), is least; None where there is no solution.

        Raises
        ------
        Stopped
            Where it was interrupted.
        """
        self._lp.set_cost(self._every, row)
        return self._solved()

    def dive(self, row: FloatArray, lower: FloatArray, upper: FloatArray) -> FloatArray | None:
        """A solution with whole numbers in which a row is small.

        Parameters
        ----------
        row
            What is to be least, shape (columns).
        lower, upper
            Bounds of the whole numbers, shape (``integers``); they are narrowed in place.

        Returns
        -------
        FloatArray | None
            Its columns; None where the dive ended without one.
        """
        self.bound(lower, upper)
        answer = self.least(row)
        for _ in range(STEPS):
            if answer is None or answer.columns is None:
                return None
            values = answer.columns[self.integers]
            away = np.abs(values - np.round(values))
            if (away <= WHOLE).all():
                fixed = np.round(values)
                self.bound(fixed, fixed)
                last = self._solved()
                return None if last is None else last.columns
            answer = self._step(values, away, lower, upper)
        return None

    def _step(self, values: FloatArray, away: FloatArray, lower: FloatArray, upper: FloatArray) -> Answer | None:
        """Round the nearest of the numbers that are not whole, or the first of them the other way."""
        loose = np.flatnonzero(away > WHOLE)
        chosen = loose[np.argsort(away[loose], kind="stable")][: max(1, len(loose) // AT_ONCE)]
        before = lower[chosen].copy(), upper[chosen].copy()
        lower[chosen] = upper[chosen] = np.round(values[chosen])
        self.bound(lower, upper)
        answer = self._solved()
        if answer is not None:
            return answer
        lower[chosen], upper[chosen] = before
        first = chosen[0]
        other = np.floor(values[first]) if np.round(values[first]) > values[first] else np.ceil(values[first])
        lower[first] = upper[first] = other
        self.bound(lower, upper)
        return self._solved()

    def _solved(self) -> Answer | None:
        answer = self._lp.solve()
        if answer.stopped:
            raise Stopped
        return answer if answer.columns is not None else None


def _limited(program: LinearProgram, limit: float, amounts: Sequence[FloatArray]) -> LinearProgram:
    """The program with its cost limited by a row, and a row without bounds for each amount."""
    rows: Any = csr_array(np.array([program.cost, *amounts]))
    none = np.full(len(amounts), np.inf)
    return dataclasses.replace(
        program,
        matrix=csr_array(vstack([csr_array(program.matrix), rows], format="csr")),
        row_lower=np.concatenate([program.row_lower, [-np.inf], -none]),
        row_upper=np.concatenate([program.row_upper, [limit - program.offset], none]),
    )
