"""The price of resilience by solving again: what one step tighter really costs where whole units matter.

The LP behind a plan prices a limit with everything that is built unchanged; a step that needs another plant costs
something else. Here each policy that binds is tightened by one step (a percentage point, a day, a hundredth of a
budget) and the whole problem solved again. Both optima are known within their gaps, so the price is an interval: with
objective z and bound b before, z' and b' after, it lies within [b' − z, z' − b]. Only objectives of plans count that
their certificate bears out.

Where a limit is met exactly and costs nothing at the margin, or nothing that is known, the margin says least: of small
models such limits are priced so without being asked.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from typing import Any

from friendshore.models.plan import Outcome, PolicyValue, Status
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.engines.task import Task, as_it_is, unless_interrupted
from friendshore.optimizer.search.benders.pool import Memory, begun_from
from friendshore.optimizer.search.method import Method
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.system.progress import OnProgress

SMALL = 15_000
"""Columns of a model from which on no limit is priced by solving again without being asked."""

MOST = 4
"""Limits that are priced so without being asked."""

_FREE = 1e-9


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
    only: Callable[[PolicyValue], bool] = lambda value: True,
    memory: Memory | None = None,
) -> Outcome:
    """The outcome with the interval of ``step_price`` on every policy that binds within a step of its limit.

    Parameters
    ----------
    outcome
        What is to be priced; without a plan that its certificate bears out it stays as it is.
    gap, time_limit, threads, seed, method
        Of each search, as for ``solve_problem``; threads is 1 where it is left out, so that the answer does not depend
        on how many searches run side by side.
    runner
        The engine that solves, each step a unit of work.
    on_progress
        Called with how many are solved (``done``) of how many (``total``) whenever one is.
    only
        Which policies are priced; the others stay as they are.
    memory
        What the search for the plan has learnt, from which each search begins; None: from nothing.

    Returns
    -------
    Outcome
        The same outcome, its plan with priced policies.
    """
    plan = outcome.certified
    if plan is None:
        return outcome
    units = [
        [place, value.kind, value.policy, value.limit]
        for place, value in enumerate(plan.policies)
        if only(value) and _has_to_be_solved(plan.problem, value)
    ]
    options = {"gap": gap, "time_limit": time_limit, "threads": threads or 1, "seed": seed, "method": method}
    how = {**options, **begun_from(memory)}
    answers = (runner or Runner()).run(STEPS, (plan.problem, how), units, on_progress) if units else []
    again = {unit[0]: answer for unit, answer in zip(units, answers, strict=True)}
    priced = tuple(
        _priced(outcome, value, again.get(place)) if only(value) else value for place, value in enumerate(plan.policies)
    )
    return dataclasses.replace(outcome, plan=dataclasses.replace(plan, policies=priced))


def misleads(value: PolicyValue) -> bool:
    """Whether a policy is met at its limit and the margin does not say what a step tighter costs: nothing, or unknown.

    Parameters
    ----------
    value
        A line of the scorecard.
    """
    at_limit = value.violation == 0 and (value.binding > 0 or not _slack(value))
    return value.value is not None and at_limit and abs(value.shadow_price or 0.0) <= _FREE


def with_misleading_prices(
    outcome: Outcome,
    *,
    threads: int | None = None,
    seed: int = 0,
    method: Method = Method.AUTO,
    time_limit: float | None = None,
    gap: float | None = None,
    began: float | None = None,
    on_progress: OnProgress | None = None,
) -> Outcome:
    """The outcome with the step prices of those limits whose margin misleads; of large models as it is.

    Parameters
    ----------
    outcome
        What a solve came to.
    threads, seed, method, gap
        Of each search, as for ``with_step_prices``.
    time_limit
        Seconds from ``began`` on (as ``time.monotonic`` tells it; None: now) after which no search begins or goes on;
        None takes them from Settings.
    began
        When the solve began.
    on_progress
        Called as there.

    Returns
    -------
    Outcome
        The same outcome, its plan with at most ``MOST`` policies priced.
    """
    plan = outcome.certified
    if plan is None or outcome.run.stopped or outcome.run.size.columns > SMALL:
        return outcome
    names = {value.policy for value in [each for each in plan.policies if misleads(each)][:MOST]}
    limit = plan.problem.settings.time_limit if time_limit is None else time_limit
    left = None if limit is None else limit - (0.0 if began is None else time.monotonic() - began)
    if not names or (left is not None and left <= 0):
        return outcome
    return with_step_prices(
        outcome,
        gap=gap,
        time_limit=None if left is None else left / len(names),
        threads=threads,
        seed=seed,
        method=method,
        on_progress=on_progress,
        only=lambda value: value.policy in names,
    )


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
        "objective": None if found.certified is None else found.certified.objective,
        "uncertified": found.plan is not None and found.certified is None,
    }


STEPS = Task("policy a step tighter", 2, as_it_is, _solve, unless_interrupted)


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
    if again["uncertified"]:
        return dataclasses.replace(value, step=step, step_note="not known: the plan a step tighter is not certified")
    if again["status"] == str(Status.INFEASIBLE):
        return dataclasses.replace(value, step=step, step_note="no plan can satisfy it a step tighter")
    if again["objective"] is None or again["bound"] is None or outcome.bound is None:
        return dataclasses.replace(value, step=step, step_note="not known: the search was stopped")
    low = max(0.0, again["bound"] - outcome.plan.objective)
    return dataclasses.replace(value, step=step, step_price=(low, max(low, again["objective"] - outcome.bound)))
