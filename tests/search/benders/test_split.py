"""A program by parts is the program: every column and row once, and together what they were."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from friendshore.models.examine import problem_from_sheets
from friendshore.models.findings import InvalidProblem
from friendshore.models.formulation.model_data import build_model_data
from friendshore.optimizer.program.assemble import assemble
from friendshore.optimizer.search.benders.split import Parts, split
from tests.examples import examples
from tests.mathematics.cases import Sheets, with_settings
from tests.reference.random_problems import sheets
from tests.search.benders.test_benders import risky

often = settings(
    max_examples=examples(40),
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def parts_of(stated: Sheets) -> Parts:
    return split(assemble(build_model_data(problem_from_sheets(stated))))


def expected(limit: float = 0.05) -> Sheets:
    """A limit on expected shortage, which ties all branches together."""
    rule = {"policy": "most", "kind": "max_shortage", "limit": limit, "scenario": "expected"}
    return risky() | {"Policies": [rule]}


def columns_of(parts: Parts) -> Iterator[int]:
    yield from parts.columns
    for block in parts.blocks:
        yield from block.columns


@often
@given(sheets())
def test_every_column_stands_in_one_part(drawn: Sheets) -> None:
    try:
        problem = problem_from_sheets(drawn)
    except InvalidProblem:
        return
    assembled = assemble(build_model_data(problem))
    try:
        parts = split(assembled)
    except ValueError:
        assert problem.settings.branch_investment == "integer"
        return
    assert sorted(columns_of(parts)) == list(range(assembled.program.columns))
    in_parts = {*parts.rows.tolist(), *(int(row) for block in parts.blocks for row in block.rows)}
    assert in_parts == set(range(assembled.program.rows))


@often
@given(sheets())
def test_rows_say_what_they_said(drawn: Sheets) -> None:
    """At a point drawn by chance the rows of a block have the activity they have in the whole program, what the master
    gives being their coupling; shared rows, less what they are allotted, together as well."""
    try:
        parts = parts_of(drawn)
    except (InvalidProblem, ValueError):
        return
    rng = np.random.default_rng(7)
    x = rng.random(parts.master.columns)
    of_blocks = [rng.random(len(block.columns)) for block in parts.blocks]
    whole = np.zeros(parts.whole.columns)
    whole[parts.columns] = x[: len(parts.columns)]
    for block, y in zip(parts.blocks, of_blocks, strict=True):
        whole[block.columns] = y
    activity = parts.whole.matrix @ whole
    together = np.zeros(parts.whole.rows)
    together[parts.rows] = (parts.master.matrix @ x)[: len(parts.rows)]
    for block, y in zip(parts.blocks, of_blocks, strict=True):
        np.add.at(together, block.rows, (block.program.matrix[:, : len(y)] @ y) + block.coupling @ x[block.touched])
    np.testing.assert_allclose(together, activity, atol=1e-9)


@pytest.mark.parametrize("stated", [risky(), expected(), with_settings(risky(), risk_aversion=0.4, cvar_alpha=0.5)])
def test_costs_say_what_they_said(stated: Sheets) -> None:
    parts = parts_of(stated)
    rng = np.random.default_rng(7)
    x = rng.random(parts.master.columns)
    of_blocks = [rng.random(len(block.columns)) for block in parts.blocks]
    cost = parts.master.objective(x)
    cost += sum(float(b.program.cost[: len(y)] @ y) for b, y in zip(parts.blocks, of_blocks, strict=True))
    assert parts.whole.objective(parts.joined(x, of_blocks)) == pytest.approx(cost)


def test_a_row_of_several_branches_is_allotted() -> None:
    """One column of the master for each branch in the row of expected shortage; without such a row none."""
    assert parts_of(risky()).master.columns == len(parts_of(risky()).columns)
    parts = parts_of(expected())
    assert parts.master.columns == len(parts.columns) + len(parts.blocks)
    assert [block.name for block in parts.blocks] == ["late", "stop"]


def test_whole_numbers_of_branches_cannot_be_split_off() -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        parts_of(with_settings(risky(), branch_investment="integer"))


def test_units_follow_each_other_in_the_master() -> None:
    """The line may be begun in each of three years: each follows the one before."""
    parts = parts_of(risky())
    chain = parts.before[parts.master.integer]
    integers = np.flatnonzero(parts.master.integer)
    assert chain.tolist() == [-1, *integers[:-1].tolist()]
