"""What a point of the master means for every branch: value, slope and failure, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from friendshore.optimizer.search.benders.evaluate import Evaluator
from tests.search.benders.by_hand import buying, promised


def never() -> bool:
    return False


@pytest.mark.parametrize(("x", "value", "slope"), [(2.0, 12.0, -3.0), (5.5, 1.5, -3.0), (8.0, 0.0, 0.0)])
def test_value_and_slope(x: float, value: float, slope: float) -> None:
    """3 · max(0, 6 − x)."""
    (at,) = Evaluator([buying(3.0, 6.0, 1)], 1).evaluate(np.array([x]), [0], never) or []
    assert at.value == pytest.approx(value)
    assert at.gradient == pytest.approx([slope])
    assert at.columns == pytest.approx([max(0.0, 6 - x)])
    assert at.feasible


def test_policies_that_fail() -> None:
    """6 promised, 1 to be had: at x = 2 three are missing, at 100 each, half of the 6; counted alone they are half."""
    evaluator = Evaluator([promised(6.0, 1)], 1)
    (priced,) = evaluator.evaluate(np.array([2.0]), [0], never) or []
    assert priced.value == pytest.approx(300)
    assert priced.gradient == pytest.approx([-100])
    assert priced.failure == pytest.approx(0.5)
    assert not priced.feasible
    (counted,) = evaluator.evaluate(np.array([2.0]), [0], never, failures=True) or []
    assert counted.value == pytest.approx(0.5)
    assert counted.gradient == pytest.approx([-1 / 6])
    (met,) = evaluator.evaluate(np.array([5.0]), [0], never) or []
    assert (met.failure, met.feasible) == (pytest.approx(0), True)


@pytest.mark.parametrize("workers", [1, 3])
def test_in_the_order_asked_for_whatever_the_threads(workers: int) -> None:
    evaluator = Evaluator([buying(3.0, need, 1) for need in (4.0, 5.0, 6.0, 7.0)], workers)
    values = evaluator.evaluate(np.array([3.0]), [3, 0, 2], never) or []
    evaluator.close()
    assert [at.value for at in values] == pytest.approx([12, 3, 9])
    assert evaluator.solves == 3


def test_stopped_before_all_are_done_there_is_nothing() -> None:
    evaluator = Evaluator([buying(3.0, need, 1) for need in (4.0, 5.0)], 1)
    assert evaluator.evaluate(np.array([3.0]), [0, 1], lambda: evaluator.blocks is not None) is None
