"""A plane touches the cone where the plan points: it cuts that plan off and no plan within the cone."""

from __future__ import annotations

from functools import partial
from math import sqrt

import numpy as np
import pytest
from scipy.sparse import csr_array

from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import build_model_data
from friendshore.optimizer.program.assemble import Assembled, assemble
from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.tangent_planes import (
    cone_clauses,
    polish_with_tangent_planes,
    tangent_planes_at,
    with_relaxation_planes,
)
from friendshore.optimizer.solver import Answer, SolverFault, solve_lp, solve_program
from tests.mathematics.cases import about, importer, under


def spread() -> Assembled:
    """12 are needed; Far makes them at 2, Near at 3, over lanes of 1. Shares of 0.7 and 0.3 are at the limit."""
    sheets = importer()
    sheets["Countries"].append({"country": "Near", "bloc": "partner"})
    sheets["Plants"].append({"plant": "near", "country": "Near", "commodity": "metal", "capacity": 20, "unit_cost": 3})
    sheets["Lanes"] = [{"from": "*", "to": "Home", "cost": 1}]
    return assemble(build_model_data(problem_from_sheets(under(sheets, kind="max_hhi", limit=0.58))))


def shared(assembled: Assembled, far: float) -> FloatArray:
    """The plan in which this share comes from Far."""
    upper = assembled.program.column_upper.copy()
    lower = assembled.program.column_lower.copy()
    for (family, key), i in assembled.own_column.items():
        if family == "activity":
            share = far if key == "works" else 1 - far
            lower[assembled.node_columns[0, i]] = upper[assembled.node_columns[0, i]] = 12 * share
    program = assembled.program
    held = type(program)(
        program.cost,
        program.offset,
        program.matrix,
        program.row_lower,
        program.row_upper,
        lower,
        upper,
        program.integer,
    )
    return solve_lp(held).plan


def test_the_plane_at_a_plan_by_hand() -> None:
    """Shares of 0.72 and 0.28 are 0.7725 long: (0.72·X1 + 0.28·X2) / 0.7725 ≤ √0.58 · 12."""
    assembled = spread()
    (plane,) = tangent_planes_at(assembled, shared(assembled, 0.72), cone_clauses(assembled))
    row = assembled.link_rows((plane,))
    for far in (0.72, 0.7, 0.5, 0.3):
        length = (0.72 * far + 0.28 * (1 - far)) / sqrt(0.72**2 + 0.28**2)
        excess = float((csr_array(row.matrix) @ shared(assembled, far))[0] - row.upper[0])
        assert excess == about(12 * (length - sqrt(0.58)))


@pytest.mark.parametrize("far", [0.3, 0.45, 0.5, 0.699, 0.7])
def test_within_the_cone_there_is_none(far: float) -> None:
    assembled = spread()
    assert tangent_planes_at(assembled, shared(assembled, far), cone_clauses(assembled)) == ()


@pytest.mark.parametrize("far", [0.25, 0.28, 0.7003, 0.72, 0.75])
def test_no_plane_cuts_off_a_plan_within_the_cone(far: float) -> None:
    """What the plane at any plan outside says, every plan between shares of 0.3 and 0.7 satisfies; that plan not."""
    assembled = spread()
    planes = tangent_planes_at(assembled, shared(assembled, far), cone_clauses(assembled))
    assert len(planes) == 1
    row = assembled.link_rows(planes)
    matrix = csr_array(row.matrix)
    assert (matrix @ shared(assembled, far) > row.upper).all()
    for inside in np.linspace(0.3, 0.7, 9):
        assert (matrix @ shared(assembled, inside) <= row.upper + 1e-9).all()


def test_the_relaxation_gets_the_planes_it_needs() -> None:
    """The cheapest shares are 0.7 and 0.3: 12 · (0.7 · 3 + 0.3 · 4)."""
    assembled = spread()
    with_planes = with_relaxation_planes(assembled, lambda stated: solve_program(stated.program, gap=0.0, threads=1))
    assert with_planes.program.rows > assembled.program.rows
    assert solve_lp(with_planes.program).cost == pytest.approx(12 * (0.7 * 3 + 0.3 * 4), rel=1e-5)
    again = with_relaxation_planes(with_planes, lambda stated: solve_program(stated.program, gap=0.0, threads=1))
    assert again.program.rows == with_planes.program.rows


def test_polishing_ends_within_the_cone() -> None:
    result = polish_with_tangent_planes(spread(), lambda stated, basis: solve_lp(stated.program, basis=basis))
    assert tangent_planes_at(result.assembled, result.answer.plan, cone_clauses(result.assembled)) == ()
    assert result.answer.cost == pytest.approx(12 * (0.7 * 3 + 0.3 * 4), rel=1e-5)


def test_whole_numbers_that_leave_no_plan_within_the_cone_are_infeasible() -> None:
    """The LP that is left may have none: said as an answer, with the planes that tell the next search so."""
    assembled = spread()
    calls = iter([solve_lp(assembled.program)])

    def polish(stated: Assembled, basis: object) -> Answer:
        del stated, basis
        answer = next(calls, None)
        if answer is None:
            raise SolverFault("with its whole numbers rounded nothing satisfies the rows")
        return answer

    result = polish_with_tangent_planes(assembled, polish)
    assert (result.answer.status, result.answer.columns) == ("infeasible", None)
    assert result.assembled.program.rows == assembled.program.rows + 1


def test_without_a_cone_nothing_is_added() -> None:
    assembled = assemble(build_model_data(problem_from_sheets(importer())))
    assert cone_clauses(assembled) == ()
    assert with_relaxation_planes(assembled, partial(pytest.fail, "no search is needed")) is assembled
