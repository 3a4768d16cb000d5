"""What the plans cost: key figures, and expected cost by kind and by payer."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from friendshore.optimizer.reporting import summary
from friendshore.optimizer.saved.saved_plan import SavedPlan
from friendshore.optimizer.studies.compare.scope import Scope
from friendshore.optimizer.studies.compare.sections import Section, section

_TAIL = "Mean cost of the worst outcomes (CVaR)"
_MONEY = (
    (summary.EXPECTED, summary.EXPECTED),
    (summary.TAIL, _TAIL),
    (summary.PENALTIES, summary.PENALTIES),
    (summary.OBJECTIVE, summary.OBJECTIVE),
    (summary.BOUND, summary.BOUND),
    (summary.SPENT, summary.SPENT),
)


def figures(plans: Sequence[SavedPlan], scope: Scope) -> Section:
    """Key figures in money."""
    chosen = [pair for pair in _MONEY if scope.costs and (pair[0] != summary.TAIL or scope.tail)]
    parts = [
        pd.DataFrame([(told, plan.figure(words)) for words, told in chosen], columns=["figure", "value"])
        for plan in plans
    ]
    currency = plans[0].problem.settings.currency
    return section("Figures", "Key figures", {"figure": "Figure"}, parts, "number", currency, blank=None)


def gaps(plans: Sequence[SavedPlan]) -> Section:
    """Gap between objective and bound: how far each plan may be from the cheapest."""
    parts = [pd.DataFrame({"figure": [summary.GAP], "value": [plan.figure(summary.GAP)]}) for plan in plans]
    return section("Gaps", "How far from the cheapest plan at most", {"figure": "Figure"}, parts, "share", blank=None)


def by(plans: Sequence[SavedPlan], scope: Scope, key: str, words: str) -> Section:
    """Expected cost, discounted, by ``kind`` or ``payer``; kinds that do not occur cost nothing.

    Parameters
    ----------
    plans
        Plans read back, the first being compared against.
    scope
        What of the plans can be compared.
    key
        Column to sum by.
    words
        Its words.

    Returns
    -------
    Section
        A table with a column for each plan.
    """
    parts = []
    for plan in plans:
        rows = plan.tables["Costs"] if scope.costs else plan.tables["Costs"].head(0)
        sums = rows.groupby(key, as_index=False, sort=False)[["discounted"]].sum()
        parts.append(sums.rename(columns={"discounted": "value"}))
    title = f"Expected cost by {words.lower()}, discounted"
    return section(f"Cost_by_{key}", title, {key: words}, parts, "number", plans[0].problem.settings.currency)
