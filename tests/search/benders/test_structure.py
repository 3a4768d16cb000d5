"""Which columns and rows a program has, whatever its numbers."""

from __future__ import annotations

from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import build_model_data
from friendshore.optimizer.program.assemble import assemble
from friendshore.optimizer.search.benders.split import split
from friendshore.optimizer.search.benders.structure import Structure, structure_of
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
