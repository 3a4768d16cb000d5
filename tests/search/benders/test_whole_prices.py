"""Prices of all rows, put together from those of the master and of its cuts, prove the optimum they were found at."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import build_model_data
from friendshore.optimizer.program.assemble import assemble
from friendshore.optimizer.program.weak_duality import dual_bound
from friendshore.optimizer.search.benders.incumbent import Incumbent
from friendshore.optimizer.search.benders.l_shaped import LShaped
from friendshore.optimizer.search.benders.search import search_by_decomposition
from friendshore.optimizer.search.benders.whole_prices import whole_prices
from friendshore.optimizer.search.limits import Limits, Stopwatch
from friendshore.optimizer.search.method import Method
from friendshore.optimizer.solver.run import Clock
from tests.examples import examples
from tests.reference.random_problems import sheets
from tests.search.benders.by_hand import buying, decided, promised

Sheets = dict[str, list[dict[str, Any]]]


@pytest.mark.parametrize("keep", [True, False])
def test_of_needs_that_capacity_serves_or_not(keep: bool) -> None:
    """Needs of 4, 6 and 9 at 0.4, capacity of 4: with one more of the first capacity follows it, at 1 less the 0.4 that
    each of the others then saves; cuts that have let go of their prices have those of the blocks at the plan."""
    blocks = [buying(0.4, need, 1 + i) for i, need in enumerate((4.0, 6.0, 9.0))]
    prices = told(LShaped(decided(*blocks), Clock(), lambda x: (), 1, 1, keep=keep))
    assert prices[1:] == pytest.approx([0.4, 0.4])
    assert not keep or prices[0] == pytest.approx(0.2)


def test_of_a_promise_that_has_to_be_kept() -> None:
    """A cut keeps out where it fails: one more promised is one more of capacity, in whatever units the cut is."""
    assert told(LShaped(decided(promised(6.0, 1, 0.5)), Clock(), lambda x: (), 1, 1, keep=True)) == pytest.approx([1])


def told(l_shaped: LShaped) -> list[float]:
    """The prices of all rows once the relaxation is at its end."""
    l_shaped.begin()
    l_shaped.converge(1e-9, np.inf, Incumbent(), bounding=True)
    assert l_shaped.last is not None
    values = l_shaped.asked(l_shaped.last.x, range(len(l_shaped.parts.blocks)))
    return whole_prices(l_shaped.parts, l_shaped.master, l_shaped.last, values).tolist()


@settings(max_examples=examples(20), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(stated=sheets())
def test_random_trees(stated: Sheets) -> None:
    """By weak duality the prices of the whole tree prove what its linear program costs."""
    whole = assemble(build_model_data(problem_from_sheets(stated), {}))
    free = dataclasses.replace(whole.program, integer=np.zeros(whole.program.columns, dtype=bool))
    limits = Limits(1e-7, None, 1, 0, method=Method.BENDERS)
    found = search_by_decomposition(dataclasses.replace(whole, program=free), limits, Stopwatch(), all_prices=True)
    assert found is not None
    answer, program = found.answer, found.assembled.program
    if answer.objective is None or answer.row_duals is None:
        assert answer.status == "infeasible"
        return
    proven = dual_bound(program, answer.row_duals)
    assert proven == pytest.approx(answer.objective, rel=1e-5, abs=1e-5)
