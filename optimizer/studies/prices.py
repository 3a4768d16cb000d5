"""The price of resilience by solving again: what one step tighter really costs where whole units matter.

The LP behind a plan prices a limit with everything that is built unchanged; a step that needs another plant costs
something else. Here each policy that binds is tightened by one step (a percentage point, a day, a hundredth of a
budget) and the whole problem solved again. Both optima are known within their gaps, so the price is an interval: with
objective z and bound b before, z' and b' after, it lies within [b' − z, z' − b].
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from models.plan import Outcome, PolicyValue, Status
from models.problem import Problem

_POINT = 0.01
_DAY = 1.0
FLOORS = frozenset({"min_share", "stock_cover", "clean_origin"})

Solve = Callable[[Problem], Outcome]
Tell = Callable[[str], None]


def with_step_prices(outcome: Outcome, solve: Solve, tell: Tell) -> Outcome:
    """The outcome with the interval of ``step_price`` on every policy that binds within a step of its limit."""
    plan = outcome.plan
    if plan is None:
        return outcome
    priced = []
    for value in plan.policies:
        tell(value.policy)
        priced.append(_priced(outcome, value, solve))
    return dataclasses.replace(outcome, plan=dataclasses.replace(plan, policies=tuple(priced)))


def step_of(value: PolicyValue) -> float:
    """One step of the limit: a percentage point of a share, a day of cover, a hundredth of a budget or of emissions."""
    if value.kind == "stock_cover":
        return _DAY
    return _POINT * value.limit if value.kind in ("max_capex", "max_emissions") else _POINT


def tightened(problem: Problem, value: PolicyValue) -> Problem | None:
    """The problem with one limit a step tighter; None where it is as tight as it can be."""
    step = step_of(value)
    limit = value.limit + step if value.kind in FLOORS else value.limit - step
    if limit < 0 or (limit > 1 and value.kind in ("min_share", "clean_origin")):
        return None
    policies = tuple(
        dataclasses.replace(row, limit=limit) if row.policy == value.policy else row for row in problem.tables.policies
    )
    return dataclasses.replace(problem, tables=dataclasses.replace(problem.tables, policies=policies))


def _priced(outcome: Outcome, value: PolicyValue, solve: Solve) -> PolicyValue:
    plan = outcome.plan
    step = step_of(value)
    if plan is None or value.value is None:
        return value
    room = value.value - value.limit if value.kind in FLOORS else value.limit - value.value
    if room >= step and value.violation == 0:
        return dataclasses.replace(value, step=step, step_price=(0.0, 0.0))
    problem = tightened(plan.problem, value)
    if problem is None:
        return value
    again = solve(problem)
    if again.status == Status.INFEASIBLE:
        return dataclasses.replace(value, step=step, step_note="no plan can satisfy it a step tighter")
    if again.plan is None or again.bound is None or outcome.bound is None:
        return dataclasses.replace(value, step=step, step_note="not known: the search was stopped")
    low = max(0.0, again.bound - plan.objective)
    return dataclasses.replace(value, step=step, step_price=(low, max(low, again.plan.objective - outcome.bound)))
