"""What a block may be given of a shared row lies between what its columns can take."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from friendshore.optimizer.program.linear_program import LinearProgram
from friendshore.optimizer.search.benders.allotments import allot


def test_by_hand() -> None:
    """Row 1 is 2a − 3b + c + d with a, b of block 0, c of block 1 and d of the master: block 0 takes −3·4 to 2·5, block
    1 takes 1 to as much as it likes, and the master needs no allotment."""
    program = LinearProgram(
        cost=np.zeros(4),
        offset=0.0,
        matrix=csr_array([[1.0, 0, 0, 0], [2, -3, 1, 1]]),
        row_lower=np.zeros(2),
        row_upper=np.ones(2),
        column_lower=np.array([0.0, 0, 1, 0]),
        column_upper=np.array([5.0, 4, np.inf, 9]),
        integer=np.zeros(4, dtype=bool),
    )
    allotted = allot(program, np.array([1]), np.array([0, 0, 1, -1]))
    assert allotted.row.tolist() == [0, 0]
    assert allotted.block.tolist() == [0, 1]
    assert allotted.lower.tolist() == [-12, 1]
    assert allotted.upper.tolist() == [10, np.inf]


def test_none_where_no_row_is_shared() -> None:
    program = LinearProgram(
        np.zeros(1), 0.0, csr_array([[1.0]]), np.zeros(1), np.ones(1), np.zeros(1), np.ones(1), np.zeros(1, dtype=bool)
    )
    allotted = allot(program, np.array([], dtype=np.int64), np.array([0]))
    assert (allotted.row.size, allotted.block.size, allotted.lower.size) == (0, 0, 0)
