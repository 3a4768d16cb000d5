"""A plan that a solver has left beside its rows is brought to them; what never holds is written and says so."""

from __future__ import annotations

import dataclasses
from importlib import import_module

import numpy as np
import pytest
from scipy.sparse import csr_array

from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.plan import Certificate, Status
from friendshore.optimizer.program.assemble import assemble
from friendshore.optimizer.program.linear_program import LinearProgram
from friendshore.optimizer.search.limits import Limits
from friendshore.optimizer.search.refine import refined
from friendshore.optimizer.search.result import SearchResult, better
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.solver import Answer, polish, refine, solve_program
from tests.mathematics.cases import built, importer

MODULE = import_module("friendshore.optimizer.solver.refine")  # its function goes by the same name


@pytest.mark.parametrize("lost", [1e-3, 1e-6, 1e-9])
def test_a_plan_beside_its_rows_is_brought_to_them(lost: float) -> None:
    """Everything a thousandth, a millionth … too small: what is lacking is solved for, units stay as they are."""
    sheets = importer(2) | {"Expansions": [built()]}
    assembled = assemble(build_model_data(problem_from_sheets(sheets)))
    answer = polish(assembled.program, solve_program(assembled.program, gap=0.0))
    short = np.where(assembled.program.integer, answer.plan, answer.plan * (1 - lost))
    assert assembled.program.violation(short) == pytest.approx(lost, rel=1e-5)
    finer = refined(SearchResult(assembled, answer), short, Limits(0.0))
    assert finer is not None
    assert assembled.program.violation(finer.answer.plan) <= 1e-12
    assert finer.answer.bound == answer.bound
    assert finer.answer.cost == pytest.approx(answer.cost, rel=1e-12)
    assert (finer.answer.plan[assembled.program.integer] == answer.plan[assembled.program.integer]).all()


def test_a_plan_that_meets_its_rows_is_left_as_it_is() -> None:
    sheets = importer(2) | {"Expansions": [built()]}
    assembled = assemble(build_model_data(problem_from_sheets(sheets)))
    answer = polish(assembled.program, solve_program(assembled.program, gap=0.0))
    near = np.where(assembled.program.integer, answer.plan, answer.plan * (1 - 1e-12))
    assert 0 < assembled.program.violation(near) < 1e-11
    assert refined(SearchResult(assembled, answer), near, Limits(0.0)) is None


@pytest.mark.parametrize("lost", [1e-3, 1e-6])
def test_of_a_large_program_what_stands_near_is_moved(lost: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """One amount is a thousandth or a millionth too small: what shares rows with it is moved, as far as it takes, and
    nothing where not even a first step is allowed; of a smaller one all is moved then."""
    monkeypatch.setattr(MODULE, "AT_ONCE", 0)
    sheets = importer(6) | {"Expansions": [built()]}
    assembled = assemble(build_model_data(problem_from_sheets(sheets)))
    answer = polish(assembled.program, solve_program(assembled.program, gap=0.0))
    place = int(np.flatnonzero((answer.plan > 1) & ~assembled.program.integer)[0])
    short = answer.plan.copy()
    short[place] *= 1 - lost
    finer = refined(SearchResult(assembled, answer), short, Limits(0.0))
    assert finer is not None
    assert assembled.program.violation(finer.answer.plan) <= 1e-12
    assert finer.answer.cost == pytest.approx(answer.cost, rel=1e-6)
    assert 0 < np.count_nonzero(finer.answer.plan != short) < assembled.program.columns / 2
    monkeypatch.setattr(MODULE, "MOST_MOVED", 0)
    all_moved = refined(SearchResult(assembled, answer), short, Limits(0.0))
    assert all_moved is not None and assembled.program.violation(all_moved.answer.plan) <= 1e-12
    monkeypatch.setattr(MODULE, "LARGE", 0)
    assert refined(SearchResult(assembled, answer), short, Limits(0.0)) is None


def test_what_rounding_leaves_of_a_long_row_moves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row of fifty terms of ten million lacks 6e-8, as adding up leaves; 1 = x in place of 1 - 6e-7 is mended."""
    monkeypatch.setattr(MODULE, "AT_ONCE", 0)
    monkeypatch.setattr(MODULE, "LARGE", 0)
    monkeypatch.setattr(MODULE, "MOST_MOVED", 10)
    many = 50
    matrix = csr_array(np.vstack([np.eye(1, many + 1), np.append(0.0, np.ones(many))]))
    wanted = np.array([1.0, np.nextafter(many * 1e7, np.inf)])
    program = LinearProgram(
        cost=np.ones(many + 1),
        offset=0.0,
        matrix=matrix,
        row_lower=wanted,
        row_upper=wanted,
        column_lower=np.zeros(many + 1),
        column_upper=np.full(many + 1, 2e7),
        integer=np.zeros(many + 1, dtype=bool),
    )
    found = np.append(1 - 6e-7, np.full(many, 1e7))
    answer = Answer(status="optimal", objective=program.objective(found), bound=0.0, gap=0.0, columns=found)
    finer = refine(program, answer)
    assert finer is not None and finer.plan[0] == pytest.approx(1.0, abs=1e-12)
    assert (finer.plan[1:] == 1e7).all()


def test_the_gap_is_that_of_the_plan_that_comes_of_it() -> None:
    """What the plan costs then, and not what it was said to cost before, beside a bound a tenth below."""
    assembled = assemble(build_model_data(problem_from_sheets(importer(2) | {"Expansions": [built()]})))
    answer = polish(assembled.program, solve_program(assembled.program, gap=0.0))
    low = dataclasses.replace(answer, objective=1.01 * answer.cost, bound=0.9 * answer.cost, gap=0.11 / 1.01)
    finer = refined(SearchResult(assembled, low), answer.plan * (1 - 1e-6), Limits(0.0))
    assert finer is not None and finer.answer.gap == pytest.approx(0.1)


def test_a_plan_that_holds_is_not_brought_nearer() -> None:
    assembled = assemble(build_model_data(problem_from_sheets(importer())))
    answer = polish(assembled.program, solve_program(assembled.program, gap=0.0))
    assert refined(SearchResult(assembled, answer), answer.plan, Limits(0.0)) is None


def test_a_certificate_that_never_holds_leaves_a_plan_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    failing = Certificate(1.0, 0.0, "use of metal (by 1)", 1, ("use of metal (by 1)",))
    monkeypatch.setattr("friendshore.optimizer.solve.certify", lambda plan: failing)
    outcome = solve_problem(problem_from_sheets(importer()), gap=0.0)
    assert outcome.status is Status.UNCERTIFIED
    assert outcome.plan is not None and outcome.plan.run.status is Status.UNCERTIFIED
    assert outcome.plan.certificate is failing


def test_the_better_of_two_searches() -> None:
    """The cheaper plan, the higher bound; optimal where the two are close enough."""
    assembled = assemble(build_model_data(problem_from_sheets(importer())))
    columns = np.zeros(assembled.program.columns)
    first = Answer(status="feasible", objective=10.0, bound=9.0, gap=0.1, target_gap=0.01, columns=columns)
    second = dataclasses.replace(first, objective=11.0, bound=9.95, stopped="time limit")
    both = better(SearchResult(assembled, first), SearchResult(assembled, second)).answer
    assert (both.objective, both.bound, both.status, both.stopped) == (10.0, 9.95, "optimal", "time limit")
    nothing = Answer(status="no_plan", stopped="time limit", target_gap=0.01)
    both = better(SearchResult(assembled, first), SearchResult(assembled, nothing)).answer
    assert (both.objective, both.bound, both.status, both.stopped) == (10.0, 9.0, "feasible", "time limit")
