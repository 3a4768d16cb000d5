"""When scenarios' events act, in years from the start of the horizon."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose

from friendshore.models.problem import Problem
from friendshore.models.tables import Event, Scenario
from friendshore.models.tree.branch import Branch
from friendshore.models.tree.dangers import chances
from friendshore.models.tree.onsets import parents_of

TINY = 1e-9
MONTHS = 12.0
DEFAULT_STEP = 3


def period_starts(problem: Problem) -> list[float]:
    """Start of each period, and the end of the last."""
    return [*problem.period_starts, problem.horizon]


def ancestry(problem: Problem, scenario: Scenario) -> list[Scenario]:
    """The scenario, its first parent, and so on up to base; it stops where parents go round in a circle."""
    known = {row.scenario: row for row in problem.tables.scenarios}
    line: list[Scenario] = []
    current: Scenario | None = scenario
    while current is not None and current not in line:
        line.append(current)
        current = known.get(parents_of(current)[0])
    return line


def spans(problem: Problem, branch: Branch) -> Iterator[tuple[Event, float, float]]:
    """Each event on a branch's path, inherited ones included, with its start and its end after recovery."""
    known = {each.name: each for each in chances(problem).branches}
    above: Branch | None = branch
    while above is not None:
        begin = problem.period_starts[above.onset]
        for event in above.events:
            start = begin + event.start_years
            yield event, start, start + event.years + event.recovery_years
        above = known.get(above.parent)


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
        A valid problem.
    period
        Position of the period.
    step_months
        As on the sheet; None: as blank.

    Returns
    -------
    float
        In years.
    """
    years = problem.periods[period].years / problem.periods[period].steps
    months = step_months or DEFAULT_STEP
    return months / MONTHS if divides(months, years) else years
