"""What a disruption costs: the cost of its path beyond that of the base path from its onset on, by kind.

What the path shares with the one it leaves costs both the same and is left out, so that a disruption that comes late
is not measured by years before it. A path that is cheaper than the base path says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import pandas as pd

from friendshore.models.plan import Plan
from friendshore.models.tables import Event
from friendshore.models.tree.dangers import chances
from friendshore.optimizer.reporting.frames import BASE, NOTHING, scenarios, with_nodes
from friendshore.optimizer.reporting.payers import counted_kinds

GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "holding": "stock",
        "refill": "stock",
        "salvage": "stock",
        "rejoin": "stock",
        "shortage": "damage",
        "investment": "building",
        "fixed": "building",
        "protection": "building",
        "closing": "building",
    }
)
"""What each kind of cost belongs to; all others are supply: making, moving and selling."""

PARTS = ("supply", "stock", "damage", "building")
_TINY = 1e-9


def extra_costs(plan: Plan) -> pd.DataFrame:
    """scenario, extra, supply, stock, damage, building, why: each path's own years beyond the base path's, discounted.

    The base path has zeros; ``why`` is blank where a path is not cheaper than the base path.
    """
    costs = plan.costs[plan.costs["kind"].isin(counted_kinds(plan))]
    rows = with_nodes(plan, costs, ["start"])
    rows = rows.assign(part=rows["kind"].map(GROUPS).fillna("supply"))
    own = rows.pivot_table(index="scenario", columns="part", values="discounted", aggfunc="sum", fill_value=0.0)
    own = own.reindex(index=scenarios(plan), columns=list(PARTS), fill_value=0.0)
    onset = plan.nodes.groupby("scenario")["start"].min()
    base = rows[rows["scenario"] == BASE]
    since = {
        start: base[base["start"] >= start - _TINY].groupby("part")["discounted"].sum().reindex(PARTS, fill_value=0.0)
        for start in sorted(set(onset))
    }
    beyond = own - pd.DataFrame([since[onset[name]] for name in own.index], index=own.index)
    size = float(own.abs().to_numpy().max(initial=0.0))
    beyond = beyond.where(beyond.abs() > NOTHING * size * 1e-3, 0.0)
    extra = beyond.sum(axis=1)
    why = [_why(plan, str(name), beyond.loc[name]) if extra[name] < 0 else "" for name in beyond.index]
    return beyond.assign(extra=extra, why=why).reset_index(names="scenario")[["scenario", "extra", *PARTS, "why"]]


def _why(plan: Plan, scenario: str, beyond: pd.Series) -> str:
    """Why a path costs less than the base path does from its onset on."""
    reasons = []
    if beyond["supply"] < 0:
        reasons.extend(_cheaper_supply(_events(plan, scenario)))
        if beyond["damage"] > 0:
            reasons.append("less is bought, as less is to be had")
        if not reasons:
            reasons.append("rules that hold on the base plan do not hold here")
    if beyond["stock"] < 0:
        reasons.append("less stock is held or what is there is used up")
    if beyond["building"] < 0:
        reasons.append("less is built")
    return "; ".join(reasons)


def _cheaper_supply(events: Iterable[Event]) -> list[str]:
    falls = {event.kind for event in events if event.remaining is not None and event.remaining < 1}
    words = {"cost": "prices fall", "demand": "less is needed"}
    return [words[kind] for kind in words if kind in falls]


def _events(plan: Plan, scenario: str) -> tuple[Event, ...]:
    """The events of a path of the sheet, its own and those of the paths it leaves."""
    branches = {branch.name: branch for branch in chances(plan.problem).branches}
    found: tuple[Event, ...] = ()
    while scenario in branches:
        found += branches[scenario].events
        scenario = branches[scenario].parent
    return found
