"""What is settled is taken out of a program, by hand: three columns, and what each row says of them."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from friendshore.optimizer.program.linear_program import LinearProgram
from friendshore.optimizer.studies.stress.reduce import reduce

NONE = np.zeros(0, dtype=np.int64)


def program(rows: list[list[float]], lower: list[float], upper: list[float], most: list[float]) -> LinearProgram:
    columns = len(rows[0])
    return LinearProgram(
        cost=np.array([1.0] * (columns - 1) + [0.0]),
        offset=0.0,
        matrix=csr_array(np.array(rows)),
        row_lower=np.array(lower),
        row_upper=np.array(upper),
        column_lower=np.zeros(columns),
        column_upper=np.array(most),
        integer=np.zeros(columns, dtype=bool),
    )


def test_a_fixed_column_moves_to_the_right() -> None:
    """x + y ≥ 5 with x fixed to 2 at cost 1: y ≥ 3 and 2 paid."""
    made = program([[1.0, 1.0, 0.0], [0.0, 1.0, 1.0]], [5.0, 1.0], [np.inf, 9.0], [np.inf, np.inf, 4.0])
    made.column_lower[0] = made.column_upper[0] = 2.0
    smaller = reduce(made, NONE, np.array([2]))
    assert smaller.columns.tolist() == [-1, 0, 1]
    assert smaller.program.offset == 2.0
    assert smaller.program.row_lower.tolist() == [3.0, 1.0]


def test_a_forcing_row_settles_its_columns() -> None:
    """x + y = 0 with both at least 0."""
    made = program([[1.0, 1.0, 0.0], [1.0, 0.0, 1.0]], [0.0, 1.0], [0.0, 9.0], [np.inf, np.inf, 4.0])
    smaller = reduce(made, NONE, np.array([2]))
    assert smaller.columns.tolist() == [-1, -1, 0]
    assert smaller.rows.tolist() == [-1, 0]


def test_a_slack_column_widens_its_row() -> None:
    """x + y + s = 5 with 0 ≤ s ≤ 2 free of cost: 3 ≤ x + y ≤ 5; unless stops bear on it or it is asked for."""
    made = program([[1.0, 1.0, 1.0], [1.0, 2.0, 0.0]], [5.0, 1.0], [5.0, np.inf], [9.0, 9.0, 2.0])
    smaller = reduce(made, NONE, NONE)
    assert smaller.columns.tolist() == [0, 1, -1]
    assert (smaller.program.row_lower[0], smaller.program.row_upper[0]) == (3.0, 5.0)
    assert reduce(made, np.array([2]), NONE).program.columns == 3
    assert reduce(made, np.array([3]), NONE).program.columns == 3
    assert reduce(made, NONE, np.array([2])).program.columns == 3


def test_of_the_same_rows_one_is_kept() -> None:
    """With the tighter bounds of both; a row that stops bear on stays by itself."""
    made = program([[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]], [1.0, 2.0], [8.0, 9.0], [9.0, 9.0, 9.0])
    smaller = reduce(made, NONE, np.array([2]))
    assert smaller.rows.tolist() == [0, -1]
    assert (smaller.program.row_lower[0], smaller.program.row_upper[0]) == (2.0, 8.0)
    assert reduce(made, np.array([4]), np.array([2])).program.rows == 2
