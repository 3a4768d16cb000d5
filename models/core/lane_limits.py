"""Lanes: their capacity, alone or shared by a row, what route events leave of it, and contracts (formulation, 5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

import numpy as np
from numpy.typing import NDArray

from friendshore.models.core import effects
from friendshore.models.core.nominal import (
    all_it_holds,
    built,
    by_stores,
    closable,
    closed,
    nominal,
    release_rate,
    stored,
)
from friendshore.models.lane import LaneKey
from friendshore.models.node.block import NodeBlock
from friendshore.models.node.expression import Expression, Linear, Relation
from friendshore.models.node.parameters import Array, Key, Parameters
from friendshore.models.node.sets import Release, Sets
from friendshore.models.node.varying import over_periods
from friendshore.models.tree.normal_times import in_normal_times
from friendshore.models.tree.scenario_tree import Tree

Means = Mapping[LaneKey, Array]

_UNTOUCHED = 1.0 - 1e-12


def enter_parameters(parameters: Parameters, sets: Sets, tree: Tree, existing: dict[str, Array]) -> None:
    """Enter the capacities of lanes and rows, the ceilings of struck routes, and contracts.

    Parameters
    ----------
    parameters
        Gets them, by name and key, one value a node.
    sets
        Index sets of a node: plants, shipments, stockpiles, rows of demand.
    tree
        Its scenario tree, stress branches of policies included.
    existing
        By plant, existing capacity a year at each node.
    """
    problem, means = sets.problem, effects.lane_means(sets, tree)
    capacity = {
        key: over_periods(problem, tree, partial(problem.lane_capacity, lane)) for key, lane in sets.lanes.items()
    }
    _own_capacity(parameters, sets, tree, means, capacity)
    _shared_capacity(parameters, sets, tree, means, capacity)
    _open_lanes(parameters, sets, tree, means, capacity, existing)
    _contracts(parameters, sets, tree)


def _finite(values: Array) -> Array:
    """The values, 0 where there is no limit, and so no row that would read it."""
    return np.where(np.isfinite(values), values, 0.0)


def _own_capacity(parameters: Parameters, sets: Sets, tree: Tree, means: Means, capacity: Means) -> None:
    own = {key: limit for key, limit in capacity.items() if not sets.lanes[key].shared and np.any(np.isfinite(limit))}
    parameters.add(
        "lane_capacity", {key: tree.length * _finite(limit) * means.get(key, 1.0) for key, limit in own.items()}
    )
    parameters.add_mask("lane_limited", {key: np.isfinite(limit) for key, limit in own.items()})


def _shared_capacity(parameters: Parameters, sets: Sets, tree: Tree, means: Means, capacity: Means) -> None:
    """The row carries the largest share that its lanes are left; a lane that is left less is held to its own."""
    largest = effects.shared_means(sets.problem, tree)
    limits: dict[int, Array] = {}
    lanes: dict[LaneKey, Array] = {}
    struck: dict[LaneKey, NDArray[np.bool_]] = {}
    for key, lane in sets.lanes.items():
        if lane.shared and np.any(np.isfinite(capacity[key])):
            limits[lane.row] = capacity[key]
            left, most = means.get(key, np.ones(len(tree.nodes))), largest.get(lane.row, 1.0)
            apart = np.isfinite(capacity[key]) & (left < most - (1.0 - _UNTOUCHED))
            if apart.any():
                lanes[key], struck[key] = tree.length * _finite(capacity[key]) * left, apart
    parameters.add(
        "shared_capacity", {row: tree.length * _finite(limits[row]) * largest.get(row, 1.0) for row in sorted(limits)}
    )
    parameters.add_mask("shared_limited", {row: np.isfinite(limits[row]) for row in sorted(limits)})
    parameters.add("struck_capacity", lanes)
    parameters.add_mask("struck_apart", struck)


def _open_lanes(
    parameters: Parameters, sets: Sets, tree: Tree, means: Means, capacity: Means, existing: dict[str, Array]
) -> None:
    """A struck lane without capacity is cut to a share of what the origin can make at all."""
    open_now = {key: ~np.isfinite(capacity[key]) for key in means}
    struck = {key: mean for key, mean in means.items() if open_now[key].any()}
    shipments = set(sets.shipments)
    shipped = {key: mean for key, mean in struck.items() if key in shipments}
    released = {pair: struck[sets.ends(pair)] for pair in sets.releases_abroad if sets.ends(pair) in struck}
    parameters.add("route_share", {key: tree.length * mean for key, mean in shipped.items()})
    parameters.add(
        "route_ceiling",
        {key: tree.length * mean * nominal(sets, key.origin, key.commodity, existing) for key, mean in shipped.items()},
    )
    parameters.add(
        "route_closed",
        {
            (key, j): tree.length * mean * sets.problem.outputs[j][key.commodity] * existing[j]
            for key, mean in shipped.items()
            for j in closable(sets, (key.origin, key.commodity))
        },
    )
    parameters.add_mask("route_struck", {key: (mean < _UNTOUCHED) & open_now[key] for key, mean in shipped.items()})
    parameters.add(
        "route_release",
        {pair: tree.length * mean * release_rate(sets, tree, pair.stockpile) for pair, mean in released.items()},
    )
    kept = {pair: mean for pair, mean in released.items() if all_it_holds(sets, pair.stockpile)}
    parameters.add(
        "route_stored",
        {pair: tree.length * mean * by_stores(sets, tree, pair.stockpile) for pair, mean in kept.items()},
    )
    parameters.add_mask(
        "route_release_struck",
        {pair: (mean < _UNTOUCHED) & open_now[sets.ends(pair)] for pair, mean in released.items()},
    )


def _contracts(parameters: Parameters, sets: Sets, tree: Tree) -> None:
    """Least quantities of lanes and of rows that share, in normal times."""
    problem = sets.problem
    normal = in_normal_times(tree, problem.settings.rejoin_years)
    least = {key: over_periods(problem, tree, partial(problem.lane_least, lane)) for key, lane in sets.lanes.items()}
    asked = {key: values for key, values in least.items() if values.any()}
    own = {key: values for key, values in asked.items() if not sets.lanes[key].shared}
    rows = {sets.lanes[key].row: values for key, values in asked.items() if sets.lanes[key].shared}
    for name, wanted in (("lane_least", own), ("shared_least", dict(sorted(rows.items())))):
        parameters.add(name, {key: tree.length * values for key, values in wanted.items()})
        parameters.add_mask(f"{name}_asked", {key: normal & (values > 0) for key, values in wanted.items()})


def formulate(node: NodeBlock, shipped: Mapping[Key, Expression], released: Mapping[Key, Expression]) -> None:
    """The rows that bound what lanes carry, shipments and releases together, from above and below.

    Parameters
    ----------
    node
        The node under construction.
    shipped
        Shipments by lane.
    released
        Releases by stockpile, destination and way.
    """
    sets = node.sets
    rows = {row: tuple(lane.key for lane in lanes) for row, lanes in sets.problem.shared_lanes.items()}

    def moved(lanes: Iterable[LaneKey]) -> Linear:
        parts: list[Expression] = []
        for key in lanes:
            parts += [shipped[key]] if key in shipped else []
            parts += [released[pair] for pair in sets.releases_over.get(key, ())]
        return sum(parts)

    def lane_limit(key: LaneKey) -> Relation | bool:
        return moved((key,)) <= node.parameter("lane_capacity", key)

    def shared_limit(row: int) -> Relation | bool:
        return moved(rows[row]) <= node.parameter("shared_capacity", row)

    def struck_limit(key: LaneKey) -> Relation | bool:
        return moved((key,)) <= node.parameter("struck_capacity", key)

    def lane_least(key: LaneKey) -> Relation | bool:
        return moved((key,)) >= node.parameter("lane_least", key)

    def shared_least(row: int) -> Relation | bool:
        return moved(rows[row]) >= node.parameter("shared_least", row)

    node.constrain("lane_limit", node.keys("lane_capacity"), lane_limit, where="lane_limited")
    node.constrain("shared_limit", node.keys("shared_capacity"), shared_limit, where="shared_limited")
    node.constrain("struck_limit", node.keys("struck_capacity"), struck_limit, where="struck_apart")
    node.constrain("lane_least", node.keys("lane_least"), lane_least, where="lane_least_asked")
    node.constrain("shared_least", node.keys("shared_least"), shared_least, where="shared_least_asked")
    _struck_rows(node, shipped, released)


def _struck_rows(node: NodeBlock, shipped: Mapping[Key, Expression], released: Mapping[Key, Expression]) -> None:
    def route_limit(key: LaneKey) -> Relation | bool:
        share = node.parameter("route_share", key) * built(node, key.origin, key.commodity)
        gone = closed(node, "route_closed", key, (key.origin, key.commodity))
        return shipped[key] - share + gone <= node.parameter("route_ceiling", key)

    def route_release(pair: Release) -> Relation | bool:
        more = stored(node, "route_stored", pair, pair.stockpile)
        return released[pair] - more <= node.parameter("route_release", pair)

    node.constrain("route_limit", node.keys("route_struck"), route_limit, where="route_struck")
    node.constrain(
        "route_release_limit", node.keys("route_release_struck"), route_release, where="route_release_struck"
    )
