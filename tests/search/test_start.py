"""A search that begins with what another has learnt ends at the same optimum, whatever was learnt."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.problem import Problem
from friendshore.optimizer.search import extensive
from friendshore.optimizer.search.method import Method
from friendshore.optimizer.search.start import Start
from friendshore.optimizer.solve import solve_problem
from tests.examples import examples
from tests.mathematics.cases import about, built, importer


def project(capex: float = 20.0) -> Problem:
    """As in test_extensive: at 20 a unit two of them, 64; at 30 a unit 72 without, 78 with one, 84 with two."""
    sheets = importer(2)
    sheets["Plants"].append({"plant": "home", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 1})
    sheets["Expansions"] = [built(expansion="line", plant="home", size=6, capex=capex, max_units=2)]
    return problem_from_sheets(sheets)


def learnt(problem: Problem, method: Method, start: Start | None = None) -> tuple[float, Start]:
    kept: list[Start] = []
    outcome = solve_problem(problem, gap=1e-9, threads=1, method=method, start=start, on_learnt=kept.append)
    assert outcome.plan is not None and outcome.certified is not None
    assert outcome.run.options is not None and outcome.run.options.started == (start is not None)
    return outcome.plan.objective, kept[-1]


@pytest.mark.parametrize("method", [Method.EXTENSIVE, Method.BENDERS])
def test_the_plan_before_is_a_start_and_no_more(method: Method, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extensive, "GAINS", 0)
    cost, start = learnt(project(), method)
    assert cost == about(64) and sum(start.whole.values()) == 2
    again, _ = learnt(project(), method, start)
    assert again == about(64)
    dearer, after = learnt(project(30.0), method, start)
    assert dearer == about(72) and sum(after.whole.values()) == 0


@pytest.mark.parametrize("method", [Method.EXTENSIVE, Method.BENDERS])
def test_what_was_learnt_of_something_else_does_no_harm(method: Method, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names that are not there, more units than there may be, points far away."""
    monkeypatch.setattr(extensive, "GAINS", 0)
    _, start = learnt(project(), method)
    for other in (
        Start({"elsewhere": 3.0}, ("nothing",), np.array([[7.0]])),
        dataclasses.replace(start, whole=dict.fromkeys(start.whole, 99.0)),
        dataclasses.replace(start, points=np.full((1, len(start.names)), 1e6)),
    ):
        cost, _ = learnt(project(), method, other)
        assert cost == about(64)


@pytest.mark.parametrize("seed", range(examples(60)))
def test_random_changes(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Capacity, prices and needs shaken by chance: from the start of the problem before as from nothing."""
    monkeypatch.setattr(extensive, "GAINS", 0)
    draws = np.random.default_rng(seed)
    problem = project(float(draws.uniform(5, 40)))
    changed = problem.replace("Expansions", "line", capex=float(draws.uniform(5, 40)), size=float(draws.uniform(1, 9)))
    changed = changed.replace("Plants", "home", unit_cost=float(draws.uniform(0.1, 4)))
    for method in (Method.EXTENSIVE, Method.BENDERS):
        _, start = learnt(problem, method)
        warm, _ = learnt(changed, method, start)
        cold, _ = learnt(changed, method)
        assert warm == pytest.approx(cold, rel=1e-7, abs=1e-7)
