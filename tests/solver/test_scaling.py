"""The objective is scaled so that typical costs are near 1 and the largest stay moderate; prices prove bounds."""

import numpy as np
import pytest

from friendshore.optimizer.solver import dual_bound, solve_lp
from friendshore.optimizer.solver.scaling import LARGEST_EXPONENT, objective_exponent
from tests.solver.programs import random_program, two_suppliers


@pytest.mark.parametrize("size", [1e-9, 1.0, 1e6, 1e12])
def test_typical_costs_come_near_one(size):
    scaled = np.ldexp(size, objective_exponent(np.array([size, 0.0, size])))
    assert 0.7 <= scaled <= 1.5


def test_one_huge_cost_stays_below_the_limit_and_no_cost_needs_no_scaling():
    cost = np.array([1e-3] * 50 + [1e14])
    assert np.ldexp(cost.max(), objective_exponent(cost)) <= 2.0**LARGEST_EXPONENT
    assert objective_exponent(np.zeros(3)) == 0


def test_prices_of_an_optimum_prove_it_and_wrong_ones_prove_less():
    lp = two_suppliers()
    assert dual_bound(lp, np.array([2.0])) == pytest.approx(5)
    assert dual_bound(lp, np.array([1.0])) == pytest.approx(3.5)
    assert dual_bound(lp, np.array([-1.0])) == -np.inf


@pytest.mark.parametrize("seed", range(5))
def test_strong_duality_holds_on_random_lps(seed):
    lp = random_program(seed, integers=0)
    answer = solve_lp(lp)
    assert dual_bound(lp, answer.row_duals) == pytest.approx(answer.objective, abs=1e-6)
