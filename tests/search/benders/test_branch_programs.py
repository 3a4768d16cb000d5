"""The program of a branch is cut out of the whole one: its own entries, what the master gives it, its share of rows."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from friendshore.optimizer.program.linear_program import LinearProgram
from friendshore.optimizer.search.benders.branch_programs import MASTER, BranchProgram, BranchPrograms

INF = np.inf

WHOLE = LinearProgram(
    cost=np.array([1.0, 2.0, 3.0, 4.0]),
    offset=5.0,
    matrix=csr_array([[1.0, 2.0, 0.0, 0.0], [0.0, 0.0, 7.0, 0.0], [3.0, 0.0, 4.0, 0.0], [5.0, 8.0, 0.0, 6.0]]),
    row_lower=np.array([0.0, -INF, 2.0, -INF]),
    row_upper=np.array([INF, 9.0, INF, 10.0]),
    column_lower=np.zeros(4),
    column_upper=np.array([1.0, 2.0, 3.0, 4.0]),
    integer=np.zeros(4, dtype=bool),
)
"""Columns 0 of the master, 2 and 3 of the first block, 1 of the second; the last row is shared by both."""

PROGRAMS = BranchPrograms(WHOLE, np.array([MASTER, 1, 0, 0], dtype=np.int32), np.array([0, 0, 0, 1], dtype=np.int32))
COLUMNS = np.array([2, 3], dtype=np.int32)
ROWS = np.array([1, 2, 3], dtype=np.int32)


def test_own_entries_and_bounds() -> None:
    own = PROGRAMS.own(0, COLUMNS, ROWS, 2)
    assert own.matrix.toarray().tolist() == [[7, 0], [4, 0], [0, 6]]
    assert own.cost.tolist() == [3, 4]
    assert own.column_upper.tolist() == [3, 4]
    assert own.offset == 0


def test_a_shared_row_takes_no_more_than_is_allotted() -> None:
    """Its bound of 10 is the master's; the block may use nothing beyond its allotment, a column of the master."""
    own = PROGRAMS.own(0, COLUMNS, ROWS, 2)
    assert own.row_lower.tolist() == [-INF, 2, -INF]
    assert own.row_upper.tolist() == [9, INF, 0]
    coupling, touched = PROGRAMS.coupling(ROWS, 2, np.array([4]), 5)
    assert touched.tolist() == [0, 4]
    assert coupling.toarray().tolist() == [[0, 0], [3, 0], [0, -1]]


def test_the_whole_program_stays_as_it_is() -> None:
    PROGRAMS.own(0, COLUMNS, ROWS, 2)
    assert WHOLE.row_upper.tolist() == [INF, 9, INF, 10]


def test_policies_may_fail() -> None:
    """The second row, at least 2, may fall below; the third, at most nothing, may go above."""
    policies = np.array([False, True, True])
    program = BranchProgram(PROGRAMS, 0, COLUMNS, ROWS, 2, policies, 9.0)()
    assert program.matrix.toarray().tolist() == [[7, 0, 0, 0], [4, 0, 1, 0], [0, 6, 0, -1]]
    assert program.cost.tolist() == [3, 4, 9, 9]


def test_a_row_with_both_bounds_may_fail_both_ways() -> None:
    one, two = np.ones(1), csr_array([[2.0], [1.0]])
    whole = LinearProgram(one, 0.0, two, np.zeros(2), np.ones(2), 0 * one, one, np.array([False]))
    both = BranchPrograms(whole, np.zeros(1, dtype=np.int32), np.zeros(1, dtype=np.int32))
    places = np.array([0], dtype=np.int32)
    program = BranchProgram(both, 0, places, np.array([0, 1], dtype=np.int32), 2, np.array([True, True]), 9.0)()
    assert program.matrix.toarray().tolist() == [[2, 1, 0, -1, 0], [1, 0, 1, 0, -1]]
