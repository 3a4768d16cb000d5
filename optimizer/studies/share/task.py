"""The least cost of one group as a unit of work."""

from __future__ import annotations

import dataclasses
from math import inf
from typing import Any

from friendshore.models.plan import Outcome, Status
from friendshore.models.plan.baselines import Interval
from friendshore.models.problem import Problem
from friendshore.optimizer.engines.task import Task, as_it_is, unless_interrupted
from friendshore.optimizer.reporting.payers import expected
from friendshore.optimizer.studies.learnt import solve_and_learn
from friendshore.optimizer.studies.share.groups import Outside, allies, group_problem

Shared = tuple[Problem, str, dict[str, Any]]


@dataclasses.dataclass(frozen=True)
class Group:
    """What is known of one group.

    ``cost``: the least cost (objective) of its demand, from what is proven to what its plan costs (-inf: nothing is
    proven, inf: no plan was found); both inf where there is no plan. ``expected_cost`` and ``first_paid`` (by country,
    who pays first in the plan, expected and discounted) are told of all allies together alone. ``stopped``: why its
    search ended early.
    """

    members: tuple[str, ...]
    status: Status
    cost: Interval
    stopped: str = ""
    expected_cost: float = 0.0
    first_paid: tuple[tuple[str, float], ...] = ()

    @property
    def possible(self) -> bool:
        """Whether it is not proven that it has no plan."""
        return self.status is not Status.INFEASIBLE


def group_of(answer: dict[str, Any]) -> Group:
    """An answer of the task, read."""
    status = Status(answer["status"])
    low = -inf if answer["bound"] is None else answer["bound"]
    high = inf if answer["objective"] is None else answer["objective"]
    return Group(
        members=tuple(answer["members"]),
        status=status,
        cost=Interval(inf, inf) if status is Status.INFEASIBLE else Interval(min(low, high), high),
        stopped=answer["stopped"],
        expected_cost=answer["expected_cost"],
        first_paid=tuple((str(country), float(amount)) for country, amount in answer["first_paid"]),
    )


def _work(shared: Shared, unit: list[str]) -> dict[str, Any]:
    """The cheapest plan of a group; of all together, the first, also what was learnt."""
    problem, outside, how = shared
    whole, of_group = len(unit) == len(allies(problem)), group_problem(problem, unit, Outside(outside))
    outcome, learnt = solve_and_learn(of_group, how, first=whole)
    return (
        learnt
        | {
            "members": unit,
            "status": str(outcome.status),
            "stopped": outcome.run.stopped,
            "begun": outcome.begun,
            "bound": outcome.bound,
            "objective": None,
            "expected_cost": 0.0,
            "first_paid": [],
        }
        | _plan_figures(outcome, whole)
    )


def _plan_figures(outcome: Outcome, whole: bool) -> dict[str, Any]:
    """What its plan costs, and who pays first; nothing where there is none that its certificate bears out."""
    plan = outcome.certified
    if plan is None:
        return {}
    figures: dict[str, Any] = {"objective": plan.objective, "expected_cost": plan.expected_cost}
    if whole:
        sums = expected(plan).groupby("payer", sort=True)["discounted"].sum()
        figures["first_paid"] = [[str(country), float(amount)] for country, amount in sums.items()]
    return figures


GROUPS = Task("cost of a group", 2, as_it_is, _work, unless_interrupted)
