"""Cost: what each path costs by kind, from the prices of the sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from friendshore.models.tables import Tables
from friendshore.optimizer.certify.case import Case, Segment
from friendshore.optimizer.certify.decisions import Decision, kappa
from friendshore.optimizer.certify.normal import lacking_stock
from friendshore.optimizer.certify.numbers import Array, places
from friendshore.optimizer.certify.plants import read_plants
from friendshore.optimizer.certify.scenarios import BASE
from friendshore.optimizer.certify.years import by_period, prices, surplus_values

KINDS = (
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


def told_kinds(tables: Tables) -> tuple[str, ...]:
    """The kinds that a plan of these sheets tells."""
    plants = read_plants(tables)
    used = {
        "surplus": surplus_values(tables).any(),
        "keeping": plants.fixed_cost.any(),
        "closing": plants.existing[:, [row.may_close for row in tables.plants]].any(),
    }
    return tuple(kind for kind in KINDS if used.get(kind, True))


@dataclass(frozen=True)
class PathCost:
    """Discounted cost of one path by kind; tariffs are there also where they do not count."""

    kinds: dict[str, float]
    tariffs_count: bool

    @property
    def total(self) -> float:
        """Cₛ in money of the base year; tariffs count only where they are costs."""
        return sum(cost for kind, cost in self.kinds.items() if kind != "tariff" or self.tariffs_count)

    @property
    def size(self) -> float:
        """The largest part, by which differences are measured."""
        return max(abs(cost) for cost in self.kinds.values())


Running = Mapping[str, Mapping[str, Array]]
"""By scenario and kind what each own node costs, before discounting; shape (own nodes) each."""


def running_costs(case: Case) -> Running:
    """What each own node of every branch costs by kind; capex and the ends of paths apart."""
    return {name: _node_costs(case, segment) for name, segment in case.segments.items()}


def path_costs(case: Case, running: Running) -> dict[str, PathCost]:
    """Cₛ = Σ δₙ·cost over the nodes of each path, with what is decided on it and what is left at its end."""
    discount = {name: case.tree.discount(branch) for name, branch in case.tree.branches.items()}
    costs = {}
    for name in case.tree.branches:
        kinds = dict.fromkeys(KINDS, 0.0)
        for piece, count in case.tree.pieces(name):
            for kind, values in running[piece.name].items():
                kinds[kind] += float(discount[piece.name][:count] @ values[:count])
        kinds["investment"] = sum(investment_of(case, decision) for decision in case.carried[name])
        kinds["closing"] = _closings(case)
        kinds["salvage"], kinds["refill"] = _ends(case, name)
        costs[name] = PathCost(kinds, case.tables.settings.tariffs_are_costs)
    return costs


def _node_costs(case: Case, segment: Segment) -> dict[str, Array]:
    network, quantities, years = case.network, segment.quantities, segment.branch.years
    tables, period = case.tables, segment.branch.period
    duty = network.lanes.tariff[period] * prices(tables, [key[2] for key in network.lanes.keys])[period]
    shortage_cost = np.array([row.shortage_cost for row in tables.demand], dtype=np.float64)
    fixed = by_period(tables, "Expansions", "fixed_cost", {row.expansion: row.fixed_cost for row in tables.expansions})
    protection = by_period(tables, "Protections", "cost", {row.protection: row.cost for row in tables.protections})
    return {
        "production": (_unit_cost(case, segment) * quantities.a).sum(axis=1),
        "transport": _on_lanes(case, segment, network.lanes.cost[period]),
        "tariff": _on_lanes(case, segment, duty),
        "holding": (quantities.v * network.stockpiles.columns["holding_cost"][period]).sum(axis=1) * years,
        "shortage": quantities.u @ shortage_cost,
        "fixed": (segment.units * fixed[period]).sum(axis=1) * years,
        "keeping": _keeping(case, segment) * years,
        "protection": (protection * case.bought).sum(axis=1)[period] * years,
        "rejoin": _lacking(case, segment) * years,
        "surplus": -(quantities.w * _surplus_values(case, segment)).sum(axis=1),
    }


def _keeping(case: Case, segment: Segment) -> Array:
    """Fixed cost a year of plants that have a capacity and are kept, by own node."""
    fixed = case.network.plants.fixed_cost[segment.branch.period]
    return np.asarray((fixed * (segment.existing > 0)).sum(axis=1))


def _closings(case: Case) -> float:
    """closing_cost where o falls, at the start of its period; every path that is there then pays."""
    starts = np.cumsum([0.0, *(period.years for period in case.tables.periods)])
    closed = np.flatnonzero(case.closed < len(case.tables.periods))
    price = case.network.plants.closing_cost[case.closed[closed], closed]
    return float(price @ (1.0 + case.tree.rate) ** -starts[case.closed[closed]])


def _surplus_values(case: Case, segment: Segment) -> Array:
    """What a unit of surplus brings, by own node and market."""
    value = surplus_values(case.tables)
    return value[segment.branch.period][:, case.network.surplus_markets % value.shape[1]]


def _lacking(case: Case, segment: Segment) -> Array:
    """price·s by own node: stock that a path lacks once it is back in normal times (formulation, 8)."""
    settings = case.tables.settings
    if settings.after_shock != "rejoin":
        return np.zeros(len(segment.labels))
    price = prices(case.tables, [row.commodity for row in case.network.stockpiles.rows])[segment.branch.period]
    lacking = lacking_stock(case.tree, segment.branch, settings.rejoin_years, case.levels)
    return np.asarray((lacking * price).sum(axis=1))


def _unit_cost(case: Case, segment: Segment) -> Array:
    """Unit cost of plant and recipe by process, times the means of the ``cost`` events that strike the plant."""
    plants = case.network.plants
    dearer = np.ones((len(segment.labels), len(plants.rows)))
    for strike in segment.strikes:
        event = strike.event
        if event.kind == "cost":
            names = sorted(case.network.groups.plants(event.country, event.commodity, event.plant))
            dearer[:, places([plants.index[name] for name in names])] *= strike.mean[:, None]
    plain = plants.unit_cost[segment.branch.period][:, plants.at] + plants.recipe_cost
    return np.asarray(plain * dearer[:, plants.at])


def _on_lanes(case: Case, segment: Segment, rate: Array) -> Array:
    """A rate a unit of each lane at each own node, on shipments and on releases abroad."""
    pairs = case.network.pairs
    drawn = segment.quantities.g[:, pairs.abroad] * rate[:, pairs.lane[pairs.abroad]]
    return np.asarray((segment.quantities.x * rate).sum(axis=1) + drawn.sum(axis=1))


def investment_of(case: Case, decision: Decision) -> float:
    """Δ·capex·κ·b of one decision, discounted at its time.

    Parameters
    ----------
    case
        The plan beside the network and the tree.
    decision
        Units decided at a node.

    Returns
    -------
    float
        In money of the base year.
    """
    row, tree = case.tables.expansions[decision.expansion], case.tree
    paid = kappa(row, decision.time, tree.horizon, tree.rate)
    price = by_period(case.tables, "Expansions", "capex", {row.expansion: row.capex})[decision.period, 0]
    return float(price * paid * decision.units * (1.0 + tree.rate) ** -decision.time)


def _ends(case: Case, name: str) -> tuple[float, float]:
    """−salvage·v·(1+r)^−H, and on branches price·(final_min − v)⁺·(1+r)^−H at the price of the last period."""
    level, stockpiles = case.segments[name].quantities.v[-1], case.network.stockpiles
    end = float((1.0 + case.tree.rate) ** -case.tree.horizon)
    salvage = -end * float(level @ stockpiles.salvage)
    if name == BASE:
        return salvage, 0.0
    price = prices(case.tables, [row.commodity for row in stockpiles.rows])[-1]
    return salvage, end * float(price @ np.maximum(stockpiles.final_min - level, 0.0))
