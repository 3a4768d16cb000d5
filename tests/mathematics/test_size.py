"""The size of a problem is told before it is built: what is counted is what is there."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from friendshore.models import rules
from friendshore.models.examine import problem_from_sheets
from friendshore.models.findings import InvalidProblem
from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.formulation.size import problem_size
from friendshore.models.problem import Problem
from friendshore.models.tree.count import count_nodes
from friendshore.models.tree.scenario_tree import build_tree
from friendshore.optimizer.program.assemble import assemble
from friendshore.optimizer.workbook.examples import source_sheets, sources
from tests.mathematics.cases import Sheets, everything
from tests.reference.random_problems import sheets

often = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def close(problem: Problem, within: float, few: int) -> None:
    """Rows, columns and entries within a share of what is built, or a few of them."""
    size, program = problem_size(problem), assemble(build_model_data(problem)).program
    for told, there in (
        (size.columns, program.columns),
        (size.rows, program.rows),
        (size.entries, program.matrix.nnz),
    ):
        assert abs(told - there) <= max(within * there, few), (size, program.columns, program.rows, program.matrix.nnz)


@often
@given(sheets())
def test_random_problems(drawn: Sheets) -> None:
    """Every rule, event and setting; small problems, where single rows weigh much."""
    try:
        problem = problem_from_sheets(drawn)
    except InvalidProblem:
        return
    close(problem, 0.1, 12)


@pytest.mark.parametrize("folder", sources(), ids=lambda folder: folder.name)
def test_workbooks_of_inputs(folder) -> None:  # type: ignore[no-untyped-def]
    close(problem_from_sheets(source_sheets(folder)), 0.1, 2)


def test_a_problem_of_everything() -> None:
    close(problem_from_sheets(everything()), 0.1, 10)


@often
@given(sheets())
def test_nodes_are_counted_exactly(drawn: Sheets) -> None:
    try:
        problem = problem_from_sheets(drawn)
    except InvalidProblem:
        return
    stress = rules.stress_branches(problem, {})
    tree = build_tree(problem, stress)
    assert count_nodes(problem, stress) == {name: len(own) for name, own in tree.own_nodes.items()}
