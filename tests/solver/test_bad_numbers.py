"""What a solver would silently misread never reaches it."""

import dataclasses

import numpy as np
import pytest
from scipy import sparse

from friendshore.optimizer.program.linear_program import BadNumber
from friendshore.optimizer.solver import SolverFault, polish, solve_program
from tests.solver.programs import INF, program, two_suppliers

GOOD = two_suppliers()
BAD = {
    "NaN cost": ({"cost": np.array([np.nan, 1])}, "cost of column 0 is nan"),
    "infinite cost": ({"cost": np.array([1, INF])}, "cost of column 1 is inf"),
    "huge cost": ({"cost": np.array([1, -1e15])}, "cost of column 1"),
    "NaN offset": ({"offset": np.nan}, "offset"),
    "NaN entry": ({"matrix": sparse.csr_array([[1, np.nan]])}, "row 0, column 1 is nan"),
    "huge entry": ({"matrix": sparse.csc_array([[1, 1e15]])}, "row 0, column 1"),
    "huge demand": ({"row_lower": np.array([1e30])}, "lower bound of row 0 is 1e+30"),
    "NaN demand": ({"row_upper": np.array([np.nan])}, "upper bound of row 0"),
    "lower +inf": ({"column_lower": np.array([0, INF])}, "lower bound of column 1"),
    "upper -inf": ({"column_upper": np.array([-INF, 1])}, "upper bound of column 0"),
    "crossed": ({"column_lower": np.array([0, 6.0])}, "bounds of column 1 cross"),
    "short cost": ({"cost": np.ones(3)}, "cost has shape"),
    "short bounds": ({"row_lower": np.ones(2)}, "row_lower has shape"),
    "coordinates": ({"matrix": sparse.coo_array([[1.0, 1.0]])}, "csr or csc"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_number_is_refused_with_its_place(name):
    change, words = BAD[name]
    with pytest.raises(BadNumber, match=words.replace("+", r"\+")):
        solve_program(dataclasses.replace(GOOD, **change))


@pytest.mark.parametrize("limits", [{"gap": -1}, {"gap": np.nan}, {"time_limit": -1.0}, {"time_limit": np.nan}])
def test_limits_that_are_no_numbers_are_refused(limits):
    with pytest.raises(ValueError, match="not a number from 0"):
        solve_program(GOOD, **limits)


def test_an_option_that_highs_refuses_is_a_fault_of_ours():
    with pytest.raises(SolverFault, match="random_seed"):
        solve_program(GOOD, seed=-1)


def test_small_entries_count_and_dust_is_left_out():
    """HiGHS by itself drops entries below 1e-9 without a word; a yield of 1e-10 is a number."""
    small = program([1], [[1e-10]], [1], [INF], [0], [1e12])
    assert solve_program(small).objective == pytest.approx(1e10)
    dust = program([1, -1], [[1, 1e-17]], [1], [INF], [0, 0], [5, 1])
    assert solve_program(dust).objective == pytest.approx(0)


def test_repeated_entries_are_added():
    twice = sparse.csr_array((np.array([0.5, 0.5, 1.0]), np.array([0, 0, 1]), np.array([0, 3])), shape=(1, 2))
    assert solve_program(dataclasses.replace(GOOD, matrix=twice)).objective == pytest.approx(5)


def test_polish_says_so_when_rounding_leaves_nothing():
    mip = program([1], [[1]], [1.5], [1.6], [0], [5], [True])
    relaxed = dataclasses.replace(mip, integer=np.array([False]))
    fake = dataclasses.replace(solve_program(relaxed), columns=np.array([1.5]))
    with pytest.raises(SolverFault, match="rounded nothing satisfies"):
        polish(mip, fake)


def test_polish_leaves_an_answer_without_a_plan_alone():
    answer = solve_program(program([1], [[1]], [3], [INF], [0], [1]))
    assert polish(GOOD, answer) is answer
