"""Random problems solved twice: by the program, and by a second formulation written from the page of formulas alone.

``FRIENDSHORE_EXAMPLES`` sets how many problems are drawn (12 where it is not set; see ``tests/examples.py``).
"""

from __future__ import annotations

import dataclasses
import math
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from benchmarks.trust.second_formulation import Count, disagreements, rich_sheets
from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.plan import Outcome, Status
from friendshore.optimizer.program.assemble import assemble
from friendshore.optimizer.program.linear_program import LinearProgram
from friendshore.optimizer.solve import solve_problem
from tests.examples import examples
from tests.mathematics.cases import importer, stop
from tests.reference import solve_reference
from tests.reference.random_problems import sheets

EXAMPLES = examples(48)
CLOSE = 1e-6
MOST_COMBINATIONS = 32

often = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
less_often = settings(often, max_examples=max(1, EXAMPLES // 4))
rarely = settings(often, max_examples=max(1, EXAMPLES // 16))


def solved(problem_sheets: Any) -> Outcome:
    """Our answer, searched until nothing is left between objective and bound."""
    return solve_problem(problem_from_sheets(problem_sheets), gap=0.0, threads=1)


def apart(ours: float, theirs: float) -> float:
    """How far two optima are from each other, relative to their size."""
    return abs(ours - theirs) / max(1.0, abs(theirs))


@often
@given(sheets())
def test_same_optimum_as_the_reference(problem_sheets: Any) -> None:
    """Status, objective, expected cost of equally good plans, bound and certificate on every kind of problem.

    A term left out, counted twice or at the wrong node on one side moves the optimum of some drawn problem.
    """
    reference = solve_reference(problem_sheets)
    outcome = solved(problem_sheets)
    assert outcome.status == reference.status
    if reference.objective is None:
        assert outcome.plan is None
        return
    plan = outcome.plan
    assert plan is not None
    assert plan.certificate is not None
    assert apart(plan.objective, reference.objective) <= CLOSE
    assert plan.certificate.max_violation <= CLOSE, plan.certificate.worst
    assert plan.certificate.objective_difference <= CLOSE
    assert outcome.bound is not None
    assert outcome.bound <= plan.objective + CLOSE * max(1.0, abs(plan.objective))


@less_often
@given(sheets(policy_kinds=("clean_origin", "survive_any", "max_share")))
def test_same_optimum_under_rules_of_origin_and_of_any_loss(problem_sheets: Any) -> None:
    """clean_origin, whose reference splits every flow again from the page of formulas, and survive_any, whose reference
    lists every choice of members in one program instead of looking for the worst."""
    reference = solve_reference(problem_sheets)
    outcome = solved(problem_sheets)
    assert outcome.status == reference.status
    if reference.objective is None:
        return
    assert outcome.plan is not None
    assert apart(outcome.plan.objective, reference.objective) <= CLOSE
    assert outcome.plan.certificate is not None
    assert outcome.plan.certificate.holds(CLOSE), outcome.plan.certificate


@rarely
@given(rich_sheets())
def test_the_whole_tree_and_its_parts_agree_with_the_reference_over_all_words(problem_sheets: Any) -> None:
    """Ways, shares, contracts, profiles, closings … together; ``python -m benchmarks.trust.second_formulation`` is the
    long form."""
    assert disagreements(problem_sheets, Count()) == []


@often
@given(sheets(policies=False, settings=False))
def test_same_optimum_without_policies(problem_sheets: Any) -> None:
    """The same where no policy can make a problem infeasible or hide a physical row behind a rule."""
    reference = solve_reference(problem_sheets)
    assume(reference.objective is not None)
    outcome = solved(problem_sheets)
    assert outcome.plan is not None
    assert apart(outcome.plan.objective, reference.objective or 0.0) <= CLOSE
    assert outcome.plan.certificate is not None
    assert outcome.plan.certificate.holds(CLOSE), outcome.plan.certificate


@less_often
@given(sheets(branch_investment=("plan", "integer")))
@example(problem_sheets=importer() | stop(0.25, onset="y0"))
def test_same_optimum_as_every_choice_by_itself(problem_sheets: Any) -> None:
    """The least over all choices of units and protections, each a linear program of its own, is the optimum found.

    A search that prunes a branch it should not, or a bound of a unit that is too tight, loses the best choice.
    """
    problem = problem_from_sheets(problem_sheets)
    program = assemble(build_model_data(problem)).program
    places = np.flatnonzero(program.integer)
    ranges = [range(int(program.column_lower[i]), int(program.column_upper[i]) + 1) for i in places]
    assume(math.prod(len(choices) for choices in ranges) <= MOST_COMBINATIONS)
    best = min(least_cost(program, places, choice) for choice in product(*ranges))
    outcome = solved(problem_sheets)
    if math.isinf(best):
        assert outcome.status is Status.INFEASIBLE
        return
    assert outcome.plan is not None
    assert apart(outcome.plan.objective, best) <= CLOSE


def least_cost(program: LinearProgram, places: Any, choice: tuple[int, ...]) -> float:
    """The optimum with the integers held at a choice, infinite where there is none; solved by scipy's own front end."""
    lower, upper = program.column_lower.copy(), program.column_upper.copy()
    lower[places] = upper[places] = choice
    matrix = csr_array(program.matrix)
    below, above = np.isfinite(program.row_upper), np.isfinite(program.row_lower)
    rows = vstack([matrix[below], -matrix[above]]) if below.any() or above.any() else None
    right = np.concatenate([program.row_upper[below], -program.row_lower[above]])
    found = linprog(program.cost, A_ub=rows, b_ub=right, bounds=np.column_stack([lower, upper]), method="highs")
    assert found.status in (0, 2), found.message
    return float(found.fun) + program.offset if found.status == 0 else math.inf


def test_a_wrong_answer_would_be_seen() -> None:
    """The comparison is no formality: a plan for a problem one number off is further away than is allowed."""
    right = importer()
    wrong = importer(cost=2.001)
    objective = solved(wrong).objective
    reference = solve_reference(right).objective
    assert objective is not None
    assert reference is not None
    assert apart(objective, reference) > CLOSE
    plan = solved(right).plan
    assert plan is not None
    assert dataclasses.replace(plan, objective=plan.objective * 1.001).objective != pytest.approx(reference, rel=CLOSE)
