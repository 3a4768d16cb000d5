"""Many ends sought at once say what a linear program for each says, in fewer of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.engines.serial import SerialEngine
from friendshore.optimizer.search.relaxation import Relaxation
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.studies.alternatives import together
from friendshore.optimizer.studies.alternatives.alternatives import Alternatives, Asks
from friendshore.optimizer.studies.alternatives.attained import Amounts, Attained
from friendshore.optimizer.studies.alternatives.extremes import Extremes, Options
from friendshore.optimizer.studies.alternatives.measures import measure_of
from friendshore.optimizer.studies.alternatives.questions import About, Question
from friendshore.optimizer.studies.alternatives.together import attain_together
from friendshore.optimizer.studies.alternatives.work import work_out
from tests.examples import examples
from tests.studies.alternatives.cases import at_random, twins, whole_program


def test_five_lines_of_which_any_will_do_take_two_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five equal lines, with money for all of them: none is needed by the relaxation but in sum, so that each is
    attained at none and at one by a corner or two, and what is left is asked for by itself."""
    monkeypatch.setattr(together, "FEWEST", 2)
    problem = problem_from_sheets(twins((100.0, 100.0, 100.0, 100.0)))
    best = solve_problem(problem, gap=0.0).plan
    assert best is not None
    assembled = whole_program(problem)
    questions = tuple(Question(About.PROJECT, f"line {i}", whole=True, most=1.0) for i in range(4))
    measures = [measure_of(assembled, each) for each in questions]
    columns = assembled.program.columns
    relaxation = Relaxation(assembled.program, np.arange(columns), columns)
    limit = best.objective + 1000.0
    amounts = [relaxation.row(each.slope) for each in measures]
    extremes = Extremes(relaxation, limit, amounts, Options(1, 0, lambda: False))
    attained = Attained(Amounts(relaxation, questions, measures), problem, ())
    assert set(attained.left(range(4), "most")) == set(range(4))
    before = extremes._lp.solves
    attain_together(extremes, attained, measures, range(4))
    assert [attained.end(i, "most") for i in range(4)] == [1.0] * 4
    assert extremes._lp.solves - before <= 4
    assert set(attained.left(range(4), "most")) == set()


def proven(study: Alternatives) -> list[Any]:
    return [(each.question, each.proven, each.verdict) for each in study.answers]


@pytest.mark.parametrize("seed", range(examples(20)))
def test_what_is_proven_is_the_same_as_one_by_one(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = at_random(seed)
    asks = Asks(within=0.05, gap=0.0, plans=0, searches=0)
    monkeypatch.setattr(together, "FEWEST", 1)
    at_once = work_out(problem, asks, runner=Runner(SerialEngine()))
    monkeypatch.setattr(together, "FEWEST", 10_000)
    alone = work_out(problem, replace(asks), runner=Runner(SerialEngine()))
    for (question, ends, verdict), (_, others, other) in zip(proven(at_once), proven(alone), strict=True):
        assert verdict == other, question
        assert ends.ends == pytest.approx(others.ends, rel=1e-6, abs=1e-6), question
