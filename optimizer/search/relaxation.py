"""Relaxation: a linear program of which every plan is a solution, but not every solution a plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram


@dataclass(frozen=True, eq=False)
class Relaxation:
    """A program whose objective is no more than the cost of any plan.

    ``places`` are those of its first columns in the program of the whole tree, which has ``width`` columns; the others
    have no place there. Columns of whole numbers are marked, whether or not a solution has to have them whole.
    """

    program: LinearProgram
    places: NDArray[np.int64]
    width: int

    @property
    def by_parts(self) -> bool:
        """Whether it has fewer columns than the whole, so that it may take a plan for cheaper than it is."""
        return len(self.places) < self.width

    def row(self, whole: FloatArray) -> FloatArray:
        """Coefficients of the whole program, shape (``width``), over these columns.

        Raises
        ------
        ValueError
            Where any of them stands in a column that the relaxation lacks.
        """
        here = np.zeros(self.program.columns)
        here[: len(self.places)] = whole[self.places]
        if np.count_nonzero(here) != np.count_nonzero(whole):
            raise ValueError("the row speaks of columns that the relaxation does not have")
        return here

    def lifted(self, x: FloatArray) -> FloatArray:
        """A solution over the columns of the whole program, 0 where the relaxation has none."""
        whole = np.zeros(self.width)
        whole[self.places] = x[: len(self.places)]
        return whole
