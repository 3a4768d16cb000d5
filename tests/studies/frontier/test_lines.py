"""The least objective over the weight of risk, between the chord of what is proven and the lines of plans."""

from __future__ import annotations

import os
import random

import numpy as np
import pytest

from friendshore.optimizer.studies.frontier.lines import Lines, Weighed

EXAMPLES = int(os.environ.get("FRIENDSHORE_EXAMPLES", "60"))


def best(plans: list[tuple[float, float]], weight: float) -> tuple[float, float]:
    return min(plans, key=lambda plan: (1 - weight) * plan[0] + weight * plan[1])


def drawn(plans: list[tuple[float, float]], tolerance: float, gap: float = 0.0) -> Lines:
    curve = Lines(0.0, 0.9, tolerance)
    while weights := curve.next(4):
        found = []
        for weight in weights:
            expected, cvar = best(plans, weight)
            value = (1 - weight) * expected + weight * cvar
            found.append(Weighed(weight, expected, cvar, value * (1 - gap)))
        curve = curve.with_trials(found)
        assert len(curve.trials) < 100
    return curve


def test_three_plans_and_the_weights_at_which_they_change() -> None:
    """(10, 30), (12, 20) and (17, 15): at equal weight 20, 16 and 16; 10 + 20λ = 12 + 8λ at 1/6, 12 + 8λ = 17 − 2λ at
    1/2. The ends find the first and the last, their crossing (7/22) the one in between, and then nothing is open."""
    curve = drawn([(10, 30), (12, 20), (17, 15)], 0.0)
    assert {(each.expected, each.cvar) for each in curve.trials} == {(10, 30), (12, 20), (17, 15)}
    assert [each.at for each in curve.trials[:3]] == [0.0, 0.9, pytest.approx(7 / 22)]
    assert curve.high(1 / 6) == pytest.approx(40 / 3) and curve.high(0.5) == pytest.approx(16)
    assert all(curve.closed(span) for span in curve.spans())


def test_a_plan_that_is_best_at_both_ends_is_best_between() -> None:
    curve = drawn([(10, 20), (30, 40)], 0.0)
    assert len(curve.trials) == 2 and all(curve.closed(span) for span in curve.spans())


@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_what_is_proven_holds_at_every_weight(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - a test
    plans = [(draw.uniform(50, 100), draw.uniform(50, 200)) for _ in range(draw.randint(1, 9))]
    curve = drawn(plans, tolerance := draw.choice((0.0, 0.01)), draw.choice((0.0, 0.005)))
    for weight in np.linspace(0, 0.9, 91):
        expected, cvar = best(plans, float(weight))
        value = (1 - weight) * expected + weight * cvar
        assert curve.low(weight) <= value + 1e-9 <= curve.high(weight) + 2e-9
    if all(each.bound == each.objective(each.at) for each in curve.trials):
        assert all(curve.closed(span) for span in curve.spans()), tolerance
