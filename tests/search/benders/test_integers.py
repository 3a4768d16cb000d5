"""Whole numbers for the master: all it knows searched, or next to a point."""

from __future__ import annotations

import numpy as np
import pytest

from friendshore.optimizer.search.benders.incumbent import Incumbent
from friendshore.optimizer.search.benders.integers import search_integers
from friendshore.optimizer.search.benders.l_shaped import LShaped
from friendshore.optimizer.solver.run import Clock
from tests.search.benders.by_hand import buying, decided


def relaxed(need: float = 5.5) -> LShaped:
    """Brought together without whole numbers: 5.5 of capacity, which costs 5.5."""
    l_shaped = LShaped(decided(buying(3.0, need, 1), integer=True), Clock(), lambda x: (), 1, 1)
    l_shaped.begin()
    l_shaped.converge(1e-9, np.inf, Incumbent(), bounding=True)
    return l_shaped


def test_the_best_come_first_and_prove_a_bound() -> None:
    """6 cost 6, 5 cost 5 + 3 · 0.5 = 6.5."""
    l_shaped = relaxed()
    assert l_shaped.bound == pytest.approx(5.5)
    integers = search_integers(l_shaped, 1e-9, 0.0)
    assert integers.points[0].tolist() == [6]
    assert (integers.infeasible, integers.stopped) == (False, False)
    assert l_shaped.bound == pytest.approx(6)


def test_next_to_a_point_nothing_is_proven() -> None:
    l_shaped = relaxed()
    integers = search_integers(l_shaped, 1e-9, 0.0, np.array([2.3]))
    assert integers.points[0].tolist() == [3]  # of 2 and 3
    assert l_shaped.bound == pytest.approx(5.5)


def test_none_where_there_are_none() -> None:
    l_shaped = relaxed()
    l_shaped.parts.master.column_lower[0], l_shaped.parts.master.column_upper[0] = 2.2, 2.8
    assert search_integers(l_shaped, 1e-9, 0.0).infeasible


def test_told_to_stop_it_says_so() -> None:
    l_shaped = relaxed()
    l_shaped.clock.time_limit = 0.0
    assert search_integers(l_shaped, 1e-9, 0.0).stopped


def test_once_the_gap_is_closed_there_is_nothing_to_try() -> None:
    """With a plan of 6.5 in hand, a bound of 6 is within a tenth: what else was come upon depends on the hour."""
    l_shaped = relaxed()
    l_shaped.incumbent = Incumbent(np.array([5.0]), 6.5)
    integers = search_integers(l_shaped, 0.1, 0.0)
    assert (integers.points, integers.stopped) == ([], False)
    assert l_shaped.bound >= 6.5 * 0.9
