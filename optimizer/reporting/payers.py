"""Who pays: every cost of a plan by node, kind and country, worked out from its tables.

A plant's country pays for production and gets what its surplus brings, the destination pays for freight and tariffs,
the country of a stockpile for holding, refilling and what it lacks after a shock, the demanding country bears a
shortage, the payer of an expansion or a protection that, and the country of its plant where none is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import pandas as pd

from friendshore.models.plan import Plan
from friendshore.models.tree.discounting import worth
from friendshore.optimizer.reporting.cost_rows import FIGURE, KEYS, KINDS
from friendshore.optimizer.reporting.frames import NODE, NOTHING, in_order, with_nodes
from friendshore.optimizer.reporting.named_payers import UNASSIGNED

_TINY = 1e-9
_KNOWN: WeakKeyDictionary[Plan, Accounts] = WeakKeyDictionary()
"""Expected costs of the plans at hand."""


@dataclass(frozen=True)
class Accounts:
    """Expected costs of a plan: ``by_payer`` as of ``expected``, ``by_figure`` as of ``by_figure``."""

    by_payer: pd.DataFrame
    by_figure: pd.DataFrame


def ledger(plan: Plan) -> pd.DataFrame:
    """scenario, period, step, kind, payer, cost, discounted, weight; one row for each cost that is not 0."""
    rows = _assigned(plan).groupby([*KEYS, "weight"], as_index=False, sort=False)[["cost", "discounted"]].sum()
    return rows[rows["cost"] != 0.0][[*KEYS, "cost", "weight", "discounted"]].reset_index(drop=True)


def _assigned(plan: Plan) -> pd.DataFrame:
    """Every cost by node, kind, payer and the row of the workbook behind it, with its worth and the node's weight."""
    parts = [rows_of(plan) for rows_of in KINDS]
    rows = pd.concat([part for part in parts if len(part)] or parts, ignore_index=True).astype({"cost": float})
    rows = with_nodes(plan, rows[rows["cost"] != 0.0], ["start", "years", "weight"])
    return rows.assign(discounted=rows["cost"] * _worth(plan, rows)).drop(columns=["start", "years"])


def _worth(plan: Plan, rows: pd.DataFrame) -> pd.Series:
    """What a unit of money of each row is worth at the start of the horizon, by its kind and node."""
    rate, horizon = plan.problem.settings.discount_rate, plan.problem.horizon
    parts = [
        pd.Series(worth(str(kind), rate, of["start"].to_numpy(float), of["years"].to_numpy(float), horizon), of.index)
        for kind, of in rows.groupby("kind", sort=False)
    ]
    return pd.concat(parts) if parts else pd.Series(dtype=float)


def expected(plan: Plan) -> pd.DataFrame:
    """kind, period, payer, cost and discounted, both expected over the scenarios.

    What the plan's own account of costs has beyond the costs assigned stands in rows without a country, so that the
    sum is the plan's.
    """
    return _accounts(plan).by_payer


def by_figure(plan: Plan) -> pd.DataFrame:
    """sheet, row, kind, discounted: the expected cost by the row of the workbook whose figure it rests on."""
    return _accounts(plan).by_figure


def _accounts(plan: Plan) -> Accounts:
    """Worked out once for a plan, as several sheets tell of it; whoever changes a table takes a copy."""
    if plan not in _KNOWN:
        known = _assigned(plan)
        figures = _weighted(known, [*FIGURE, "kind"]).reset_index().drop(columns="cost")
        _KNOWN[plan] = Accounts(_by_payer(plan, known), figures)
    return _KNOWN[plan]


def _by_payer(plan: Plan, known: pd.DataFrame) -> pd.DataFrame:
    whole = _counted(plan)
    sums = [_weighted(rows, ["kind", "period"]) for rows in (known, whole)]
    rest = (sums[1].sub(sums[0], fill_value=0.0)).reset_index()
    size = max(float(whole["discounted"].abs().max()) if len(whole) else 0.0, 1.0)
    rest = rest[(rest["discounted"].abs() > NOTHING * size) | (rest["cost"].abs() > NOTHING * size)]
    split = _weighted(known, ["kind", "period", "payer"]).reset_index()
    split = split[split["cost"].abs() > _TINY * size]
    rows = pd.concat([split, rest.assign(payer=UNASSIGNED)], ignore_index=True) if len(rest) else split
    order = {kind: i for i, kind in enumerate(plan.costs_by_kind)}
    rows = rows.assign(_kind=rows["kind"].map(order).fillna(len(order)))
    return in_order(plan, rows, first=["payer", "_kind"]).drop(columns="_kind")


def _counted(plan: Plan) -> pd.DataFrame:
    """The plan's own account of costs that count, with the weight of each node."""
    counted = plan.costs[plan.costs["kind"].isin(counted_kinds(plan))]
    return counted.assign(weight=with_nodes(plan, counted[NODE], ["weight"])["weight"].to_numpy())


def expected_by_kind(plan: Plan) -> pd.DataFrame:
    """kind, period, cost and discounted, both expected over the scenarios: ``expected`` whoever pays."""
    return _weighted(_counted(plan), ["kind", "period"]).reset_index()


def counted_kinds(plan: Plan) -> dict[str, float]:
    """Expected discounted cost by the kinds that count: tariffs only where Settings say that they are costs."""
    without = set() if plan.problem.settings.tariffs_are_costs else {"tariff"}
    return {kind: float(cost) for kind, cost in plan.costs_by_kind.items() if kind not in without}


def _weighted(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    weighed = rows[keys].assign(cost=rows["cost"] * rows["weight"], discounted=rows["discounted"] * rows["weight"])
    return weighed.groupby(keys, sort=False)[["cost", "discounted"]].sum()
