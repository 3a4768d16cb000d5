"""The bound that prices prove after a search: that of the relaxation, told beside the search's own."""

from __future__ import annotations

import dataclasses

import pytest

from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.problem import Problem
from friendshore.optimizer.program.assemble import assemble
from friendshore.optimizer.search import proof
from friendshore.optimizer.search.extensive import search_extensive_form
from friendshore.optimizer.search.limits import Limits, Stopwatch
from friendshore.optimizer.search.proof import proven_by_prices
from friendshore.optimizer.solver import Answer, SolverFault
from tests.mathematics.cases import about
from tests.search.test_extensive import project


def searched(gap: float = 1e-9) -> tuple[Answer, Limits]:
    limits = Limits(gap, threads=1)
    return search_extensive_form(project(), limits, Stopwatch()).answer, limits


def test_the_relaxation_is_proven_and_the_search_goes_beyond_it() -> None:
    """Two units at 20 and 24 tons at 1, 64, which the relaxation reaches as well: two are exactly what is needed."""
    answer, _ = searched()
    assert answer.dual_bound == about(64)
    assert answer.bound == about(64)


def test_a_lumpy_project_leaves_the_rest_to_the_search() -> None:
    """Units of 7: the relaxation builds 12/7 of one, 20 · 12/7 + 24 = 58.29; whole, one of them serves 7 tons a year:
    20 + 14 + 2 · 5 · 3 = 64, two of them all of it: 40 + 24 = 64."""
    assembled = project()
    sheets = assembled.model_data.problem
    assert sheets.expansions["line"].size == 6
    larger = dataclasses.replace(sheets.expansions["line"], size=7.0)
    problem = Problem(dataclasses.replace(sheets.tables, expansions=(larger,)))
    answer = search_extensive_form(assemble(build_model_data(problem)), Limits(1e-9, threads=1), Stopwatch()).answer
    assert answer.cost == about(64)
    assert answer.dual_bound == pytest.approx(240 / 7 + 24)
    assert answer.bound == about(64)


def test_a_low_bound_of_the_search_is_raised_to_what_prices_prove() -> None:
    answer, limits = searched()
    low = dataclasses.replace(answer, bound=10.0, gap=(64 - 10) / 64, status="feasible", dual_bound=None)
    raised = proven_by_prices(project().program, low, limits)
    assert (raised.bound, raised.gap, raised.status) == (about(64), pytest.approx(0, abs=1e-9), "optimal")


def test_nothing_is_proven_where_it_was_stopped_or_the_solver_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    answer, limits = searched()
    plain = dataclasses.replace(answer, dual_bound=None)
    stopped = dataclasses.replace(plain, stopped="time limit")
    assert proven_by_prices(project().program, stopped, limits) is stopped

    def give_up(*given: object, **how: object) -> Answer:
        raise SolverFault("gave up")

    monkeypatch.setattr(proof, "solve_lp", give_up)
    assert proven_by_prices(project().program, plain, limits).dual_bound is None
