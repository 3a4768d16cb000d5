"""What events do: means μ[n] of every target, worked out for all nodes at once (formulation, Time)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Generic, TypeVar

import numpy as np

from friendshore.models.lane import Lane, LaneKey
from friendshore.models.node.parameters import Array
from friendshore.models.node.sets import Sets
from friendshore.models.problem import Problem
from friendshore.models.tables import Event
from friendshore.models.tree.scenario_tree import Strike, Tree

ExportTarget = tuple[str, str, tuple[str, ...]]
T = TypeVar("T")


class _Means(Generic[T]):
    """Products of means by target, 1 at every node until something strikes."""

    def __init__(self, tree: Tree) -> None:
        self._nodes = len(tree.nodes)
        self.of: dict[T, Array] = {}

    def strike(self, target: T, strike: Strike) -> None:
        """Multiply a target's mean by that of an event."""
        if target not in self.of:
            self.of[target] = np.ones(self._nodes)
        self.of[target][strike.nodes] *= strike.mean(remaining(strike.event))


def of_kind(tree: Tree, kind: str) -> tuple[Strike, ...]:
    """The strikes of one kind of event."""
    return tuple(strike for strike in tree.strikes if strike.event.kind == kind)


def remaining(event: Event) -> float:
    """ρ of an event; checked before to be there wherever it is read."""
    return 1.0 if event.remaining is None else event.remaining


def plant_means(problem: Problem, tree: Tree, kind: str) -> dict[str, Array]:
    """Product of the means of the events of ``kind`` (capacity, cost) on each plant that any of them strikes.

    Parameters
    ----------
    problem
        A valid problem.
    tree
        Its scenario tree, stress branches of policies included.
    kind
        Kind of event: capacity or cost.

    Returns
    -------
    dict[str, Array]
        By plant, the product μ at each node, shape (nodes).
    """
    means = _Means[str](tree)
    for strike in of_kind(tree, kind):
        event = strike.event
        for plant in problem.plants_matching(event.country, event.commodity, event.plant):
            means.strike(plant, strike)
    return means.of


def surges(problem: Problem, tree: Tree) -> dict[str, Array]:
    """By plant, the most of its capacity that events let work: the product of those means that are above 1."""
    means = _Means[str](tree)
    for strike in of_kind(tree, "capacity"):
        event = strike.event
        if remaining(event) > 1:
            for plant in problem.plants_matching(event.country, event.commodity, event.plant):
                means.strike(plant, strike)
    return means.of


def demand_means(problem: Problem, tree: Tree) -> dict[int, Array]:
    """Product of the means of demand events on each row of demand that any of them strikes."""
    means = _Means[int](tree)
    for strike in of_kind(tree, "demand"):
        event = strike.event
        countries, commodities = set(problem.group(event.country)), set(problem.selection(event.commodity))
        for i, row in enumerate(problem.demand):
            if row.country in countries and row.commodity in commodities:
                means.strike(i, strike)
    return means.of


def lane_means(sets: Sets, tree: Tree) -> dict[LaneKey, Array]:
    """Product of the means of route events on each lane in use that carries a struck tag."""
    means = _Means[LaneKey](tree)
    for strike, strikes in _route_strikes(sets.problem, tree):
        for key, lane in sets.lanes.items():
            if strikes(lane):
                means.strike(key, strike)
    return means.of


def shared_means(problem: Problem, tree: Tree) -> dict[int, Array]:
    """The largest of the products of the means of route events on the lanes of each row that shares, used or not.

    Parameters
    ----------
    problem
        A valid problem.
    tree
        Its scenario tree, stress branches of policies included.

    Returns
    -------
    dict[int, Array]
        By the position of the row in ``tables.lanes``, at each node, shape (nodes); rows of which some lane is never
        struck are left out.
    """
    struck = list(_route_strikes(problem, tree))
    largest: dict[int, Array] = {}
    for row, lanes in problem.shared_lanes.items():
        means: list[Array] = []
        for hits in sorted({tuple(i for i, (_, strikes) in enumerate(struck) if strikes(lane)) for lane in lanes}):
            product = _Means[int](tree)
            for i in hits:
                product.strike(row, struck[i][0])
            means += product.of.values()
            if not hits:
                break
        else:
            largest[row] = np.max(means, axis=0)
    return largest


def _route_strikes(problem: Problem, tree: Tree) -> Iterator[tuple[Strike, Callable[[Lane], bool]]]:
    """The strikes of route events, each with what tells the lanes that it hits."""
    for strike in of_kind(tree, "route"):
        event = strike.event
        origins, commodities = set(problem.group(event.country)), set(problem.selection(event.commodity))
        yield strike, partial(_hit, event.route, origins, commodities)


def _hit(tag: str, origins: set[str], commodities: set[str], lane: Lane) -> bool:
    return tag in lane.routes and lane.origin in origins and lane.commodity in commodities


def export_targets(problem: Problem, strike: Strike) -> Iterable[ExportTarget]:
    """(k, c, R) that an export event strikes; k is never among its own buyers."""
    buyers = problem.group(strike.event.buyers)
    for country in problem.group(strike.event.country):
        for commodity in problem.selection(strike.event.commodity):
            yield country, commodity, tuple(buyer for buyer in buyers if buyer != country)


def export_means(problem: Problem, tree: Tree) -> dict[ExportTarget, Array]:
    """Product of the means of export events without quota on each target (k, c, R)."""
    means = _Means[ExportTarget](tree)
    for strike in of_kind(tree, "export"):
        if strike.event.quota is None:
            for target in export_targets(problem, strike):
                means.strike(target, strike)
    return means.of
