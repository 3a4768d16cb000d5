"""The plain Pyomo model and the arrays that are solved say the same, row by row, on random problems."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from scipy.sparse import csr_array

from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.problem import Problem
from friendshore.models.rules import every_disruption
from friendshore.optimizer.program.assemble import Assembled, assemble
from tests.examples import examples
from tests.mathematics.cases import everything
from tests.mathematics.rows import differences
from tests.reference.random_problems import sheets

often = settings(
    max_examples=examples(40), deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@often
@given(sheets())
def test_no_difference_on_random_problems(problem_sheets: Any) -> None:
    """Every row, bound, cost and the offset agree; a number read at the wrong node, a mask that differs or a port that
    is not tied to its decision would be reported."""
    problem = problem_from_sheets(problem_sheets)
    assert differences(problem, assemble(build_model_data(problem, every_disruption(problem)))) == []


@pytest.fixture(scope="module")
def problem() -> Problem:
    """A problem in which every family of rows and columns stands somewhere."""
    return problem_from_sheets(everything())


@pytest.fixture(scope="module")
def assembled(problem: Problem) -> Assembled:
    """Its arrays."""
    return assemble(build_model_data(problem, every_disruption(problem)))


def test_no_difference_on_the_full_problem(problem: Problem, assembled: Assembled) -> None:
    """The problem that the corruptions below start from is itself without fault."""
    assert differences(problem, assembled) == []


@pytest.mark.parametrize("part", ["cost", "row_lower", "row_upper", "column_lower", "column_upper", "matrix", "offset"])
def test_one_wrong_number_is_reported(problem: Problem, assembled: Assembled, part: str) -> None:
    """Any number of the arrays moved by a tenth of a percent or so is found, wherever it stands: the comparison
    looks at all of them."""
    random = np.random.default_rng(7)
    program = assembled.program
    values = program.matrix.data if part == "matrix" else np.atleast_1d(getattr(program, part))
    places = np.flatnonzero(np.isfinite(values)) if part not in ("cost", "matrix") else np.flatnonzero(values)
    for place in random.choice(places, size=min(2, len(places)), replace=False):
        changed = np.array(values, dtype=float)
        changed[place] += 0.01 * max(1.0, abs(changed[place]))
        if part == "matrix":
            old = csr_array(program.matrix)
            new: Any = csr_array((changed, old.indices, old.indptr), shape=old.shape)
        else:
            new = float(changed[0]) if part == "offset" else changed
        wrong = dataclasses.replace(assembled, program=dataclasses.replace(program, **{part: new}))
        assert differences(problem, wrong), f"{part}[{place}] was not missed"
