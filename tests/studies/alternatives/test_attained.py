"""Ends that solutions attain: what is said of them is what linear programs say that are solved for each."""

from __future__ import annotations

import random

import numpy as np
import pytest
from scipy.optimize import linprog

from friendshore.models.examine import problem_from_sheets
from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.relaxation import Relaxation
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.studies.alternatives.attained import Amounts, Attained
from friendshore.optimizer.studies.alternatives.measures import measure_of
from friendshore.optimizer.studies.alternatives.questions import About, Question, in_order_of_worth, questions_of
from tests.examples import examples
from tests.studies.alternatives.cases import at_random, power, twins, whole_program


def solved(relaxation: Relaxation, row: FloatArray, limit: float) -> FloatArray | None:
    """Where a row is least over all that costs no more than a limit, by another door to a solver."""
    program = relaxation.program
    matrix, up, low = program.matrix.toarray(), np.isfinite(program.row_upper), np.isfinite(program.row_lower)
    left = np.vstack([matrix[up], -matrix[low], program.cost[None, :]])
    right = np.concatenate([program.row_upper[up], -program.row_lower[low], [limit - program.offset]])
    bounds = np.column_stack([program.column_lower, program.column_upper])
    found = linprog(row, A_ub=left, b_ub=right, bounds=bounds, method="highs")
    return None if found.x is None else np.asarray(found.x)


@pytest.mark.parametrize("seed", range(examples(12)))
def test_an_end_that_is_attained_is_the_bound(seed: int) -> None:
    """Some corners are seen; then every end said to be attained is the least, or the most, of its linear program."""
    problem = at_random(seed)
    plan = solve_problem(problem, gap=0.0).plan
    if plan is None:
        return
    assembled, questions = whole_program(problem), questions_of(problem, plan)
    measures = [measure_of(assembled, each) for each in questions]
    columns = assembled.program.columns
    relaxation = Relaxation(assembled.program, np.arange(columns), columns)
    limit, draw = plan.objective * 1.1, random.Random(seed)  # noqa: S311 - a test
    amounts = Amounts(relaxation, questions, measures)
    attained = Attained(amounts, problem, ())
    for place in draw.sample(range(len(questions)), k=min(4, len(questions))):
        corner = solved(relaxation, draw.choice((1.0, -1.0)) * measures[place].slope, limit)
        assert corner is not None
        attained.see(corner)
    said = 0
    for place, measure in enumerate(measures):
        for side, sign in (("least", 1.0), ("most", -1.0)):
            end = attained.end(place, side)
            if end is None or measure.of is not None:
                continue
            said += 1
            corner = solved(relaxation, sign * measure.slope, limit)
            assert corner is not None
            assert float(measure.slope @ corner) == pytest.approx(end, abs=1e-4 if questions[place].whole else 1e-5)
    assert said


def test_what_is_kept_leaves_out_solutions_without_it_and_brings_ends_nearer() -> None:
    """A solution without line 0 says nothing where every plan is known to have it; the capacity of Home is then at
    least its 10, and at most 30 where the useless line, in no plan, is left out: 10 and 10."""
    problem = problem_from_sheets(twins())
    assembled = whole_program(problem)
    questions = (
        Question(About.PROJECT, "line 0", whole=True, most=1.0),
        Question(About.PROJECT, "line 1", whole=True, most=1.0),
        Question(About.PROJECT, "idle", whole=True, most=1.0),
        Question(About.CAPACITY, "Home", "metal"),
    )
    measures = [measure_of(assembled, each) for each in questions]
    columns = assembled.program.columns
    amounts = Amounts(Relaxation(assembled.program, np.arange(columns), columns), questions, measures)
    first, second = (np.where(measures[i].slope > 0, 1.0, 0.0) for i in (0, 1))
    free = Attained(amounts, problem, ())
    free.see(second)
    assert free.end(0, "least") == 0.0 and free.end(1, "most") == 1.0 and free.end(3, "least") is None
    kept = Attained(amounts, problem, [(0, 1.0, 1.0), (2, 0.0, 0.0)])
    kept.see(second)
    assert kept.end(1, "most") is None and kept.end(3, "least") is None
    kept.see(first)
    assert kept.end(1, "least") == 0.0 and kept.end(3, "least") == pytest.approx(10) and kept.end(3, "most") is None
    kept.see(first + second)
    assert kept.end(3, "most") == pytest.approx(20)


def test_a_share_of_nothing_attains_nothing() -> None:
    problem = problem_from_sheets(power())
    assembled = whole_program(problem)
    question = Question(About.SHARE, "Coalia", "metal", most=1.0)
    columns = assembled.program.columns
    relaxation = Relaxation(assembled.program, np.arange(columns), columns)
    attained = Attained(Amounts(relaxation, [question], [measure_of(assembled, question)]), problem, ())
    attained.see(np.zeros(columns))
    assert attained.end(0, "least") is None and attained.end(0, "most") is None


def test_those_first_that_a_planner_would_miss_most() -> None:
    """By the money in decisions, then what allies spend, shares, capacities, stocks."""
    problem = problem_from_sheets(twins((100, 140)))
    questions = (
        Question(About.STOCK, "Home", "metal"),
        Question(About.CAPACITY, "Home", "metal"),
        Question(About.PROJECT, "line 0", whole=True, most=1.0),
        Question(About.PROJECT, "line 1", whole=True, most=1.0),
        Question(About.SHARE, "Home", "metal", most=1.0),
        Question(About.SPENDING, "Home"),
    )
    assert in_order_of_worth(problem, questions) == (3, 2, 5, 4, 1, 0)
