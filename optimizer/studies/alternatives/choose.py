"""Which candidates are worth a plan of their own, and which plans differ most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.studies.alternatives.alternatives import Alternative, Answer
from friendshore.optimizer.studies.alternatives.questions import DECISIONS

FOLLOWS = 0.05
"""What a difference in an amount counts that follows from decisions, beside one in a decision."""

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
