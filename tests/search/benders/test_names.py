"""Names of columns and rows, by hand and of a program by parts."""

from __future__ import annotations

import numpy as np
import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import build_model_data
from friendshore.optimizer.program.assemble import assemble
from friendshore.optimizer.search.benders.names import Side, at_steps, found, named, names_of, placed, side
from friendshore.optimizer.search.benders.split import Parts, split
from friendshore.optimizer.search.benders.structure import Structure, structure_of
from tests.mathematics.cases import Sheets, under
from tests.search.benders.test_pool import case


def parted(stated: Sheets) -> tuple[Parts, Structure]:
    assembled = assemble(build_model_data(problem_from_sheets(stated)))
    parts = split(assembled)
    return parts, structure_of(assembled, parts)


def test_the_same_text_is_the_same_name_in_every_run() -> None:
    """By heart: a pool that was written yesterday is read today."""
    assert named(["a", "b"]).tolist() == [3405396810240292928, 8453121595177857668] == named(["a", "b"]).tolist()


def test_those_that_stand_at_a_step_and_those_of_none() -> None:
    """Of two columns of a node the first stands at both steps, the second at the later; and one is of no node."""
    steps, keys, others = named(["2026", "2027"]), named(["made", "sold"]), named(["built"])
    one = side(np.array([[True, False], [True, True]]), others)
    table = placed(steps, keys)
    assert names_of(one, steps, keys).tolist() == [table[0, 0], table[1, 0], table[1, 1], others[0]]


def test_parts_that_do_not_belong_together() -> None:
    with pytest.raises(ValueError, match="belong together"):
        names_of(Side(np.zeros(1, dtype=np.uint8), named([])), named("abcd"), named("abc"))


def test_found_by_name() -> None:
    assert found(named("abc"), named("cxa")).tolist() == [2, -1, 0]
    assert found(named(""), named("ab")).tolist() == [-1, -1]


def test_nodes_are_told_by_their_step() -> None:
    """Their numbers are others where a scenario more comes before them."""
    assert at_steps("Decided(node=1, expansion='node=0')", ["a", "b"]) == "Decided(b, expansion='a')"
    assert at_steps("ValueAtRisk()", []) == "ValueAtRisk()"


def test_every_column_and_row_of_a_program_has_one_name() -> None:
    """As many as there are, no two alike; a row that several branches share has one for what each is allotted."""
    shared = under(case() | {"Policies": []}, kind="max_shortage", limit=0.2, scenario="expected")
    for stated in (case(), shared):
        parts, structure = parted(stated)
        assert len(set(structure.columns.tolist())) == parts.master.columns
        for block, called in zip(parts.blocks, structure.called, strict=True):
            columns = names_of(called.columns, called.steps, structure.of_node.columns)
            rows = names_of(called.rows, called.steps, structure.of_node.rows)
            assert len(set(columns.tolist())) == block.program.columns
            assert len(set(rows.tolist())) == block.program.rows


def test_with_a_supplier_more_all_that_was_is_found_again() -> None:
    """And what it adds is not."""
    other = case()
    other["Plants"].insert(0, {"plant": "a", "country": "Home", "commodity": "metal", "capacity": 2, "unit_cost": 9})
    (_, before), (parts, now) = parted(case()), parted(other)
    at = found(before.columns, now.columns)
    assert sorted(at[at >= 0].tolist()) == list(range(len(before.columns)))
    assert (at < 0).sum() == parts.master.columns - len(before.columns) > 0
