"""The relaxation by parts has the bound of the whole tree's, from nothing, from a pool, and from one of no use."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import build_model_data
from friendshore.optimizer.program.assemble import assemble
from friendshore.optimizer.search.benders.pool import Memory
from friendshore.optimizer.search.benders.relaxation import relaxed_by_parts
from friendshore.optimizer.search.limits import Limits
from friendshore.optimizer.search.method import Method
from friendshore.optimizer.solver import solve_lp
from tests.search.benders.test_pool import case, solved


def bound(memory: Memory | None) -> float:
    """What the relaxation says that every plan costs at least."""
    assembled = assemble(build_model_data(problem_from_sheets(case())))
    relaxed = relaxed_by_parts(assembled, Limits(1e-7, threads=1, method=Method.BENDERS, memory=memory))
    assert relaxed is not None
    return solve_lp(relaxed.program).cost


def test_from_nothing_and_from_a_pool() -> None:
    whole = solve_lp(assemble(build_model_data(problem_from_sheets(case()))).program).cost
    memory = Memory()
    solved(case(), memory)
    assert bound(None) == pytest.approx(whole, rel=1e-6)
    assert bound(memory.fixed()) == pytest.approx(whole, rel=1e-6)


def test_points_beyond_what_a_branch_can_do_are_begun_without() -> None:
    """Of the branches nothing is known but two points that no branch can serve from: the first cuts are of nothing."""
    memory = Memory()
    solved(case(), memory)
    assert memory.pool is not None
    branches = {
        name: replace(branch, prices=branch.prices[:0], failing=branch.failing[:0])
        for name, branch in memory.pool.branches.items()
    }
    nowhere = np.full_like(memory.pool.relaxed, np.nan)
    memory = Memory(replace(memory.pool, relaxed=nowhere, best=None, branches=branches))
    assert bound(memory) == pytest.approx(bound(None), rel=1e-6)
