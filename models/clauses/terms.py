"""Expressions that several rules speak of: deliveries, intake, shortage and demand at a node (formulation, 7)."""

from __future__ import annotations

from friendshore.models.clauses.clause import Clause
from friendshore.models.core.shipments import SHIPPED
from friendshore.models.core.shortage import DEMAND, SHORTAGE
from friendshore.models.core.stock import RELEASED
from friendshore.models.node.expression import Linear
from friendshore.models.node.node_model import NodeModel


def deliveries(node: NodeModel, suppliers: tuple[str, ...], consumers: tuple[str, ...], commodity: str) -> Linear:
    """X(K, R, c, n): what R takes in from other countries of K, gross of loss, releases abroad included."""
    shipped, released = node[SHIPPED], node[RELEASED]
    stockpiles = node.sets.problem.stockpiles
    from_plants = sum(
        shipped[way]
        for r in consumers
        for way in node.sets.shipments_in.get((r, commodity), ())
        if way[0] in suppliers and way[0] != r
    )
    from_stocks = sum(
        released[pair]
        for r in consumers
        for pair in node.sets.releases_in.get((r, commodity), ())
        if stockpiles[pair[0]].country in suppliers and stockpiles[pair[0]].country != r
    )
    return from_plants + from_stocks


def home_supply(node: NodeModel, countries: tuple[str, ...], commodity: str) -> Linear:
    """What these countries supply to themselves."""
    shipped = node[SHIPPED]
    return sum(shipped[r, r, commodity] for r in countries if (r, r, commodity) in shipped)


def intake(node: NodeModel, consumers: tuple[str, ...], commodity: str) -> Linear:
    """T(R, c, n): all that R takes in, home included, and releases from abroad."""
    everyone = tuple(node.sets.problem.countries)
    return home_supply(node, consumers, commodity) + deliveries(node, everyone, consumers, commodity)


def shortage(node: NodeModel, clause: Clause) -> Linear:
    """Shortage of the rows in scope."""
    return sum(node[SHORTAGE][i] for i in clause.demand_rows(node.sets))


def demand(node: NodeModel, clause: Clause) -> Linear:
    """Demand of the rows in scope."""
    return sum(node.parameter(DEMAND, i) for i in clause.demand_rows(node.sets))
