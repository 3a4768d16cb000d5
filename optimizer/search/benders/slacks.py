"""Slacks that cover what many branches, each within the solver's tolerance, fall short of together."""

from __future__ import annotations

import numpy as np

from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.search.benders.block import Places


def cover_shortfalls(program: LinearProgram, slacks: Places, x: FloatArray) -> FloatArray:
    """A point with each slack raised, where a row it stands in lacks something, until that row holds.

    A slack helps a row with an upper bound by a negative entry, and one with a lower bound by a positive one.

    Parameters
    ----------
    program
        The program.
    slacks
        Places of its slack columns.
    x
        The point, shape (columns).

    Returns
    -------
    FloatArray
        Shape (columns); ``x`` itself where there are no slacks.
    """
    if not slacks.size:
        return x
    activity = program.matrix @ x
    above, below = activity - program.row_upper, program.row_lower - activity
    entries = program.matrix[:, slacks].tocoo()  # of all columns it would be the whole matrix once more
    rows, size = entries.coords[0], np.abs(entries.data)
    lacking = np.where(entries.data < 0, above[rows], below[rows]) / size
    needed = np.zeros(len(slacks))
    np.maximum.at(needed, entries.coords[1], lacking)
    raised = x.copy()
    raised[slacks] = np.minimum(x[slacks] + needed, program.column_upper[slacks])
    return raised
