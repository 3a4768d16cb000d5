"""What a country, or a stockpile, could send if nothing stood still: events that cut trade leave a share of it."""

from __future__ import annotations

from math import inf

from friendshore.models.core.investments import size_in_service
from friendshore.models.node.block import NodeBlock
from friendshore.models.node.expression import Linear
from friendshore.models.node.parameters import Array, Key
from friendshore.models.node.sets import Sets
from friendshore.models.node.varying import over_periods
from friendshore.models.tree.scenario_tree import Tree


def nominal(sets: Sets, country: str, commodity: str, existing: dict[str, Array]) -> Array | float:
    """What the existing plants of a country can make of a commodity, a year, at each node.

    Parameters
    ----------
    sets
        Index sets of a node: plants, shipments, stockpiles, rows of demand.
    country
        Where it is made.
    commodity
        One commodity.
    existing
        By plant, existing capacity a year at each node.

    Returns
    -------
    Array | float
        Shape (nodes), in units a year; 0 where nobody makes it.
    """
    makers = sets.makers.get((country, commodity), ())
    return sum((sets.problem.outputs[j][commodity] * existing[j] for j in makers), start=0.0)


def built(node: NodeBlock, country: str, commodity: str) -> Linear:
    """What expansions in service add to what a country can make of a commodity, a year.

    Parameters
    ----------
    node
        The node under construction.
    country
        Where it is made.
    commodity
        One commodity.

    Returns
    -------
    Linear
        In units a year.
    """
    sets, problem = node.sets, node.sets.problem
    return sum(
        problem.outputs[j][commodity] * size_in_service(node, e)
        for j in sets.makers.get((country, commodity), ())
        for e in sets.projects.get(j, ())
    )


def closable(sets: Sets, market: tuple[str, str]) -> list[str]:
    """The plants of a country that make a commodity, ``market`` being both, and may be closed."""
    return [j for j in sets.makers.get(market, ()) if j in sets.closable]


def closed(node: NodeBlock, name: str, key: Key, market: tuple[str, str]) -> Linear:
    """What of the existing capacity in a ceiling is no more there, as plants are closed.

    Parameters
    ----------
    node
        The node under construction.
    name
        Name of the parameters that hold what each plant has in the ceiling.
    key
        Key of the ceiling.
    market
        Country and commodity.

    Returns
    -------
    Linear
        In units of the commodity, over the node.
    """
    return sum(node.parameter(name, (key, j)) * node.port("closed", j) for j in closable(node.sets, market))


def release_rate(sets: Sets, tree: Tree, stock: str) -> Array:
    """The most a stockpile can release a year, at each node; where that is not limited, all it can hold.

    Parameters
    ----------
    sets
        Index sets of a node: plants, shipments, stockpiles, rows of demand.
    tree
        Its scenario tree, stress branches of policies included.
    stock
        Name of the stockpile.

    Returns
    -------
    Array
        Shape (nodes), in units a year.
    """

    def rate(period: int) -> float:
        row = sets.problem.at(period).stockpiles[stock]
        return row.max_release if row.max_release < inf else row.max_level

    return over_periods(sets.problem, tree, rate)


def all_it_holds(sets: Sets, stockpile: str) -> bool:
    """Whether events cut, in some period, a share of all that a stockpile can hold, and stores add to that."""
    return stockpile in sets.stores and any(_without_end(sets, stockpile))


def by_stores(sets: Sets, tree: Tree, stockpile: str) -> Array:
    """Where stores add to what events cut of a stockpile's releases.

    Parameters
    ----------
    sets
        Index sets of a node: plants, shipments, stockpiles, rows of demand.
    tree
        Its scenario tree, stress branches of policies included.
    stockpile
        Its name.

    Returns
    -------
    Array
        1 at those nodes, else 0, shape (nodes).
    """
    return over_periods(sets.problem, tree, [float(each) for each in _without_end(sets, stockpile)].__getitem__)


def _without_end(sets: Sets, stockpile: str) -> list[bool]:
    """In which periods releases of a stockpile have no limit of their own."""
    problem = sets.problem
    return [problem.at(t).stockpiles[stockpile].max_release == inf for t in range(len(problem.periods))]


def stored(node: NodeBlock, parameter: str, key: Key, stockpile: str) -> Linear:
    """What the stores in service add to what an event leaves of a stockpile's releases.

    Parameters
    ----------
    node
        The node under construction.
    parameter
        Name of the parameters that hold what is left, times the length of the node.
    key
        Their key.
    stockpile
        Name of the stockpile.

    Returns
    -------
    Linear
        In units of the commodity, over the node.
    """
    if not all_it_holds(node.sets, stockpile):
        return 0.0
    return node.parameter(parameter, key) * sum(size_in_service(node, e) for e in node.sets.stores[stockpile])
