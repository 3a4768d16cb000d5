"""One question put to a relaxation: its bounds, and a solution in whole numbers that comes near them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.studies.alternatives.extremes import Extremes
from friendshore.optimizer.studies.alternatives.measures import Measure
from friendshore.optimizer.studies.alternatives.questions import Question

ROUNDS = 12
"""Programs solved for a share at most."""

REACHED = 1e-6
"""Of a number, or of 1: how near to a bound a plan's value has to be to be as good."""

SIGN = {"least": 1.0, "most": -1.0}
"""By side, what an amount is multiplied by so that it is to be least."""

SETTLED = 1e-8
"""A share that changes by less from one program to the next is there."""


@dataclass(eq=False)
class Asked:
    """A question, what it measures, and its value in the best plan."""

    extremes: Extremes
    question: Question
    measure: Measure
    best: float

    @cached_property
    def _own(self) -> NDArray[np.bool_]:
        """Which whole numbers the amount is made of."""
        return np.asarray(self.row(1.0, 0.0)[self.extremes.integers] != 0)

    @property
    def decides(self) -> bool:
        """Whether it is made of whole numbers."""
        return bool(self._own.any())

    def row(self, sign: float, level: float) -> FloatArray:
        """What is to be least."""
        return self.extremes.relaxation.row(sign * self.measure.beyond(level))

    def value(self, x: FloatArray) -> float:
        """The amount in a solution of the relaxation."""
        return self.measure.value(self.extremes.relaxation.lifted(x))

    def solution(self, sign: float) -> tuple[float, FloatArray] | None:
        """The least amount (``sign`` 1) or the most (-1) within the bounds of columns, and columns that reach it.

        None where there is no solution.

        A share by W. Dinkelbach, On nonlinear fractional programming, Management Science 13(7), 1967.
        """
        level = self.best
        for _ in range(ROUNDS):
            answer = self.extremes.least(self.row(sign, level))
            if answer is None or answer.columns is None:
                return None
            value = self.value(answer.columns)
            if self.measure.of is None:
                return value, answer.columns
            if sign * (level - value) <= SETTLED:
                return level, answer.columns
            level = value
        return None

    def reached(self, sign: float, bound: float, value: float) -> bool:
        """Whether a value is as good as a bound.

        Parameters
        ----------
        sign
            1 for the least, -1 for the most.
        bound
            What is proven on that side.
        value
            What a plan has.

        Returns
        -------
        bool
            For whole numbers whether it is that next to the bound.
        """
        if self.question.whole:
            whole = np.ceil(bound - 1e-4) if sign > 0 else np.floor(bound + 1e-4)
            return bool(sign * (value - whole) <= 0.5)
        return sign * (value - bound) <= REACHED * max(1.0, abs(bound))

    def found(self, sign: float, bound: float, best: tuple[FloatArray, FloatArray]) -> FloatArray | None:
        """A solution in whole numbers near a bound: those of the best plan but for what is asked about, then any.

        Parameters
        ----------
        sign
            1 for the least, -1 for the most.
        bound
            What is proven on that side.
        best
            Bounds of the whole numbers with those of the best plan held.

        Returns
        -------
        FloatArray | None
            Columns of the relaxation; None where no dive ends with a solution.
        """
        lower, upper = best[0].copy(), best[1].copy()
        if not self.decides:
            self.extremes.bound(lower, upper)
            solution = self.solution(sign)
            return None if solution is None else solution[1]
        free = self.extremes.bounds
        lower[self._own], upper[self._own] = free[0][self._own], free[1][self._own]
        row = self.row(sign, self.best)
        near = self.extremes.dive(row, lower, upper)
        if near is not None and self.reached(sign, bound, self.value(near)):
            return near
        far = self.extremes.dive(row, *free)
        both = [x for x in (near, far) if x is not None]
        return min(both, key=lambda x: sign * self.value(x), default=None)
