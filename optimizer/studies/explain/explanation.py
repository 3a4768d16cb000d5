"""Explanation: why a workbook has no plan and what would mend it, or why its plan is as it is."""

from __future__ import annotations

import time
from dataclasses import dataclass

from friendshore.models.plan.baselines import Interval
from friendshore.models.problem import Problem
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.program.size import refuse_too_large
from friendshore.optimizer.search.limits import Limits
from friendshore.optimizer.studies.explain.conflicts import Conflicts, find_conflicts
from friendshore.optimizer.studies.explain.probes import Probes
from friendshore.optimizer.studies.explain.repairs import Repair, find_repairs
from friendshore.optimizer.studies.explain.searches import Found, Searches, plan_unit
from friendshore.optimizer.studies.explain.targets import PROJECTS, target_of
from friendshore.optimizer.studies.explain.why import Why, why
from friendshore.optimizer.studies.explain.work import Enough, working
from friendshore.optimizer.studies.explain.worth_building import WorthBuilding, worth_building
from friendshore.optimizer.system.progress import OnProgress


@dataclass(frozen=True)
class Asks:
    """What is asked of a problem: a name or a cell each; blank: not asked."""

    why: str = ""
    what_would_it_take: str = ""


@dataclass(frozen=True)
class Explanation:
    """What was found.

    Parameters
    ----------
    problem
        The problem.
    has_plan
        Whether a plan can satisfy it; None where that is not known.
    cost
        Objective of its plan, where that was searched.
    conflicts
        What cannot hold together, where that was looked for.
    repairs
        The cheapest ways to mend it.
    why
        Why the plan uses something, or not.
    worth
        What it would take to make a project worth building.
    stopped
        Why the work ended early; blank where it did not.
    seconds
        How long it took.
    """

    problem: Problem
    has_plan: bool | None
    cost: Interval | None = None
    conflicts: Conflicts | None = None
    repairs: tuple[Repair, ...] = ()
    why: Why | None = None
    worth: WorthBuilding | None = None
    stopped: str = ""
    seconds: float = 0.0

    @property
    def currency(self) -> str:
        """Currency of all money."""
        return self.problem.settings.currency


def explain_problem(
    problem: Problem, asks: Asks, limits: Limits, *, runner: Runner | None = None, on_progress: OnProgress | None = None
) -> Explanation:
    """Why a problem has no plan and what would mend it; where it has one, why it is as it is.

    Parameters
    ----------
    problem
        A valid problem.
    asks
        What is asked of its plan.
    limits
        Gap, time, threads and seed; the time holds for all of it.
    runner
        The engine that searches, and the ledger of what is done.
    on_progress
        Called as the work goes on.

    Returns
    -------
    Explanation
        What is known when the work ends, also where it was stopped.

    Raises
    ------
    InvalidProblem
        Where the problem does not fit into memory.
    ValueError
        Where what is asked about is not there.
    """
    began = time.monotonic()
    named = target_of(problem, asks.why) if asks.why else None
    project = target_of(problem, asks.what_would_it_take, PROJECTS) if asks.what_would_it_take else None
    refuse_too_large(problem, None)
    reason, worth = None, None
    plan: Found | None = None
    with working(limits, on_progress) as work:
        searches = Searches(problem, work, runner or Runner())
        try:
            if named or project:
                (plan,) = searches.of("plan", [plan_unit(named)])
            if plan is None or plan.impossible:
                return _without_plan(problem, searches, began)
            if named and plan.cost is not None:
                reason = why(problem, plan, named, searches)
            if project and plan.cost is not None:
                worth = worth_building(problem, project, searches)
        except Enough:
            pass
        stopped = work.stopped or _stopped(plan)
    return Explanation(
        problem,
        None if plan is None or not plan.plan else True,
        None if plan is None else plan.cost,
        why=reason,
        worth=worth,
        stopped=stopped,
        seconds=time.monotonic() - began,
    )


def _stopped(plan: Found | None) -> str:
    return plan.stopped if plan is not None and not plan.plan else ""


def _without_plan(problem: Problem, searches: Searches, began: float) -> Explanation:
    work = searches.work
    work.tell("build")
    probes = Probes(problem, work)
    conflicts = find_conflicts(probes, work)
    repairs = find_repairs(problem, probes, conflicts, searches) if conflicts.conflicts else ()
    held = any(not rows for rows in conflicts.corrections)
    return Explanation(
        problem,
        True if held else False if conflicts.conflicts else None,
        conflicts=conflicts,
        repairs=repairs,
        stopped=work.stopped,
        seconds=time.monotonic() - began,
    )
