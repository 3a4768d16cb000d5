"""Alternatives in sentences: what command and workbook say alike. No sentence claims more than the bounds prove."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import isfinite

from friendshore.models.plan.baselines import Interval
from friendshore.optimizer.studies.alternatives.alternatives import Alternatives, Answer, Verdict
from friendshore.optimizer.studies.alternatives.questions import About, Question
from friendshore.optimizer.wording.counts import counted, listed
from friendshore.optimizer.wording.money import money, money_between, money_within
from friendshore.optimizer.wording.names import Names
from friendshore.optimizer.wording.numbers import next_said, say
from friendshore.optimizer.wording.shares import percent_between

MOST_NAMED = 8
"""Decisions named in one sentence; the others are counted."""

MOST_SHARES = 6
"""Suppliers told on the command line; all stand in the workbook."""

SHEETS = {About.PROJECT: "Expansions", About.PROTECTION: "Protections", About.CLOSING: "Plants"}

_SUBJECTS: dict[About, Callable[[str, str], str]] = {
    About.CAPACITY: lambda who, what: f"{who}, new capacity for {what}",
    About.SPENDING: lambda who, what: f"{who}, spending on new capacity",
    About.STOCK: lambda who, what: f"{who}, stock of {what} on average",
    About.SHARE: lambda who, what: f"{who}, share in the supply of {what}",
}


def subject(study: Alternatives, question: Question) -> str:
    """What a question is about, as one calls it."""
    names = Names(study.problem.names)
    if question.about is About.CLOSING:
        return f"closing of {names.words('Plants', question.name)}"
    if question.about in SHEETS:
        return names.words(SHEETS[question.about], question.name)
    what = names.words("Commodities", question.commodity) if question.commodity else ""
    return _SUBJECTS[question.about](names.of("Countries", question.name), what)


def unit_of(study: Alternatives, question: Question) -> str:
    """The unit of the answer to a question, blank for a share and for what is decided once."""
    if question.about is About.SPENDING:
        return study.currency
    if question.about is About.PROJECT:
        return "units"
    if question.about in (About.CAPACITY, About.STOCK):
        unit = study.problem.commodities[question.commodity].unit
        return f"{unit} a year" if question.about is About.CAPACITY else unit
    return ""


def range_words(study: Alternatives, question: Question, ends: Interval, *, proven: bool) -> str:
    """From where to where, with its unit.

    Parameters
    ----------
    study
        The study.
    question
        What is told.
    ends
        From where to where; inf where there is no end.
    proven
        Whether it is what is proven, which is rounded outward; what plans reach is rounded inward.

    Returns
    -------
    str
        ``0 to 3 units``, ``78% to 100%``; one amount where both are said alike.
    """
    low, high = ends.low, ends.high
    if not isfinite(high):
        return f"{range_words(study, question, Interval(low, low), proven=proven)} or more"
    if question.about is About.SHARE:
        return percent_between(low, high) if proven or low == high else f"{100 * low:.1f}% to {100 * high:.1f}%"
    if question.about is About.SPENDING:
        return (money_between if proven else money_within)(low, high, study.currency)
    if not question.whole:
        low, high = next_said(low, up=not proven), next_said(high, up=proven)
    told = say(ends.low) if low >= high else f"{say(low)} to {say(high)}"
    return f"{told} {unit_of(study, question)}".rstrip()


def opening(study: Alternatives) -> str:
    """Which plans are looked at."""
    if study.cost is None:
        return "No plan is possible." if study.status == "infeasible" else f"No plan was found: {study.why}."
    limit, best = money(study.limit, study.currency), money(study.cost.high, study.currency)
    return f"All plans that cost at most {limit}, {100 * study.asks.within:.4g}% more than the best one found, {best}."


def gap_words(study: Alternatives) -> str:
    """What the gap of the best plan means for what is told; blank where there is none to speak of."""
    cost = study.cost
    if cost is None or cost.high - cost.low <= 1e-6 * abs(cost.high):
        return ""
    among = (
        f"All plans within {100 * study.asks.within:.4g}% of it are among these, so what is proven holds for them; "
        "that plans reach an amount is said of the limit in money."
    )
    if not isfinite(cost.low):
        return f"What the best possible plan costs is not known. {among}"
    told = f"The best possible plan costs {money_between(cost.low, cost.high, study.currency)}. {among}"
    if study.cheapest < cost.high - 1e-6 * abs(cost.high):
        told += " A plan that was made on the way costs less than the one searched for; the limit stays as it is."
    return told


def decisions(study: Alternatives, verdict: Verdict) -> list[Answer]:
    """The decisions with a verdict."""
    return [answer for answer in study.answers if answer.verdict is verdict]


def verdict_words(study: Alternatives) -> Iterator[str]:
    """What is in all plans, in none, open, and not known."""
    told = {
        Verdict.ALL: "In all of them: {}.",
        Verdict.NONE: "In none: {}.",
        Verdict.OPEN: "Open, as some have it and others do not: {}.",
        Verdict.UNDECIDED: "Not decided by what was proven and found: {}.",
    }
    for verdict, words in told.items():
        names = [_decided(study, answer) for answer in decisions(study, verdict)]
        if names:
            yield words.format(listed(names, MOST_NAMED))


def _decided(study: Alternatives, answer: Answer) -> str:
    """A decision by name, with its units where there may be more than one."""
    name, proven = subject(study, answer.question), answer.proven
    if answer.question.about is not About.PROJECT or proven.high <= 0:
        return name
    if answer.question.whole and proven.high <= 1:
        return name
    return f"{name} ({range_words(study, answer.question, proven, proven=True)})"


def pairs(study: Alternatives) -> Iterator[tuple[Question, Question]]:
    """Decisions that do for each other, each pair once."""
    order = {answer.question: place for place, answer in enumerate(study.answers)}
    for answer in study.answers:
        for other in answer.instead:
            if order[answer.question] < order[other]:
                yield answer.question, other


def instead_words(study: Alternatives) -> Iterator[str]:
    """Which decisions do for each other."""
    for first, second in pairs(study):
        one, other = subject(study, first), subject(study, second)
        yield f"Interchangeable: {one} and {other}. Each of these plans has one of the two; either will do alone."


def amount_words(study: Alternatives, answer: Answer) -> str:
    """What is proven of an amount, and what plans reach."""
    question, proven, found = answer.question, answer.proven, answer.found
    told = f"{subject(study, question)}: {range_words(study, question, proven, proven=True)}"
    wide = proven.high - proven.low
    if isfinite(wide) and (proven.high - found.high) + (found.low - proven.low) <= 0.005 * wide:
        return told
    return f"{told} (plans reach {range_words(study, question, found, proven=False)})"


def plans_words(study: Alternatives) -> str:
    """How many plans there are to look at."""
    if not study.plans:
        return ""
    made = f"{counted(study.made, 'certified plan')} within the limit"
    if len(study.plans) < 2:
        return f"{made}, none that differs."
    return f"{made}; the {len(study.plans)} that differ most are told side by side."


def open_words(study: Alternatives) -> str:
    """What is left open, and what would narrow it; blank where nothing is."""
    if study.stopped:
        return "It was interrupted: what is known so far is told; the same command goes on from there."
    if study.unbounded:
        what = counted(study.unbounded, "question")
        return f"Of {what} nothing could be proven in the time: more of it (--time-limit) may help."
    if decisions(study, Verdict.UNDECIDED):
        return "More searches (--searches) may decide what is not."
    return ""


def lines(study: Alternatives) -> Iterator[str]:
    """What a planner reads: which plans, what they have in common, and what may be asked of each ally."""
    yield opening(study)
    if study.cost is None:
        return
    yield from (words for words in (gap_words(study),) if words)
    yield from verdict_words(study)
    yield from instead_words(study)
    spending = [answer for answer in study.answers if answer.question.about is About.SPENDING]
    shares = [answer for answer in study.answers if answer.question.about is About.SHARE]
    for title, answers in (
        ("Of each ally, from the least to the most:", spending),
        ("Suppliers, from the least to the most:", shares[:MOST_SHARES]),
    ):
        if answers:
            yield title
            yield from (f"  {amount_words(study, answer)}" for answer in answers)
    yield from (words for words in (plans_words(study), open_words(study)) if words)
