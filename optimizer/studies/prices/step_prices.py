"""The price of resilience by solving again: what one step tighter really costs where whole units matter.

The LP behind a plan prices a limit with everything that is built unchanged; a step that needs another plant costs
something else. Here each policy that binds is tightened by one step (a percentage point, a day, a hundredth of a
budget) and the whole problem solved again. Both optima are known within their gaps, so the price is an interval: with
objective z and bound b before, z' and b' after, it lies within [b' − z, z' − b].
"""

from __future__ import annotations

import dataclasses
from typing import Any

from friendshore.models.plan import Outcome, PolicyValue, Status
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.engines.task import Task, as_it_is, unless_interrupted
from friendshore.optimizer.search.method import Method
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.system.progress import OnProgress


def with_step_prices(
    outcome: Outcome,
    *,
    gap: float | None = None,
    time_limit: float | None = None,
    threads: int | None = None,
    seed: int = 0,
    method: Method = Method.AUTO,
    runner: Runner | None = None,
    on_progress: OnProgress | None = None,
) -> Outcome:
    """The outcome with the interval of ``step_price`` on every policy that binds within a step of its limit.

    Parameters
    ----------
    outcome
        What is to be priced; without a plan it stays as it is.
    gap, time_limit, threads, seed, method
        Of each search, as for ``solve_problem``; threads is 1 where it is left out, so that the answer does not depend
        on how many searches run side by side.
    runner
        The engine that solves, each step a unit of work.
    on_progress
        Called with how many are solved (``done``) of how many (``total``) whenever one is.

    Returns
    -------
    Outcome
        The same outcome, its plan with priced policies.
    """
    plan = outcome.plan
    if plan is None:
        return outcome
    units = [
        [place, value.kind, value.policy, value.limit]
        for place, value in enumerate(plan.policies)
        if _has_to_be_solved(plan.problem, value)
    ]
    how = {"gap": gap, "time_limit": time_limit, "threads": threads or 1, "seed": seed, "method": method}
    answers = (runner or Runner()).run(STEPS, (plan.problem, how), units, on_progress) if units else []
    again = {unit[0]: answer for unit, answer in zip(units, answers, strict=True)}
    priced = tuple(_priced(outcome, value, again.get(place)) for place, value in enumerate(plan.policies))
    return dataclasses.replace(outcome, plan=dataclasses.replace(plan, policies=priced))


def _solve(shared: tuple[Problem, dict[str, Any]], unit: tuple[int, str, str, float]) -> dict[str, Any]:
    problem, how = shared
    _, kind, policy, limit = unit
    tighter = tightened(problem, PolicyValue(policy, kind, limit, None, None))
    if tighter is None:
        raise ValueError(f"{policy} cannot be tightened")
    found = solve_problem(tighter, **how)
    return {
        "status": str(found.status),
        "bound": found.bound,
        "stopped": found.run.stopped,
        "objective": None if found.plan is None else found.plan.objective,
    }


STEPS = Task("policy a step tighter", 1, as_it_is, _solve, unless_interrupted)


def step_of(value: PolicyValue) -> float:
    """One step of the limit: a percentage point of a share, a day of cover, a hundredth of a budget or of emissions."""
    return value.declared.unit.step_of(value.limit)


def tightened(problem: Problem, value: PolicyValue) -> Problem | None:
    """The problem with one limit a step tighter, in every period; None where it is as tight as it can be."""
    step = step_of(value)
    if value.declared.tightened(value.limit, step) is None:
        return None

    def tighter(limit: float) -> float:
        moved = value.declared.tightened(limit, step)
        return limit if moved is None else moved

    policies = tuple(
        dataclasses.replace(row, limit=tighter(row.limit)) if row.policy == value.policy else row
        for row in problem.tables.policies
    )
    profiles = tuple(
        dataclasses.replace(row, by_period={label: tighter(limit) for label, limit in row.by_period.items()})
        if (row.sheet, row.entry, row.constant) == (Policy.TABLE.sheet, value.policy, "limit")
        else row
        for row in problem.tables.profiles
    )
    return dataclasses.replace(
        problem, tables=dataclasses.replace(problem.tables, policies=policies, profiles=profiles)
    )


def _slack(value: PolicyValue) -> bool:
    """Whether the plan at hand satisfies the limit a step tighter, too."""
    if value.value is None:
        return False
    return value.declared.slack(value.value, value.limit) >= step_of(value) and value.violation == 0


def _has_to_be_solved(problem: Problem, value: PolicyValue) -> bool:
    return value.value is not None and not _slack(value) and tightened(problem, value) is not None


def _priced(outcome: Outcome, value: PolicyValue, again: dict[str, Any] | None) -> PolicyValue:
    step = step_of(value)
    if _slack(value):
        return dataclasses.replace(value, step=step, step_price=(0.0, 0.0))
    if again is None or outcome.plan is None:
        return value
    if again["status"] == str(Status.INFEASIBLE):
        return dataclasses.replace(value, step=step, step_note="no plan can satisfy it a step tighter")
    if again["objective"] is None or again["bound"] is None or outcome.bound is None:
        return dataclasses.replace(value, step=step, step_note="not known: the search was stopped")
    low = max(0.0, again["bound"] - outcome.plan.objective)
    return dataclasses.replace(value, step=step, step_price=(low, max(low, again["objective"] - outcome.bound)))
