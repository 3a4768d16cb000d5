"""Questions about a plan: how many units, how much capacity, money and stock, which share from whom.

All are asked of the base path over the periods that are planned. Which they are follows from the workbook, but for the
shares of suppliers, of which those come first that deliver most in the best plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf, isfinite
from typing import Any

import pandas as pd

from friendshore.models.node.sets import Sets
from friendshore.models.plan import Plan
from friendshore.models.problem import Problem
from friendshore.models.tables.periods import planned_labels
from friendshore.models.tree.branch import BASE

QUESTIONS = 40
"""Shares of suppliers are asked for up to so many questions in all."""

FEWEST_SHARES = 10
"""So many of them are asked for however many questions there are."""


class About(StrEnum):
    """What a question is about."""

    PROJECT = "project"
    PROTECTION = "protection"
    CLOSING = "closing"
    CAPACITY = "capacity"
    SPENDING = "spending"
    STOCK = "stock"
    SHARE = "share"


DECISIONS = (About.PROJECT, About.PROTECTION, About.CLOSING)
"""What is decided, not what comes of it: only these have a verdict."""


@dataclass(frozen=True)
class Question:
    """One question.

    ``name`` is that of the expansion, protection, plant, or country; ``commodity`` what is made, stored or delivered,
    blank for the others; ``whole``: the answer is a whole number; ``most``: it is no more, whatever the plan.
    """

    about: About
    name: str
    commodity: str = ""
    whole: bool = False
    most: float = inf

    @property
    def decision(self) -> bool:
        """Whether it is about something that is decided."""
        return self.about in DECISIONS

    def as_list(self) -> list[str | bool | float | None]:
        """The same as JSON holds it."""
        most = self.most if isfinite(self.most) else None
        return [self.about.value, self.name, self.commodity, self.whole, most]

    @classmethod
    def of_list(cls, row: list[Any]) -> Question:
        """What ``as_list`` gave."""
        about, name, commodity, whole, most = row
        return cls(About(about), name, commodity, whole, inf if most is None else float(most))


def questions_of(problem: Problem, plan: Plan) -> tuple[Question, ...]:
    """What is asked of the plans of a problem.

    Parameters
    ----------
    problem
        A valid problem.
    plan
        Its best plan, which tells which suppliers matter.

    Returns
    -------
    tuple[Question, ...]
        Decisions first, then what each ally would build, spend and hold, then shares of suppliers.
    """
    first = (*_decisions(problem), *_capacities(problem), *_spending(problem), *_stocks(problem))
    most = max(FEWEST_SHARES, QUESTIONS - len(first))
    return (*first, *_shares(problem, plan)[:most])


def in_order_of_worth(problem: Problem, questions: Sequence[Question]) -> tuple[int, ...]:
    """Places of the questions, those first that a planner would miss most if it ended early.

    Parameters
    ----------
    problem
        A valid problem.
    questions
        What is asked.

    Returns
    -------
    tuple[int, ...]
        Decisions by the money that may go into them, then what each ally spends, shares, capacities, stocks.
    """
    return tuple(
        sorted(range(len(questions)), key=lambda i: (_rank(questions[i].about), -_money(problem, questions[i])))
    )


def _rank(about: About) -> int:
    order = (About.SPENDING, About.SHARE, About.CAPACITY, About.STOCK)
    return 1 + order.index(about) if about in order else 0


def _money(problem: Problem, question: Question) -> float:
    """The money that may go into a decision; 0 where none is named."""
    if question.about is About.PROJECT:
        row = problem.expansions[question.name]
        return float(row.capex * (row.max_units if isfinite(row.max_units) else 1.0))
    return float(problem.protections[question.name].cost) if question.about is About.PROTECTION else 0.0


def _decisions(problem: Problem) -> Iterator[Question]:
    for name, row in problem.expansions.items():
        if not row.opened_by and row.max_units > 0:
            yield Question(About.PROJECT, name, whole=row.integer, most=row.max_units)
    for name in problem.protections:
        yield Question(About.PROTECTION, name, whole=True, most=1.0)
    for name, plant in problem.plants.items():
        if plant.may_close:
            yield Question(About.CLOSING, name, whole=True, most=1.0)


def _capacities(problem: Problem) -> Iterator[Question]:
    places = {
        (problem.country_of(row), commodity)
        for row in problem.expansions.values()
        if row.plant and not row.opened_by
        for commodity in problem.outputs[row.plant]
    }
    for country, commodity in sorted(places):
        if country in problem.coalition:
            yield Question(About.CAPACITY, country, commodity)


def _spending(problem: Problem) -> Iterator[Question]:
    payers = {problem.payer_of(row) for row in problem.expansions.values() if not row.opened_by and row.capex > 0}
    for country in sorted(payers & set(problem.coalition)):
        yield Question(About.SPENDING, country)


def _stocks(problem: Problem) -> Iterator[Question]:
    places = {(row.country, row.commodity) for row in problem.stockpiles.values()}
    for country, commodity in sorted(places):
        if country in problem.coalition:
            yield Question(About.STOCK, country, commodity)


def _shares(problem: Problem, plan: Plan) -> list[Question]:
    """Suppliers of what the coalition takes in, those first that deliver most by value; none where there is but one."""
    allies, sets = set(problem.coalition), Sets(problem)
    lanes = [lane for lane in sets.shipments if lane.destination in allies]
    suppliers: dict[str, set[str]] = {}
    for lane in lanes:
        suppliers.setdefault(lane.commodity, set()).add(lane.origin)
    taken: dict[tuple[str, str], float] = {}
    for origin, commodity, quantity in delivered(plan).itertuples(index=False, name=None):
        taken[origin, commodity] = taken.get((origin, commodity), 0.0) + float(quantity)
    ranked = []
    for commodity, origins in suppliers.items():
        price = max(problem.commodities[commodity].price, 1e-9)
        amounts = {origin: taken.get((origin, commodity), 0.0) for origin in origins}
        if len(origins) > 1 and sum(amounts.values()) > 0:
            ranked += [(-price * amount, commodity, origin) for origin, amount in amounts.items()]
    return [Question(About.SHARE, origin, commodity, most=1.0) for _, commodity, origin in sorted(ranked)]


def planned(plan: Plan, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the base path in periods that are planned."""
    labels = planned_labels(plan.problem.periods)
    return rows[(rows["scenario"] == BASE) & rows["period"].isin(labels)]


def delivered(plan: Plan) -> pd.DataFrame:
    """What the coalition takes in as planned: origin, commodity, quantity; home supply and releases abroad included."""
    problem = plan.problem
    shipped = planned(plan, plan.sourcing)
    shipped = shipped[shipped["destination"].isin(problem.coalition)][["origin", "commodity", "quantity"]]
    released = planned(plan, plan.releases)
    released = released[released["destination"].isin(problem.coalition)]
    stocks = [problem.stockpiles[str(name)] for name in released["stockpile"]]
    rows = pd.DataFrame(
        {
            "origin": [stock.country for stock in stocks],
            "commodity": [stock.commodity for stock in stocks],
            "quantity": released["quantity"].to_numpy(),
        }
    )
    abroad = [stock.country != to for stock, to in zip(stocks, released["destination"], strict=True)]
    return pd.concat([shipped, rows[pd.Series(abroad, dtype=bool)]], ignore_index=True)
