"""A smaller program with the same answers: what is settled whatever is stopped is taken out before the first solve.

Stops only lower upper bounds, so that what follows from bounds today holds under every stop (E. D. Andersen and
K. D. Andersen, Presolving in linear programming, Mathematical Programming 71, 1995: fixed columns, forcing rows, slack
columns, parallel rows). Columns whose bounds stops change, and those that are asked for, keep their meaning.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from friendshore.optimizer.program.linear_program import BoolArray, FloatArray, LinearProgram
from friendshore.optimizer.studies.stress.limits import Places

MOST_ROUNDS = 10


@dataclass(frozen=True, eq=False)
class Smaller:
    """A reduced program; ``columns`` and ``rows`` give each old position its new one, -1 where it is gone."""

    program: LinearProgram
    columns: Places
    rows: Places


class _Work:
    """A program while it shrinks."""

    def __init__(self, program: LinearProgram, columns: BoolArray, rows: BoolArray, asked: BoolArray) -> None:
        self.matrix = csr_array(program.matrix, copy=True)
        self.cost, self.offset = program.cost, program.offset
        self.row_lower, self.row_upper = program.row_lower.copy(), program.row_upper.copy()
        self.lower, self.upper = program.column_lower.copy(), program.column_upper.copy()
        self.struck_columns, self.struck_rows, self.asked = columns, rows, asked
        self.gone = np.zeros(program.columns, dtype=bool)
        self.dropped = np.zeros(program.rows, dtype=bool)

    def take_out(self, columns: BoolArray, value: FloatArray) -> None:
        """Take columns out at a value."""
        held = np.where(columns, value, 0.0)
        shift = self.matrix @ held
        self.row_lower -= shift
        self.row_upper -= shift
        self.offset += float((self.cost * held).sum())
        self.gone |= columns
        self._clear(columns)

    def _clear(self, columns: BoolArray) -> None:
        self.matrix.data[columns[self.matrix.indices]] = 0.0
        self.matrix.eliminate_zeros()

    def fixed(self) -> bool:
        """Columns that can take one value only."""
        columns = (self.upper <= self.lower) & ~self.gone & ~self.asked
        if columns.any():
            self.take_out(columns, self.lower)
        return bool(columns.any())

    def forced(self) -> bool:
        """Columns of rows that can only hold where all of them are 0."""
        counts = np.diff(self.matrix.indptr)
        row = np.repeat(np.arange(len(counts)), counts)
        least = np.full(len(counts), np.inf)
        np.minimum.at(least, row, np.where(self.lower[self.matrix.indices] == 0.0, self.matrix.data, -1.0))
        forcing = (counts > 0) & (least > 0) & (self.row_upper == 0.0)
        columns = np.zeros(len(self.gone), dtype=bool)
        columns[self.matrix.indices[forcing[row]]] = True
        columns &= self.upper > 0.0
        self.upper[columns] = 0.0
        return bool(columns.any())

    def slack(self) -> bool:
        """Columns without cost that stand in one row only: what they may take up widens the row."""
        uses = np.bincount(self.matrix.indices, minlength=len(self.gone))
        counts = np.diff(self.matrix.indptr)
        row = np.repeat(np.arange(len(counts)), counts)
        wanted = (uses == 1) & (self.cost == 0.0) & ~self.asked & ~self.struck_columns & ~self.gone
        entries = np.flatnonzero(wanted[self.matrix.indices] & ~self.struck_rows[row])
        if not entries.size:
            return False
        columns, rows, value = self.matrix.indices[entries], row[entries], self.matrix.data[entries]
        ends = np.stack([value * self.lower[columns], value * self.upper[columns]])
        np.subtract.at(self.row_lower, rows, ends.max(axis=0))
        np.subtract.at(self.row_upper, rows, ends.min(axis=0))
        taken = np.zeros(len(self.gone), dtype=bool)
        taken[columns] = True
        self.gone |= taken
        self._clear(taken)
        return True

    def parallel(self) -> None:
        """Of rows that are the same keep one, with the tighter of their bounds; drop those that cannot bind."""
        first: dict[tuple[bytes, bytes], int] = {}
        self.matrix.sort_indices()
        for i, (start, end) in enumerate(zip(self.matrix.indptr[:-1], self.matrix.indptr[1:], strict=True)):
            if self.struck_rows[i]:
                continue
            key = self.matrix.indices[start:end].tobytes(), self.matrix.data[start:end].tobytes()
            kept = first.setdefault(key, i)
            if kept != i:
                self.row_lower[kept] = max(self.row_lower[kept], self.row_lower[i])
                self.row_upper[kept] = min(self.row_upper[kept], self.row_upper[i])
                self.dropped[i] = True
        counts = np.diff(self.matrix.indptr)
        endless = (self.row_lower == -np.inf) & (self.row_upper == np.inf)
        settled = (counts == 0) & (self.row_lower <= _ROOM) & (self.row_upper >= -_ROOM)
        self.dropped |= (endless | settled) & ~self.struck_rows

    def smaller(self) -> Smaller:
        """What is left."""
        columns, rows = np.flatnonzero(~self.gone), np.flatnonzero(~self.dropped)
        program = LinearProgram(
            cost=self.cost[columns],
            offset=self.offset,
            matrix=csr_array(self.matrix[rows][:, columns]),
            row_lower=self.row_lower[rows],
            row_upper=self.row_upper[rows],
            column_lower=self.lower[columns],
            column_upper=self.upper[columns],
            integer=np.zeros(len(columns), dtype=bool),
        )
        return Smaller(program, _renumbered(self.gone), _renumbered(self.dropped))


_ROOM = 1e-9


def _renumbered(gone: NDArray[np.bool_]) -> Places:
    return np.where(gone, -1, np.cumsum(~gone) - 1)


def reduce(program: LinearProgram, struck: Places, asked: Places) -> Smaller:
    """The program without what is settled.

    ``struck`` are the slots that stops bear on (columns, then rows by the number of columns plus their own position);
    ``asked`` the columns whose values are wanted.

    Parameters
    ----------
    program
        The linear programme of a branch.
    struck
        Columns that a removal may bound.
    asked
        Columns that are asked about.

    Returns
    -------
    Smaller
        The smaller programme, and how to come back.
    """
    slots = np.zeros(program.columns + program.rows, dtype=bool)
    slots[struck] = True
    wanted = np.zeros(program.columns, dtype=bool)
    wanted[asked] = True
    work = _Work(program, slots[: program.columns], slots[program.columns :], wanted)
    for _ in range(MOST_ROUNDS):
        changed = work.fixed()
        changed = work.forced() or changed
        changed = work.slack() or changed
        if not changed:
            break
    work.parallel()
    return work.smaller()
