"""A tangent touches what a branch costs at its point, and is never above it elsewhere."""

import numpy as np
import pytest

from friendshore.optimizer.search.benders.evaluate import Evaluator
from friendshore.optimizer.search.benders.tangent import Tangent
from tests.search.benders.by_hand import buying


@pytest.mark.parametrize("x", [0.0, 2.5, 5.0])
def test_of_a_branch_that_buys_what_it_lacks(x: float) -> None:
    """3 · max(0, 4 − x): 12 − 3x below 4, nothing above."""
    block, point = buying(3.0, 4.0, 1.0), np.array([x])
    (value,) = Evaluator((block,), 1).evaluate(point, [0], lambda: False) or []
    tangent = Tangent.of(block, point, value)
    assert (tangent.constant, tangent.gradient.tolist()) == ((12.0, [-3.0]) if x < 4.0 else (0.0, [0.0]))
    assert tangent.at(block, point) == pytest.approx(3.0 * max(0.0, 4.0 - x))
    assert all(tangent.at(block, np.array([y])) <= 3.0 * max(0.0, 4.0 - y) + 1e-12 for y in np.linspace(0.0, 10.0, 41))
