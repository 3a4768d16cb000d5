"""Units as they cumulate: the same plans at the same cost, in other columns."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.keys import Decided
from friendshore.models.formulation.model_data import build_model_data
from friendshore.optimizer.program.assemble import assemble
from friendshore.optimizer.program.linear_program import LinearProgram
from friendshore.optimizer.search.cumulative_units import cumulative, decided_before, solve_cumulative
from friendshore.optimizer.solver import solve_program
from tests.mathematics.cases import built, importer, stop, with_settings


def program(matrix: list[list[float]], cost: list[float], most: list[float], needed: list[float]) -> LinearProgram:
    """At least ``needed`` of every row, whole numbers from 0 to ``most``."""
    count = len(cost)
    return LinearProgram(
        cost=np.array(cost),
        offset=0.0,
        matrix=csr_array(np.array(matrix)),
        row_lower=np.array(needed),
        row_upper=np.full(len(needed), np.inf),
        column_lower=np.zeros(count),
        column_upper=np.array(most),
        integer=np.ones(count, dtype=bool),
    )


def test_three_years_of_one_line() -> None:
    """Units of size 10 decided in years 1, 2, 3 that serve to the end: each year asks for its last column alone."""
    stated = program([[10, 0, 0], [10, 10, 0], [10, 10, 10]], [9, 8, 7], [2, 2, 2], [0, 5, 15])
    made = cumulative(stated, np.array([-1, 0, 1]))
    wanted = [[10, 0, 0], [0, 10, 0], [0, 0, 10], [-1, 1, 0], [0, -1, 1]]
    assert made.program.matrix.toarray().tolist() == wanted
    assert made.program.cost.tolist() == [1, 1, 7]
    assert made.program.column_upper.tolist() == [2, 4, 6]
    assert made.program.row_lower.tolist() == [0, 5, 15, 0, 0]
    assert made.program.row_upper.tolist()[3:] == [2, 2]
    assert made.original_columns(np.array([0.0, 1.0, 2.0])).tolist() == [0, 1, 1]
    answer = solve_cumulative(stated, np.array([-1, 0, 1]), partial(solve_program, gap=0.0))
    assert answer.objective == pytest.approx(15)  # one in year 2, one more in year 3
    assert answer.columns is not None
    assert answer.columns.round(6).tolist() == [0, 1, 1]


def test_what_cancels_but_for_rounding_is_gone() -> None:
    """0.1 + 0.2 and 0.3 are the same share; a difference of a billionth is one."""
    stated = program([[0.1 + 0.2, 0.3], [1.0, 1.0 + 1e-9]], [1, 1], [1, 1], [0, 0])
    made = cumulative(stated, np.array([-1, 0]))
    assert made.program.matrix.nnz == 5
    assert made.program.matrix.toarray()[0].tolist() == [0, 0.3]


def test_a_program_without_chains_is_left_alone() -> None:
    stated = program([[1.0, 2.0]], [1, 1], [5, 5], [3])
    assert cumulative(stated, np.array([-1, -1])).program is stated


def test_a_decision_before_the_one_it_follows_is_refused() -> None:
    with pytest.raises(ValueError, match="stands before"):
        cumulative(program([[1.0, 2.0]], [1, 1], [5, 5], [3]), np.array([1, -1]))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**6))
def test_random_programs_cost_the_same(seed: int) -> None:
    """Chains that branch, negative entries and costs, lower bounds, some columns untied or continuous."""
    draw = np.random.default_rng(seed)
    count, rows = int(draw.integers(2, 8)), int(draw.integers(1, 5))
    before = np.array([int(draw.integers(-1, place)) if draw.random() < 0.7 else -1 for place in range(count)])
    loose = draw.random(count) < 0.2
    loose[before >= 0] = False
    loose[before[before >= 0]] = False
    lower = draw.integers(-1, 2, count).astype(float)
    stated = LinearProgram(
        cost=draw.integers(-9, 10, count).astype(float),
        offset=3.0,
        matrix=csr_array(draw.integers(-4, 5, (rows, count)).astype(float)),
        row_lower=draw.integers(-12, 1, rows).astype(float),
        row_upper=draw.integers(1, 13, rows).astype(float),
        column_lower=lower,
        column_upper=lower + draw.integers(0, 4, count),
        integer=~loose,
    )
    straight = solve_program(stated, gap=0.0, threads=1)
    around = solve_cumulative(stated, before, partial(solve_program, gap=0.0, threads=1))
    assert around.status == straight.status
    if straight.columns is None or around.columns is None:
        return
    assert around.objective == pytest.approx(straight.objective, abs=1e-6)
    assert stated.violation(around.columns) < 1e-6
    assert stated.objective(around.columns) == pytest.approx(straight.objective, abs=1e-6)


def test_decisions_follow_each_other_on_their_paths() -> None:
    """A branch that decides anew follows what the base path decided before its onset, and the two part there."""
    stated = with_settings(importer(periods=3), branch_investment="integer") | stop(0.1)
    stated["Scenarios"][0]["onset"] = "y1"
    stated["Plants"].append({"plant": "home", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 4})
    stated["Expansions"] = [built(expansion="line", plant="home", size=4, capex=9, max_units=3)]
    assembled = assemble(build_model_data(problem_from_sheets(stated)))
    before = decided_before(assembled)
    nodes = assembled.model_data.tree.nodes
    decided_at = {place: nodes[key.node] for key, place in assembled.link_column.items() if isinstance(key, Decided)}
    follows = {  # scenario and number of the period, of each decision that follows another
        (decided_at[place].scenario, decided_at[place].period): (
            decided_at[earlier].scenario,
            decided_at[earlier].period,
        )
        for place, earlier in enumerate(before.tolist())
        if earlier >= 0
    }
    assert follows == {
        ("base", 1): ("base", 0),
        ("base", 2): ("base", 1),
        ("stop", 1): ("base", 0),
        ("stop", 2): ("stop", 1),
    }
