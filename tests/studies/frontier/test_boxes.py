"""Boxes around a cost that never rises: a published front in few searches, and nothing claimed that does not hold."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from math import inf

import numpy as np
import pytest

from friendshore.optimizer.studies.frontier.boxes import Boxes, Trial
from friendshore.optimizer.studies.frontier.knee import Knee, knee_of

EXAMPLES = int(os.environ.get("FRIENDSHORE_EXAMPLES", "150"))

FIRST = (77, 94, 71, 63, 96, 82, 85, 75, 72, 91, 99, 63, 84, 87, 79, 94, 90)
SECOND = (65, 90, 90, 77, 95, 84, 70, 94, 66, 92, 74, 97, 60, 60, 65, 97, 93)
WEIGHTS = (80, 87, 68, 72, 66, 77, 99, 85, 70, 93, 98, 72, 100, 89, 67, 86, 91)
CAPACITY = 900
FRONT = [(955, 906), (949, 915), (948, 939), (943, 940), (936, 942), (935, 947), (934, 971), (927, 972), (918, 983)]
"""The knapsack of MultiObjectiveAlgorithms.jl (test_EpsilonConstraint.jl): two values to be as large as can be."""


def drawn(curve: Boxes, search: Callable[[float], Trial], most: int = 10_000) -> Boxes:
    """Search until nothing is left to narrow, four at a time."""
    while places := curve.next(min(4, most - len(curve.trials))):
        curve = curve.with_trials([search(place) for place in places])
    return curve


def packs() -> np.ndarray:
    """Both values of every pack within the capacity."""
    chosen = np.array(np.meshgrid(*[[0, 1]] * len(FIRST))).reshape(len(FIRST), -1)
    fits = np.array(WEIGHTS) @ chosen <= CAPACITY
    return np.stack([np.array(FIRST) @ chosen, np.array(SECOND) @ chosen])[:, fits]


def test_the_published_front_of_a_knapsack() -> None:
    """Least of −first with second ≥ a limit, each search at its tightest: all nine plans, in fewer than two a plan."""
    first, second = packs()

    def search(ease: float) -> Trial:
        """The best pack whose second value is at least −ease; of those the one with the largest second value."""
        may = second >= -ease
        if not may.any():
            return Trial(ease, inf, inf, ease, possible=False)
        best = first[may].max()
        return Trial(ease, -best, -best, -second[may & (first == best)].max())

    curve = drawn(Boxes(-983, -906, 0.0, 1.0), search)
    assert sorted({(-each.cost, -each.reached) for each in curve.trials}, reverse=True) == FRONT
    assert len(curve.trials) < 2 * len(FRONT)


def steps(draw: random.Random) -> Callable[[float], float]:
    """A cost that never rises: steps at some eases, a slope at others, no plan below one of them."""
    jumps = sorted((draw.uniform(0, 100), draw.choice((0, 1, 5, 20))) for _ in range(draw.randint(1, 6)))
    slope, none = draw.choice((0.0, 0.2, 1.0)), draw.choice((-1.0, -1.0, draw.uniform(0, 100)))

    def cost(ease: float) -> float:
        risen = sum(height for place, height in jumps if ease < place)
        return inf if ease < none else 100 + risen + slope * (100 - ease)

    return cost


@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_what_is_proven_holds_at_every_ease(seed: int) -> None:
    """Searches that end at a gap, plans that hold a little tighter than asked: the least cost lies in its box all the
    same, the boxes cover the range but for what is impossible, and the knee lies where it is told to lie."""
    draw = random.Random(seed)  # noqa: S311 - a test
    cost, gap = steps(draw), draw.choice((0.0, 0.0, 0.02))

    def search(ease: float) -> Trial:
        best = cost(ease)
        if best == inf:
            return Trial(ease, inf, inf, ease, possible=False)
        found = best * (1 + gap * draw.random())
        reached = ease
        for tighter in np.linspace(ease, 0, 50):  # the tightest of some at which its cost still pays for a plan
            reached = tighter if cost(tighter) <= found else reached
        return Trial(ease, found, best * (1 - gap * draw.random()), float(reached))

    curve = drawn(Boxes(0.0, 100.0, draw.choice((0.0, 0.005, 0.05)), draw.choice((0.1, 1.0))), search, 25)
    boxes = curve.boxes()
    for ease in [*np.linspace(0, 100, 401), *(each.at for each in curve.trials)]:
        here = [box for box in boxes if box.tight < ease <= box.loose]
        assert curve.low(ease) - 1e-9 <= cost(ease) <= curve.high(ease) + 1e-9
        assert here or ease <= curve.impossible or not boxes or ease == 0
        assert all(box.low - 1e-9 <= cost(ease) <= box.high + 1e-9 for box in here)
    if len(curve.trials) < 25:
        assert not any(curve.is_open(box) and curve._within(box) for box in boxes)  # nothing was left out
    knee = knee_of(curve)
    if knee is not None:
        assert knee.tight <= knee.at <= knee.loose
        assert_knee(knee, cost, boxes[0].tight if boxes[0].high < inf else boxes[1].tight)


def assert_knee(knee: Knee, cost: Callable[[float], float], tight: float) -> None:
    """The true knee, looked for at many places, is none that the interval leaves out."""
    places = np.linspace(tight, 100, 801)
    ends = cost(tight), cost(100)
    below = [ends[0] + (ends[1] - ends[0]) * (p - tight) / (100 - tight) - cost(p) for p in places]
    inside = [value for place, value in zip(places, below, strict=True) if knee.tight <= place <= knee.loose]
    at = ends[0] + (ends[1] - ends[0]) * (knee.at - tight) / (100 - tight) - cost(knee.at)
    assert max(below) <= max(*inside, at) + 1e-6
    assert at >= knee.saved - 1e-6


def test_a_plan_that_holds_everywhere_is_searched_once() -> None:
    curve = drawn(Boxes(0.0, 1.0, 0.005, 0.01), lambda ease: Trial(ease, 7.0, 7.0, 0.0))
    assert len(curve.trials) == 1
    assert [(box.tight, box.loose, box.low, box.high) for box in curve.boxes()] == [(0.0, 1.0, 7.0, 7.0)]


def test_no_plan_at_the_loose_end_is_no_plan_anywhere() -> None:
    curve = drawn(Boxes(0.0, 1.0, 0.005, 0.01), lambda ease: Trial(ease, inf, inf, ease, possible=False))
    assert len(curve.trials) == 1 and curve.impossible == 1.0 and curve.boxes() == ()


def test_a_gap_that_no_search_closes_is_not_searched_at() -> None:
    """Cost 100 everywhere, known to 2 %: beyond the tolerance, but no search would tell more."""
    curve = drawn(Boxes(0.0, 1.0, 0.005, 0.01), lambda ease: Trial(ease, 100.0, 98.0, ease))
    assert len(curve.trials) == 2
    (box,) = curve.boxes()
    assert (box.low, box.high) == (98.0, 100.0) and not curve.closed(box)


def test_the_knee_of_three_points() -> None:
    """Costs 10 at 0, 2 at 1 and 0 at 10 with nothing known in between but what they bound: at 1 the line is at 9, the
    plan 7 below. Nearer to 0 the cost may be 2 already, beyond it may be 0: so the knee may lie anywhere from 0 on to
    where the line comes down to 7 (ease 3)."""
    curve = Boxes(0.0, 10.0, 0.005, 0.1, (Trial(10, 0, 0, 10), Trial(0, 10, 10, 0), Trial(1, 2, 2, 1)))
    knee = knee_of(curve)
    assert knee is not None and (knee.at, knee.saved) == (1.0, 7.0)
    assert (knee.tight, knee.loose) == (0.0, pytest.approx(3.0))


def test_a_straight_line_has_no_knee() -> None:
    trials = [Trial(ease, 100 - ease, 100 - ease, ease) for ease in (10.0, 0.0, 5.0)]
    assert knee_of(Boxes(0.0, 10.0, 0.005, 0.1, tuple(trials))) is None
