"""Stopped before it has a plan in whole numbers, the decomposition rounds what it has."""

from __future__ import annotations

import numpy as np
import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import build_model_data
from friendshore.optimizer.program.assemble import assemble
from friendshore.optimizer.search.benders import benders
from friendshore.optimizer.search.benders.benders import Benders
from friendshore.optimizer.search.benders.evaluate import DEAREST
from friendshore.optimizer.search.benders.integers import IntegerPoints, rounded_units, up
from friendshore.optimizer.search.benders.l_shaped import LShaped
from friendshore.optimizer.search.benders.recall import recalled
from friendshore.optimizer.search.benders.split import split
from friendshore.optimizer.search.benders.structure import structure_of
from friendshore.optimizer.solver import Answer, solve_program
from friendshore.optimizer.solver.run import Clock
from tests.mathematics.cases import Sheets
from tests.search.benders.test_benders import risky


def stopped(stated: Sheets, *, after: int) -> tuple[Answer, float, float]:
    """The answer where someone asks to stop once so many branches are solved, its violation, and the optimum."""
    assembled = assemble(build_model_data(problem_from_sheets(stated)))
    parts = split(assembled)
    l_shaped = LShaped(parts, Clock(), lambda x: (), 1, 1)
    l_shaped.clock.interrupt = lambda: l_shaped.evaluator.solves >= after
    answer = Benders(l_shaped, 1e-6).run()
    whole = solve_program(assembled.program, gap=0.0, threads=1)
    violation = 0.0 if answer.columns is None else assembled.program.violation(answer.columns)
    assert whole.objective is not None
    return answer, violation, whole.objective


@pytest.mark.parametrize("after", [3, 4, 6])
def test_a_plan_is_rounded_out_of_the_last_linear_program(after: int) -> None:
    """It may be dear, but it can be carried out, it says that it was stopped, and the bound is still one."""
    stated = risky()
    stated["Expansions"][0]["capex"] = 7  # two thirds of a unit, without whole numbers
    answer, violation, best = stopped(stated, after=after)
    assert answer.stopped == "interrupted"
    assert answer.status in {"feasible", "optimal"}  # at six it happens to be the best there is
    assert answer.objective is not None
    assert answer.objective >= best - 1e-6
    assert answer.bound is None or answer.bound <= best + 1e-6
    assert violation < 1e-6


@pytest.mark.parametrize("after", [0, 1, 3, 4, 6, 9])
def test_what_a_stopped_run_has_learnt_begins_another(after: int) -> None:
    """Of its master, where that was solved: the run that goes on comes to the optimum of the whole tree."""
    assembled = assemble(build_model_data(problem_from_sheets(risky())))
    parts = split(assembled)
    structure = structure_of(assembled, parts)
    first = LShaped(parts, Clock(), lambda x: (), 1, 1, keep=True)
    first.clock.interrupt = lambda: first.evaluator.solves >= after
    stopped_run = Benders(first, 1e-6)
    stopped_run.run()
    pool = stopped_run.left(structure)
    assert (pool is None) == (first.last is None)
    known = recalled(pool, structure, parts)
    again = Benders(LShaped(parts, Clock(), lambda x: (), 1, 1), 1e-6, known)
    answer = again.run()
    best = solve_program(assembled.program, gap=0.0, threads=1).objective
    assert answer.objective == pytest.approx(best, rel=1e-6) and again.known is known
    assert pool is None or all(branch.dearer < DEAREST for branch in pool.branches.values())


def test_before_the_first_linear_program_there_is_none() -> None:
    answer, _, _ = stopped(risky(), after=0)
    assert (answer.status, answer.stopped, answer.columns) == ("no_plan", "interrupted", None)


def test_units_are_rounded_as_they_cumulate() -> None:
    """0.4 a year is none by the first year, one by the second and still one by the third, not none in each."""
    x = np.array([0.4, 7.7, 0.4, 0.4, 1.6])
    before = np.array([-1, -1, 0, 2, -1])
    integer = np.array([True, False, True, True, True])
    assert rounded_units(x, integer, before).tolist() == [0, 1, 0, 2]
    assert rounded_units(x, integer, before, up).tolist() == [1, 0, 1, 2]


def test_said_to_be_infeasible_a_plan_that_is_known_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver's word against a plan in hand: the plan is certified, the word is not."""
    stated = risky()
    stated["Expansions"][0]["size"] = 7  # four sevenths of a unit, without whole numbers
    assembled = assemble(build_model_data(problem_from_sheets(stated)))
    parts = split(assembled)
    known = LShaped(parts, Clock(), lambda x: (), 1, 1)
    best = Benders(known, 1e-6).run()
    again = LShaped(parts, Clock(), lambda x: (), 1, 1, incumbent=known.incumbent)
    monkeypatch.setattr(benders, "search_integers", lambda *_: IntegerPoints([], infeasible=True))
    monkeypatch.setattr(Benders, "_rounding", lambda _: None)
    answer = Benders(again, 1e-9).run()
    assert answer.columns is not None
    assert answer.objective == pytest.approx(best.objective)
    assert "a plan is known" in "\n".join(answer.log)
