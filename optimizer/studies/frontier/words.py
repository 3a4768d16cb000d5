"""A frontier in sentences: what command and workbook say alike. No sentence claims more than the searches prove."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.plan.baselines import Interval
from friendshore.models.tables import Policy
from friendshore.models.tables.policy_kinds import DAYS_OF_USE, EMISSIONS, MONEY
from friendshore.optimizer.studies.frontier.axis import MONTHS_A_YEAR, Over
from friendshore.optimizer.studies.frontier.frontier import Frontier, Point
from friendshore.optimizer.wording.counts import counted
from friendshore.optimizer.wording.durations import duration
from friendshore.optimizer.wording.money import money, money_between
from friendshore.optimizer.wording.names import Names, capital
from friendshore.optimizer.wording.numbers import precise
from friendshore.optimizer.wording.shares import gap_words, percent_between

RISK = "Risk aversion"
_AFTER = {DAYS_OF_USE: " days of use", EMISSIONS: " t CO2e a year"}


def policy_of(study: Frontier) -> Policy | None:
    """The policy whose limit or months are varied; None where it is the weight of risk."""
    return next((row for row in study.problem.policies if row.policy == study.axis.policy), None)


def subject(study: Frontier) -> str:
    """What is varied, as one calls it where a sentence begins."""
    if study.axis.over is Over.RISK:
        return RISK
    name = capital(Names(study.problem.names).words("Policies", study.axis.policy))
    return f"{name}, months survived" if study.axis.over is Over.MONTHS else name


def setting_words(study: Frontier, value: float) -> str:
    """A setting as one says it: ``35%``, ``90 days of use``, ``6 months``.

    Parameters
    ----------
    study
        The study.
    value
        The setting, in its own unit.

    Returns
    -------
    str
        With its unit.
    """
    policy = policy_of(study)
    if study.axis.over is Over.MONTHS:
        return duration(value / MONTHS_A_YEAR)
    if policy is None:
        return precise(value)
    unit = policy.declared.unit
    if unit.percent:
        return f"{100 * value:.4g}%"
    return money(value, study.currency) if unit == MONEY else f"{precise(value)}{_AFTER.get(unit, '')}"


def cost_words(study: Frontier, cost: Interval) -> str:
    """What is known of a cost: one amount, or between which two it lies."""
    return money(cost.high, study.currency) if cost.known else money_between(cost.low, cost.high, study.currency)


def opening(study: Frontier) -> str:
    """From where to where, and what that costs more."""
    found = f"{counted(len(study.points), 'plan')} from {counted(study.searches, 'search', 'searches')}"
    if not study.points:
        return f"{subject(study)}: {found}."
    first, last = study.points[0], study.points[-1]
    if len(study.points) == 1:
        if study.axis.over is Over.RISK:
            return f"{subject(study)}: one plan only, at every weight that was searched; {found}."
        until = setting_words(study, last.setting)
        return (
            f"{subject(study)}: one plan, at {cost_words(study, last.cost)}, holds at {until} and all that asks less."
        )
    more = cost_words(study, _beyond(last, first))
    ends = f"{setting_words(study, first.setting)} to {setting_words(study, last.setting)}"
    return f"{subject(study)}, from {ends}: {more} more; {found}."


def _beyond(point: Point, first: Point) -> Interval:
    """What a point costs more than the one that asks least; one amount where both costs are."""
    low, high = max(0.0, point.cost.low - first.cost.high), max(0.0, point.cost.high - first.cost.low)
    return Interval(high, high) if point.cost.known and first.cost.known else Interval(low, high)


def impossible_words(study: Frontier) -> str:
    """From which setting on there is no plan; blank where that was not met."""
    if study.impossible is None:
        return ""
    told = f"At {setting_words(study, study.impossible)} and all that asks more no plan is possible."
    if not study.points:
        return told
    last = setting_words(study, study.points[-1].setting)
    return f"{told} From there to {last} it is not known."


def knee_words(study: Frontier) -> str:
    """Where the knee is, and between which settings it is proven to lie; blank where it is not looked for."""
    knee = study.knee
    if knee is None:
        looked = study.axis.over is not Over.RISK and len(study.points) > 1
        no_more = f"no plan is shown to lie more than {gap_words(study.asks.tolerance)} below a straight line"
        return f"No knee is proven: {no_more} between the ends." if looked else ""
    at, tight, loose = (setting_words(study, value) for value in (knee.at, knee.tight, knee.loose))
    told = f"The knee is at {at}: {money(knee.saved, study.currency)} or more below a straight line between the ends"
    return f"{told}." if tight == loose else f"{told}; it is proven to lie between {tight} and {loose}."


def open_words(study: Frontier) -> str:
    """Where the cost is not known within the tolerance, and what would narrow it; blank where it is everywhere."""
    if study.stopped:
        return "It was interrupted: what is known so far is told; the same command goes on from there."
    unknown = [
        (band.cost.high - band.cost.low, band, band.cost)
        for band in study.bands
        if band.cost is not None and not band.within and not band.jump
    ]
    if not unknown:
        return ""
    _, band, cost = max(unknown, key=lambda entry: entry[0])
    ends = f"{setting_words(study, band.tight)} and {setting_words(study, band.loose)}"
    wanted = gap_words(study.asks.tolerance)
    return f"Not known within {wanted} everywhere, least between {ends}: {cost_words(study, cost)}. {_cure(study)}"


def _cure(study: Frontier) -> str:
    more = study.searches >= study.asks.points
    return "More points (--points) narrow it." if more else "What is left are the gaps of the searches (--gap)."


def jump_words(study: Frontier) -> Iterator[str]:
    """Between which two settings the cost jumps."""
    for band in study.bands:
        if band.jump and band.cost is not None:
            first, last = band.cost.ends
            ends = f"{setting_words(study, band.loose)} and {setting_words(study, band.tight)}"
            yield f"Between {ends} it jumps from {money(first, study.currency)} to {money(last, study.currency)}."


def point_line(study: Frontier, point: Point) -> str:
    """One plan in a line."""
    first, at = study.points[0], setting_words(study, point.setting)
    if study.axis.over is Over.RISK:
        expected, worst = (money(amount, study.currency) for amount in (point.expected_cost, point.cvar))
        told = f"{at}: {expected} expected, {worst} in the worst cases"
    else:
        told = f"{at}: {cost_words(study, point.cost)}"
    if point is not first and study.axis.over is not Over.RISK:
        more = _beyond(point, first)
        told += f", {cost_words(study, more)} more"
        if first.cost.high > 0:
            told += f" (+{percent_between(*(end / first.cost.high for end in more.ends))})"
    return f"{told}; {point.stopped}" if point.stopped else told


def lines(study: Frontier) -> Iterator[str]:
    """What a planner reads: the range, the plans, then what stands out."""
    yield opening(study)
    for point in study.points:
        yield f"  {point_line(study, point)}"
    for told in (impossible_words(study), *jump_words(study), knee_words(study), open_words(study)):
        if told:
            yield told
