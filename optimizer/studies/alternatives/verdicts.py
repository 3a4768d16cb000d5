"""From bounds and plans to answers: intervals, verdicts, and which decisions do for each other."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from math import ceil, floor, isfinite

from friendshore.models.plan.baselines import Interval
from friendshore.models.problem import Problem
from friendshore.optimizer.answer.solution import NOISE
from friendshore.optimizer.studies.alternatives.alternatives import Alternative, Answer, Verdict
from friendshore.optimizer.studies.alternatives.measures import per_unit
from friendshore.optimizer.studies.alternatives.questions import About, Question

LOOSE = 1e-6
"""Of a bound, or of 1: by how much it is told looser than the solver says, for its tolerances."""

NEARLY = 1e-4
"""A bound of a whole number is rounded inward unless it is nearer than this to the one outside."""

SOME = 1e-6
"""Units from which on there is some of something."""

MOST_SUMS = 10_000
"""So many sums of units are tried."""

Ends = Mapping[tuple[int, str], float]
"""Bounds by question and side."""


def least_told(question: Question, bound: float | None) -> float:
    """A bound from below, for whole numbers the next one above it."""
    if bound is None or not isfinite(bound):
        return 0.0
    if question.whole:
        return max(0.0, float(ceil(bound - NEARLY)))
    return max(0.0, bound - LOOSE * max(1.0, abs(bound)))


def most_told(question: Question, bound: float | None) -> float:
    """A bound from above, for whole numbers the next one below it; never above what no plan at all has."""
    if bound is None or not isfinite(bound):
        return question.most
    if question.whole:
        return min(question.most, float(floor(bound + NEARLY)))
    return min(question.most, bound + LOOSE * max(1.0, abs(bound)))


def answers_of(questions: Sequence[Question], bounds: Ends, plans: Sequence[Alternative]) -> tuple[Answer, ...]:
    """The answers, but for what does for what.

    Parameters
    ----------
    questions
        All of them.
    bounds
        What is proven, by question and side.
    plans
        Certified plans within the limit, the best one first.

    Returns
    -------
    tuple[Answer, ...]
        In the order of the questions; what plans reach is never outside what is proven.
    """
    answers = []
    for place, question in enumerate(questions):
        values = [_clean(question, plan.values[place]) for plan in plans]
        found = Interval(min(values), max(values))
        low = least_told(question, bounds.get((place, "least")))
        high = most_told(question, bounds.get((place, "most")))
        proven = _around(Interval(low, high), found)
        verdict = _verdict(proven, found) if question.decision else None
        answers.append(Answer(question, proven, found, values[0], verdict))
    return tuple(answers)


def _around(proven: Interval, found: Interval) -> Interval:
    """What is proven, with the ends that plans reach where these are as near as tolerances can tell."""
    near = 2 * LOOSE
    low = found.low if found.low - proven.low <= near * max(1.0, abs(found.low)) else proven.low
    high = found.high if proven.high - found.high <= near * max(1.0, abs(found.high)) else proven.high
    return Interval(low, high)


def within_decisions(problem: Problem, answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """The answers, with capacity and spending brought to amounts that some units of the projects come to.

    Parameters
    ----------
    problem
        A valid problem.
    answers
        Of all questions, projects among them.

    Returns
    -------
    tuple[Answer, ...]
        As before but for those amounts, whose ends may be nearer.
    """
    projects = {each.question.name: each for each in answers if each.question.about is About.PROJECT}
    return tuple(_narrowed(problem, each, projects) for each in answers)


def _narrowed(problem: Problem, answer: Answer, projects: Mapping[str, Answer]) -> Answer:
    if answer.question.about not in (About.CAPACITY, About.SPENDING):
        return answer
    added = per_unit(problem, answer.question)
    low = sum(least * projects[name].proven.low for name, (least, _) in added.items())
    high = sum(most * projects[name].proven.high for name, (_, most) in added.items())
    proven = Interval(max(low, answer.proven.low), min(high, answer.proven.high))
    if all(least == most and projects[name].question.whole for name, (least, most) in added.items()):
        proven = _attained({name: most for name, (_, most) in added.items()}, projects, proven)
    return dataclasses.replace(answer, proven=_around(proven, answer.found))


def _attained(added: Mapping[str, float], projects: Mapping[str, Answer], proven: Interval) -> Interval:
    """The least and the most within an interval that whole units come to; as it is where they are too many to try."""
    sums = {0.0}
    for name, amount in added.items():
        low, high = projects[name].proven.ends
        if not isfinite(high) or len(sums) * (high - low + 1) > MOST_SUMS:
            return proven
        sums = {round(each + amount * units, 9) for each in sums for units in range(int(low), int(high) + 1)}
    slack = 2 * LOOSE * max(1.0, abs(proven.high))
    inside = [each for each in sums if proven.low - slack <= each <= proven.high + slack]
    return Interval(min(inside), max(inside)) if inside else proven


def _clean(question: Question, value: float) -> float:
    return float(round(value)) if question.whole else value


def _verdict(proven: Interval, found: Interval) -> Verdict:
    if proven.low > SOME:
        return Verdict.ALL
    if proven.high <= SOME and found.high <= NOISE:  # a project of a billion a unit is decided in millionths
        return Verdict.NONE
    return Verdict.OPEN if found.low <= SOME < found.high else Verdict.UNDECIDED


def undecided(answers: Iterable[Answer]) -> Iterator[tuple[int, str]]:
    """Decisions in whole numbers of which it is not known whether a plan can do with, or without: place and side."""
    for place, answer in enumerate(answers):
        if answer.verdict is Verdict.UNDECIDED and answer.question.whole:
            yield place, "least" if answer.found.low > SOME else "most"


def pairs_to_prove(answers: Sequence[Answer], plans: Sequence[Alternative], most: int) -> list[tuple[int, int]]:
    """Pairs of open decisions that may do for each other: every plan known has one, and some only one, of each.

    Parameters
    ----------
    answers, plans
        What is known so far.
    most
        How many pairs at most.

    Returns
    -------
    list[tuple[int, int]]
        Places of the questions.
    """
    loose = [i for i, each in enumerate(answers) if each.verdict is Verdict.OPEN and each.question.whole]
    has = [[round(plan.values[i]) > 0 for i in range(len(answers))] for plan in plans]
    pairs = []
    for first, second in combinations(loose, 2):
        kinds = {(row[first], row[second]) for row in has}
        if (False, False) not in kinds and (True, False) in kinds and (False, True) in kinds:
            pairs.append((first, second))
    return pairs[:most]


def with_instead(answers: Sequence[Answer], proven: Iterable[tuple[int, int, float]]) -> tuple[Answer, ...]:
    """The answers with what does for what.

    Parameters
    ----------
    answers
        What is known so far.
    proven
        Pairs of decisions in whole numbers and the least that any plan within the limit has of both together.

    Returns
    -------
    tuple[Answer, ...]
        A pair whose bound proves that one of the two is always there does for each other.
    """
    instead: dict[int, list[Question]] = {}
    for first, second, least in proven:
        if isfinite(least) and ceil(least - NEARLY) >= 1:
            instead.setdefault(first, []).append(answers[second].question)
            instead.setdefault(second, []).append(answers[first].question)
    return tuple(dataclasses.replace(each, instead=tuple(instead.get(place, ()))) for place, each in enumerate(answers))
