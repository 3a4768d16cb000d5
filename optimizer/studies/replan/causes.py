"""How the cost of the rest came to differ from the plan's, cause by cause: each step is a solved problem.

The causes stand in a fixed order, and each is taken on top of those before it, so that they add up; taken in another
order single causes would be told other amounts, and their sum the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from friendshore.models.plan.baselines import Interval
from friendshore.models.problem import Problem
from friendshore.models.tree.investment import paid_share
from friendshore.optimizer.studies.replan.actuals import (
    Actuals,
    Figure,
    with_building,
    with_demand,
    with_figures,
    with_stocks,
)
from friendshore.optimizer.studies.replan.standing import Standing

Name = Literal["passing", "building", "stocks", "prices", "demand", "input"]

PASSING: Name = "passing"
BUILDING: Name = "building"
STOCKS: Name = "stocks"
PRICES: Name = "prices"
DEMAND: Name = "demand"
INPUT: Name = "input"
ORDER: tuple[Name, ...] = (PASSING, BUILDING, STOCKS, PRICES, DEMAND, INPUT)
"""The causes in the order in which they are told."""

MONEY = frozenset(
    ("price", "surplus_value", "unit_cost", "fixed_cost", "closing_cost", "capex", "cost", "tariff", "holding_cost")
)
"""Columns whose numbers are prices."""


@dataclass(frozen=True, eq=False)
class Step:
    """What is asked with all causes up to ``cause``."""

    cause: Name
    problem: Problem
    standing: Standing


@dataclass(frozen=True)
class Cause:
    """A cause and what it added to the cost of the rest, in money of as_of.

    ``amount`` is the difference between the plans found, ``between`` what is proven of that between the best plans;
    ``past`` what of it was paid, or not paid, before as_of; None for amounts that no step asks for.
    """

    cause: Name
    amount: float | None
    between: Interval | None
    past: float = 0.0


def steps(problem: Problem, planned: Standing, actuals: Actuals) -> Iterator[Step]:
    """What is asked, cause by cause; the first always, the others where something was told that is not as planned.

    Parameters
    ----------
    problem
        The problem of the plan.
    planned
        What the plan wanted to stand, on the path that has come true.
    actuals
        What has happened.

    Yields
    ------
    Step
        In the order of ``ORDER``.
    """
    yield Step(PASSING, problem, planned)
    built = with_building(problem, planned, actuals)
    if not same(built, planned):
        yield Step(BUILDING, problem, built)
    stocked = with_stocks(built, actuals)
    if any(abs(level - built.levels[name]) > 1e-9 for name, level in stocked.levels.items()):
        yield Step(STOCKS, problem, stocked)
    changed = [figure for figure in actuals.figures if is_changed(problem, figure)]
    prices = [figure for figure in changed if figure.column in MONEY]
    others = [figure for figure in changed if figure.column not in MONEY]
    if prices:
        problem = with_figures(problem, prices)
        yield Step(PRICES, problem, stocked)
    demand = changed_demand(problem, actuals.demand)
    if demand:
        problem = with_demand(problem, demand)
        yield Step(DEMAND, problem, stocked)
    if others:
        yield Step(INPUT, with_figures(problem, others), stocked)


def same(one: Standing, other: Standing) -> bool:
    """Whether the same was ordered, is in force and is closed."""
    rows = [[(r.expansion, r.period, round(r.units, 9), round(r.service, 9)) for r in s.ordered] for s in (one, other)]
    return rows[0] == rows[1] and (one.protections, one.closed) == (other.protections, other.closed)


def is_changed(problem: Problem, figure: Figure) -> bool:
    """Whether a figure has another value in some period than the sheets say."""
    return any(value != value_of(problem, figure, label) for label, value in figure.values.items())


def value_of(problem: Problem, figure: Figure, label: str) -> float:
    """What the sheets say of a number in a period.

    Parameters
    ----------
    problem
        The problem of the plan.
    figure
        Which number of which row.
    label
        Label of the period.

    Returns
    -------
    float
        In the unit of its column.
    """
    rows = problem.at(problem.period_index(label, 0)).tables.by_sheet[figure.sheet]
    name = rows[0].TABLE.name_column
    declared = rows[0].TABLE.varying[figure.column]
    row = next(each for each in rows if name is not None and vars(each)[name.field] == figure.entry)
    return float(vars(row)[declared.field])


def changed_demand(problem: Problem, told: Mapping[int, Mapping[str, float]]) -> dict[int, dict[str, float]]:
    """What of the demand told is other than planned."""
    rows = {row.row: row for row in problem.demand}
    found = {
        number: {
            label: value
            for label, value in values.items()
            if value != problem.demand_per_year(rows[number], problem.period_index(label, 0))
        }
        for number, values in told.items()
    }
    return {number: values for number, values in found.items() if values}


def spent_otherwise(plan: Problem, planned: Standing, actual: Standing, actuals: Actuals) -> float:
    """What was paid before as_of for projects, beyond what the plan would have paid, in money of as_of.

    Each unit by the share of its price that falls within the plan's horizon; what was paid for units that will not be,
    and does not come back, is counted as it is told.

    Parameters
    ----------
    plan
        The problem of the plan, or the plan.
    planned
        What the plan wanted to stand.
    actual
        What stands.
    actuals
        What has happened.

    Returns
    -------
    float
        In the currency of Settings; below 0: less was paid.
    """
    now, rate = plan.period_starts[planned.as_of], plan.settings.discount_rate
    sunk = {(row.expansion, row.period): row.sunk_cost for row in actuals.built}
    before = {(row.expansion, row.period): row.units for row in planned.ordered}
    after = {(row.expansion, row.period): row.units for row in actual.ordered}
    total = 0.0
    for name, label in dict.fromkeys([*before, *after, *sunk]):
        period = plan.period_index(label, 0)
        time = plan.period_starts[period]
        row = plan.at(period).expansions[name]
        price = row.capex * paid_share(row, time, plan.horizon, rate)
        units = after.get((name, label), 0.0) - before.get((name, label), 0.0)
        total += (units * price + sunk.get((name, label), 0.0)) * (1.0 + rate) ** (now - time)
    return total
