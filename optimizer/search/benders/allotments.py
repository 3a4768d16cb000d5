"""Rows that several branches share, given out among them: a column of the master for each row and branch in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.search.benders.block import Compact, Places


@dataclass(frozen=True, eq=False)
class Allotments:
    """One column of the master for each shared row and block in it, with its bounds."""

    row: Places
    block: Places
    lower: FloatArray
    upper: FloatArray


def allot(program: LinearProgram, shared: Places, of_column: Compact) -> Allotments:
    """The allotments of rows that several blocks share, bounded by what the bounds of the blocks' columns allow.

    Parameters
    ----------
    program
        The whole program.
    shared
        Places of those rows.
    of_column
        The block of each column, shape (columns), negative for none.

    Returns
    -------
    Allotments
        One for each shared row and block in it.
    """
    body = program.matrix[shared].tocoo()
    block = of_column[body.coords[1]]
    own = block >= 0
    pairs = np.stack([body.coords[0][own], block[own]], axis=1).astype(np.int64)
    ends = np.stack(
        [body.data * program.column_lower[body.coords[1]], body.data * program.column_upper[body.coords[1]]]
    )
    ends = ends[:, own]
    unique, place = np.unique(pairs.reshape(-1, 2), axis=0, return_inverse=True)
    place = place.reshape(-1)
    lower, upper = np.zeros(len(unique)), np.zeros(len(unique))
    np.add.at(lower, place, ends.min(axis=0, initial=np.inf))
    np.add.at(upper, place, ends.max(axis=0, initial=-np.inf))
    return Allotments(unique[:, 0], unique[:, 1], lower, upper)
