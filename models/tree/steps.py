"""Steps: into how many nodes a period of a branch is cut (formulation, Time)."""

from __future__ import annotations

from collections.abc import Iterable

from friendshore.models.tables import Event

_TINY = 1e-9  # years; what float arithmetic may leave of an empty overlap

Suffered = Iterable[tuple[Event, float]]
"""Events of a branch and of its parents, each with the onset that its times count from, in years."""


def overlaps(event: Event, onset: float, start: float, end: float) -> bool:
    """Whether an event, its recovery included, acts between two times."""
    begin = onset + event.start_years
    finish = begin + event.years + event.recovery_years
    return min(end, finish) - max(start, begin) > _TINY


def period_steps(start: float, years: float, step_months: int | None, suffered: Suffered) -> list[tuple[float, float]]:
    """Start and length of the nodes of one period of a branch: equal steps where an event acts, else the whole.

    Parameters
    ----------
    start, years
        Of the period.
    step_months
        Of the branch, None for the default.
    suffered
        What may act on it.

    Returns
    -------
    list of (start, length)
        In years, in order of time.
    """
    if not any(overlaps(event, onset, start, start + years) for event, onset in suffered):
        return [(start, years)]
    count = step_count(years, step_months)
    return [(start + years * i / count, years / count) for i in range(count)]


def step_count(years: float, step_months: int | None) -> int:
    """How many equal steps a period of ``years`` is cut into; months that do not divide it leave it whole."""
    count = years * 12.0 / (step_months or 3)
    return round(count) if count > 0.5 and abs(count - round(count)) < 1e-6 else 1
