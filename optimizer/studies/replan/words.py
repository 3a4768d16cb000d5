"""The study in sentences: what command and workbook say alike. No sentence claims more than is proven."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.plan.baselines import Interval
from friendshore.models.tree.branch import BASE
from friendshore.optimizer.studies.negligible import negligible
from friendshore.optimizer.studies.replan.causes import BUILDING, DEMAND, INPUT, PASSING, PRICES, STOCKS, Cause
from friendshore.optimizer.studies.replan.decided import EXPANSION, Change
from friendshore.optimizer.studies.replan.replan import Kept, Replanned
from friendshore.optimizer.studies.replan.sheets_of_actuals import PROTECTION
from friendshore.optimizer.wording.money import money, money_between
from friendshore.optimizer.wording.names import Names, capital

NOTHING = 1e-6
"""Share of the cost of the rest below which an amount is none."""

CAUSES: dict[str, str] = {
    BUILDING: "Built, bought and closed otherwise",
    STOCKS: "Other stocks",
    PRICES: "Other prices and costs",
    DEMAND: "Other demand",
    INPUT: "Other figures",
}


NO_PERIOD = "what a plan pays for policies that it does not keep falls in no period"


def cause_words(study: Replanned, cause: str) -> str:
    """A cause as one says it."""
    if cause != PASSING:
        return CAUSES[cause]
    if study.standing.path == BASE:
        return "Time has passed, nothing has struck"
    return f"What has struck: {Names(study.problem.names).path(study.standing.path)}"


def small(study: Replanned, value: float) -> bool:
    """Whether an amount is none beside the cost of the rest."""
    return abs(value) <= negligible(NOTHING, 0.0 if study.rest is None else study.rest.high)


def signed(study: Replanned, between: Interval | None) -> str:
    """An amount more or less, as far as it is known."""
    if between is None:
        return "not known"
    low, high, currency = between.low, between.high, study.currency
    if small(study, low) and small(study, high):
        return "nothing"
    if between.known:
        return f"{money(abs(high), currency)} {'more' if high > 0 else 'less'}"
    if low > 0:
        return f"{money_between(low, high, currency)} more"
    if high < 0:
        return f"{money_between(-high, -low, currency)} less"
    less = "" if small(study, low) else f"{money(-low, currency)} less"
    more = "" if small(study, high) else f"{money(high, currency)} more"
    return f"between {less or 'nothing'} and {more or 'nothing'}"


def measure(study: Replanned) -> str:
    """What the amounts are."""
    if study.problem.settings.risk_aversion > 0:
        return "expected cost and that of the worst paths, weighed as in Settings"
    return "expected cost"


def opening(study: Replanned) -> str:
    """What the rest costs now, and what the plan expected."""
    if study.rest is None:
        return f"No plan is known for the rest from {study.actuals.as_of} on: {study.outcome.status}."
    cost = money_between(study.rest.low, study.rest.high, study.currency)
    if study.rest.known:
        cost = money(study.rest.high, study.currency)
    told = f"From {study.actuals.as_of} on the rest costs {cost} ({measure(study)}, in money of {study.actuals.as_of})"
    if study.before is None and study.stopped:
        return f"{told}."
    if study.before is None:
        return f"{told}; what was expected when the plan was made is not known ({NO_PERIOD})."
    return f"{told}; when the plan was made, {money(study.before, study.currency)} were expected."


def decision_line(study: Replanned) -> str:
    """Whether the old decisions stand."""
    if study.rest is None:
        return ""
    if study.same and not study.changes:
        return (
            "All decisions of the plan stand: no other plan of the rest is proven to be cheaper by more than the gap."
        )
    if study.as_planned is None:
        return "The decisions of the plan can no longer be kept together, or what that costs is not known."
    low = max(0.0, study.as_planned.low - study.rest.high)
    high = max(low, study.as_planned.high - study.rest.low)
    return f"To keep all decisions of the plan would cost {signed(study, Interval(low, high))}."


def cause_line(study: Replanned, cause: Cause) -> str:
    """A cause with its amount, and what of it lies in the past."""
    told = f"{cause_words(study, cause.cause)}: {signed(study, cause.between)}"
    if small(study, cause.past):
        return told
    way = "more" if cause.past > 0 else "less"
    return f"{told}, of it {money(abs(cause.past), study.currency)} {way} paid before {study.actuals.as_of}"


def change_words(study: Replanned, change: Change) -> str:
    """A changed decision."""
    names = Names(study.problem.names)
    if change.kind == EXPANSION:
        name = names.words("Expansions", change.name)
        unit = "unit" if change.after == 1.0 else "units"
        return f"{name} in {change.period}: {change.after:.6g} {unit} instead of {change.before:.6g}"
    if change.kind == PROTECTION:
        verb = "is bought" if change.after else "is not bought"
        return f"{names.words('Protections', change.name)} {verb} in {change.period}"
    verb = "is closed" if change.after else "is not closed"
    return f"{names.words('Plants', change.name)} {verb} in {change.period}"


def kept_words(study: Replanned, kept: Kept) -> str:
    """What it would cost to keep an old decision."""
    if kept.impossible:
        return "the old decision can no longer be kept"
    if kept.cost is None:
        return "what the old decision would cost is not known"
    return f"the old decision would cost {signed(study, kept.cost)}"


def lines(study: Replanned) -> Iterator[str]:
    """What a planner reads."""
    yield opening(study)
    if study.rest is None:
        for finding in study.outcome.conflict:
            yield f"  {finding.place}: {finding.message}"
        return
    told = [cause for cause in study.causes if cause.between is None or not _none(study, cause)]
    if told:
        yield "By cause, each on top of those before it:"
        yield from (f"  {cause_line(study, cause)}" for cause in told)
    yield decision_line(study)
    prices = {id(each.change): each for each in study.kept}
    for change in study.changes:
        kept = prices.get(id(change))
        yield f"  {capital(change_words(study, change))}" + (f"; {kept_words(study, kept)}" if kept else "")
    if study.lasting:
        called = capital(Names(study.problem.names).words("Scenarios", study.lasting))
        yield (
            f"{called} goes on: in the new plan it is a scenario "
            "that begins at once and is as good as certain, and the base path beside it can no longer come."
        )
    if study.stopped:
        yield "It was interrupted: what is known so far is told."


def _none(study: Replanned, cause: Cause) -> bool:
    between = cause.between
    return between is not None and small(study, between.low) and small(study, between.high) and small(study, cause.past)
