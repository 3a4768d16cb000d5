"""What is nothing beside a cost grows and shrinks with it: verdicts do not depend on the unit of money."""

from __future__ import annotations

import pytest

from friendshore.models.plan.baselines import Interval
from friendshore.optimizer.studies.negligible import LEAST, negligible
from friendshore.optimizer.studies.share.stability import Verdict, stability, stable_division


@pytest.mark.parametrize("cost", [1e-3, 1.0, -5.0, 1e9])
def test_it_is_a_share_of_the_greatest_cost(cost: float) -> None:
    assert negligible(1e-6, cost, cost / 2) == pytest.approx(1e-6 * abs(cost))
    assert negligible(1e-6, 0.0) == negligible(1e-6) == 1e-6 * LEAST


@pytest.mark.parametrize("money", [1e-7, 1e-3, 1.0, 100.0, 1e9])
def test_a_game_is_the_same_in_any_unit(money: float) -> None:
    """A unit serves two of three allies: one or two pay c, three pay 2c; of 2c/3 each two would be better apart."""
    known = {frozenset(who): Interval(cost * money, cost * money) for who, cost in GAME.items()}
    assert stable_division(3, known, known=True) is False
    found = stability([2 / 3 * money] * 3, known, ())
    assert found.verdict is Verdict.BLOCKED and set(found.groups) == {frozenset(pair) for pair in PAIRS}


PAIRS = [(0, 1), (0, 2), (1, 2)]
GAME = {(0,): 1.0, (1,): 1.0, (2,): 1.0, (0, 1, 2): 2.0} | dict.fromkeys(PAIRS, 1.0)
