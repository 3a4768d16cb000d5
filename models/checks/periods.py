"""Periods whose labels agree with their lengths, and look-ahead periods that stand last."""

from __future__ import annotations

from collections.abc import Iterator
from math import log, log1p

from friendshore.models.checks.protocol import reads
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem
from friendshore.optimizer.wording.counts import measured

LEAST_WORTH = 1e-15
"""What 1 at the end of the horizon has to be worth at its start: as much as rounding leaves of 1."""


@reads("Periods")
def period_labels(problem: Problem) -> Iterator[Finding]:
    """FS324: labels that are years and lie otherwise apart than the lengths say, or run backwards."""
    years = [_year(period.period) for period in problem.periods]
    for i in range(len(years) - 1):
        here, after, row = years[i], years[i + 1], problem.periods[i]
        if here is None or after is None or abs(after - here - row.years) < 1e-6:
            continue
        if after <= here:
            message = f"found {row.period} before {problem.periods[i + 1].period}; wanted periods in order of time"
        else:
            message = (
                f"found {measured(row.years, 'year')} for {row.period}, and the next period is "
                f"{problem.periods[i + 1].period}: wanted {measured(after - here, 'year')}, or labels that are no years"
            )
        yield make_finding("FS324", "Periods", message, row.row, "years" if after > here else "period")


def _year(label: str) -> int | None:
    """The year that a label of four digits between 1900 and 2199 is; None for any other."""
    return int(label) if len(label) == 4 and label.isascii() and label.isdigit() and "1900" <= label < "2200" else None


@reads("Periods")
def look_ahead(problem: Problem) -> Iterator[Finding]:
    """FS325: look-ahead periods stand last, and something is planned before them."""
    planned = [t for t, period in enumerate(problem.periods) if not period.look_ahead]
    if not planned:
        message = "found no period without look_ahead; wanted at least one period to plan for"
        yield make_finding("FS325", "Periods", message, problem.periods[0].row, "look_ahead")
        return
    for period in problem.periods[: planned[-1]]:
        if period.look_ahead:
            last = problem.periods[planned[-1]].period
            message = f"found yes, and {last} is planned after it; wanted look-ahead periods last"
            yield make_finding("FS325", "Periods", message, period.row, "look_ahead")


@reads("Periods", "Settings")
def worth_at_the_end(problem: Problem) -> Iterator[Finding]:
    """FS326: discounting leaves less than rounding does of what is paid at the end."""
    rate, horizon = problem.settings.discount_rate, sum(row.years for row in problem.periods)
    if horizon * log1p(rate) > -log(LEAST_WORTH):
        message = (
            f"found a discount_rate of {rate:g} in Settings over {measured(horizon, 'year')}, at whose end 1 is "
            f"worth less than {LEAST_WORTH:g}; wanted a lower rate or fewer years"
        )
        yield make_finding("FS326", "Periods", message, problem.periods[-1].row, "years")
