"""The nearest point that a program allows, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from friendshore.optimizer.search.benders.nearest import nearest, with_integers
from tests.search.benders.by_hand import column


def test_a_point_that_is_allowed_stays() -> None:
    """5 of 0 to 10, at least 4."""
    point = np.array([5.0])
    assert nearest(column(1.0, 10.0, at_least=4.0), point) is not point
    assert nearest(column(1.0, 10.0, at_least=4.0), point) == pytest.approx([5.0])


@pytest.mark.parametrize(("point", "near"), [(2.0, 4.0), (12.0, 10.0), (-3.0, 4.0)])
def test_a_point_that_is_not_moves_no_further_than_it_has_to(point: float, near: float) -> None:
    """Up to the 4 that are wanted, down to the 10 that there may be."""
    assert nearest(column(1.0, 10.0, at_least=4.0), np.array([point])) == pytest.approx([near])


def test_none_where_nothing_is_allowed() -> None:
    """At least 12 of at most 10."""
    assert nearest(column(1.0, 10.0, at_least=12.0), np.array([5.0])) is None


def test_whole_numbers_are_held() -> None:
    """At 7, though 5 would do."""
    held = with_integers(column(1.0, 10.0, at_least=4.0, integer=True), np.array([7.0]))
    assert nearest(held, np.array([5.0])) == pytest.approx([7.0])
