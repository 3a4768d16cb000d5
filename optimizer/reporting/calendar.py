"""Calendar years of a plan, where the labels of its periods are years."""

from __future__ import annotations

from friendshore.models.problem import Problem


def first_year(problem: Problem) -> int:
    """The calendar year the plan starts in where the labels of the periods are years, else 0."""
    label = problem.periods[0].period
    return int(label) if label.isdigit() and len(label) == 4 else 0


def time_unit(problem: Problem) -> str:
    """What times of the plan are: calendar years, or years from its start."""
    return "year" if first_year(problem) else "years from the start"
