"""One branch with its descendants as a program of its own, whose policies may fail at a price."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from friendshore.optimizer.program.linear_program import BoolArray, FloatArray, LinearProgram
from friendshore.optimizer.search.benders.cones import BlockCone
from friendshore.optimizer.solver.equilibrate import typical_sizes

Places = NDArray[np.int64]

Compact = NDArray[np.int32]
"""Places of which there are as many as the whole tree has columns or rows."""

FAILURE_PRICE = 3.0
"""Price of a unit by which a policy fails on a branch, in units of the largest price that any branch knows.

Any price gives valid bounds; where a policy still fails at the end it gets dearer (``Evaluator``), and is forbidden by
cuts of its own. At 100 the cuts of the first rounds are so steep that the relaxation takes more than twice as long."""


@dataclass(frozen=True, eq=False)
class Block:
    """A branch with its descendants as a program in its own columns, given the master's.

    Minimise ``program`` with row_lower ≤ matrix·y + ``coupling``·x ≤ row_upper, x being the columns of the master that
    it touches. The program is made each time that it is asked for, a twentieth of the time that solving it takes: all
    of them together would be the whole tree once more.

    Parameters
    ----------
    name
        Of the branch.
    make
        Its program; the last columns are the failures of ``policies``, at a price that is only meant to keep them out.
    coupling
        Shape (rows, columns of the master that it touches).
    touched
        Places of these among the columns of the master, ascending.
    columns, rows
        Places of its columns, without failures, and of its rows in the whole program.
    policies
        The only rows that may fail for want of anything but shortage, shape (rows).
    failure_weights
        What counts failures relative to the bounds of their rows, shape (failures).
    cones
        Those of max_hhi that stand on it.
    """

    name: str
    make: Callable[[], LinearProgram]
    coupling: csr_array
    touched: Places
    columns: Compact
    rows: Compact
    policies: BoolArray
    failure_weights: FloatArray
    cones: tuple[BlockCone, ...] = ()

    @property
    def program(self) -> LinearProgram:
        """Its program with the failures of its policies, made anew."""
        return self.make()

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and of columns of its program."""
        return len(self.rows), len(self.columns) + len(self.failure_weights)

    @property
    def failure_cost(self) -> FloatArray:
        """What counts failures, shape (columns of its program)."""
        return np.concatenate([np.zeros(len(self.columns)), self.failure_weights])

    def planes(self, y: FloatArray) -> list[FloatArray]:
        """The coefficients p of planes p·y ≤ 0 that cut a plan off, shape (columns), of the cones that it leaves."""
        return [plane for cone in self.cones if (plane := cone.plane(y)) is not None]


def with_failures(program: LinearProgram, policies: BoolArray, price: float) -> LinearProgram:
    """A program whose rows of policies may fail at a price.

    Parameters
    ----------
    program
        The program of a branch.
    policies
        Which of its rows are those of policies, shape (rows).
    price
        Of a unit of failure, in money.

    Returns
    -------
    LinearProgram
        With a column more for each failure.
    """
    below, above = _failing(program, policies)
    count = len(below) + len(above)
    signs = np.concatenate([np.ones(len(below)), -np.ones(len(above))])
    return LinearProgram(
        cost=np.concatenate([program.cost, np.full(count, price)]),
        offset=0.0,
        matrix=_with_columns(program.matrix, np.concatenate([below, above]), signs),
        row_lower=program.row_lower,
        row_upper=program.row_upper,
        column_lower=np.concatenate([program.column_lower, np.zeros(count)]),
        column_upper=np.concatenate([program.column_upper, np.full(count, np.inf)]),
        integer=np.zeros(program.columns + count, dtype=bool),
    )


def failure_weights(program: LinearProgram, policies: BoolArray) -> FloatArray:
    """What counts failures relative to the bounds of their rows.

    Parameters
    ----------
    program
        The program of a branch, without failures.
    policies
        Which of its rows are those of policies, shape (rows).

    Returns
    -------
    FloatArray
        In the order of the failures that ``with_failures`` adds.
    """
    failing = np.concatenate(_failing(program, policies))
    if not failing.size:
        return np.zeros(0)
    sizes = np.minimum(1.0, np.exp2(typical_sizes(program).rows))  # where less than a unit is much
    for bounds in (program.row_lower, program.row_upper):
        sizes = np.maximum(sizes, np.abs(np.where(np.isfinite(bounds), bounds, 0.0)))
    return np.asarray(1.0 / sizes[failing])


def _failing(program: LinearProgram, policies: BoolArray) -> tuple[Places, Places]:
    """The rows that may fall below their bound, and those that may go above it."""
    rows = np.flatnonzero(policies)
    return rows[np.isfinite(program.row_lower[rows])], rows[np.isfinite(program.row_upper[rows])]


def _with_columns(matrix: csr_array, rows: Places, values: FloatArray) -> csr_array:
    """A matrix with further columns of one entry each; columns of the same row stand in the order of ``rows``."""
    at, (height, width) = matrix.indptr[rows + 1], matrix.shape
    further = np.cumsum(np.bincount(rows + 1, minlength=height + 1))
    indices = np.insert(matrix.indices, at, width + np.arange(len(rows), dtype=matrix.indices.dtype))
    shape = (height, width + len(rows))
    return csr_array((np.insert(matrix.data, at, values), indices, matrix.indptr + further), shape=shape)
