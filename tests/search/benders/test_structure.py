"""Which columns and rows a program has, whatever its numbers."""

from __future__ import annotations

import numpy as np

from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import build_model_data
from friendshore.optimizer.program.assemble import assemble
from friendshore.optimizer.search.benders.split import split
from friendshore.optimizer.search.benders.structure import Structure, structure_of
from friendshore.optimizer.studies.alternatives.held import with_row
from tests.mathematics.cases import Sheets, built
from tests.search.benders.test_pool import case


def of(stated: Sheets) -> Structure:
    assembled = assemble(build_model_data(problem_from_sheets(stated)))
    return structure_of(assembled, split(assembled))


def test_other_numbers_are_the_same_structure() -> None:
    assert of(case(unit_cost=7.0)) == of(case())


def test_a_further_project_is_another_master() -> None:
    other = case()
    other["Expansions"].append(built(expansion="more", plant="mill"))
    assert of(other).master != of(case()).master


def test_a_branch_that_begins_at_another_time_is_another_block() -> None:
    """The master is what it was."""
    other = case()
    other["Scenarios"][0]["onset"] = "y2"
    assert of(other).master == of(case()).master
    assert of(other).blocks != of(case()).blocks


def test_a_row_that_a_search_holds_leaves_the_names_of_all_others() -> None:
    """It stands before the rows that link nodes, of which the block has some; the block is what it is without it."""
    stated = case()
    stated["Policies"][0]["scenario"] = "each"
    assembled = assemble(build_model_data(problem_from_sheets(stated)))
    project = np.zeros(assembled.program.columns)
    project[list(assembled.link_column.values())] = 1.0
    held = with_row(assembled, project, lower=0.0)
    bare, with_it = structure_of(assembled, split(assembled)), structure_of(held, split(held))
    assert bare == with_it and np.array_equal(bare.columns, with_it.columns)
    assert all(len(one.rows.others) for one in bare.called)
    for one, other in zip(bare.called, with_it.called, strict=True):
        assert np.array_equal(one.rows.others, other.rows.others) and np.array_equal(one.rows.stands, other.rows.stands)
