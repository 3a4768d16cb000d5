"""A search that is stopped while its plan fails some stops has a plan all the same, which says what it fails."""

from __future__ import annotations

from dataclasses import replace

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.plan import Outcome
from friendshore.optimizer import solve
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.search.extensive import search_extensive_form
from friendshore.optimizer.search.limits import Limits, Stopwatch
from friendshore.optimizer.search.result import SearchResult
from tests.mathematics.cases import about, market, policy, proves

pytestmark = proves("rule:survive")

MAKERS = 20


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> Outcome:
    """Far 00 makes 12 of the 24 wanted, each of 19 others 1 and the dear one what is left; the time is up after the
    first round, whose plan holds nothing for the loss of anyone."""

    def out_of_time(assembled: Assembled, limits: Limits, watch: Stopwatch) -> SearchResult:
        result = search_extensive_form(assembled, limits, watch)
        return replace(result, answer=replace(result.answer, status="feasible", stopped="time limit"))

    monkeypatch.setattr(solve, "search_extensive_form", out_of_time)
    sheets = market([12.0] + [1.0] * (MAKERS - 1), demand=24.0)
    return solve.solve_problem(problem_from_sheets(sheets), gap=0.0, threads=1)


def test_the_plan_names_the_stops_it_fails(stopped: Outcome) -> None:
    """Only the loss of Far 00 fails, from whichever onset, and the scorecard stands at what is short on it: beyond the
    limit of 0."""
    assert (str(stopped.run.status), stopped.run.stopped) == ("feasible", "time limit")
    assert stopped.plan is not None
    line = policy(stopped.plan, "rule")
    failed = line.unsurvived
    assert failed == stopped.run.unsurvived and {name.partition("@")[0] for name in failed} == {"rule/Far 00"}
    assert line.value is not None and line.value > line.limit
    assert line.place.startswith("rule/Far 00@")
    assert any("stopped with" in line and "rule/Far 00@" in line for line in stopped.run.log)


def test_every_other_constraint_is_certified(stopped: Outcome) -> None:
    """With the stops that it fails on it: what is shipped and short on them is what would happen."""
    plan = stopped.plan
    assert plan is not None and plan.certificate is not None
    assert plan.certificate.holds(), plan.certificate
    assert set(stopped.run.unsurvived) <= set(plan.paths["scenario"])
    short = plan.shortages.set_index("scenario").loc[list(stopped.run.unsurvived), "shortage"].groupby(level=0).sum()
    assert (short > 0).all()


def test_a_plan_that_does_not_say_so_is_refused(stopped: Outcome) -> None:
    """The certificate takes no plan that fails a stop unless the plan names it."""
    plan = stopped.plan
    assert plan is not None
    silent = solve.certify(replace(plan, run=replace(plan.run, unsurvived=())))
    assert not silent.holds() and "policy rule (survive)" in silent.worst
    assert silent.objective_difference == about(0.0)
