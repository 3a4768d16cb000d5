"""What prices prove by themselves: the optimum where they are right, never more than it where they are not."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from scipy.sparse import csr_array

from friendshore.optimizer.program.linear_program import LinearProgram
from friendshore.optimizer.program.weak_duality import dual_bound
from friendshore.optimizer.solver import solve_lp, solve_program
from tests.examples import examples
from tests.solver.programs import random_program


def supply(upper: float = np.inf) -> LinearProgram:
    """Ten tons from two suppliers at 3 and 5 a ton, the first with six, and an offset of 7: 6 · 3 + 4 · 5 + 7 = 45."""
    return LinearProgram(
        cost=np.array([3.0, 5.0]),
        offset=7.0,
        matrix=csr_array(np.array([[1.0, 1.0]])),
        row_lower=np.array([10.0]),
        row_upper=np.array([np.inf]),
        column_lower=np.zeros(2),
        column_upper=np.array([6.0, upper]),
        integer=np.zeros(2, dtype=bool),
    )


def test_right_prices_prove_the_optimum() -> None:
    """A ton more costs 5: 10 · 5 less 6 · (5 − 3) that the first supplier is worth, and 7."""
    assert dual_bound(supply(), np.array([5.0])) == 45


def test_low_prices_prove_less() -> None:
    """At 4 a ton: 40 − 6 · 1 + 7; at nothing the offset alone; a price that leans on no bound counts as nothing."""
    assert dual_bound(supply(), np.array([4.0])) == 41
    assert dual_bound(supply(), np.array([0.0])) == 7
    assert dual_bound(supply(), np.array([-2.0])) == 7


def test_high_prices_prove_nothing_where_a_column_has_no_bound() -> None:
    """At 6 a ton the second supplier would earn 1 on every ton without end; with a bound of 20 tons 20 in all."""
    assert dual_bound(supply(), np.array([6.0])) == -np.inf
    assert dual_bound(supply(20.0), np.array([6.0])) == 60 - 6 * 3 - 20 * 1 + 7


def test_what_rounding_leaves_of_terms_that_cancel_is_nothing() -> None:
    """A reduced cost of −1e-15 on a column without bound proves as much as 0, one of −1e-7 nothing."""
    assert dual_bound(supply(), np.array([5.0 + 1e-15])) == pytest.approx(45)
    assert dual_bound(supply(), np.array([5.0 + 1e-7])) == -np.inf


@pytest.mark.parametrize("seed", range(examples(200)))
def test_no_prices_prove_more_than_the_optimum(seed: int) -> None:
    """Of random programs with whole numbers, at prices right, shaken and drawn by chance."""
    program = random_program(seed, integers=3)
    draws = np.random.default_rng(seed)
    best = solve_program(program, gap=0.0)
    relaxed = solve_lp(dataclasses.replace(program, integer=np.zeros(program.columns, dtype=bool)))
    if best.objective is None or relaxed.row_duals is None:
        return
    right = dual_bound(program, relaxed.row_duals)
    assert right == pytest.approx(relaxed.cost, rel=1e-7, abs=1e-7)
    for size in (1e-6, 1e-2, 1.0):
        shaken = relaxed.row_duals + size * draws.normal(size=program.rows)
        assert dual_bound(program, shaken) <= relaxed.cost + 1e-7 * max(1.0, abs(relaxed.cost))
    assert right <= best.objective + 1e-6 * max(1.0, abs(best.objective))
