"""The relaxation by parts holds for whatever the relaxation of the whole tree holds for, and the other way round."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from scipy.sparse import csr_array

from friendshore.models.formulation.model_data import build_model_data
from friendshore.optimizer.program.assemble import Assembled, assemble
from friendshore.optimizer.search.limits import Limits
from friendshore.optimizer.search.method import Method
from friendshore.optimizer.search.relax import relaxation_of
from friendshore.optimizer.search.relaxation import Relaxation
from friendshore.optimizer.solver import solve_lp
from tests.studies.alternatives.cases import at_random


def relaxed(assembled: Assembled, method: Method) -> Relaxation:
    """The relaxation by a method."""
    found = relaxation_of(assembled, Limits(1e-6, None, 1, 0, None, method))
    assert found is not None
    return found


def least(relaxation: Relaxation, row: np.ndarray, limit: float) -> float:
    """Least of a row over what costs no more than a limit."""
    program = relaxation.program
    limited = dataclasses.replace(
        program,
        cost=relaxation.row(row),
        offset=0.0,
        matrix=np.vstack([program.matrix.toarray(), program.cost]),
        row_lower=np.append(program.row_lower, -np.inf),
        row_upper=np.append(program.row_upper, limit - program.offset),
    )

    answer = solve_lp(dataclasses.replace(limited, matrix=csr_array(limited.matrix)))
    return answer.cost


@pytest.mark.parametrize("seed", [0, 3, 5])
def test_by_parts_and_at_once(seed: int) -> None:
    """Both cost as much at their best; amounts of the base path by parts are never proven narrower than at once, since
    there are cuts for some points alone."""
    assembled = assemble(build_model_data(at_random(seed)))
    parts, whole = relaxed(assembled, Method.BENDERS), relaxed(assembled, Method.EXTENSIVE)
    best = solve_lp(whole.program).cost
    assert solve_lp(parts.program).cost == pytest.approx(best, rel=1e-5)
    base = set(parts.places.tolist())
    assert len(base) < assembled.program.columns
    for place in np.flatnonzero(assembled.program.integer):
        for sign in (1.0, -1.0):
            row = np.zeros(assembled.program.columns)
            row[place] = sign
            assert least(parts, row, 1.05 * best) <= least(whole, row, 1.05 * best) + 1e-6


def test_a_row_of_columns_that_are_gone_is_refused() -> None:
    assembled = assemble(build_model_data(at_random(0)))
    parts = relaxed(assembled, Method.BENDERS)
    gone = np.setdiff1d(np.arange(assembled.program.columns), parts.places)
    row = np.zeros(assembled.program.columns)
    row[gone[0]] = 1.0
    with pytest.raises(ValueError, match="columns that the relaxation does not have"):
        parts.row(row)
    x = np.ones(parts.program.columns)
    assert parts.lifted(x).sum() == len(parts.places)
