"""The study in sentences: what command and workbook say alike. No sentence claims more than is proven."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.plan.baselines import Interval
from friendshore.optimizer.studies.sensitivity.sensitivity import SAME, End, Moved, Sensitivity, Verdict
from friendshore.optimizer.wording.counts import counted, listed
from friendshore.optimizer.wording.money import money, money_between
from friendshore.optimizer.wording.shares import percent

MOST_NAMED = 6
TOLD = 8
"""Figures that the command tells; the workbook has all of them."""


def none_of(study: Sensitivity) -> float:
    """Amounts below this are none: what tolerances leave."""
    return SAME * max(1.0, abs(study.plan.high))


def at_most(study: Sensitivity, value: float) -> str:
    """An amount that is the most something can be, rounded up."""
    return money_between(value, value, study.currency).rpartition(" to ")[2]


def amount(study: Sensitivity, value: Interval | None) -> str:
    """What is known of an amount that is not below 0."""
    if value is None:
        return "an unknown amount"
    none = none_of(study)
    if value.high <= none:
        return "nothing"
    if value.high - value.low <= none:
        return money(value.high, study.currency)
    if value.low <= none:
        return f"at most {at_most(study, value.high)}"
    return money_between(value.low, value.high, study.currency)


def change(study: Sensitivity, value: Interval | None) -> str:
    """What is known of a change, with its sign."""
    if value is None:
        return "by an unknown amount"
    none = none_of(study)
    if max(abs(value.low), abs(value.high)) <= none:
        return "not at all"
    if value.high - value.low <= none:
        return f"{'+' if value.high > 0 else '−'}{money(abs(value.high), study.currency)}"
    low, high = (f"{'+' if end >= 0 else '−'}{money(abs(end), study.currency)}" for end in (value.low, value.high))
    return low if low == high else f"{low} to {high}"


def opening(study: Sensitivity) -> str:
    """The least cost as the workbook stands, and how many figures are looked at."""
    known = study.plan.high - study.plan.low <= none_of(study)
    low, high = study.plan.low, study.plan.high
    cost = money(high, study.currency) if known else money_between(low, high, study.currency)
    count = counted(len(study.figures), "figure")
    looked = f" on {listed(study.asks.sheets, len(study.asks.sheets))}" if study.asks.sheets else ""
    moved = f"{count} with a source{looked}, each moved by itself in its range."
    return f"As the workbook stands the least cost is {cost}. {moved}"


def gap_line(study: Sensitivity) -> str:
    """What the plan itself leaves open, to which regrets have to be held; blank where it is nothing."""
    left = study.plan.high - study.plan.low
    if left <= none_of(study):
        return ""
    most = at_most(study, left)
    return f"Today's plan may itself cost up to {most} more than the best; a regret below that need not be a figure's."


def end_words(moved: Moved, end: End) -> str:
    """An end of a figure's range: ``at its high end (182, +30%)``."""
    side = "low" if end is moved.low else "high"
    by = f"{end.factor - 1.0:+.0%}"
    cut = ", cut to what is legal" if end.cut else ""
    if moved.figure.value is None:
        return f"at its {side} end ({by}{cut})"
    value = end.cells[0][1]
    return f"at its {side} end ({value:,.6g}{cut if end.cut else f', {by}'})"


def line(study: Sensitivity, moved: Moved) -> str:
    """A figure in a line: what today's plan costs more or less at both ends."""
    told = [f"{change(study, study.held_change(end))} {end_words(moved, end)}" for end in moved.ends if end.held]
    told += [f"today's decisions cannot be kept {end_words(moved, end)}" for end in moved.ends if end.kept is False]
    return f"{moved.figure.words}: {'; '.join(told) or 'not known'}"


def no_bars(study: Sensitivity) -> str:
    """Where the tornado has no bar, because today's decisions cannot be kept and so have no cost; blank where none."""
    ends = [
        f"{each.figure.words} at its {'low' if end is each.low else 'high'} end"
        for each in study.movers
        for end in each.ends
        if end.kept is False
    ]
    if not ends:
        return ""
    return f"No bar, as today's decisions cannot be kept there and have no cost: {listed(ends, MOST_NAMED)}."


def knowing(study: Sensitivity, moved: Moved) -> str:
    """What a figure does to decisions, in a sentence; blank where it is proven to do nothing."""
    told = list(_knowing(study, moved))
    return f"{moved.figure.words}: {'; '.join(told)}" if told else ""


def _knowing(study: Sensitivity, moved: Moved) -> Iterator[str]:
    for end in moved.ends:
        at = end_words(moved, end)
        if end.verdict is Verdict.NOTHING:
            yield f"{at} no plan satisfies the workbook"
        elif end.verdict is Verdict.TURNS and end.held is None:
            yield f"{at} today's decisions cannot be kept, others can"
        elif end.verdict is Verdict.TURNS:
            yield f"{at} other decisions cost less by {amount(study, end.regret)}"
        elif end.verdict is Verdict.OPEN and end.regret is not None:
            yield f"{at} other decisions cost less by {amount(study, end.regret)}, if any do"
        elif end.verdict is Verdict.OPEN:
            yield f"{at} it is not known whether today's decisions are the best"


def count_lines(study: Sensitivity) -> Iterator[str]:
    """How many of the priced figures would change a decision, how many would not, and what is open."""
    priced = study.priced
    if not priced:
        return
    of = {verdict: sum(each.verdict is verdict for each in priced) for verdict in Verdict}
    turning = counted(of[Verdict.TURNS], "figure") if of[Verdict.TURNS] else "none"
    proven = "is proven to change a decision" if turning == "none" else "would change a decision, proven,"
    told = [f"{turning} {proven} at an end of the range"]
    if of[Verdict.STAYS]:
        told.append(f"{of[Verdict.STAYS]} at neither end, proven")
    if of[Verdict.NOTHING]:
        told.append(f"{of[Verdict.NOTHING]} leave no plan at an end")
    if of[Verdict.OPEN]:
        told.append(f"{of[Verdict.OPEN]} open")
    those = "the one that was" if len(priced) == 1 else f"the {len(priced)} that were"
    yield f"Of {those} priced: {'; '.join(told)}."
    left = [each for each in priced if each.verdict is Verdict.OPEN]
    worst = [each.regret.high for each in left if each.regret is not None and len(each.ends) == 2]
    if worst and len(worst) == len(left) and max(worst) > none_of(study):
        most = at_most(study, max(worst))
        share = percent(max(worst) / abs(study.plan.high)) if study.plan.high else ""
        yield f"Where it is open, today's decisions cost at most {most} more than the best ({share} of the least cost)."


def rest_line(study: Sensitivity) -> str:
    """What was not priced, and why; blank where everything was."""
    rest = [each for each in study.figures if not each.ends]
    if not study.ranked or not rest:
        return ""
    still = sum(each.slope.size <= none_of(study) and each.slope.low is not None for each in rest)
    blind = sum(each.slope.low is None or each.slope.high is None for each in rest)
    told = [f"{counted(len(rest), 'figure')} not priced"]
    if still:
        told.append(f"to the first order {still} of them move nothing, as a capacity with room to spare does")
    if blind:
        told.append(f"of {blind} no derivative is known at both ends, as steps or rows begin or end with them")
    return f"{'; '.join(told)}. --top prices more."


def better_data(study: Sensitivity) -> Iterator[str]:
    """Which figures deserve better data, the one whose knowledge may be worth most first."""
    for each in study.worth_knowing:
        told = knowing(study, each)
        if told:
            yield told


def lines(study: Sensitivity) -> Iterator[str]:
    """What a planner reads."""
    yield opening(study)
    if not study.ranked and not study.stopped:
        yield "No figure could be ranked."
    if study.priced:
        yield "Of those that were priced, what moves the cost of today's plan most:"
        for number, each in enumerate(study.movers[:TOLD], 1):
            yield f"  {number}. {line(study, each)}"
        yield from count_lines(study)
        deserving = list(better_data(study))
        if deserving:
            yield "By what it may be worth to know them better:"
            for number, told in enumerate(deserving[:TOLD], 1):
                yield f"  {number}. {told}"
            if told := gap_line(study):
                yield told
    if told := rest_line(study):
        yield told
    if told := stopped_line(study):
        yield told


def stopped_line(study: Sensitivity) -> str:
    """Why it ended early; blank where it did not."""
    if study.stopped == "interrupted":
        return "It was interrupted: what is known so far is told; the same command goes on from there."
    if study.stopped:
        return (
            f"Derivatives are not known ({study.stopped}), so no figure was priced: give it more time (--time-limit)."
        )
    return ""
