"""How far the next point is from the best one, by hand, and what that is worth where policies fail."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from scipy.sparse import csr_array

from friendshore.optimizer.program.linear_program import LinearProgram
from friendshore.optimizer.search.benders.block import Block
from friendshore.optimizer.search.benders.incumbent import Incumbent
from friendshore.optimizer.search.benders.steps import HALFWAY, Asked, next_share, stands_still
from tests.search.benders.by_hand import buying, promised
from tests.search.benders.test_l_shaped import begun


@pytest.mark.parametrize(
    ("share", "before", "cost", "added", "fails", "then"),
    [
        (0.5, 110.0, 102.0, 3, True, HALFWAY),  # curved: far better than the middle of 110 and 100
        (0.5, 110.0, 105.0, 3, True, 1.0),  # straight: the middle
        (0.5, 110.0, 105.1, 3, True, 1.0),
        (0.5, 110.0, 105.0, 3, False, HALFWAY),  # no policy fails: it may well curve nearer by
        (0.5, 110.0, 108.0, 3, True, HALFWAY),  # the master's own point is dear, as it does not know yet
        (0.5, 110.0, 102.0, 0, False, 1.0),  # nothing was learnt
        (1.0, 110.0, 100.0, 3, True, HALFWAY),  # at the end of the line there is no further
        (1.0, np.inf, 150.0, 3, True, HALFWAY),  # there was no best one
    ],
)
def test_how_far_the_next_point_is(
    share: float, before: float, cost: float, added: int, fails: bool, then: float
) -> None:
    assert next_share(Asked(share, 100.0, before, cost, added, fails)) == then


@pytest.mark.parametrize(
    ("lowers", "cost", "rising", "still"),
    [
        ([900.0, 999.92, 999.96, 1000.0], 1003.9, 5e-4, True),  # 0.04 a round, 0.5 is worth one; 3.9 left, 4 are near
        ([900.0, 999.92, 999.96, 1000.0], 1004.1, 5e-4, False),  # far: it may yet rise
        ([900.0, 999.9, 999.96, 1000.0], 1003.9, 5e-4, False),  # it rose by 0.06
        ([900.0, 999.96, 1000.0], 1003.9, 5e-4, False),  # once is a rest
        ([999.96, 1000.0], 1003.9, 5e-4, False),
        ([900.0, 999.92, 999.96, 1000.0], np.inf, 5e-4, False),  # no point at all
        ([900.0, 1000.0, 1000.0, 1000.0], 1000.1, -np.inf, False),  # to be brought to its gap
    ],
)
def test_when_the_bound_stands_still(lowers: list[float], cost: float, rising: float, *, still: bool) -> None:
    assert stands_still(lowers, Incumbent(cost=cost), rising) == still


def curved(place: int) -> Block:
    """A branch that needs 16 and buys what capacity lacks of it.

    The first 8 cost 0.1 each, all beyond come in pieces that are the thinner and the cheaper the nearer they lie to
    these, so that each point nearer to 8 of capacity tells something new of it.
    """
    widths = 8 * 0.5 ** np.arange(24, 0, -1)
    program = LinearProgram(
        cost=np.concatenate([[0.1], np.linspace(0.12, 0.5, 24), [0.6]]),
        offset=0.0,
        matrix=csr_array(np.ones((1, 26))),
        row_lower=np.array([16.0]),
        row_upper=np.array([np.inf]),
        column_lower=np.zeros(26),
        column_upper=np.concatenate([[8.0], widths, [np.inf]]),
        integer=np.zeros(26, dtype=bool),
    )
    return dataclasses.replace(buying(0.6, 16.0, place), make=lambda: program, columns=np.arange(26, dtype=np.int32))


def test_failing_policies_do_not_halve_the_steps_for_long() -> None:
    """9 promised, 1 to be had: a best point at 0 of capacity fails by 8 at 1e6 each, and half of it again and again
    would take some twenty rounds to come near the 8 that not to fail costs."""
    l_shaped = begun(promised(9.0, 1, price=1e6), curved(2))
    origin, center = np.zeros(1), Incumbent()
    l_shaped.taken(origin, tuple(l_shaped.asked(origin, range(2))), center)
    assert center.cost > 1e6
    solves = l_shaped.evaluator.solves
    best = l_shaped.converge(1e-9, np.inf, center, bounding=True)
    assert (best.cost, l_shaped.bound) == (pytest.approx(8.8), pytest.approx(8.8))
    assert l_shaped.evaluator.solves - solves <= 2 * 6
