"""Calendar years of a plan."""

from __future__ import annotations

import dataclasses

import pytest

from friendshore.models.problem import Problem
from friendshore.models.tables.periods import Period
from friendshore.optimizer.reporting.calendar import last_year, moment, span
from tests.reporting import plans


def with_periods(*periods: tuple[str, float]) -> Problem:
    """The plan's problem over other periods."""
    rows = tuple(Period(period=label, years=years) for label, years in periods)
    problem = plans.problem()
    return dataclasses.replace(problem, tables=dataclasses.replace(problem.tables, periods=rows))


@pytest.mark.parametrize(
    ("periods", "said"),
    [
        ((("2026", 1), ("2027", 1)), "2026 to 2027"),
        ((("2026", 1), ("2027", 6), ("2033", 2)), "2026 to 2034"),
        ((("2026", 0.5), ("2026b", 0.5)), "2026 to 2026b"),
        ((("2030", 1),), "2030"),
        ((("2030", 10),), "2030 to 2039"),
        ((("2030", 0.5),), "2030"),
        ((("2030", 2.5),), "2030 to 2032"),
        ((("y1", 1), ("y2", 5)), "y1 to y2"),
        ((("y1", 5),), "y1"),
    ],
)
def test_a_span_ends_with_the_last_year_of_its_last_period(periods: tuple[tuple[str, float], ...], said: str) -> None:
    assert span(with_periods(*periods), [label for label, _ in periods]) == said


def test_the_end_of_a_period_is_that_of_its_last_year() -> None:
    problem = with_periods(("2026", 5), ("2031", 2))
    assert [last_year(problem, label) for label in ("2026", "2031")] == ["2030", "2032"]
    assert moment(problem, 5.0) == "January 2031"
