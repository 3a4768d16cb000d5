"""A batch of subproblems as units: the arrays of an LP go to each worker once, right-hand sides call by call."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import sparse

from friendshore.optimizer.engines.pool import PoolEngine
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.engines.task import Task
from friendshore.optimizer.program.linear_program import LinearProgram
from friendshore.optimizer.solver.persistent import PersistentLp

ROWS = np.array([0], dtype=np.int64)


def _begin(program: LinearProgram) -> PersistentLp:
    return PersistentLp(program)


def _solve(lp: PersistentLp, demand: float) -> dict[str, Any]:
    lp.set_row_bounds(ROWS, demand, np.inf)
    lp.start_over(None)
    answer = lp.solve()
    assert answer.row_duals is not None
    return {"cost": answer.objective, "price": float(answer.row_duals[0])}


SUBPROBLEMS = Task("subproblems of a test", 1, _begin, _solve)


def test_batches_of_subproblems() -> None:
    """Three suppliers at 1, 2 and 5, of 2, 3 and 10: the price is that of the last one called upon, by hand."""
    program = LinearProgram(
        cost=np.array([1.0, 2.0, 5.0]),
        offset=0.0,
        matrix=sparse.csr_array(np.ones((1, 3))),
        row_lower=np.array([0.0]),
        row_upper=np.array([np.inf]),
        column_lower=np.zeros(3),
        column_upper=np.array([2.0, 3.0, 10.0]),
        integer=np.zeros(3, dtype=bool),
    )
    with PoolEngine(2) as engine:
        for demands in ([1.0, 4.0, 9.0], [1.5, 3.0, 14.0]):
            answers = Runner(engine).run(SUBPROBLEMS, program, demands)
            by_hand = [d if d <= 2 else 2 + 2 * (d - 2) if d <= 5 else 8 + 5 * (d - 5) for d in demands]
            assert [each["cost"] for each in answers] == pytest.approx(by_hand, abs=1e-9)
            assert [each["price"] for each in answers] == pytest.approx([1, 2, 5], abs=1e-9)
