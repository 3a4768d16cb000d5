"""Slacks are raised to what their rows lack, and by no more."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from friendshore.optimizer.program.linear_program import LinearProgram
from friendshore.optimizer.search.benders.slacks import cover_shortfalls

INF = np.inf


def test_by_hand() -> None:
    """x − s ≤ 1, 2x − 4s ≤ 1, x + t ≥ 3, x + y ≤ 2 with x = 1.5, y = 0.6: s to 0.5, t to 1.5; the last row has none."""
    program = LinearProgram(
        cost=np.ones(4),
        offset=0.0,
        matrix=csr_array(np.array([[1.0, 0, -1, 0], [2, 0, -4, 0], [1, 0, 0, 1], [1, 1, 0, 0]])),
        row_lower=np.array([-INF, -INF, 3, -INF]),
        row_upper=np.array([1, 1, INF, 2.0]),
        column_lower=np.zeros(4),
        column_upper=np.full(4, INF),
        integer=np.zeros(4, dtype=bool),
    )
    slacks = np.array([2, 3])
    raised = cover_shortfalls(program, slacks, np.array([1.5, 0.6, 0.1, 0.2]))
    assert raised.tolist() == pytest.approx([1.5, 0.6, 0.5, 1.5])
    assert cover_shortfalls(program, slacks, raised).tolist() == pytest.approx(raised.tolist())
    plenty = np.array([0.5, 0.0, 0.7, 9.0])
    assert cover_shortfalls(program, slacks, plenty).tolist() == plenty.tolist()
    assert cover_shortfalls(program, np.array([], dtype=np.int64), plenty) is plenty
