"""When scenarios' events act, in years from the start of the horizon."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose

from friendshore.models.problem import Problem
from friendshore.models.tables import Event, Scenario

TINY = 1e-9
MONTHS = 12.0
DEFAULT_STEP = 3


def period_starts(problem: Problem) -> list[float]:
    """Start of each period, and the end of the last."""
    starts = [0.0]
    for period in problem.periods:
        starts.append(starts[-1] + period.years)
    return starts


def onset(problem: Problem, scenario: Scenario) -> float:
    """Start of the onset period of a scenario."""
    return period_starts(problem)[problem.period_index(scenario.onset, 0)]


def ancestry(problem: Problem, scenario: Scenario) -> list[Scenario]:
    """The scenario, its parent, and so on up to base; it stops where parents go round in a circle."""
    known = {row.scenario: row for row in problem.tables.scenarios}
    line: list[Scenario] = []
    current: Scenario | None = scenario
    while current is not None and current not in line:
        line.append(current)
        current = known.get(current.parent)
    return line


def spans(problem: Problem, scenario: Scenario) -> Iterator[tuple[Event, float, float]]:
    """Each event on a scenario's path, inherited ones included, with its start and its end after recovery."""
    for ancestor in ancestry(problem, scenario):
        begin = onset(problem, ancestor)
        for event in problem.tables.events:
            if event.scenario == ancestor.scenario:
                start = begin + event.start_years
                yield event, start, start + event.years + event.recovery_years


def met_periods(problem: Problem, first: int, stretches: list[tuple[float, float]]) -> list[int]:
    """Periods that overlap a stretch of time for a positive length.

    Parameters
    ----------
    problem
        Its periods, in order.
    first
        Position of the first period that counts, from 0.
    stretches
        Start and end of each stretch of time, in years from the start of the horizon.

    Returns
    -------
    list[int]
        Positions, rising.
    """
    starts = period_starts(problem)
    return [
        position
        for position in range(first, len(problem.periods))
        if any(min(end, starts[position + 1]) - max(start, starts[position]) > TINY for start, end in stretches)
    ]


def divides(months: float, years: float) -> bool:
    """Whether steps of this many months fill a period exactly."""
    steps = years * MONTHS / months
    return round(steps) >= 1 and isclose(steps, round(steps), rel_tol=0.0, abs_tol=1e-6)


def step_years(problem: Problem, period: int, step_months: int | None) -> float:
    """Length of the steps that a period that meets an event is cut into.

    Parameters
    ----------
    problem
        Its periods, in order.
    period
        Position of the period, from 0.
    step_months
        Length of a step that is wanted, in months; None for the default of 3.

    Returns
    -------
    float
        Years a step; the whole period where the steps would not fill it exactly.
    """
    years = problem.periods[period].years
    months = step_months or DEFAULT_STEP
    return months / MONTHS if divides(months, years) else years
