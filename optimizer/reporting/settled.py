"""Choices that were settled: held in and held out, and which of the two cheapest plans is proven to be cheaper."""

from __future__ import annotations

import pandas as pd

from friendshore.models.plan import Plan
from friendshore.models.plan.settled import Settled
from friendshore.models.problem import Problem
from friendshore.optimizer.reporting.content import Block, Field
from friendshore.optimizer.reporting.named import names_of
from friendshore.optimizer.wording.comparisons import settled_words
from friendshore.optimizer.wording.names import capital

NAME = "Settled"
FIELDS = (
    Field("choice", "Choice"),
    Field("subject", "Name"),
    Field("sheet", "Sheet"),
    Field("verdict", "Settled"),
    Field("words", "Why"),
)
TITLE = "Choices settled by holding them in and out"
NOTE = (
    "Held in: a protection bought, one unit at least of a project decided on the base path. Held out: on no path. Both "
    "costs are objectives of certified plans, each known within its gap; what they do not prove stays open."
)


def words(each: Settled, problem: Problem) -> str:
    """A choice, what is proven of it, and by how much."""
    return f"{_subject(each, problem)}: {each.verdict}. {_why(each, problem)}"


def _subject(each: Settled, problem: Problem) -> str:
    return capital(names_of(problem).words(each.sheet, each.id))


def _why(each: Settled, problem: Problem) -> str:
    found = each.difference
    return settled_words(str(each.verdict), (found.low, found.high), problem.settings.currency, each.gap)


def table(plan: Plan) -> pd.DataFrame:
    """A row for each, in the order of asking: choice (its id), subject (its name), sheet, verdict, words."""
    problem = plan.problem
    rows = [
        (each.id, _subject(each, problem), each.sheet, str(each.verdict), _why(each, problem)) for each in plan.settled
    ]
    return pd.DataFrame(rows, columns=[field.key for field in FIELDS])


def block(plan: Plan) -> Block | None:
    """The rows as a table; None where nothing was asked to be settled."""
    return Block(NAME, TITLE, table(plan), FIELDS, NOTE) if plan.settled else None
