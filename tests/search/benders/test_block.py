"""Rows of policies may fail at a price, counted by the size of their bounds."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from scipy.sparse import csr_array

from friendshore.optimizer.search.benders.block import with_failures
from friendshore.optimizer.solver import solve_lp
from tests.search.benders.by_hand import buying, column


def test_by_hand() -> None:
    """x ≤ 3 at 2 a unit: at least 8, a policy, and at most 1, another: 7 short of the first and nothing bought is 8
    below, 0 above; every unit bought up to 3 costs 2 and 1 failure less below, beyond 1 a failure more above."""
    two = dataclasses.replace(
        column(2.0, 3.0, at_least=8.0),
        matrix=csr_array([[1.0], [1.0], [1.0]]),
        row_lower=np.array([8.0, -np.inf, 0.0]),
        row_upper=np.array([np.inf, 1.0, 9.0]),
    )
    program, counted = with_failures(two, np.array([True, True, False]), 10.0)
    assert program.columns == 3
    answer = solve_lp(program)
    assert answer.cost == pytest.approx(2 * 1 + 10 * 7)  # from 1 to 3 a failure is only traded for another
    assert counted.tolist() == pytest.approx([0, 1 / 8, 1])
    assert float(counted @ answer.plan) == pytest.approx(7 / 8)


def test_rows_that_are_no_policy_may_not_fail() -> None:
    program, _ = with_failures(column(2.0, 3.0, at_least=8.0), np.array([False]), 10.0)
    assert solve_lp(program).status == "infeasible"


def test_what_a_block_depends_on() -> None:
    """The second of three columns of the master alone."""
    block = dataclasses.replace(buying(3.0, 6.0, 1), coupling=csr_array([[0.0, 2.0, 0.0]]))
    assert block.touched.tolist() == [1]
    assert block.coupling_columns.toarray().tolist() == [[2.0]]
