"""Bounds of some rows or columns of an LP, as they are given to be changed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from friendshore.optimizer.program.linear_program import BadNumber, FloatArray

Places = NDArray[np.int64]
Bound = FloatArray | float


def checked_bounds(what: str, places: Places, lower: Bound, upper: Bound) -> tuple[Places, FloatArray, FloatArray]:
    """Places and their bounds, one each.

    Parameters
    ----------
    what
        Row or column, for the message.
    places
        Shape (k).
    lower, upper
        Shape (k); a single number stands for all of them.

    Returns
    -------
    tuple of arrays
        Shape (k) each.

    Raises
    ------
    BadNumber
        Where no value is within them.
    """
    indices = np.atleast_1d(np.asarray(places, dtype=np.int64))
    low = np.array(np.broadcast_to(np.asarray(lower, dtype=np.float64), indices.shape))
    high = np.array(np.broadcast_to(np.asarray(upper, dtype=np.float64), indices.shape))
    wrong = ~(low <= high) | (low == np.inf) | (high == -np.inf)
    if wrong.any():
        i = int(np.flatnonzero(wrong)[0])
        raise BadNumber(f"bounds of {what} {indices[i]} cannot hold: lower {low[i]}, upper {high[i]}")
    return indices, low, high
