"""The same answer by one worker and two, cut short and resumed; what a search tells of its plan."""

from __future__ import annotations

import dataclasses
import pickle
from pathlib import Path

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.optimizer.engines.choose import open_runner
from friendshore.optimizer.engines.ledger import Ledger
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.search.limits import Limits
from friendshore.optimizer.studies.explain import Asks, Explanation, explain_problem
from friendshore.optimizer.studies.explain.searches import SEARCHES, Searches, changed_unit, plan_unit, without_unit
from friendshore.optimizer.studies.explain.targets import target_of
from friendshore.optimizer.studies.explain.words import lines
from friendshore.optimizer.studies.explain.work import working
from tests.studies.explain.cases import FED, Sheets, cap, trade
from tests.studies.explain.test_why import mine
from tests.studies.frontier.test_frontier import Counting

CLASH = trade(cap("far_cap", 0.4, "Far"), cap("near_cap", 0.4, "Near"), FED)


def told(sheets: Sheets, asks: Asks, runner: Runner | None = None) -> Explanation:
    """What is told, but for how long it took."""
    study = explain_problem(problem_from_sheets(sheets), asks, Limits(0.0, threads=1), runner=runner)
    return dataclasses.replace(study, seconds=0.0)


def same(one: Explanation, other: Explanation) -> bool:
    """Whether two explanations say the same."""
    return list(lines(one)) == list(lines(other)) and (one.cost, one.repairs, one.why, one.worth) == (
        other.cost,
        other.repairs,
        other.why,
        other.worth,
    )


@pytest.mark.parametrize(
    ("sheets", "asks"), [(CLASH, Asks()), (mine(), Asks("line", "line"))], ids=["a clash", "a plan"]
)
def test_cut_short_it_tells_what_is_known_and_goes_on_from_there(sheets: Sheets, asks: Asks, tmp_path: Path) -> None:
    """Interrupted after two searches; what is left is searched by two workers at once, and no search twice."""
    whole = told(sheets, asks, Runner(counted := Counting()))
    assert counted.done > 2 and not whole.stopped
    with Ledger(tmp_path / "done.ledger") as ledger:
        cut = told(sheets, asks, Runner(Counting(most=2), ledger))
        assert not same(cut, whole)
        rest = Counting(workers=2)
        again = told(sheets, asks, Runner(rest, ledger))
    assert 0 < rest.done <= counted.done - 2 and same(again, whole)  # of a plan one is asked twice


def test_two_processes_find_the_same() -> None:
    with open_runner("", 2) as runner:
        assert same(told(CLASH, Asks(), runner), told(CLASH, Asks()))


def test_a_unit_can_be_sent_to_another_process() -> None:
    problem = problem_from_sheets(mine())
    units = [plan_unit(target_of(problem, "line")), without_unit(target_of(problem, "line"))]
    assert pickle.loads(pickle.dumps((SEARCHES, units)))[1] == units  # noqa: S301 - ours


def test_what_a_search_tells() -> None:
    """A line of 120 that saves 140: the plan builds one and costs 140, without it 160, with the rule left out too."""
    problem = problem_from_sheets(mine(120))
    target = target_of(problem, "line")
    with working(Limits(0.0, threads=1), None) as work:
        searches = Searches(problem, work, Runner())
        plan, bare = searches.of("two", [plan_unit(target), without_unit(target)])
        (free,) = searches.of("one", [changed_unit([])])
    assert plan.used and plan.units == {"line": 1.0} and plan.cost is not None and plan.cost.high == pytest.approx(140)
    assert not bare.used and bare.units == {} and bare.cost is not None and bare.cost.high == pytest.approx(160)
    assert sum(plan.kinds.values()) == pytest.approx(140) and not plan.impossible
    assert free.cost == plan.cost
