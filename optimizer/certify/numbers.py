"""Numbers the whole certificate shares: array types and what counts as nothing."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Marks = npt.NDArray[np.bool_]

TINY = 1e-9
"""Lengths of time and shares below this are rounding, not facts."""


class UnreadableError(Exception):
    """The plan says something that cannot be checked: an unknown name, a missing table, a value that is no number."""


def places(values: list[int]) -> Places:
    """A list of positions as an array, also where it is empty."""
    return np.array(values, dtype=np.intp)


def overlap(first: float, last: float, start: float, end: float) -> float:
    """The length two stretches of time have in common.

    Parameters
    ----------
    first, last
        Start and end of one stretch of time.
    start, end
        Start and end of the other.

    Returns
    -------
    float
        Zero where they do not meet.
    """
    return max(0.0, min(last, end) - max(first, start))
