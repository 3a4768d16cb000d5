"""What a gap leaves open: protections and investments on offer that cost less than a plan may still be cheaper by."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from math import isfinite

import numpy as np

from friendshore.models.plan import Plan
from friendshore.models.plan.settled import Verdict
from friendshore.models.problem import Problem
from friendshore.models.tables import Expansion
from friendshore.models.tree.discounting import at_once, running
from friendshore.models.tree.investment import paid_share
from friendshore.optimizer.reporting.frames import bought_protections
from friendshore.optimizer.reporting.named import names_of
from friendshore.optimizer.wording.comparisons import undecided_words

HALF = 0.5
"""A gap of half of what the cheapest choice costs decides more than whether it may be had for nothing."""


Choice = tuple[str, str]
"""A choice on offer: the sheet of its row, and its name there."""


def sentence(problem: Problem, taken: Collection[str], objective: float, apart: float) -> str:
    """Which choices that the plan does not take are not decided by its gap; blank where that can be said of none.

    Parameters
    ----------
    problem
        The problem that the plan answers.
    taken
        Expansions that it builds and protections that it buys, on any path.
    objective
        Its objective, in the currency of Settings.
    apart
        By how much a plan may still be cheaper: objective less proven bound.

    Returns
    -------
    str
        A sentence.
    """
    open_ones = _open(problem, taken, apart)
    if not open_ones or objective <= 0:
        return ""
    names, least = names_of(problem), min(open_ones.values())
    called = [names.words(*name) for name in sorted(open_ones, key=lambda name: (open_ones[name], name))]
    return undecided_words(called, apart, least, problem.settings.currency, HALF * least / objective)


def sentence_of(plan: Plan) -> str:
    """The sentence of a plan; blank where its gap is not known."""
    return sentence(plan.problem, {*_taken(plan), *_settled(plan)}, plan.objective, apart(plan))


def apart(plan: Plan) -> float:
    """By how much a plan may still be cheaper, in the currency of Settings: 0 where its gap is not known."""
    bound = plan.run.bound
    return 0.0 if bound is None or not isfinite(bound) else max(0.0, plan.objective - bound)


def open_choices(plan: Plan) -> dict[Choice, float]:
    """What each choice costs, discounted, that the plan does not take, that is not settled and its gap leaves open."""
    return _open(plan.problem, {*_taken(plan), *_settled(plan)}, apart(plan)) if plan.objective > 0 else {}


def choice_costs(problem: Problem) -> dict[Choice, float]:
    """What each protection costs, and a unit of each expansion decided as early as it may be, discounted."""
    return {choice: cost for part in (_protections, _expansions) for choice, cost in part(problem)}


def _open(problem: Problem, taken: Collection[str], apart: float) -> dict[Choice, float]:
    costs = choice_costs(problem)
    return {choice: cost for choice, cost in costs.items() if choice[1] not in taken and 0 < cost < apart}


def _taken(plan: Plan) -> set[str]:
    return {*map(str, plan.investments["expansion"]), *bought_protections(plan)}


def _settled(plan: Plan) -> set[str]:
    return {each.id for each in plan.settled if each.verdict is not Verdict.OPEN}


def _protections(problem: Problem) -> Iterator[tuple[Choice, float]]:
    """What each protection costs over the horizon, discounted, from the first period in which it may be bought."""
    starts = np.array(problem.period_starts)
    years = np.array([period.years for period in problem.periods])
    worth = running(problem.settings.discount_rate, starts, years) * years
    rates = [problem.at(t).protections for t in range(len(problem.periods))]
    for name, row in problem.protections.items():
        first = problem.period_index(row.from_period, 0)
        yield ("Protections", name), sum(float(worth[t]) * rates[t][name].cost for t in range(first, len(worth)))


def _expansions(problem: Problem) -> Iterator[tuple[Choice, float]]:
    """What a unit of each expansion costs, decided as early as it may be: the share of its price, discounted."""
    for name, row in problem.expansions.items():
        yield ("Expansions", name), _unit_cost(problem, name, row)


def _unit_cost(problem: Problem, name: str, row: Expansion) -> float:
    t = problem.period_index(row.earliest, 0)
    time, rate = problem.period_starts[t], problem.settings.discount_rate
    share = paid_share(row, time, problem.horizon, rate) * float(at_once(rate, np.array(time)))
    return share * problem.at(t).expansions[name].capex
