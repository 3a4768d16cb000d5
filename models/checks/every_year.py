"""Rows with what they say in every year that differs, for checks of single numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from friendshore.models.problem import Problem
from friendshore.models.tables import Tables

R = TypeVar("R")


def in_every_year(problem: Problem, rows: Callable[[Tables], Iterable[R]]) -> Iterator[tuple[Problem, R]]:
    """Rows of a sheet as they read in each period, with the problem as it is then.

    Parameters
    ----------
    problem
        Its Profiles say what changes; where it has none every row comes once.
    rows
        The rows asked for, of the tables of a period.

    Yields
    ------
    tuple
        The problem of a period (``Problem.at``), and a row with the values of that period.
    """
    for period in range(len(problem.periods) if problem.tables.profiles else 1):
        year = problem.at(period)
        for row in rows(year.tables):
            yield year, row
