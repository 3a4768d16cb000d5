"""Calendar years of a plan, where the labels of its periods are years."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Sequence
from math import ceil

from friendshore.models.problem import Problem
from friendshore.optimizer.wording.durations import MONTHS_A_YEAR

BEGINNINGS = "A year is told by its beginning: in service until 2044 is to the end of 2043."
"""What a calendar year means that stands for a time."""

_TINY = 1e-6
"""Years; of two times that lie closer neither is before the other."""


def first_year(problem: Problem) -> int:
    """The calendar year the plan starts in where the labels of the periods are years, else 0."""
    label = problem.periods[0].period
    return int(label) if label.isdigit() and len(label) == 4 else 0


def time_unit(problem: Problem) -> str:
    """What times of the plan are: calendar years, or years from its start."""
    return "year" if first_year(problem) else "years from the start"


def last_year(problem: Problem, label: str) -> str:
    """What a time that lasts to the end of a period ends with: its last year where labels are years, else the period.

    Examples
    --------
    A period 2033 of two years ends with 2034, one of two years and a half with 2035.
    """
    at = problem.period_index(label, 0)
    end = problem.period_starts[at] + problem.periods[at].years
    return str(first_year(problem) + ceil(end - _TINY) - 1) if first_year(problem) and label.isdigit() else label


def span(problem: Problem, labels: Sequence[str]) -> str:
    """Periods that follow each other, from the first to what the last ends with: ``2026 to 2034``, ``y1 to y3``."""
    last = last_year(problem, labels[-1])
    return last if last == labels[0] else f"{labels[0]} to {last}"


def moment(problem: Problem, start: float, years: float = 0.0) -> str:
    """When a step begins: a year, a month of a year, or a period and the month within it.

    Parameters
    ----------
    problem
        The problem, whose periods are years or are called otherwise.
    start
        Years from the start of the horizon.
    years
        Length of the step; one of whole years that begins with a year is told by the year alone.

    Returns
    -------
    str
        ``2034``, ``July 2034``; ``y3``, ``y3, month 7``.
    """
    origin, whole = first_year(problem), years >= 1 - _TINY
    if origin:
        month = round(MONTHS_A_YEAR * start)
        year, place = origin + month // MONTHS_A_YEAR, month % MONTHS_A_YEAR
        return str(year) if whole and place == 0 else f"{month_name[place + 1]} {year}"
    t = max(i for i, begins in enumerate(problem.period_starts) if begins <= start + _TINY)
    place = round(MONTHS_A_YEAR * (start - problem.period_starts[t]))
    label = problem.periods[t].period
    return label if place == 0 else f"{label}, month {place + 1}"
