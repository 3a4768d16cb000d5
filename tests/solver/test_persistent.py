"""One LP solved many times: the same answers as from the beginning, whatever was changed in between."""

import dataclasses

import numpy as np
import pytest

from friendshore.optimizer.program.linear_program import BadNumber
from friendshore.optimizer.solver import SolverFault, solve_lp
from friendshore.optimizer.solver.persistent import PersistentLp
from tests.solver.programs import INF, dense_lp, program, random_program, two_suppliers


def test_a_bound_of_a_column_a_row_and_a_cost():
    lp = PersistentLp(two_suppliers(offset=7.0))
    assert lp.solve().objective == pytest.approx(12)  # 2 + 1.5·2 + 7
    lp.set_column_bounds(np.array([0]), 0.0, 0.0)  # without the cheap supplier 3.5 dear units
    answer = lp.solve()
    assert answer.status == "optimal" and answer.objective == pytest.approx(14)
    np.testing.assert_allclose(answer.columns, [0, 3.5])
    lp.set_row_bounds(np.array([0]), 1.5, INF)
    assert lp.solve().objective == pytest.approx(10)
    lp.set_column_bounds(np.array([0]), 0.0, 2.0)
    lp.set_cost(np.array([0]), 5.0)  # now it is the dear one
    answer = lp.solve()
    assert answer.objective == pytest.approx(10)
    np.testing.assert_allclose(answer.columns, [0, 1.5])
    np.testing.assert_allclose(answer.row_duals, [2])


def test_an_entry_of_the_matrix():
    lp = PersistentLp(two_suppliers())
    lp.solve()
    lp.set_coefficient(0, 0, 0.5)  # the cheap supplier's units count half: 2·0.5 and 2.5 dear ones
    answer = lp.solve()
    np.testing.assert_allclose(answer.columns, [2, 2.5])
    assert answer.objective == pytest.approx(7)
    with pytest.raises(BadNumber, match="coefficient"):
        lp.set_coefficient(0, 0, np.inf)


def test_the_program_given_stays_as_it_is():
    given = two_suppliers()
    lp = PersistentLp(given)
    lp.set_column_bounds(np.array([1]), 0.0, 0.0)
    lp.set_cost(np.array([1]), 9.0)
    assert given.column_upper[1] == 5 and given.cost[1] == 2


def test_no_plan_is_said_and_undone():
    lp = PersistentLp(two_suppliers())
    assert lp.solve().status == "optimal"
    lp.set_column_bounds(np.array([0, 1]), 0.0, np.array([0.0, 3.0]))
    assert lp.solve().status == "infeasible"
    lp.set_column_bounds(np.array([1]), 0.0, 5.0)
    assert lp.solve().objective == pytest.approx(7)


def test_a_cost_that_falls_without_end():
    lp = PersistentLp(program([1, 0], [[1, -1]], [0], [INF], [0, 0], [INF, INF]))
    assert lp.solve().status == "optimal"
    lp.set_cost(np.array([0, 1]), -1.0)
    assert lp.solve().status == "unbounded"


@pytest.mark.parametrize("seed", range(6))
def test_a_walk_of_changes_agrees_with_each_program_solved_from_the_beginning(seed):
    rng = np.random.default_rng(seed)
    now = dataclasses.replace(random_program(seed), integer=np.zeros(15, dtype=bool))
    lp = PersistentLp(now)
    for _ in range(12):
        columns = rng.permutation(15)[:4]  # in no order
        upper = rng.integers(0, 9, 4).astype(float)
        lp.set_column_bounds(columns, 0.0, upper)
        rows = rng.permutation(12)[:2]
        lower = now.row_lower.copy()
        lower[rows] -= rng.integers(0, 4, 2)
        lp.set_row_bounds(rows, lower[rows], now.row_upper[rows])
        cost = now.cost.copy()
        cost[columns] = rng.integers(1, 50, 4)
        lp.set_cost(columns, cost[columns])
        ceiling = now.column_upper.copy()
        ceiling[columns] = upper
        now = dataclasses.replace(now, column_upper=ceiling, row_lower=lower, cost=cost)
        expected, found = solve_lp(now), lp.solve()
        assert found.status == expected.status
        if expected.objective is not None:
            assert found.objective == pytest.approx(expected.objective, rel=1e-9, abs=1e-9)


def test_a_basis_is_kept_and_begun_at_again():
    lp = PersistentLp(dense_lp(rows=100, columns=1500))
    first = lp.solve()
    assert first.status == "optimal"
    kept = first.basis
    assert kept is not None
    lp.set_column_bounds(np.arange(0, 1500, 3), 0.0, 0.5)
    lp.solve()
    lp.set_column_bounds(np.arange(0, 1500, 3), 0.0, INF)
    lp.set_basis(kept)
    assert lp.solve().objective == pytest.approx(first.objective, rel=1e-9)
    assert lp.solves == 3
    with pytest.raises(SolverFault):
        lp.set_basis(kept.with_rows(1))


def test_the_same_walk_twice_ends_in_the_same_columns():
    def walk():
        lp = PersistentLp(dense_lp(rows=100, columns=1500))
        lp.solve()
        lp.set_column_bounds(np.arange(0, 1500, 5), 0.0, 0.1)
        answer = lp.solve()
        assert answer.status == "optimal"
        return answer.columns

    np.testing.assert_array_equal(walk(), walk())


@pytest.mark.parametrize(("lower", "upper"), [(1.0, 0.0), (np.nan, 1.0), (INF, INF), (-INF, -INF)])
def test_bounds_that_cannot_hold_are_refused(lower, upper):
    lp = PersistentLp(two_suppliers())
    with pytest.raises(BadNumber, match="column 1"):
        lp.set_column_bounds(np.array([1]), lower, upper)
    with pytest.raises(BadNumber, match="row 0"):
        lp.set_row_bounds(np.array([0]), lower, upper)


def test_a_cost_without_a_number_is_refused():
    with pytest.raises(BadNumber, match="cost"):
        PersistentLp(two_suppliers()).set_cost(np.array([0]), np.nan)


def test_told_to_stop_it_says_so():
    lp = PersistentLp(dense_lp(rows=1500, columns=2000), interrupt=lambda: True)
    answer = lp.solve()
    assert (answer.status, answer.stopped) in {("no_plan", "interrupted"), ("optimal", "")}


def test_rows_that_bind_nothing_are_taken_away():
    """Of x + y ≥ 2, y ≤ 9 and x ≤ 1 the second is slack: without it the same plan from the same basis, and a change of
    the third, now the second row, is a change of that row."""
    lp = PersistentLp(program([1, 2], [[1, 1], [0, 1], [1, 0]], [2, -INF, -INF], [INF, 9, 1], [0, 0], [INF, INF]))
    assert lp.solve().objective == pytest.approx(3)
    assert lp.basis.basic_rows().tolist() == [False, True, False]
    lp.remove_rows(np.array([1]))
    answer = lp.solve()
    assert answer.iterations == 0 and answer.objective == pytest.approx(3)
    assert lp.program.row_upper.tolist() == [INF, 1]
    lp.set_row_bounds(np.array([1]), -INF, 1.5)
    assert lp.solve().objective == pytest.approx(2.5)


@pytest.mark.parametrize("seed", range(20))
def test_slack_rows_of_any_lp_are_taken_away(seed):
    """The optimum stays, and so it does with what is added and changed afterwards."""
    given = random_program(seed)
    lp = PersistentLp(given)
    before = lp.solve()
    if before.status != "optimal":
        return
    lp.remove_rows(np.flatnonzero(lp.basis.basic_rows()))
    assert lp.solve().objective == pytest.approx(before.objective, abs=1e-7)
    lp.add_rows(given.matrix, given.row_lower, given.row_upper)
    assert lp.solve().objective == pytest.approx(before.objective, abs=1e-7)
