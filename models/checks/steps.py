"""Steps fill the periods that meet an event exactly."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.protocol import reads
from friendshore.models.checks.timing import MONTHS, divides, met_periods, onset, period_starts, spans, step_years
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy, Scenario

_TIMES = ("Periods", "Scenarios", "Events.scenario", "Events.start_years", "Events.years", "Events.recovery_years")


def scenario_periods(problem: Problem, row: Scenario) -> list[int]:
    """Periods of a scenario that meet an event."""
    stretches = [(start, end) for _, start, end in spans(problem, row)]
    return met_periods(problem, problem.period_index(row.onset, 0), stretches)


def policy_periods(problem: Problem, row: Policy) -> list[int]:
    """Periods that the stop that a policy tests meets."""
    first = problem.period_index(row.from_period, min(1, len(problem.periods) - 1))
    start = period_starts(problem)[first]
    return met_periods(problem, first, [(start, start + (row.years or 0.0))])


@reads(*_TIMES)
def scenario_steps(problem: Problem) -> Iterator[Finding]:
    """FS305, FS505: the steps of scenarios."""
    for row in problem.tables.scenarios:
        yield from _steps(problem, "Scenarios", row.row, row.step_months, scenario_periods(problem, row))


@reads("Periods", "Policies.kind", "Policies.from_period", "Policies.years", "Policies.step_months")
def policy_steps(problem: Problem) -> Iterator[Finding]:
    """FS305, FS505: the steps of tested stops."""
    for row in problem.tables.policies:
        if row.declared.stops:
            yield from _steps(problem, "Policies", row.row, row.step_months, policy_periods(problem, row))


def _steps(problem: Problem, sheet: str, row: int, months: int | None, met: list[int]) -> Iterator[Finding]:
    unfit = [problem.periods[position] for position in met if not divides(months or 3, problem.periods[position].years)]
    if not unfit:
        return
    period = unfit[0]
    length = f"period {period.period!r}, which meets an event and lasts {period.years * MONTHS:g} months"
    if months:
        message = f"found {months}; wanted months that divide {length}"
        yield make_finding("FS305", sheet, message, row, "step_months")
    else:
        message = f"found a blank cell, and 3 months do not divide {length}: it will be one step"
        yield make_finding("FS505", sheet, message, row, "step_months")


@reads(*_TIMES)
def event_lengths(problem: Problem) -> Iterator[Finding]:
    """FS504: events shorter than the steps that see them."""
    for scenario in problem.tables.scenarios:
        begin = onset(problem, scenario)
        for event in problem.tables.events:
            if event.scenario == scenario.scenario:
                start = begin + event.start_years
                met = met_periods(problem, problem.period_index(scenario.onset, 0), [(start, start + event.years)])
                longest = max((step_years(problem, position, scenario.step_months) for position in met), default=0.0)
                if 0 < event.years < longest - 1e-9:
                    message = (
                        f"found {event.years:g} years, shorter than the steps of {longest * MONTHS:g} months that see "
                        "it; it is averaged over them: choose a smaller step_months on Scenarios"
                    )
                    yield make_finding("FS504", "Events", message, event.row, "years")
