"""dual_bound: what prices of rows prove about the optimum, by arithmetic alone.

Weak duality (Dantzig 1963, Linear programming and extensions, section 6.3): for any prices y of the rows and reduced
costs d = c − Aᵀy, every solution costs at least Σ over rows of y times the bound on which its sign leans, and Σ over
columns of d times the bound on which its sign leans. Nothing of it has to be believed of the solver that found the
prices: wrong prices give a low bound, never a false one. It holds for whole numbers too (formulation, W.4).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram

Places = NDArray[np.int64]

NEGLIGIBLE = 1e-9
"""A reduced cost that leans on a bound that is not there counts as none where it is not larger than this share of the
terms that it is the sum of: what floating point numbers leave of terms that cancel."""


DUST = (0.0, 1e-14, 1e-12)
"""Prices below these shares of the largest are left out, one after the other until the rest prove something: prices
that rounding has left may be all that a reduced cost is made of, and any price may be left out."""


def dual_bound(program: LinearProgram, duals: FloatArray) -> float:
    """A lower bound on the objective of every solution, whole numbers or not.

    Parameters
    ----------
    program
        The program.
    duals
        Any prices of its rows, shape (rows); a price that leans on a bound that is not there counts as 0.

    Returns
    -------
    float
        In the money of the program; −inf where the prices prove nothing.
    """
    return proven_by(program, duals)[0]


def proven_by(program: LinearProgram, duals: FloatArray) -> tuple[float, FloatArray]:
    """``dual_bound``, and the prices that prove it: 0 where a price leans on no bound, or is what rounding has left."""
    leaning = np.where(np.isfinite(_leant_on(duals, program.row_lower, program.row_upper)), duals, 0.0)
    largest = float(np.abs(leaning).max(initial=0.0))
    for share in DUST:
        priced = np.where(np.abs(leaning) < share * largest, 0.0, leaning)
        bound = _bound(program, priced)
        if np.isfinite(bound):
            return bound, priced
    return -np.inf, leaning


def _bound(program: LinearProgram, priced: FloatArray) -> float:
    reduced = program.cost - program.matrix.T @ priced
    bounds = _leant_on(reduced, program.column_lower, program.column_upper)
    open_ = np.flatnonzero((reduced != 0) & ~np.isfinite(bounds))
    if open_.size:
        if not _negligible(program, priced, reduced, open_):
            return -np.inf
        bounds[open_] = 0.0
    of_rows = _sum(priced, _leant_on(priced, program.row_lower, program.row_upper))
    return program.offset + of_rows + _sum(reduced, bounds)


def _leant_on(prices: FloatArray, lower: FloatArray, upper: FloatArray) -> FloatArray:
    """For each price the bound at which what it prices costs least."""
    return np.where(prices > 0, lower, upper)


def _negligible(program: LinearProgram, duals: FloatArray, reduced: FloatArray, columns: Places) -> bool:
    """Whether the reduced costs of some columns are all that rounding leaves of their terms."""
    entries = program.matrix.tocsc()[:, columns]
    terms = np.abs(program.cost[columns]) + abs(entries).T @ np.abs(duals)
    return bool((np.abs(reduced[columns]) <= NEGLIGIBLE * terms).all())


def _sum(prices: FloatArray, bounds: FloatArray) -> float:
    used = prices != 0
    return float(np.sum(prices[used] * bounds[used]))
