"""Why this and not that: the plan beside the cheapest one without what it uses, or with what it does not use.

Each side is known from what is proven to what was found, and so is the difference. Whatever can only add to what is
asked cannot make a plan cheaper, so that its price is not below 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from friendshore.models.findings import Finding
from friendshore.models.plan import Outcome, Plan, Status
from friendshore.models.plan.baselines import Interval
from friendshore.models.problem import Problem
from friendshore.optimizer.studies.explain.held import held_in, held_out
from friendshore.optimizer.studies.explain.repairs import cost_of
from friendshore.optimizer.studies.explain.targets import Target
from friendshore.optimizer.studies.explain.work import Work

What = Literal["expansion", "kind"]

_USED = 1e-6
_ADDS = ("Expansions", "Protections", "Countries")
"""Sheets of whose rows neither a duty nor a cost goes where they are held out: a plan without them is one with them."""


@dataclass(frozen=True)
class Difference:
    """What another plan does otherwise: a kind of cost (``kind``), or units of a project (``expansion``)."""

    what: What
    of: str
    before: float
    after: float


@dataclass(frozen=True)
class Why:
    """What something is worth to a plan.

    Parameters
    ----------
    target
        What was asked about.
    used
        Whether the plan uses it; a policy counts as used.
    cost
        Objective of the plan, from what is proven to what was found.
    other
        The same of the cheapest plan without it where it is used, and with it where it is not; None where there is no
        such plan, none was found in the time, or nothing can be held in.
    more
        What the other costs more; below 0 where it costs less.
    changes
        What the other plan does otherwise: projects first, then kinds of cost, the greatest first.
    forbidden
        Why there is no other plan: the rows that cannot hold together then, where they are known.
    possible
        Whether there may be another plan; false where it is proven that there is none.
    """

    target: Target
    used: bool
    cost: Interval
    other: Interval | None = None
    more: Interval | None = None
    changes: tuple[Difference, ...] = ()
    forbidden: tuple[Finding, ...] = ()
    possible: bool = True


def why(problem: Problem, plan: Outcome, target: Target, work: Work) -> Why:
    """What something is worth to a plan: held out of it where it is used, else held in.

    Parameters
    ----------
    problem
        A valid problem.
    plan
        How its search ended; with a plan.
    target
        What is asked about.
    work
        Limits and signals.

    Returns
    -------
    Why
        The answer, with intervals from the gaps of both searches.
    """
    cost = cost_of(plan)
    if plan.plan is None or cost is None:
        raise ValueError("there is no plan of which to ask why")
    used = _USES[target.sheet](plan.plan, target)
    held = held_out(problem, target) if used else held_in(problem, target)
    if held is None:
        return Why(target, used, cost)
    outcome = work.solve(held.problem, f"{'without' if used else 'with'} {target.words}", held.hold)
    if outcome.status is Status.INFEASIBLE:
        return Why(target, used, cost, forbidden=outcome.conflict, possible=False)
    other = cost_of(outcome)
    if other is None or outcome.plan is None:
        return Why(target, used, cost)
    least = 0.0 if not used or target.sheet in _ADDS else -float("inf")
    more = Interval(max(least, other.low - cost.high), max(least, other.high - cost.low))
    return Why(target, used, cost, other, more, _changes(plan.plan, outcome.plan))


def _changes(plan: Plan, other: Plan) -> tuple[Difference, ...]:
    units = [_units(each) for each in (plan, other)]
    kinds = [{kind: float(cost) for kind, cost in each.costs_by_kind.items()} for each in (plan, other)]
    return (*_differences("expansion", *units), *_differences("kind", *kinds))


def _units(plan: Plan) -> dict[str, float]:
    """Units of each project on the base path."""
    rows = plan.investments[plan.investments["scenario"] == "base"]
    return {str(name): float(units) for name, units in rows.groupby("expansion")["units"].sum().items()}


def _differences(what: What, before: dict[str, float], after: dict[str, float]) -> list[Difference]:
    made = [Difference(what, of, before.get(of, 0.0), after.get(of, 0.0)) for of in sorted({*before, *after})]
    size = max((abs(value) for value in (*before.values(), *after.values())), default=0.0)
    changed = [one for one in made if abs(one.after - one.before) > _USED * size]
    return sorted(changed, key=lambda one: -abs(one.after - one.before))


# -- what a plan uses -------------------------------------------------------------------------------------------------


def _built(plan: Plan, target: Target) -> bool:
    rows = plan.investments
    return bool((rows[rows["expansion"] == target.id]["units"] > _USED).any())


def _runs(plan: Plan, target: Target) -> bool:
    rows = plan.production
    return bool((rows[rows["plant"] == target.id]["activity"] > _USED).any())


def _holds(plan: Plan, target: Target) -> bool:
    rows = plan.stocks[plan.stocks["stockpile"] == target.id]
    return bool((rows["filled"] > _USED).any() or (rows["level"] > _USED).any())


def _protects(plan: Plan, target: Target) -> bool:
    rows = plan.protections
    return bool((rows[rows["protection"] == target.id]["bought"] > 0.5).any())


def _delivers(plan: Plan, target: Target) -> bool:
    rows = plan.sourcing
    return bool(((rows["origin"] == target.id) & (rows["destination"] != target.id) & (rows["quantity"] > _USED)).any())


def _carries(plan: Plan, target: Target) -> bool:
    problem, rows = plan.problem, plan.sourcing
    place = next(i for i, row in enumerate(problem.tables.lanes) if row.row == target.row)
    ways = {tuple(key) for key, lane in problem.lanes.items() if lane.row == place}
    moved = rows[rows["quantity"] > _USED][["origin", "destination", "commodity", "way"]]
    return any(tuple(row) in ways for row in moved.itertuples(index=False, name=None))


_USES: dict[str, Callable[[Plan, Target], bool]] = {
    "Expansions": _built,
    "Plants": _runs,
    "Stockpiles": _holds,
    "Protections": _protects,
    "Countries": _delivers,
    "Policies": lambda plan, target: True,
    "Lanes": _carries,
}
