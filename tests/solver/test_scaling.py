"""The objective is scaled so that typical costs are near 1 and the largest stay moderate; prices prove bounds."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from friendshore.optimizer.program.weak_duality import dual_bound
from friendshore.optimizer.solver import polish, solve_lp, solve_program
from friendshore.optimizer.solver.equilibrate import typical_sizes
from friendshore.optimizer.solver.persistent import PersistentLp
from friendshore.optimizer.solver.scaling import LARGEST_EXPONENT, Scaling, objective_exponent, scaling_of
from tests.solver.programs import random_program, two_suppliers


@pytest.mark.parametrize("size", [1e-9, 1.0, 1e6, 1e12])
def test_typical_costs_come_near_one(size):
    scaled = np.ldexp(size, objective_exponent(np.array([size, 0.0, size])))
    assert 0.7 <= scaled <= 1.5


def test_one_huge_cost_stays_below_the_limit_and_no_cost_needs_no_scaling():
    cost = np.array([1e-3] * 50 + [1e14])
    assert np.ldexp(cost.max(), objective_exponent(cost)) <= 2.0**LARGEST_EXPONENT
    assert objective_exponent(np.zeros(3)) == 0


@pytest.mark.parametrize("seed", range(5))
def test_strong_duality_holds_on_random_lps(seed):
    lp = random_program(seed, integers=0)
    answer = solve_lp(lp)
    assert dual_bound(lp, answer.row_duals) == pytest.approx(answer.objective, abs=1e-6)


def in_units(lp, rows, columns):
    """The same program with row i times 2**rows[i] and column j counted in units of 2**columns[j]."""
    return Scaling(np.array(rows, dtype=np.int32), np.array(columns, dtype=np.int32), 0).scaled(lp)


def odd_units(seed):
    """A random program with its rows in odd units, its continuous columns in others."""
    lp, rng = random_program(seed), np.random.default_rng(seed)
    rows = rng.integers(-18, 18, lp.rows)
    columns = np.where(lp.integer, 0, rng.integers(-18, 18, lp.columns))
    return lp, in_units(lp, rows, columns), rows, columns


def test_ordinary_programs_are_left_as_they_are():
    for seed in range(5):
        lp = random_program(seed)
        assert scaling_of(lp).rows is None
        assert scaling_of(lp).scaled(lp).matrix is lp.matrix


@pytest.mark.parametrize("seed", range(5))
def test_typical_sizes_are_found_whatever_the_units(seed):
    """Sizes move exactly as the units do: the least squares have one answer."""
    lp, odd, rows, columns = odd_units(seed)
    before, after = typical_sizes(lp), typical_sizes(odd)
    assert after.columns == pytest.approx(before.columns - columns, abs=0.05)
    assert after.rows == pytest.approx(before.rows + rows, abs=0.05)


@pytest.mark.parametrize("seed", range(5))
def test_the_way_in_and_back_changes_no_digit(seed):
    _, odd, _, _ = odd_units(seed)
    scaling = scaling_of(odd)
    assert scaling.rows is not None and not scaling.columns[odd.integer].any()
    back = Scaling(-scaling.rows, -scaling.columns, -scaling.objective).scaled(scaling.scaled(odd))
    for name in ("cost", "row_lower", "row_upper", "column_lower", "column_upper"):
        assert (vars(back)[name] == vars(odd)[name]).all(), name
    assert (back.matrix.data == odd.matrix.data).all()


@pytest.mark.parametrize("seed", range(5))
def test_plans_and_prices_come_back_in_the_units_of_the_program(seed):
    lp, odd, rows, _ = odd_units(seed)
    plain, answer = solve_lp(lp), solve_lp(odd)
    assert answer.objective == pytest.approx(plain.objective, rel=1e-9)
    assert odd.objective(answer.columns) == answer.objective
    assert scaling_of(odd).violation(odd, answer.columns) <= 1e-9
    assert dual_bound(odd, np.where(np.abs(answer.row_duals) < 1e-9 * np.exp2(-rows), 0, answer.row_duals)) == (
        pytest.approx(plain.objective, rel=1e-6)
    )
    searched = polish(odd, solve_program(odd, gap=0.0))
    assert searched.objective == pytest.approx(polish(lp, solve_program(lp, gap=0.0)).objective, rel=1e-9)


def test_a_kept_lp_changes_in_its_own_units():
    """Bounds, costs, entries and rows that are set later are scaled as those it was handed over with."""
    lp = in_units(two_suppliers(), [12], [20, 20])
    kept = PersistentLp(lp)
    assert kept.solve().cost == pytest.approx(5)
    kept.set_row_bounds(np.array([0]), lp.row_lower * 4 / 3.5, np.inf)
    answer = kept.solve()
    assert answer.cost == pytest.approx(6)
    assert answer.row_duals[0] * 2.0**12 == pytest.approx(2)
    kept.set_column_bounds(np.array([0]), 0.0, 3 * 2.0**-20)
    assert kept.solve().cost == pytest.approx(5)
    kept.set_cost(np.array([1]), 3 * 2.0**20)
    assert kept.solve().cost == pytest.approx(6)
    kept.add_rows(csr_array([[2.0**40, 0.0]]), np.array([-np.inf]), np.array([2.0**20]))
    assert kept.solve().cost == pytest.approx(1 + 9)
    kept.set_coefficient(0, 1, 2 * 2.0**32)
    answer = kept.solve()
    assert answer.plan * 2.0**20 == pytest.approx([1, 1.5])
    assert answer.cost == pytest.approx(1 + 4.5)
