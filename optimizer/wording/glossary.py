"""The words of the field that plans use, and what they mean: as in docs/glossary.md, which a test holds them to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

MEANINGS: Mapping[str, str] = {
    "activity": "what a plant does; a recipe says what goes in and comes out of one unit of it",
    "actuals": "what has happened since a plan was made: built, bought, held, struck, and what is expected now",
    "alternatives": "the plans that cost little more than the best; what is in all of them is not a matter of taste",
    "as of": "the start of the period at which one stands when a plan is made again; all before has happened",
    "base path": "the years as they go if nothing is struck",
    "binding": "a policy that stands at its limit: without it the plan would be cheaper",
    "bloc": (
        "the camp a country belongs to: ally, partner, neutral, concern, or a word of yours; `@ally` means all of it"
    ),
    "bound": "no plan can be cheaper than this; proven by the search",
    "branch, path": "how the years may go: the base path until something begins, another path from then on",
    "capex": "what a unit of new capacity costs to build, paid when it is decided",
    "certificate": (
        "every rule and the cost worked out again from the workbook's numbers, by code that shares nothing "
        "with the model"
    ),
    "clean origin": "a share of what is used that no country of concern has touched, back to the ore",
    "coalition": "those for whom the plan is made; the bloc that Settings names",
    "committed": "of units: they stand or are on order before the plan begins, so that it decides on them in any case",
    "CVaR": "mean cost of the worst outcomes (the worst 5% where `cvar_alpha` is 0.95)",
    "derivative": "what the cost changes by when a figure grows by one unit, as long as the change is small",
    "discount rate": "how much less a dollar next year weighs than one today",
    "expected cost": "cost of all paths, each weighed by its chance",
    "frontier": "the least cost over how much is asked: no plan asks as much at less",
    "gap": "how far the plan may be from the best one: (cost − bound) ÷ cost",
    "HHI": "Herfindahl–Hirschman index: sum of squared shares of suppliers, 1 for a single one",
    "interchangeable": "of two decisions: each good plan has one of the two, and either does without the other",
    "knee": "where a frontier lies farthest below a straight line between its ends",
    "lane": "what may move from where to where, at what cost",
    "lead time": "from the decision to service",
    "look-ahead": (
        "a last period that is planned, but kept out of totals, so that the end of the plan is not the end of the world"
    ),
    "node": "a stretch of time on a path in which nothing changes",
    "nucleolus": (
        "the division of cost, no ally paying more than alone where that can be, in which the group that gains least "
        "by staying gains as much as it can, then the next"
    ),
    "onset": "when an event begins",
    "penalty": "a price at which a policy may be broken; without one it must hold",
    "protection": (
        "what makes a plant less likely to be lost, or a loss smaller: hardening, a price floor, a second source"
    ),
    "recourse": "what can still be done once something has begun: draw on stock, buy elsewhere",
    "regret": "what decisions cost, if things are otherwise than they were made for, beyond the best decisions then",
    "scenario": "something that may happen, with its chance and its events",
    "sequel": "a scenario that may follow another",
    "shadow price": "what one more unit of a limit is worth, at the margin",
    "Shapley value": "the division of cost by what each adds, on average over all orders of joining",
    "stable": "of a division of cost: no group would pay less by itself",
    "stress test": "a scenario of chance 0: it costs nothing in expectation, and policies may ask that it be survived",
    "sunk cost": "what was paid for something that will not be, and does not come back",
    "survive": "a policy: whenever a stop begins in its window, no more than so much goes short for so long",
    "tier": "a class of use with a damage of its own: defence, critical, general",
    "time to recover, to survive": "until what was lost is back; until somebody goes short",
    "tornado": (
        "a chart of what each figure, moved from one end of its range to the other, does to the cost, the "
        "largest on top"
    ),
}
"""What each word of the glossary means."""

_ON_PAGES: Mapping[str, str] = {
    r"at the margin": "shadow price",
    r"base (?:path|plan)": "base path",
    r"capex": "capex",
    r"certificate": "certificate",
    r"coalition": "coalition",
    r"CVaR": "CVaR",
    r"discounted|today's money": "discount rate",
    r"expected cost": "expected cost",
    r"gap": "gap",
    r"look-ahead": "look-ahead",
    r"lower bound": "bound",
    r"paths?": "branch, path",
    r"protections?": "protection",
    r"scenarios?": "scenario",
    r"stress tests?": "stress test",
    r"tiers?": "tier",
    r"time to survive": "time to recover, to survive",
}
"""How the words stand in what plans say, as patterns, and under which word the glossary has them."""

WORDS = re.compile("|".join(rf"\b(?P<w{i}>{pattern})\b" for i, pattern in enumerate(_ON_PAGES)), re.IGNORECASE)
"""Finds the words of the glossary in a text."""


def word_of(found: re.Match[str]) -> str:
    """The word of the glossary that a match of ``WORDS`` stands for.

    >>> found = WORDS.search("worth it at the margin")
    >>> word_of(found)
    'shadow price'
    """
    return list(_ON_PAGES.values())[int(str(found.lastgroup).removeprefix("w"))]


def words_in(texts: Iterable[str]) -> list[str]:
    """The words of the glossary that stand in some texts, each once, in the order of the glossary.

    >>> words_in(["The gap on the base plan", "another gap"])
    ['base path', 'gap']
    """
    there = {word_of(found) for text in texts for found in WORDS.finditer(text)}
    return [word for word in MEANINGS if word in there]
