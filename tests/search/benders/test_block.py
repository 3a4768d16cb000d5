"""Rows of policies may fail at a price, counted by the size of their bounds."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from scipy.sparse import csr_array

from friendshore.optimizer.search.benders.block import failure_weights, with_failures
from friendshore.optimizer.solver import solve_lp
from tests.search.benders.by_hand import column


def test_by_hand() -> None:
    """x ≤ 3 at 2 a unit: at least 8, a policy, and at most 1, another: 7 short of the first and nothing bought is 8
    below, 0 above; every unit bought up to 3 costs 2 and 1 failure less below, beyond 1 a failure more above."""
    two = dataclasses.replace(
        column(2.0, 3.0, at_least=8.0),
        matrix=csr_array([[1.0], [1.0], [1.0]]),
        row_lower=np.array([8.0, -np.inf, 0.0]),
        row_upper=np.array([np.inf, 1.0, 9.0]),
    )
    policies = np.array([True, True, False])
    program, counted = with_failures(two, policies, 10.0), np.append(0.0, failure_weights(two, policies))
    assert program.columns == 3
    answer = solve_lp(program)
    assert answer.cost == pytest.approx(2 * 1 + 10 * 7)  # from 1 to 3 a failure is only traded for another
    assert counted.tolist() == pytest.approx([0, 1 / 8, 1])
    assert float(counted @ answer.plan) == pytest.approx(7 / 8)


def test_rows_that_are_no_policy_may_not_fail() -> None:
    program = with_failures(column(2.0, 3.0, at_least=8.0), np.array([False]), 10.0)
    assert solve_lp(program).status == "infeasible"
