"""The rows of Policies for the rest: windows that are not over, scenarios that may still come, budgets that are left.

A price of violation is not discounted, while all costs are, to the start of the problem. Where that start is later, it
grows as they do, so that it weighs against them as it did.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator

from friendshore.models.problem import Problem
from friendshore.models.tables import Policy, Profile
from friendshore.optimizer.studies.replan.standing import Standing

ANYWHERE = ("base", "normal", "each", "expected", "cvar")
"""Words of ``scenario`` that name no row of Scenarios."""


def policies(problem: Problem, standing: Standing, scenarios: Collection[str]) -> tuple[Policy, ...]:
    """The policies of the rest.

    Parameters
    ----------
    problem
        The problem of the plan.
    standing
        What stands at the start of the rest.
    scenarios
        Names of those that may still come.

    Returns
    -------
    tuple[Policy, ...]
        Without those whose window is over, or whose scenarios can no longer come. Rules over a whole path, and over
        the steps of an event together, count from the start of the rest.
    """
    return tuple(made for row in problem.policies if (made := _rest(problem, standing, scenarios, row)) is not None)


def growth(problem: Problem, as_of: int) -> float:
    """What a unit of money at the start of the plan's problem is worth at the start of a period."""
    return float((1.0 + problem.settings.discount_rate) ** problem.period_starts[as_of])


def _rest(problem: Problem, standing: Standing, scenarios: Collection[str], row: Policy) -> Policy | None:
    last = problem.period_index(row.to_period, len(problem.periods) - 1)
    if last < standing.as_of or (row.declared.stops and last == standing.as_of < len(problem.periods) - 1):
        return None
    named = [name.strip() for name in row.scenario.split(",") if name.strip()]
    kept = [name for name in named if name in ANYWHERE or name in scenarios]
    if named and not kept:
        return None
    begun = problem.period_index(row.from_period, 0) <= standing.as_of
    made = dataclasses.replace(row, scenario=", ".join(kept), from_period="" if begun else row.from_period)
    if row.penalty is not None:
        made = dataclasses.replace(made, penalty=row.penalty * growth(problem, standing.as_of))
    if row.kind == "max_capex":
        made = dataclasses.replace(made, limit=max(0.0, row.limit - _spent(problem, standing, row)))
    return made


def _spent(problem: Problem, standing: Standing, row: Policy) -> float:
    """What its payers have committed within its window."""
    payers, window = set(problem.group(row.consumer_text)), problem.window(row.from_period, row.to_period)
    spent = 0.0
    for order in standing.ordered:
        period = problem.period_index(order.period, 0)
        project = problem.at(period).expansions[order.expansion]
        if period in window and problem.payer_of(project) in payers:
            spent += order.units * project.capex
    return spent


def policy_profiles(
    problem: Problem, standing: Standing, rows: Collection[Policy], profiles: Collection[Profile]
) -> Iterator[Profile]:
    """The profiles of the policies that are left; limits of budgets less what is spent, penalties in later money.

    Parameters
    ----------
    problem
        The problem of the plan.
    standing
        What stands at the start of the rest.
    rows
        The policies that are left.
    profiles
        Profiles of policies, past periods left out.

    Yields
    ------
    Profile
        Of rows that are left.
    """
    by_name = {row.policy: row for row in rows}
    policies_by_name = {row.policy: row for row in problem.policies}
    for profile in profiles:
        row = by_name.get(profile.entry)
        if row is None:
            continue
        factor = growth(problem, standing.as_of) if profile.constant == "penalty" else 1.0
        budget = row.kind == "max_capex" and profile.constant == "limit"
        spent = _spent(problem, standing, policies_by_name[profile.entry]) if budget else 0.0
        values = {label: max(0.0, factor * value - spent) for label, value in profile.by_period.items()}
        yield dataclasses.replace(profile, by_period=values)
