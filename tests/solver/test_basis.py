"""A basis is begun from, grows with the rows of its program, and is copied before it is changed."""

from __future__ import annotations

import dataclasses

import numpy as np
from scipy.sparse import csr_array, vstack

from friendshore.optimizer.solver import Basis, solve_lp
from friendshore.optimizer.solver.quick import QuickLp
from tests.solver.programs import two_suppliers


def optimal() -> Basis:
    basis = solve_lp(two_suppliers()).basis
    assert basis is not None
    return basis


def test_its_shape_is_that_of_the_program() -> None:
    assert optimal().shape == (1, 2)
    assert optimal().with_rows(3).shape == (4, 2)


def test_further_rows_are_basic() -> None:
    """Of 2 + 1.5 from two suppliers the dear one may now give 1 at most and demand is 3: solved from the basis before,
    with the row added, to 2 + 1 in one pivot at most."""
    one, before = two_suppliers(), optimal()
    more = dataclasses.replace(
        one,
        matrix=csr_array(vstack([one.matrix, csr_array([[0.0, 1.0]])], format="csr")),
        row_lower=np.array([3.0, -np.inf]),
        row_upper=np.array([np.inf, 1.0]),
    )
    answer = QuickLp().solve(more, before.with_rows(1))
    np.testing.assert_allclose(answer.plan, [2, 1])
    assert answer.iterations <= 1
    assert before.shape == (1, 2)


def test_a_copy_is_the_same_and_will_be_checked() -> None:
    basis = optimal()
    copy = basis.to_check()
    assert copy.alien
    assert not basis.of_highs.alien
    assert copy.col_status == basis.of_highs.col_status
    assert copy.row_status == basis.of_highs.row_status


def test_basic_rows_may_go() -> None:
    """Two rows that were added are basic, the first is not; without one of them it is the basis with one added."""
    longer = optimal().with_rows(2)
    assert longer.basic_rows().tolist() == [False, True, True]
    assert longer.of_rows(np.array([True, False, True])).basic_rows().tolist() == [False, True]
