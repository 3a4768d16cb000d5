"""What one step tighter costs by solving again, where whole units matter."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.plan import Outcome, PolicyValue, Size, Status
from friendshore.models.problem import Problem
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.engines.serial import SerialEngine
from friendshore.optimizer.engines.task import Task
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.studies.prices.step_prices import (
    SMALL,
    misleads,
    step_of,
    tightened,
    with_misleading_prices,
    with_step_prices,
)


def home(*policies: dict[str, Any]) -> Problem:
    """Home needs 10 at a damage of 5 each; a line of 4 costs 40 for the one year and makes at 2. So nothing is worth
    building by itself: 4 · (5 − 2) = 12 < 40."""
    return problem_from_sheets(
        {
            "Settings": [{"setting": "discount_rate", "value": 0}],
            "Periods": [{"period": "y"}],
            "Countries": [{"country": "Home", "bloc": "ally"}],
            "Commodities": [{"commodity": "good", "unit": "t"}],
            "Plants": [{"plant": "works", "country": "Home", "commodity": "good", "capacity": 0, "unit_cost": 2}],
            "Expansions": [{"expansion": "line", "plant": "works", "size": 4, "capex": 40, "max_units": 2}],
            "Demand": [{"country": "Home", "commodity": "good", "shortage_cost": 5, "per_year": 10}],
            "Policies": list(policies),
        }
    )


def solved(problem: Problem) -> Outcome:
    return solve_problem(problem, gap=1e-9)


def priced(*policies: dict[str, Any]) -> dict[str, PolicyValue]:
    outcome = with_step_prices(solved(home(*policies)), gap=1e-9)
    assert outcome.plan is not None
    return {value.policy: value for value in outcome.plan.policies}


def fed(limit: float) -> dict[str, Any]:
    return {"policy": "fed", "kind": "max_shortage", "limit": limit}


def test_a_step_that_needs_another_line() -> None:
    """At most 60% short is what one line gives (4 of 10 made): 40 + 8 + 30 = 78. At most 59% needs a second line, which
    then makes 4 more: 80 + 16 + 10 = 106. The step costs 28, while the LP, its one line held, has no better price."""
    value = priced(fed(0.6))["fed"]
    assert value.step == pytest.approx(0.01)
    assert value.step_price == pytest.approx((28, 28))


def test_a_step_within_what_is_built_costs_nothing() -> None:
    """At most 50% short already needs both lines, and the plan makes 8 of 10: 49% is met by the same plan."""
    assert priced(fed(0.5))["fed"].step_price == (0.0, 0.0)


def test_a_step_that_no_plan_can_take() -> None:
    """Two lines are all there is: 20% short is the least."""
    value = priced(fed(0.2))["fed"]
    assert value.step_price is None
    assert "no plan" in value.step_note


def test_a_price_is_an_interval_when_the_search_stops_early() -> None:
    """With a gap of 30% the two optima, 78 and 106, are known within it, and the interval holds their difference."""
    outcome = solve_problem(home(fed(0.6)), gap=0.3)
    again = with_step_prices(outcome, gap=0.3)
    assert again.plan is not None
    low, high = again.plan.policies[0].step_price or (1e9, 0.0)
    assert low <= 28 + 1e-6
    assert high >= 28 - 1e-6


class OpenGap(SerialEngine):
    """Answers each unit with a search that was stopped between these two."""

    def __init__(self, bound: float | None, objective: float | None, *, uncertified: bool = False) -> None:
        super().__init__()
        self.found = {
            "status": "feasible",
            "bound": bound,
            "stopped": "time limit",
            "objective": objective,
            "uncertified": uncertified,
        }

    def map(self, task: Task, shared: Any, units: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        """The same answer for all."""
        del task, shared
        return iter([(i, self.found) for i in range(len(units))])


def with_open_gaps(before: float | None, bound: float | None, objective: float | None) -> PolicyValue:
    """The price of a step, the plan of 78 being known to cost no less than ``before``, the one a step tighter between
    ``bound`` and ``objective``."""
    outcome = solved(home(fed(0.6)))
    assert outcome.plan is not None
    assert outcome.plan.objective == pytest.approx(78)
    outcome = dataclasses.replace(outcome, run=dataclasses.replace(outcome.run, bound=before))
    plan = with_step_prices(outcome, runner=Runner(OpenGap(bound, objective))).plan
    assert plan is not None
    return plan.policies[0]


@pytest.mark.parametrize(
    ("before", "bound", "objective", "interval"),
    [
        (70.0, 100.0, 110.0, (22, 40)),  # 100 - 78 and 110 - 70, whatever the two optima are within their gaps
        (78.0, 100.0, 110.0, (22, 32)),  # only the second is open
        (70.0, 106.0, 106.0, (28, 36)),  # only the first is
        (70.0, 75.0, 110.0, (0, 40)),  # 75 < 78: a tighter limit never pays
        (70.0, 65.0, 69.0, (0, 0)),  # nor where its plan is cheaper than the first was known to be
    ],
)
def test_an_open_gap_widens_the_interval(
    before: float, bound: float, objective: float, interval: tuple[float, float]
) -> None:
    """With objectives z, z' and bounds b, b' the difference of the optima lies within [b' - z, z' - b]: the optima are
    within [b, z] and [b', z']. With both gaps open: 70 to 78 and 100 to 110, so that 22 is the least it can be."""
    value = with_open_gaps(before, bound, objective)
    assert value.step_price == pytest.approx(interval)
    assert value.step_note == ""


@pytest.mark.parametrize(
    ("before", "bound", "objective"), [(None, 100.0, 110.0), (70.0, None, 110.0), (70.0, 100.0, None)]
)
def test_without_a_bound_or_a_plan_there_is_no_interval(
    before: float | None, bound: float | None, objective: float | None
) -> None:
    """An end that nothing is known of is not guessed."""
    value = with_open_gaps(before, bound, objective)
    assert value.step_price is None
    assert "stopped" in value.step_note


@pytest.mark.parametrize(
    ("kind", "limit", "step", "tighter"),
    [
        ("max_share", 0.5, 0.01, 0.49),
        ("stock_cover", 30.0, 1.0, 31.0),
        ("max_capex", 200.0, 2.0, 198.0),
        ("min_share", 0.5, 0.01, 0.51),
    ],
)
def test_steps_are_what_planners_count_in(kind: str, limit: float, step: float, tighter: float) -> None:
    """A point of a share, a day, a hundredth of a budget; floors go up and caps go down."""
    rule = {"policy": "rule", "kind": kind, "limit": limit, "penalty": 1}
    rule |= {"suppliers": "Home"} if kind.endswith("share") else {}
    value = PolicyValue("rule", kind, limit, limit, None)
    moved = tightened(home(rule), value)
    assert step_of(value) == pytest.approx(step)
    assert moved is not None
    assert moved.policies[0].limit == pytest.approx(tighter)


def test_the_objective_of_a_plan_that_is_not_certified_is_not_taken() -> None:
    """Neither of the plan at hand, which then has no price, nor of the one a step tighter."""
    outcome = solved(home(fed(0.6)))
    doubted = dataclasses.replace(outcome, run=dataclasses.replace(outcome.run, status=Status.UNCERTIFIED))
    assert with_step_prices(doubted, gap=1e-9) is doubted
    plan = with_step_prices(outcome, runner=Runner(OpenGap(100.0, None, uncertified=True))).plan
    assert plan is not None and plan.policies[0].step_price is None
    assert plan.policies[0].step_note == "not known: the plan a step tighter is not certified"


def test_an_uncertified_plan_of_a_step_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a worker answers where the certificate of its plan does not hold."""
    outcome = solved(home(fed(0.6)))
    doubted = dataclasses.replace(outcome, run=dataclasses.replace(outcome.run, status=Status.UNCERTIFIED))
    monkeypatch.setattr("friendshore.optimizer.studies.prices.step_prices.solve_problem", lambda *_, **__: doubted)
    plan = with_step_prices(outcome, gap=1e-9).plan
    assert plan is not None and "not certified" in plan.policies[0].step_note


def test_a_limit_whose_margin_misleads_is_priced_without_being_asked() -> None:
    """At its limit at 60% with a margin of nothing a step takes another line for 28; of a budget the margin speaks."""
    outcome = with_misleading_prices(solved(home(fed(0.6))))
    assert outcome.plan is not None
    (value,) = outcome.plan.policies
    assert misleads(value) and value.step_price == pytest.approx((28, 28))
    loose = with_misleading_prices(solved(home(fed(0.9))))
    assert loose.plan is not None
    speaks = [not misleads(each) for each in loose.plan.policies]
    assert [each.step is None for each in loose.plan.policies] == speaks


def test_a_large_model_is_not_searched_again_without_being_asked() -> None:
    outcome = solved(home(fed(0.6)))
    large = dataclasses.replace(outcome, run=dataclasses.replace(outcome.run, size=Size(columns=SMALL + 1)))
    assert with_misleading_prices(large) is large
    late = time.monotonic() - 100
    assert with_misleading_prices(outcome, time_limit=50, began=late) is outcome
