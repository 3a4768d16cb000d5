"""An event in time: the share of it that falls on a node, and whether any does."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from friendshore.models.tables import Event

Array = NDArray[np.float64]

_TINY = 1e-9  # years; what float arithmetic may leave of an empty overlap


def mean_severity(event: Event, onset: float, start: Array, length: Array) -> Array:
    """σ: share of an event's full effect over [start, start + length), an exact integral (formulation, Time).

    The effect is full over [t₀, t₀ + T) and falls in a straight line to nothing over the recovery R.

    Parameters
    ----------
    event
        Its start, length and recovery, in years.
    onset
        From which it counts; years from the start of the horizon.
    start
        Start of each node; years from the start of the horizon.
    length
        Length of each node, in years.

    Returns
    -------
    Array
        By node, from 0 to 1.
    """
    begin = onset + event.start_years
    full_end = begin + event.years
    end = start + length
    full = np.clip(np.minimum(end, full_end) - np.maximum(start, begin), 0.0, None)
    recovery = event.recovery_years
    partial = np.zeros_like(full)
    if recovery > 0:
        low = np.clip(start, full_end, full_end + recovery) - full_end
        high = np.clip(end, full_end, full_end + recovery) - full_end
        partial = (high - low) - (high**2 - low**2) / (2.0 * recovery)
    severity = (full + np.clip(partial, 0.0, None)) / length
    severity[severity < _TINY] = 0.0
    return np.asarray(np.minimum(severity, 1.0))


def overlaps(event: Event, onset: float, start: float, end: float) -> bool:
    """Whether an event, its recovery included, meets a stretch of time for a positive length.

    Parameters
    ----------
    event
        Its start, length and recovery, in years.
    onset
        From which it counts; years from the start of the horizon.
    start, end
        Start and end of the stretch; years from the start of the horizon.

    Returns
    -------
    bool
        False also where the two only touch.
    """
    begin = onset + event.start_years
    finish = begin + event.years + event.recovery_years
    return min(end, finish) - max(start, begin) > _TINY
