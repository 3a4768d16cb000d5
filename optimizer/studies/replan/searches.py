"""The searches beside the new plan as units of work: what the rest costs cause by cause, and with a decision kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from friendshore.models.plan import Status
from friendshore.models.plan.baselines import Interval
from friendshore.models.problem import Problem
from friendshore.optimizer.engines.task import Task, as_it_is, unless_interrupted
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.studies.negligible import negligible
from friendshore.optimizer.studies.replan.decided import Decision, Decisions, holding

NEAR = 1e-7
"""Costs that differ by a smaller share are the same."""

Shared = tuple[Sequence[Problem], Sequence[Sequence[Any]], Mapping[str, Any]]
Answer = Mapping[str, Any]
Unit = dict[str, Any]


def shared_with(rests: Sequence[Problem], old: Decisions, how: Mapping[str, Any]) -> Shared:
    """What all searches share.

    Parameters
    ----------
    rests
        The problems of the rest, with one cause after the other taken in.
    old
        The decisions of the plan for the rest.
    how
        Options of each solve.

    Returns
    -------
    Shared
        Plain data.
    """
    return tuple(rests), [[*key, units] for key, units in sorted(old.items())], dict(how)


def free_unit(rest: int) -> Unit:
    """A problem of the rest, everything free."""
    return {"rest": rest, "kept": None}


def held_unit(rest: int) -> Unit:
    """The same with all old decisions held."""
    return {"rest": rest, "kept": "all"}


def kept_unit(rest: int, key: Decision) -> Unit:
    """The same with one old decision held, all others free."""
    return {"rest": rest, "kept": list(key)}


def _work(shared: Shared, unit: Unit) -> dict[str, Any]:
    rests, old, how = shared
    decided = {(str(kind), str(name), str(period)): float(units) for kind, name, period, units in old}
    kept = unit["kept"]
    keys = None if kept in (None, "all") else frozenset({(kept[0], kept[1], kept[2])})
    hold = None if kept is None else holding(decided, keys)
    outcome = solve_problem(rests[unit["rest"]], hold=hold, **how)
    return {
        "stopped": outcome.run.stopped,
        "impossible": outcome.status is Status.INFEASIBLE,
        "low": outcome.bound,
        "high": None if outcome.certified is None else outcome.certified.objective,
    }


SEARCHES = Task("replan", 1, as_it_is, _work, unless_interrupted)


def value_of(answer: Answer) -> Interval | None:
    """What is known of the least cost: from the bound to the plan found; None where either is not known."""
    low, high = answer["low"], answer["high"]
    return None if low is None or high is None else Interval(min(low, high), high)


def value_of_both(free: Answer, held: Answer | None, gap: float) -> Interval | None:
    """The least cost of a rest, told by the old decisions where these are kept.

    They are where they are proven to cost no more than the gap beyond the best plan, or nothing cheaper was found.

    Parameters
    ----------
    free, held
        With everything free, and with all old decisions held; None where that was not searched.
    gap
        Relative gap of the searches.

    Returns
    -------
    Interval or None
        None where it is not known.
    """
    if held is None or free["low"] is None or held["high"] is None:
        return value_of(free)
    cost = held["high"]
    best = free["high"] is None or cost <= free["high"]
    if best or cost - free["low"] <= max(gap * abs(cost), negligible(NEAR, cost)):
        return Interval(min(free["low"], cost), cost)
    return value_of(free)
