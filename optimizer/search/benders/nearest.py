"""The point nearest to one that is known, of those that a program allows."""

from __future__ import annotations

import dataclasses

import numpy as np
from scipy.sparse import csr_array, eye_array, hstack, vstack

from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.solver.equilibrate import typical_sizes
from friendshore.optimizer.solver.quick import QuickLp

ALLOWED = 1e-9
"""Relative violation up to which a point is allowed."""


def nearest(program: LinearProgram, point: FloatArray, seed: int = 0) -> FloatArray | None:
    """The point that an LP allows at the least distance from another.

    The distance is the sum of what each column is off, in units of its typical value.

    Parameters
    ----------
    program
        Rows and bounds; its cost and integrality do not count.
    point
        Shape (columns).
    seed
        Of the solver.

    Returns
    -------
    FloatArray or None
        ``point`` itself where it is allowed; None where nothing is.
    """
    clipped = np.clip(point, program.column_lower, program.column_upper)
    sizes = typical_sizes(program)
    if program.violation(clipped, np.exp2(sizes.rows), np.exp2(sizes.columns)) <= ALLOWED:
        return clipped
    answer = QuickLp(seed).solve(_distance(program, clipped, np.exp2(-sizes.columns)), confirm=True)
    if answer.columns is None:
        return None
    return np.clip(answer.columns[: program.columns], program.column_lower, program.column_upper)


def with_integers(program: LinearProgram, values: FloatArray) -> LinearProgram:
    """A program with its integer columns held at whole numbers, shape (integer columns)."""
    lower, upper = program.column_lower.copy(), program.column_upper.copy()
    lower[program.integer] = upper[program.integer] = values
    return dataclasses.replace(program, column_lower=lower, column_upper=upper)


def _distance(program: LinearProgram, point: FloatArray, weights: FloatArray) -> LinearProgram:
    """Minimise Σ weight · (over + under) with x − over + under = point beside the rows of a program."""
    n = program.columns
    one = eye_array(n, format="csr")
    beside = csr_array((program.rows, 2 * n))
    matrix = vstack([hstack([program.matrix, beside]), hstack([one, -one, one])], format="csr")
    return dataclasses.replace(
        program,
        cost=np.concatenate([np.zeros(n), weights, weights]),
        offset=0.0,
        matrix=csr_array(matrix),
        row_lower=np.concatenate([program.row_lower, point]),
        row_upper=np.concatenate([program.row_upper, point]),
        column_lower=np.concatenate([program.column_lower, np.zeros(2 * n)]),
        column_upper=np.concatenate([program.column_upper, np.full(2 * n, np.inf)]),
        integer=np.zeros(3 * n, dtype=bool),
    )
