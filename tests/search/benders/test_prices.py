"""Prices of rows, put together from those of the master and of its cuts, are what the next unit costs."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from friendshore.optimizer.search.benders.block import Block
from friendshore.optimizer.search.benders.cuts import Cut
from friendshore.optimizer.search.benders.incumbent import Incumbent
from friendshore.optimizer.search.benders.l_shaped import LShaped
from friendshore.optimizer.search.benders.prices import row_prices
from friendshore.optimizer.solver.run import Clock
from tests.search.benders.by_hand import FIRST, buying, decided, promised


def policy(block: Block) -> Block:
    """The same with its row told on the scorecard."""
    return dataclasses.replace(block, policies=np.array([True]))


def prices(*blocks: Block, most: float | None = None) -> list[float]:
    """Of the need of each branch, then of the plane x ≤ ``most``."""
    planes = () if most is None else (Cut(FIRST, np.array([1.0]), most, -1, lasting=True),)
    l_shaped = LShaped(decided(*blocks), Clock(), lambda x: planes if planes and x[0] > most + 1e-9 else (), 1, 1)
    l_shaped.begin()
    l_shaped.converge(1e-9, np.inf, Incumbent(), bounding=True)
    assert l_shaped.last is not None
    return row_prices(l_shaped.parts, l_shaped.master, l_shaped.last).tolist()


def test_of_a_need_that_capacity_serves() -> None:
    """One more needed is one more of capacity, at 1, not bought at 3."""
    assert prices(policy(buying(3.0, 6.0, 1))) == pytest.approx([1])


def test_of_the_need_that_binds() -> None:
    """Needs of 4, 6 and 9 at 0.4, capacity of 4: with one more of the first capacity follows it, at 1 less the 0.4 that
    each of the others then saves; one more of these is bought."""
    blocks = [policy(buying(0.4, need, 1 + i)) for i, need in enumerate((4.0, 6.0, 9.0))]
    assert prices(*blocks) == pytest.approx([0.2, 0.4, 0.4])


def test_of_a_promise() -> None:
    """One more promised is one more of capacity."""
    assert prices(promised(6.0, 1)) == pytest.approx([1])


def test_of_a_plane() -> None:
    """Capacity of 5 at most: the sixth is bought at 3; one more allowed would save 3 − 1."""
    assert prices(policy(buying(3.0, 6.0, 1)), most=5.0) == pytest.approx([3, -2])


def test_cuts_that_came_later_have_no_price() -> None:
    """The last LP knew nothing of them."""
    l_shaped = LShaped(decided(policy(buying(3.0, 6.0, 1))), Clock(), lambda x: (), 1, 1)
    l_shaped.begin()
    l_shaped.converge(1e-9, np.inf, Incumbent(), bounding=True)
    assert l_shaped.last is not None
    l_shaped.master.add([Cut(FIRST, np.array([1.0]), 5.0, -1, lasting=True)])
    assert row_prices(l_shaped.parts, l_shaped.master, l_shaped.last).tolist() == pytest.approx([1, 0])
