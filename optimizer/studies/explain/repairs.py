"""The cheapest ways to make a plan possible again: limits that give way least, alone or a few together, with prices.

Every smallest set of rows without which the others can hold is a repair. Its limits give way least (relaxing.py), and
the cheapest plan of the problem so mended is searched. Its price is what that plan costs more than the cheapest one
with none of the rows that clash: both are known within the gaps of their searches, and so is the price.
"""

from __future__ import annotations

from dataclasses import dataclass

from friendshore.models.plan import Outcome, Plan
from friendshore.models.plan.baselines import Interval
from friendshore.models.problem import Problem
from friendshore.optimizer.studies.explain.conflicts import Conflicts
from friendshore.optimizer.studies.explain.edits import with_limits, without
from friendshore.optimizer.studies.explain.probes import Probes, Rows
from friendshore.optimizer.studies.explain.relaxing import Change, relaxed
from friendshore.optimizer.studies.explain.work import Enough, Work

MOST_REPAIRS = 5
"""Repairs that are told, the cheapest first."""

MOST_TRIED = 12
"""Smallest sets to give up that are priced, in order of their size."""

MOST_TOGETHER = 3
"""Limits that give way together, unless no fewer will do."""


@dataclass(frozen=True)
class Repair:
    """Limits that give way, and the cheapest plan then.

    Parameters
    ----------
    changes
        What gives way.
    cost
        Objective of the cheapest plan of the mended problem: expected cost, weighed with risk and with penalties where
        there are any.
    more
        What that is beyond the cheapest plan with none of the rows that clash; None where that is not known.
    plan
        The plan.
    """

    changes: tuple[Change, ...]
    cost: Interval
    more: Interval | None
    plan: Plan


def find_repairs(problem: Problem, probes: Probes, conflicts: Conflicts, work: Work) -> tuple[Repair, ...]:
    """The cheapest repairs of a problem that no plan satisfies; those found so far where the time is up.

    Parameters
    ----------
    problem
        The problem.
    probes
        Its demands.
    conflicts
        What cannot hold together.
    work
        Limits and signals.

    Returns
    -------
    tuple of Repair
        At most ``MOST_REPAIRS``, the cheapest first.
    """
    found: list[Repair] = []
    try:
        free = cost_of(_without_conflicts(problem, conflicts, work)) if conflicts.complete else None
        tried = _worth_trying(conflicts)
        for number, rows in enumerate(tried, 1):
            work.tell(f"repairs, {number} of {len(tried)}")
            repair = _repair(problem, probes, rows, free, work)
            if repair is not None:
                found.append(repair)
    except Enough:
        pass
    return tuple(sorted(found, key=lambda one: (one.cost.high, len(one.changes))))[:MOST_REPAIRS]


def _worth_trying(conflicts: Conflicts) -> tuple[Rows, ...]:
    sets = [rows for rows in conflicts.corrections if rows]
    few = [rows for rows in sets if len(rows) <= MOST_TOGETHER] or sets[:1]
    return tuple(few[:MOST_TRIED])


def _without_conflicts(problem: Problem, conflicts: Conflicts, work: Work) -> Outcome:
    clashing = [conflicts.demands[i] for i in sorted(conflicts.clashing)]
    return work.solve(without(problem, clashing), "cheapest plan without the rows that clash")


def _repair(problem: Problem, probes: Probes, rows: Rows, free: Interval | None, work: Work) -> Repair | None:
    changes = relaxed(problem, probes, rows, work)
    if changes is None:
        return None
    outcome = work.solve(mended(problem, changes), "price of a repair")
    cost = cost_of(outcome)
    if cost is None or outcome.plan is None:
        return None
    more = None if free is None else Interval(max(0.0, cost.low - free.high), max(0.0, cost.high - free.low))
    return Repair(changes, cost, more, outcome.plan)


def mended(problem: Problem, changes: tuple[Change, ...]) -> Problem:
    """The problem with what gives way changed."""
    left = without(problem, [change.demand for change in changes if change.after is None])
    return with_limits(left, [(change.demand, change.after) for change in changes if change.after is not None])


def cost_of(outcome: Outcome) -> Interval | None:
    """The least objective of a problem, from what is proven to what was found; None where either is not known."""
    plan = outcome.certified
    if plan is None or outcome.bound is None:
        return None
    return Interval(min(outcome.bound, plan.objective), plan.objective)
