"""Steps fill what they cut exactly: the periods of the base path, and its steps that meet an event."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.protocol import reads
from friendshore.models.checks.scenario_parents import readable
from friendshore.models.checks.timing import MONTHS, divides, met_periods, spans, step_years
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy, Scenario
from friendshore.models.tree.dangers import chances
from friendshore.optimizer.wording.counts import measured

_TIMES = ("Periods", "Scenarios", "Events.scenario", "Events.start_years", "Events.years", "Events.recovery_years")


def scenario_periods(problem: Problem, row: Scenario) -> list[int]:
    """Periods of the branches of a scenario that meet an event."""
    met: set[int] = set()
    for branch in chances(problem).branches:
        if branch.scenario == row.scenario:
            met.update(met_periods(problem, branch.onset, [(start, end) for _, start, end in spans(problem, branch)]))
    return sorted(met)


def policy_periods(problem: Problem, row: Policy) -> list[int]:
    """Periods that the stop that a policy tests meets, whenever in its window it begins."""
    window = problem.window(row.from_period, row.to_period)
    starts = problem.period_starts
    met: set[int] = set()
    for first in window if row.from_period else [t for t in window if t > 0] or window:
        met.update(met_periods(problem, first, [(starts[first], starts[first] + (row.years or 0.0))]))
    return sorted(met)


@reads(*_TIMES)
def scenario_steps(problem: Problem) -> Iterator[Finding]:
    """FS305, FS505: the steps of scenarios."""
    problem = readable(problem)
    for row in problem.tables.scenarios:
        yield from _steps(problem, "Scenarios", row.row, row.step_months, scenario_periods(problem, row))


@reads(
    "Periods", "Policies.kind", "Policies.from_period", "Policies.to_period", "Policies.years", "Policies.step_months"
)
def policy_steps(problem: Problem) -> Iterator[Finding]:
    """FS305, FS505: the steps of tested stops."""
    for row in problem.tables.policies:
        if row.declared.stops:
            yield from _steps(problem, "Policies", row.row, row.step_months, policy_periods(problem, row))


def _steps(problem: Problem, sheet: str, row: int, months: int | None, met: list[int]) -> Iterator[Finding]:
    unfit = [position for position in met if not _fits(problem, position, months or 3)]
    if not unfit:
        return
    period = problem.periods[unfit[0]]
    whole = period.years / period.steps * MONTHS
    what = f"period {period.period!r}" if period.steps == 1 else f"the steps of period {period.period!r} on Periods"
    length = f"{what}, which meets an event and lasts {measured(whole, 'month')}"
    if period.steps > 1:
        length = f"{what}, which meet an event and last {measured(whole, 'month')} each"
    if months:
        message = f"found {months}; wanted months that divide {length}"
        yield make_finding("FS305", sheet, message, row, "step_months")
    else:
        message = f"found a blank cell, and 3 months do not divide {length}: it will be one step"
        yield make_finding("FS505", sheet, message, row, "step_months")


def _fits(problem: Problem, position: int, months: int) -> bool:
    """Whether steps of these months fill the base steps of a period, or are longer, so that these stay whole."""
    period = problem.periods[position]
    years = period.years / period.steps
    return divides(months, years) or (period.steps > 1 and months >= years * MONTHS - 1e-6)


@reads(*_TIMES)
def event_lengths(problem: Problem) -> Iterator[Finding]:
    """FS504: events shorter than the steps that see them."""
    problem = readable(problem)
    months = {row.scenario: row.step_months for row in problem.tables.scenarios}
    starts = problem.period_starts
    for event in problem.tables.events:
        longest = 0.0
        for branch in chances(problem).branches:
            if branch.scenario == event.scenario:
                start = starts[branch.onset] + event.start_years
                met = met_periods(problem, branch.onset, [(start, start + event.years)])
                longest = max([longest, *(step_years(problem, t, months[event.scenario]) for t in met)])
        if 0 < event.years < longest - 1e-9:
            message = (
                f"found {measured(event.years, 'year')}, shorter than the steps of "
                f"{measured(longest * MONTHS, 'month')} that see it; it is averaged over them: choose a "
                "smaller step_months on Scenarios"
            )
            yield make_finding("FS504", "Events", message, event.row, "years")


@reads(
    "Periods", "Policies.kind", "Policies.from_period", "Policies.to_period", "Policies.years", "Policies.step_months"
)
def stop_lengths(problem: Problem) -> Iterator[Finding]:
    """FS504: tested stops shorter than the steps that see them."""
    for row in problem.tables.policies:
        if row.declared.stops and row.years:
            longest = max((step_years(problem, t, row.step_months) for t in policy_periods(problem, row)), default=0.0)
            if row.years < longest - 1e-9:
                message = (
                    f"found {measured(row.years, 'year')}, shorter than the steps of "
                    f"{measured(longest * MONTHS, 'month')} that see it; it is averaged over them, so that less is "
                    "promised than a whole stop: choose a smaller step_months"
                )
                yield make_finding("FS504", "Policies", message, row.row, "years")
