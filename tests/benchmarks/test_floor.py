"""The hand-written arrays that building is measured against are the same problem as ours, entry by entry."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import diags_array

from benchmarks.floor import BUILD, build
from benchmarks.scale import scaled
from friendshore import read_workbook
from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.problem import Problem
from friendshore.optimizer.program.assemble import assemble
from friendshore.optimizer.program.linear_program import LinearProgram

MAGNETS = Path(__file__).parents[2] / "inputs" / "rare_earth_magnets.xlsx"


@pytest.fixture(scope="module")
def magnets() -> Problem:
    return read_workbook(MAGNETS)


@pytest.fixture(scope="module")
def both(magnets: Problem) -> tuple[LinearProgram, LinearProgram]:
    problem = scaled(magnets, branches=12, without=BUILD)
    return facing(assemble(build_model_data(problem)).program), facing(build(problem))


def facing(program: LinearProgram) -> LinearProgram:
    """The same problem with its equations one way round: right side, or else the sum of entries, not negative."""
    matrix = program.matrix.tocsr()
    total = np.where(program.row_lower != 0.0, program.row_lower, np.asarray(matrix.sum(axis=1)).ravel())
    turned = (program.row_lower == program.row_upper) & (total < 0.0)
    matrix = diags_array(np.where(turned, -1.0, 1.0)) @ matrix
    return replace(
        program,
        matrix=matrix,
        row_lower=np.where(turned, -program.row_lower, program.row_lower),
        row_upper=np.where(turned, -program.row_upper, program.row_upper),
    )


def test_the_floor_is_the_same_problem(both) -> None:
    """Sizes, and every cost, entry and bound, in whatever order: a term left out would make the floor too fast."""
    ours, floor = both
    assert (floor.rows, floor.columns, floor.integers) == (ours.rows, ours.columns, ours.integers)
    for name in ("cost", "row_lower", "row_upper", "column_lower", "column_upper"):
        mine, other = np.sort(vars(ours)[name]), np.sort(vars(floor)[name])
        assert np.allclose(mine, other, rtol=1e-9, atol=1e-9), name
    assert np.allclose(np.sort(ours.matrix.data), np.sort(floor.matrix.data), rtol=1e-9)


def test_entries_lie_in_the_same_kinds_of_rows_and_columns(both) -> None:
    """How many entries rows and columns have, and what they add up to."""
    ours, floor = (program.matrix.tocsr() for program in both)
    for one, other in ((ours, floor), (ours.T.tocsr(), floor.T.tocsr())):
        told = [
            sorted(zip(np.diff(m.indptr), np.round(np.asarray(m.sum(axis=1)), 6), strict=True)) for m in (one, other)
        ]
        assert np.allclose(told[0], told[1], rtol=1e-6, atol=1e-5)


def test_the_floor_refuses_what_it_cannot_build(magnets: Problem) -> None:
    """Else it could win by leaving something out."""
    with pytest.raises(ValueError, match="does not know"):
        build(scaled(magnets, branches=5))
