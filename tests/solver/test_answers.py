"""Status, objective, bound and prices of programs whose answers are known by hand."""

import dataclasses

import numpy as np
import pytest
from highspy import HighsModelStatus
from scipy import sparse
from scipy.optimize import linprog

from friendshore.optimizer.solver import Answer, polish, solve_lp, solve_program
from friendshore.optimizer.solver.conclude import with_gap_and_status
from friendshore.optimizer.solver.highs_search import HighsRun, HighsSearch
from tests.solver.programs import INF, program, random_program, two_suppliers


def test_an_lp_with_its_price_and_offset():
    answer = solve_program(two_suppliers(offset=7.0))
    assert (answer.status, answer.stopped, answer.gap) == ("optimal", "", 0.0)
    np.testing.assert_allclose(answer.columns, [2, 1.5])
    np.testing.assert_allclose(answer.row_duals, [2])
    assert answer.objective == pytest.approx(12) and answer.bound == answer.objective


def test_a_mip_takes_whole_numbers_and_polish_prices_what_is_left():
    mip = two_suppliers(integer=[False, True])  # dear units whole: 1.5 + 2, or 2 + 2 with half a unit too much
    answer = solve_program(mip, gap=0.0)
    assert answer.objective == pytest.approx(1.5 + 4) and answer.row_duals is None
    polished = polish(mip, answer)
    np.testing.assert_allclose(polished.columns, [1.5, 2])
    np.testing.assert_allclose(polished.row_duals, [1])  # the cheap one now covers the next unit
    assert polished.status == "optimal" and polished.bound <= polished.objective


@pytest.mark.parametrize("factor", [1e-7, 1.0, 1e9, 3.7e12])
def test_money_counted_in_other_units_changes_no_quantity(factor):
    for integer in ([False, False], [False, True]):
        lp = two_suppliers(integer=integer, factor=factor)
        answer = polish(lp, solve_program(lp, gap=0.0))
        expected = 5.5 if any(integer) else 5.0
        assert answer.objective == pytest.approx(expected * factor, rel=1e-12)
        assert answer.bound == pytest.approx(expected * factor, rel=1e-9)
        np.testing.assert_allclose(answer.row_duals, [factor * (1 if any(integer) else 2)], rtol=1e-12)


UNBOUNDED = {
    "lp": program([-1], [[1]], [0], [INF], [0], [INF]),
    "lp without rows": program([1, -1], [], [], [], [0, 0], [1, INF]),
    "mip that presolve cannot tell": program([-1, 0], [[1, 1]], [0], [INF], [0, 0], [INF, 1], [True, False]),
    "mip of a cone": program([-1, 0], [[1, -1]], [0], [INF], [0, 0], [INF, INF], [True, True]),
}
INFEASIBLE = {
    "lp": program([1, 1], [[1, 1]], [3], [INF], [0, 0], [1, 1]),
    "lp that would be unbounded": program([-1, 0], [[0, 1]], [3], [INF], [0, 0], [INF, 1]),
    "mip by parity": program([1, 1], [[2, 2]], [1], [1], [0, 0], [1, 1], [True, True]),
    "mip that would be unbounded": program(
        [-1, 0, 0], [[0, 2, 2], [1, 0, 0]], [1, 0], [1, INF], [0, 0, 0], [INF, 1, 1], [True] * 3
    ),
    "no columns": program([], [[]], [1], [2], [], []),
}


@pytest.mark.parametrize("name", UNBOUNDED)
def test_unbounded_is_told_from_infeasible(name):
    answer = solve_program(UNBOUNDED[name])
    assert answer.status == "unbounded" and answer.columns is None and answer.objective is None


@pytest.mark.parametrize("name", INFEASIBLE)
def test_infeasible_is_told_from_unbounded(name):
    answer = solve_program(INFEASIBLE[name])
    assert answer.status == "infeasible" and answer.columns is None and answer.bound is None


def test_solve_lp_knows_all_three():
    assert solve_lp(two_suppliers()).objective == pytest.approx(5)
    assert solve_lp(UNBOUNDED["lp"]).status == "unbounded"
    assert solve_lp(INFEASIBLE["lp"]).status == "infeasible"
    assert solve_lp(INFEASIBLE["lp that would be unbounded"]).status == "infeasible"


def test_solve_lp_goes_on_from_a_basis():
    first = solve_lp(two_suppliers())
    more = dataclasses.replace(two_suppliers(), row_lower=np.array([4.0]))
    again = solve_lp(more, basis=first.basis)
    np.testing.assert_allclose(again.columns, [2, 2])


def test_an_empty_program_costs_its_offset():
    answer = solve_program(program([], [[]], [0], [2], [], [], offset=3.0))
    assert (answer.status, answer.objective, answer.bound) == ("optimal", 3.0, 3.0)


def test_a_free_plan_is_optimal_at_zero():
    answer = solve_program(program([1, 1], [[1, 1]], [0], [INF], [0, 0], [5, 5], [True, True]))
    assert (answer.status, answer.objective, answer.gap) == ("optimal", 0.0, 0.0)


@pytest.mark.parametrize("seed", range(6))
def test_a_dual_is_what_the_next_unit_costs(seed):
    """The sign and size of every dual against the objective of the same LP with that row moved by a little."""
    lp = dataclasses.replace(random_program(seed), integer=np.zeros(15, dtype=bool))
    answer, step = solve_lp(lp), 1e-5
    for row in range(lp.rows):
        move = np.zeros(lp.rows)
        move[row] = step
        moved = [solve_lp(shifted(lp, sign * move)) for sign in (1, -1)]
        if any(each.objective is None for each in moved):
            continue
        up, down = (moved[0].objective - answer.objective) / step, (answer.objective - moved[1].objective) / step
        assert down - 1e-3 <= answer.row_duals[row] <= up + 1e-3  # the objective is convex in the right-hand side


def shifted(lp, by):
    return dataclasses.replace(lp, row_lower=lp.row_lower + by, row_upper=lp.row_upper + by)


@pytest.mark.parametrize("seed", range(40))
def test_random_mips_stay_within_their_gap_and_their_rows(seed):
    mip = random_program(seed)
    answer = solve_program(mip, gap=0.0)
    loose = solve_program(mip, gap=0.05)
    polished = polish(mip, answer)
    assert answer.status == loose.status == polished.status == "optimal"
    assert mip.violation(polished.columns) <= 1e-9
    assert np.all(polished.columns[:5] == np.round(polished.columns[:5]))
    assert loose.bound - 1e-9 <= polished.objective <= loose.objective + 1e-6
    assert loose.gap <= 0.05 and loose.objective - loose.bound <= 0.05 * abs(loose.objective) + 1e-9
    enumerated = enumerate_integers(mip)
    assert polished.objective == pytest.approx(enumerated, abs=1e-6)


def enumerate_integers(mip):
    """The optimum by branching on the LP alone: our own tree, scipy's LP solver called with other settings."""
    matrix = mip.matrix.toarray()
    finite = np.isfinite(mip.row_upper)
    A = np.vstack([-matrix, matrix[finite]])
    b = np.concatenate([-mip.row_lower, mip.row_upper[finite]])
    best, stack = np.inf, [(mip.column_lower.copy(), mip.column_upper.copy())]
    while stack:
        lower, upper = stack.pop()
        found = linprog(mip.cost, A, b, bounds=np.column_stack([lower, upper]), method="highs-ds")
        if not found.success or found.fun >= best - 1e-9:
            continue
        fractional = [i for i in np.flatnonzero(mip.integer) if abs(found.x[i] - round(found.x[i])) > 1e-6]
        if not fractional:
            best = found.fun
            continue
        i = fractional[0]
        left, right = upper.copy(), lower.copy()
        left[i], right[i] = np.floor(found.x[i]), np.ceil(found.x[i])
        stack += [(lower, left), (right, upper)]
    return best


def test_column_major_and_row_major_say_the_same():
    mip = random_program(3)
    other = dataclasses.replace(mip, matrix=sparse.csc_array(mip.matrix))
    assert solve_program(mip, gap=0.0).objective == pytest.approx(solve_program(other, gap=0.0).objective)


def test_the_same_arrays_give_the_same_plan_whatever_the_threads():
    mip = random_program(11, rows=30, columns=40, integers=20)
    plans = [solve_program(mip, threads=threads).columns for threads in (1, 2, 1, None, 4)]
    for plan in plans[1:]:
        np.testing.assert_array_equal(plan, plans[0])


def test_infeasible_needs_a_second_opinion(monkeypatch):
    """A first run that says so wrongly is not believed: the second, without presolve, finds the plan."""
    runs = []
    first = HighsSearch.run

    def run(search, extra, **how):
        runs.append(dict(extra))
        return HighsRun(HighsModelStatus.kInfeasible) if len(runs) == 1 else first(search, extra, **how)

    monkeypatch.setattr(HighsSearch, "run", run)
    answer = solve_program(two_suppliers())
    assert (answer.status, answer.objective) == ("optimal", pytest.approx(5))
    assert runs[1]["presolve"] == "off"
    runs.clear()
    assert solve_program(two_suppliers(), confirm=False).status == "infeasible"
    assert len(runs) == 1


def test_two_runs_that_agree_are_believed():
    assert solve_program(program([1], [[1], [1]], [2, -INF], [INF, 1], [0], [INF])).status == "infeasible"
    assert solve_program(program([1], [[2]], [1], [1], [0], [9], [True])).status == "infeasible"


@pytest.mark.parametrize(("asked", "said"), [(0.0, "feasible"), (0.02, "feasible"), (0.05, "optimal")])
def test_optimal_is_said_only_within_the_gap_asked_for(asked, said):
    """However small objective and gap are in bare money: 4 % is 4 %."""
    answer = Answer(status="feasible", objective=1e-9, bound=0.96e-9, target_gap=asked, columns=np.zeros(1))
    told = with_gap_and_status(answer, proven=True)
    assert (told.status, told.gap) == (said, pytest.approx(0.04))
