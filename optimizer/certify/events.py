"""Events in time: what is left of their target, on average, in a node."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from friendshore.models.tables import Event
from friendshore.optimizer.certify.numbers import TINY, Array, overlap


def meets(event: Event, origin: float, start: float, end: float) -> bool:
    """Whether an event, its recovery included, meets a stretch of time for a positive length.

    Parameters
    ----------
    event
        Its times count from the onset of its scenario.
    origin
        That onset; years from the start of the horizon, as are the two others.
    start
        Start of the stretch of time.
    end
        End of the stretch of time.

    Returns
    -------
    bool
        False also where they only touch.
    """
    first = origin + event.start_years
    return overlap(first, first + event.years + event.recovery_years, start, end) > TINY


def mean(event: Event, origin: float, start: float, end: float) -> float:
    """μ: the mean of φ over [start, end), an exact integral; ρ is 0 for a quota.

    φ is 1 before t₀, ρ in [t₀, t₀+T), then a straight line from ρ to 1 over R, then 1.

    Parameters
    ----------
    event
        Its times count from the onset of its scenario.
    origin
        That onset; years from the start of the horizon, as are the two others.
    start
        Start of the stretch of time.
    end
        End of the stretch of time.

    Returns
    -------
    float
        What is left of the target on average: 1 is all of it.
    """
    begin = origin + event.start_years
    turn = begin + event.years
    away = overlap(begin, turn, start, end)
    back = event.recovery_years
    first, last = max(turn, start) - turn, min(turn + back, end) - turn
    if last > first:
        away += (last - first) - (last**2 - first**2) / (2.0 * back)
    remaining = 0.0 if event.quota is not None else 1.0 if event.remaining is None else event.remaining
    return 1.0 - (1.0 - remaining) * away / (end - start)


@dataclass(frozen=True)
class Strike:
    """An event with its means at the own nodes of a branch, and the onset from which it counts, in years."""

    event: Event
    mean: Array
    origin: float


def strikes(struck: list[tuple[Event, float]], start: Array, years: Array) -> list[Strike]:
    """The events of a branch with their means; those that change nothing are left out.

    Parameters
    ----------
    struck
        Events of a branch, inherited ones included, each with the onset of its own scenario; years.
    start
        By own node; years from the start of the horizon.
    years
        Length by own node.

    Returns
    -------
    list[Strike]
        Events with their means by own node.
    """
    acting = []
    for event, origin in struck:
        means = np.array([mean(event, origin, t, t + d) for t, d in zip(start, years, strict=True)])
        if np.any(np.abs(means - 1.0) > TINY):
            acting.append(Strike(event, means, origin))
    return acting
