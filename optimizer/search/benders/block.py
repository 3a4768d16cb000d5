"""One branch with its descendants as a program of its own, whose policies may fail at a price."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array, hstack

from friendshore.optimizer.program.linear_program import BoolArray, FloatArray, LinearProgram
from friendshore.optimizer.search.benders.cones import BlockCone
from friendshore.optimizer.solver.equilibrate import typical_sizes

Places = NDArray[np.int64]

FAILURE_PRICE = 3.0
"""Price of a unit by which a policy fails on a branch, in units of the largest price that any branch knows.

Any price gives valid bounds; where a policy still fails at the end it gets dearer (``Evaluator``), and is forbidden by
cuts of its own. At 100 the cuts of the first rounds are so steep that the relaxation takes more than twice as long."""


@dataclass(frozen=True, eq=False)
class Block:
    """A branch with its descendants as a program in its own columns, given the master's.

    Minimise ``program`` with row_lower ≤ matrix·y + ``coupling``·x ≤ row_upper, x being all columns of the master.
    ``columns`` and ``rows`` are their places in the whole program; further columns of ``program`` are the failures of
    ``policies``, the only rows that may fail for want of anything but shortage, at a price that is only meant to keep
    them out. ``failure_cost`` counts them, each relative to the bound of its row. ``cones`` are those of max_hhi that
    stand on it.
    """

    name: str
    program: LinearProgram
    coupling: csr_array
    columns: Places
    rows: Places
    policies: BoolArray
    failure_cost: FloatArray
    cones: tuple[BlockCone, ...] = ()

    @cached_property
    def touched(self) -> Places:
        """The columns of the master that the block depends on."""
        return np.unique(self.coupling.indices).astype(np.int64)

    def planes(self, y: FloatArray) -> list[FloatArray]:
        """The coefficients p of planes p·y ≤ 0 that cut a plan off, shape (columns), of the cones that it leaves."""
        return [plane for cone in self.cones if (plane := cone.plane(y)) is not None]

    @cached_property
    def coupling_columns(self) -> csc_array:
        """The coupling over ``touched`` alone."""
        return csc_array(csc_array(self.coupling)[:, self.touched])


def with_failures(program: LinearProgram, policies: BoolArray, price: float) -> tuple[LinearProgram, FloatArray]:
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
    FloatArray
        What counts failures relative to the bounds of their rows, shape (columns of that program).
    """
    rows = np.flatnonzero(policies)
    below, above = rows[np.isfinite(program.row_lower[rows])], rows[np.isfinite(program.row_upper[rows])]
    failing = np.concatenate([below, above])
    signs = np.concatenate([np.ones(len(below)), -np.ones(len(above))])
    count = len(failing)
    more = csr_array((signs, (failing, np.arange(count))), shape=(program.rows, count))
    sizes = np.minimum(1.0, np.exp2(typical_sizes(program).rows))  # where less than a unit is much
    for bounds in (program.row_lower, program.row_upper):
        sizes = np.maximum(sizes, np.abs(np.where(np.isfinite(bounds), bounds, 0.0)))
    elastic = LinearProgram(
        cost=np.concatenate([program.cost, np.full(count, price)]),
        offset=0.0,
        matrix=csr_array(hstack([program.matrix, more], format="csr")),
        row_lower=program.row_lower,
        row_upper=program.row_upper,
        column_lower=np.concatenate([program.column_lower, np.zeros(count)]),
        column_upper=np.concatenate([program.column_upper, np.full(count, np.inf)]),
        integer=np.zeros(program.columns + count, dtype=bool),
    )
    return elastic, np.concatenate([np.zeros(program.columns), 1.0 / sizes[failing]])
