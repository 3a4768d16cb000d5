"""Which candidates are worth a plan of their own, and which plans differ most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.studies.alternatives.alternatives import Alternative, Answer
from friendshore.optimizer.studies.alternatives.questions import DECISIONS, About

FOLLOWS = 0.05
"""What a difference in an amount counts that follows from decisions, beside one in a decision."""

Toward = tuple[int, str, float]
"""A question, a side, and what counts as one."""

NEAR_ENOUGH = 0.01
"""Of what is proven: what plans lack of it without being asked for more."""

ALIKE = 1e-6
"""Plans that are nearer than this are one."""


@dataclass(frozen=True)
class Candidate:
    """A solution of a dive: the question and side that it was made for, every amount in it, and what it decides."""

    place: int
    side: str
    values: tuple[float, ...]
    held: dict[str, list[object]]


def _scales(answers: Sequence[Answer], known: FloatArray) -> FloatArray:
    """What a difference of 1 is in each question: the range that is proven, or where that has no end what is found."""
    widths = np.array([each.proven.high - each.proven.low for each in answers])
    spans = known.max(axis=0) - known.min(axis=0)
    widths = np.where(np.isfinite(widths), widths, spans)
    return np.asarray(np.where(widths > 0, widths, 1.0))


def _weights(answers: Sequence[Answer]) -> FloatArray:
    return np.array([1.0 if each.question.about in DECISIONS else FOLLOWS for each in answers])


def gains(answers: Sequence[Answer], plans: Sequence[Alternative], candidates: Sequence[Candidate]) -> FloatArray:
    """By how much each candidate would widen what plans reach, summed over the questions as a share of what is proven.

    Parameters
    ----------
    answers, plans
        What is known so far.
    candidates
        What dives found.

    Returns
    -------
    FloatArray
        0 for a candidate that widens nothing, shape (candidates).
    """
    if not candidates:
        return np.zeros(0)
    known = np.array([plan.values for plan in plans])
    values = np.array([each.values for each in candidates])
    beyond = np.maximum(values - known.max(axis=0), 0.0) + np.maximum(known.min(axis=0) - values, 0.0)
    return np.asarray((np.minimum(beyond / _scales(answers, known), 1.0)).sum(axis=1))


def directions(answers: Sequence[Answer]) -> Iterator[tuple[tuple[Toward, ...], bool]]:
    """Where plans may have more, or less, than those known: all such decisions at once, one by one, then amounts.

    Parameters
    ----------
    answers
        What is known so far.

    Yields
    ------
    tuple[tuple[Toward, ...], bool]
        Question, side and what counts as one in it; and whether whole numbers are to be decided anew.
    """
    lacking = [toward for place, answer in enumerate(answers) for toward in _lacking(place, answer)]
    decided = [each for each in lacking if answers[each[0]].question.decision]
    yield tuple(decided), True
    yield from (((each,), True) for each in decided)
    for side in ("most", "least"):
        yield tuple(e for e in lacking if answers[e[0]].question.about is About.STOCK and e[1] == side), False
    shares = [each for each in lacking if answers[each[0]].question.about is About.SHARE]
    yield from (((each,), False) for each in shares)


def _lacking(place: int, answer: Answer) -> Iterator[Toward]:
    """The sides on which plans do not reach what is proven; of a decision first whether it is there at all."""
    proven, found = answer.proven, answer.found
    one = max(1.0, proven.high - proven.low) if answer.question.decision else proven.high - proven.low
    near = NEAR_ENOUGH * one
    more = isfinite(proven.high) and proven.high - found.high > near
    less = found.low - proven.low > near
    if answer.question.decision and more and less:
        more, less = found.low <= 0, found.low > 0
    if more:
        yield place, "most", one
    if less:
        yield place, "least", one


def most_different(answers: Sequence[Answer], plans: Sequence[Alternative], most: int) -> tuple[Alternative, ...]:
    """The plans that differ most, the first one of ``plans`` first.

    Each next one is that whose nearest neighbour among those chosen is farthest off (T. F. Gonzalez, Clustering to
    minimize the maximum intercluster distance, Theoretical Computer Science 38, 1985). Distance counts decisions, each
    by its range; amounts that follow from them break ties.

    Parameters
    ----------
    answers
        What is known, for the ranges.
    plans
        Certified plans within the limit.
    most
        How many at most.

    Returns
    -------
    tuple[Alternative, ...]
        No two alike.
    """
    if not answers:
        return tuple(plans[:1])
    known = np.array([plan.values for plan in plans])
    points = known / _scales(answers, known) * _weights(answers)
    chosen = [0]
    nearest = np.abs(points - points[0]).sum(axis=1)
    while len(chosen) < min(most, len(plans)):
        place = int(np.argmax(nearest))
        if nearest[place] <= ALIKE:
            break
        chosen.append(place)
        nearest = np.minimum(nearest, np.abs(points - points[place]).sum(axis=1))
    return tuple(plans[place] for place in chosen)
