"""The kinds of cost of a node, and the expressions that tell them."""

from __future__ import annotations

from dataclasses import dataclass

from friendshore.models.node.link import ExpressionKey
from friendshore.models.node.sets import Sets

COST_KINDS = (
    "production",
    "transport",
    "tariff",
    "holding",
    "shortage",
    "fixed",
    "protection",
    "investment",
    "refill",
    "salvage",
    "rejoin",
    "surplus",
    "keeping",
    "closing",
)


@dataclass(frozen=True, slots=True)
class Cost(ExpressionKey):
    """The cost of a kind, in money that runs evenly over the node."""

    kind: str


@dataclass(frozen=True, slots=True)
class CountedCost(ExpressionKey):
    """The cost of all kinds that count, in money that runs evenly over the node."""


COUNTED = CountedCost()


def told_kinds(sets: Sets) -> tuple[str, ...]:
    """The kinds of cost that a plan tells: those that a word of the workbook brings only where the word is used."""
    used = {"surplus": bool(sets.surplus), "keeping": bool(sets.kept_at_a_cost), "closing": bool(sets.closable)}
    return tuple(kind for kind in COST_KINDS if used.get(kind, True))


def cost_kinds(sets: Sets) -> tuple[str, ...]:
    """The kinds of cost that count: tariffs only where Settings say so."""
    counted = sets.problem.settings.tariffs_are_costs
    return tuple(kind for kind in COST_KINDS if kind != "tariff" or counted)
