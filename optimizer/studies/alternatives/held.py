"""An amount held at a level in a program: a row of its own, before the rows that tie nodes together."""

from __future__ import annotations

import dataclasses
from math import inf

import numpy as np
from scipy.sparse import csr_array, vstack

from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.linear_program import FloatArray


def with_row(assembled: Assembled, row: FloatArray, lower: float = -inf, upper: float = inf) -> Assembled:
    """The program with one more row.

    Parameters
    ----------
    assembled
        A program.
    row
        Coefficients of its columns, shape (columns).
    lower, upper
        Bounds of the row.

    Returns
    -------
    Assembled
        The row stands before those that link nodes, whose places are counted from the end.
    """
    program, first = assembled.program, assembled.first_link_row
    matrix = csr_array(program.matrix)
    return dataclasses.replace(
        assembled,
        program=dataclasses.replace(
            program,
            matrix=csr_array(vstack([matrix[:first], csr_array(row.reshape(1, -1)), matrix[first:]], format="csr")),
            row_lower=np.insert(program.row_lower, first, lower),
            row_upper=np.insert(program.row_upper, first, upper),
        ),
    )
