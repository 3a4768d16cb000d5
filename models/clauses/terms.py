"""Expressions that several rules speak of: deliveries, intake, shortage and demand at a node (formulation, 7)."""

from __future__ import annotations

from friendshore.models.clauses.clause import Clause
from friendshore.models.node.block import NodeBlock
from friendshore.models.node.expression import Linear


def deliveries(node: NodeBlock, suppliers: tuple[str, ...], consumers: tuple[str, ...], commodity: str) -> Linear:
    """X(K, R, c, n): what R takes in from other countries of K, gross of loss, releases abroad included.

    Parameters
    ----------
    node
        The node under construction.
    suppliers
        K: countries that deliver.
    consumers
        R: countries whose supply it is about.
    commodity
        One commodity.

    Returns
    -------
    Linear
        In the unit of the commodity, over the node.
    """
    shipped, released = node.variables["shipped"], node.variables["released"]
    from_plants = sum(
        shipped[lane]
        for r in consumers
        for lane in node.sets.shipments_in.get((r, commodity), ())
        if lane.origin in suppliers and lane.origin != r
    )
    from_stocks = sum(
        released[pair]
        for r in consumers
        for pair in node.sets.releases_in.get((r, commodity), ())
        if node.sets.ends(pair).origin in suppliers and node.sets.ends(pair).origin != r
    )
    return from_plants + from_stocks


def home_supply(node: NodeBlock, countries: tuple[str, ...], commodity: str) -> Linear:
    """What these countries supply to themselves.

    Parameters
    ----------
    node
        The node under construction.
    countries
        Countries, each supplying itself.
    commodity
        One commodity.

    Returns
    -------
    Linear
        In the unit of the commodity, over the node.
    """
    shipped = node.variables["shipped"]
    arriving = (lane for r in countries for lane in node.sets.shipments_in.get((r, commodity), ()))
    return sum(shipped[lane] for lane in arriving if not lane.abroad)


def intake(node: NodeBlock, consumers: tuple[str, ...], commodity: str) -> Linear:
    """T(R, c, n): all that R takes in, home included, and releases from abroad.

    Parameters
    ----------
    node
        The node under construction.
    consumers
        R: countries whose supply it is about.
    commodity
        One commodity.

    Returns
    -------
    Linear
        In the unit of the commodity, over the node.
    """
    everyone = tuple(node.sets.problem.countries)
    return home_supply(node, consumers, commodity) + deliveries(node, everyone, consumers, commodity)


def shortage(node: NodeBlock, clause: Clause) -> Linear:
    """Shortage of the rows in scope."""
    return sum(node.variables["shortage"][i] for i in clause.demand_rows(node.sets))


def demand(node: NodeBlock, clause: Clause) -> Linear:
    """Demand of the rows in scope."""
    return sum(node.parameter("demand", i) for i in clause.demand_rows(node.sets))
