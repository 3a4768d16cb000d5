"""The programs of branches, each cut out of that of the whole tree when it is asked for.

What stands here for each branch is where its columns and rows are: entries, costs and bounds stand in the whole program
alone, so that many branches need hardly more memory than the tree.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from friendshore.optimizer.program.linear_program import BoolArray, LinearProgram
from friendshore.optimizer.search.benders.block import Compact, Places, with_failures

MASTER = -1
"""The block of a column or row that belongs to none."""


@dataclass(frozen=True, eq=False)
class BranchPrograms:
    """The whole program, and which block each of its columns belongs to.

    Parameters
    ----------
    whole
        The program of the whole tree.
    of_column
        The block of each column, ``MASTER`` for none, shape (columns).
    place
        Where each column stands among those of its block or of the master, shape (columns).
    """

    whole: LinearProgram
    of_column: Compact
    place: Compact

    def own(self, b: int, columns: Compact, rows: Compact, first_shared: int) -> LinearProgram:
        """The program of a block without failures.

        Parameters
        ----------
        b
            The block.
        columns, rows
            Places in the whole program, the rows that it shares with others last.
        first_shared
            How many rows are its own; of the others it takes no more, or no less, than nothing beyond its allotment.

        Returns
        -------
        LinearProgram
            Over its own columns alone.
        """
        whole, shared = self.whole, rows[first_shared:]
        lower, upper = whole.row_lower[rows], whole.row_upper[rows]
        lower[first_shared:] = np.where(np.isfinite(whole.row_lower[shared]), 0.0, -np.inf)
        upper[first_shared:] = np.where(np.isfinite(whole.row_upper[shared]), 0.0, np.inf)
        body = whole.matrix[rows]
        return LinearProgram(
            cost=whole.cost[columns],
            offset=0.0,
            matrix=self._chosen(body, self.of_column[body.indices] == b, len(columns)),
            row_lower=lower,
            row_upper=upper,
            column_lower=whole.column_lower[columns],
            column_upper=whole.column_upper[columns],
            integer=np.zeros(len(columns), dtype=bool),
        )

    def coupling(self, rows: Compact, first_shared: int, allotted: Places, width: int) -> tuple[csr_array, Places]:
        """What the master gives a block.

        Parameters
        ----------
        rows, first_shared
            As for ``own``; what the master's columns do in shared rows is the master's own affair.
        allotted
            The columns of the master that say how much of each shared row the block may use.
        width
            Number of columns of the master.

        Returns
        -------
        csr_array
            Shape (rows, columns of the master that the block touches).
        Places
            These columns.
        """
        body = self.whole.matrix[rows[:first_shared]]
        given = self._chosen(body, self.of_column[body.indices] == MASTER, width)
        count = len(allotted)
        ends = np.concatenate([given.indptr, given.indptr[-1] + np.arange(1, count + 1, dtype=given.indptr.dtype)])
        indices = np.concatenate([given.indices, allotted])
        data = np.concatenate([given.data, np.full(count, -1.0)])
        touched, places = np.unique(indices, return_inverse=True)
        shape = (len(rows), len(touched))
        return csr_array((data, places.astype(np.int32), ends), shape=shape), touched.astype(np.int64)

    def _chosen(self, body: csr_array, entries: BoolArray, width: int) -> csr_array:
        """Some entries of rows of the whole program, over the columns of a block or of the master."""
        before = np.concatenate([[0], np.cumsum(entries, dtype=body.indptr.dtype)])
        indices = self.place[body.indices[entries]]
        return csr_array((body.data[entries], indices, before[body.indptr]), shape=(body.shape[0], width))


@dataclass(frozen=True, eq=False)
class BranchProgram:
    """Makes the program of one block, whose policies may fail at a price; parameters as for ``BranchPrograms.own``."""

    programs: BranchPrograms
    b: int
    columns: Compact
    rows: Compact
    first_shared: int
    policies: BoolArray
    price: float

    def __call__(self) -> LinearProgram:
        """The program."""
        own = self.programs.own(self.b, self.columns, self.rows, self.first_shared)
        return with_failures(own, self.policies, self.price)
