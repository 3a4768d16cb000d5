"""Tangents of prices that an earlier run has left, by hand."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from friendshore.optimizer.search.benders.cuts import grouping
from friendshore.optimizer.search.benders.rebuild import cuts_of_tangents, cuts_that_forbid, tangents
from tests.search.benders.by_hand import buying, decided, promised

AT = np.array([4.0])


def test_right_prices_prove_what_the_branch_costs() -> None:
    """What is lacking of 10 at 3 each: 30 − 3 x, which is 18 at 4."""
    block = buying(3.0, 10.0, 1)
    (tangent,) = tangents(block, np.array([[3.0]]))
    assert (tangent.constant, tangent.gradient.tolist(), tangent.at(block, AT)) == (30, [-3], 18)


def test_another_need_keeps_the_prices() -> None:
    """12 instead of 10: 36 − 3 x, without anything being solved."""
    (tangent,) = tangents(buying(3.0, 12.0, 1), np.array([[3.0]]))
    assert (tangent.constant, tangent.gradient.tolist()) == (36, [-3])


def test_a_dearer_good_leaves_the_old_price_true_and_low() -> None:
    """At 5 each 30 is to be paid at 4; the price of 3 proves 18 of it."""
    block = buying(5.0, 10.0, 1)
    (tangent,) = tangents(block, np.array([[3.0]]))
    assert tangent.at(block, AT) == 18


def test_a_cheaper_good_leaves_nothing_proven() -> None:
    """At 2 each the price of 3 would earn without end."""
    assert tangents(buying(2.0, 10.0, 1), np.array([[3.0]])) == []


def test_failures_count_for_nothing_in_what_a_branch_costs() -> None:
    """6 promised, 1 to be had for nothing: at a price of 200, twice that of failing, 200 · (6 − 1 − x) is still true of
    every plan, none of which fails."""
    block = promised(6.0, 1, price=100.0)
    (tangent,) = tangents(block, np.array([[200.0]]))
    assert (tangent.constant, tangent.gradient.tolist()) == (1000, [-200])


def test_what_forbids() -> None:
    """Of 6 promised 5 − x have to fail, a sixth each: x has to be 5 at least."""
    block = promised(6.0, 1)
    (tangent,) = tangents(block, np.array([[1 / 6]]), failures=True)
    (cut,) = cuts_that_forbid([block], [[tangent]])
    assert cut.right / cut.slope[0] == pytest.approx(5)
    assert cut.group == -1 and cut.multipliers[0][0] == 0


def test_cuts_of_blocks_that_share_a_theta() -> None:
    """Two branches in a group: 30 − 3 x and 8 − 2 x make 38 − 5 x; with the second tangent of the first, which the
    other's only one stands beside, 20 − 2 x and 8 − 2 x make 28 − 4 x."""
    parts = decided(buying(3.0, 10.0, 1), buying(2.0, 4.0, 2))
    groups = dataclasses.replace(grouping(parts), of_block=np.array([0, 0]), scale=np.ones(1), lower=np.zeros(1))
    known = [
        tangents(block, np.array(prices)) for block, prices in zip(parts.blocks, ([[3.0], [2.0]], [[2.0]]), strict=True)
    ]
    first, second = cuts_of_tangents(parts.blocks, groups, known)
    assert (-first.right, first.slope.tolist()) == (38, [-5])
    assert (-second.right, second.slope.tolist()) == (28, [-4])


def test_a_block_of_which_nothing_is_known_costs_what_its_bounds_say() -> None:
    """Nothing at least."""
    parts = decided(buying(3.0, 10.0, 1), buying(2.0, 4.0, 2))
    groups = dataclasses.replace(grouping(parts), of_block=np.array([0, 0]), scale=np.ones(1), lower=np.zeros(1))
    (cut,) = cuts_of_tangents(parts.blocks, groups, [tangents(parts.blocks[0], np.array([[3.0]])), []])
    assert (-cut.right, cut.slope.tolist()) == (30, [-3])
