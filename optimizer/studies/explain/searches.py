"""The searches of an explanation as units of work: a plan, one with or without something, one with limits changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from friendshore.models.findings import Finding
from friendshore.models.plan import Outcome, Status
from friendshore.models.plan.baselines import Interval
from friendshore.models.problem import Problem
from friendshore.optimizer.answer.elastic import Demand
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.engines.task import Task, as_it_is, unless_interrupted
from friendshore.optimizer.search.benders.pool import begun_from
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.studies.explain.edits import with_limits, without
from friendshore.optimizer.studies.explain.held import Held, held_in, held_out
from friendshore.optimizer.studies.explain.prices import scaled
from friendshore.optimizer.studies.explain.targets import Target
from friendshore.optimizer.studies.explain.used import uses
from friendshore.optimizer.studies.explain.work import Enough, Work
from friendshore.optimizer.system.interrupts import Abandoned

Unit = dict[str, Any]
Shared = tuple[Problem, dict[str, Any]]


@dataclass(frozen=True)
class Found:
    """What a search came to.

    ``cost``: the least objective, from what is proven to what was found, None where either is not known; ``plan``:
    whether there is one; ``used``: whether it uses what was asked about; ``units`` of projects on its base path and
    ``kinds`` of its expected cost; ``conflict``: rows that leave no plan.
    """

    status: str
    stopped: str
    plan: bool
    cost: Interval | None
    used: bool
    units: Mapping[str, float]
    kinds: Mapping[str, float]
    conflict: tuple[Finding, ...]

    @property
    def impossible(self) -> bool:
        """Whether it is proven that there is no plan."""
        return self.status == Status.INFEASIBLE


@dataclass(frozen=True, eq=False)
class Searches:
    """The searches of one problem: limits and signals, where they are done, and the ledger of those that are."""

    problem: Problem
    work: Work
    runner: Runner

    def of(self, phase: str, units: Sequence[Unit]) -> list[Found]:
        """What some searches come to, in their order.

        Parameters
        ----------
        phase
            What is being done, in a few words.
        units
            What is searched, as the functions below say it.

        Returns
        -------
        list[Found]
            One a unit.

        Raises
        ------
        Enough
            Where the time is up, or someone asked to stop before all of them had begun.
        """
        found: list[Found] = []
        at_once, limits = max(1, self.runner.engine.workers), self.work.limits
        how = {"gap": limits.gap, "threads": limits.threads or 1, "seed": limits.seed, **begun_from(limits.memory)}
        shared = (self.problem, how)
        for first in range(0, len(units), at_once):
            self.work.go_on()
            self.work.tell(phase if len(units) == 1 else f"{phase}, {first + 1} of {len(units)}")
            timed = [{**unit, "seconds": limits.remaining} for unit in units[first : first + at_once]]
            try:
                with self.work.signals.raising():
                    answers = self.runner.run(SEARCHES, shared, timed)
            except Abandoned:
                raise
            except KeyboardInterrupt:
                raise Enough from None
            found += map(_found, answers)
        return found


# -- what is searched -------------------------------------------------------------------------------------------------


def plan_unit(target: Target | None) -> Unit:
    """The plan, and whether it uses something."""
    return {"what": "plan", "target": None if target is None else asdict(target)}


def without_unit(target: Target) -> Unit:
    """The cheapest plan without something."""
    return {"what": "without", "target": asdict(target)}


def with_unit(target: Target, factor: float = 1.0) -> Unit:
    """The cheapest plan with something, at its price times a factor."""
    return {"what": "with", "target": asdict(target), "factor": factor}


def changed_unit(left_out: Sequence[Demand], limits: Sequence[tuple[Demand, float]] = ()) -> Unit:
    """The cheapest plan where some rows demand nothing, and others other limits."""
    return {
        "what": "changed",
        "without": [_place(demand) for demand in left_out],
        "limits": [[*_place(demand), value] for demand, value in limits],
    }


def _place(demand: Demand) -> list[Any]:
    return [demand.sheet, demand.row, demand.column]


def _demand(sheet: str, row: int, column: str) -> Demand:
    return Demand(sheet, row, column, "", {})


# -- in a worker ------------------------------------------------------------------------------------------------------


def _work(shared: Shared, unit: Unit) -> dict[str, Any]:
    problem, how = shared
    target = Target(**unit["target"]) if unit.get("target") else None
    held = _variant(problem, unit, target)
    outcome = solve_problem(held.problem, hold=held.hold, time_limit=unit["seconds"], **how)
    return _told(outcome, target)


def _variant(problem: Problem, unit: Unit, target: Target | None) -> Held:
    if unit["what"] == "changed":
        left = without(problem, [_demand(*place) for place in unit["without"]])
        return Held(with_limits(left, [(_demand(*place), value) for *place, value in unit["limits"]]))
    if target is None or unit["what"] == "plan":
        return Held(problem)
    if unit["what"] == "without":
        return held_out(problem, target)
    priced = problem if unit["factor"] == 1.0 else scaled(problem, target, unit["factor"])
    held = held_in(priced, target)
    if held is None:
        raise ValueError(f"{target.words} cannot be held in")
    return held


def _told(outcome: Outcome, target: Target | None) -> dict[str, Any]:
    plan, certified = outcome.plan, outcome.certified
    known = certified is not None and outcome.bound is not None
    rows = None if plan is None else plan.investments[plan.investments["scenario"] == "base"]
    units = {} if rows is None else rows.groupby("expansion")["units"].sum().items()
    kinds = {} if plan is None else plan.costs_by_kind.items()
    return {
        "status": str(outcome.status),
        "stopped": outcome.run.stopped,
        "begun": outcome.begun,
        "plan": plan is not None,
        "low": outcome.bound if known else None,
        "high": certified.objective if certified is not None and known else None,
        "used": plan is not None and target is not None and uses(plan, target),
        "units": {str(name): float(count) for name, count in dict(units).items()},
        "kinds": {str(kind): float(cost) for kind, cost in dict(kinds).items()},
        "conflict": [asdict(finding) for finding in outcome.conflict],
    }


def _found(answer: Mapping[str, Any]) -> Found:
    low, high = answer["low"], answer["high"]
    return Found(
        status=answer["status"],
        stopped=answer["stopped"],
        plan=answer["plan"],
        cost=None if low is None or high is None else Interval(min(low, high), high),
        used=answer["used"],
        units=answer["units"],
        kinds=answer["kinds"],
        conflict=tuple(Finding(**finding) for finding in answer["conflict"]),
    )


SEARCHES = Task("explain", 1, as_it_is, _work, unless_interrupted)
