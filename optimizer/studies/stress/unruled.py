"""The plan that the same problem would have without its resilience rules, as a unit of work."""

from __future__ import annotations

from typing import Any

from friendshore.models.problem import Problem
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.engines.task import Task, as_it_is, unless_interrupted
from friendshore.optimizer.saved.decisions import PlanDecisions, decisions_of
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.studies.stress.sample import without_rules
from friendshore.optimizer.system.progress import OnProgress


def plan_without_rules(
    problem: Problem, time_limit: float | None, runner: Runner, on_progress: OnProgress | None = None
) -> PlanDecisions | None:
    """The decisions of that plan; None where none is found in the time.

    Parameters
    ----------
    problem
        A valid problem.
    time_limit
        Longest search, seconds; None: none.
    runner
        Where units of work are done; None: here.
    on_progress
        Told how far it is.

    Returns
    -------
    PlanDecisions | None
        Its decisions, or None.
    """
    (found,) = runner.run(UNRULED, without_rules(problem), [{"time_limit": time_limit}], on_progress)
    if found["units"] is None:
        return None
    return PlanDecisions(
        {(name, period): count for name, period, count in found["units"]},
        frozenset(found["protections"]),
        {(name, period): level for name, period, level in found["levels"]},
        found["expected_cost"],
        found["since"],
        found["closings"],
    )


def _work(problem: Problem, unit: dict[str, Any]) -> dict[str, Any]:
    outcome = solve_problem(problem, time_limit=unit["time_limit"], threads=1)
    if outcome.plan is None:
        return {"stopped": outcome.run.stopped, "units": None}
    plan = decisions_of(outcome.plan)
    return {
        "stopped": outcome.run.stopped,
        "units": [[*key, count] for key, count in plan.units.items()],
        "protections": sorted(plan.protections),
        "levels": [[*key, level] for key, level in plan.levels.items()],
        "expected_cost": plan.expected_cost,
        "since": dict(plan.since),
        "closings": dict(plan.closings),
    }


UNRULED = Task("stress plan without rules", 2, as_it_is, _work, unless_interrupted)
