"""Typical sizes of the rows and columns of a program, by least squares on the logarithms of its numbers.

With log₂|a| + r + c near 0 for every entry a of a row r and a column c (Curtis & Reid 1972, On the automatic scaling of
matrices for Gaussian elimination), 2^c is the size that the values of a column have, and 2^−r that of the terms of a
row. Right-hand sides count as entries of a column of size 1, and bounds of columns as sizes of theirs, so that the
unit in which a planner counts is found as well.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from friendshore.optimizer.program.linear_program import BoolArray, FloatArray, LinearProgram, inner_product

SWEEPS = 30
"""Steps of conjugate gradients at most; a dozen are the rule."""

CLOSE = 1e-6
"""Share of the first residual, squared, at which they end."""

BOUND_WEIGHT = 0.5
"""Weight of a bound of a column: that of a row which says it, whose own size is free."""


@dataclass(frozen=True, eq=False)
class Sizes:
    """Typical sizes as powers of two: of the terms of each row, shape (rows), and of each column, shape (columns)."""

    rows: FloatArray
    columns: FloatArray


def typical_sizes(program: LinearProgram) -> Sizes:
    """The typical size of the terms of each row and of the values of each column; that of an integer column is 1."""
    matrix = program.matrix.tocoo()
    there = matrix.data != 0
    i, j = matrix.coords[0][there], matrix.coords[1][there]
    entries = np.log2(np.abs(matrix.data[there]))
    sides, has_side = _logarithms(program.row_lower, program.row_upper)
    bounds, has_bound = _logarithms(program.column_lower, program.column_upper)
    shape = (program.rows, program.columns)
    count_rows = np.maximum(np.bincount(i, minlength=shape[0]) + has_side, 1.0)
    count_columns = np.maximum(np.bincount(j, minlength=shape[1]) + BOUND_WEIGHT * has_bound, BOUND_WEIGHT)
    of_rows = np.bincount(i, entries, minlength=shape[0]) + sides
    of_columns = np.bincount(j, entries, minlength=shape[1]) - BOUND_WEIGHT * bounds
    pattern = csr_array((np.ones(len(i)), (i, j)), shape=shape)
    columns = _solve(pattern, count_rows, count_columns, of_rows, of_columns, ~program.integer)
    return Sizes((of_rows + pattern @ columns) / count_rows, columns)


def _logarithms(lower: FloatArray, upper: FloatArray) -> tuple[FloatArray, BoolArray]:
    """Of the larger of two bounds, 0 where there is none but 0; and where there is one."""
    sizes = np.maximum(np.where(np.isfinite(lower), np.abs(lower), 0.0), np.where(np.isfinite(upper), np.abs(upper), 0))
    has = sizes > 0
    return np.log2(np.where(has, sizes, 1.0)), has


def _solve(
    pattern: csr_array,
    count_rows: FloatArray,
    count_columns: FloatArray,
    of_rows: FloatArray,
    of_columns: FloatArray,
    free: BoolArray,
) -> FloatArray:
    """The exponents of columns: conjugate gradients on the normal equations, those of the rows eliminated."""
    across = csr_array(pattern.T)

    def normal(columns: FloatArray) -> FloatArray:
        return np.where(free, count_columns * columns - across @ ((pattern @ columns) / count_rows), 0.0)

    columns = np.zeros(len(free))
    residual = np.where(free, across @ (of_rows / count_rows) - of_columns, 0.0)
    direction = residual / count_columns
    left = first = inner_product(residual, direction)
    for _ in range(SWEEPS):
        if left <= CLOSE * first:
            break
        image = normal(direction)
        step = left / inner_product(direction, image)
        columns += step * direction
        residual -= step * image
        better = residual / count_columns
        left, before = inner_product(residual, better), left
        direction = better + left / before * direction
    return columns
