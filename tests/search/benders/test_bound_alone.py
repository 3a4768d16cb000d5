"""Where the bound alone is wanted, the decomposition ends with its relaxation."""

from __future__ import annotations

import dataclasses

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import build_model_data
from friendshore.optimizer.program.assemble import assemble
from friendshore.optimizer.search.benders.search import search_by_decomposition
from friendshore.optimizer.search.limits import Limits, Stopwatch
from friendshore.optimizer.search.method import Method
from friendshore.optimizer.solver import solve_program
from tests.search.benders.test_benders import risky


@pytest.mark.parametrize("capex", [7, 30, 200])
def test_the_bound_is_that_of_the_relaxation_of_the_whole_tree(capex: float) -> None:
    stated = risky()
    stated["Expansions"][0]["capex"] = capex
    assembled = assemble(build_model_data(problem_from_sheets(stated)))
    limits = Limits(1e-6, threads=1, method=Method.BENDERS, bound_alone=True)
    result = search_by_decomposition(assembled, limits, Stopwatch())
    free = dataclasses.replace(assembled.program, integer=assembled.program.integer & False)
    relaxed, whole = (solve_program(program, gap=0.0, threads=1) for program in (free, assembled.program))
    assert result is not None and result.answer.bound is not None
    assert result.answer.bound == pytest.approx(relaxed.objective, rel=2e-6)
    assert whole.objective is not None and result.answer.bound <= whole.objective * (1 + 1e-9)
    assert result.answer.stopped == ""
