"""Shipments and releases: supply, use, lanes, routes and export events (formulation, 1, 2, 4 and 5)."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf, isfinite
from typing import Any

import numpy as np

from friendshore.models.core import effects
from friendshore.models.core.effects import ExportTarget
from friendshore.models.core.investments import size_in_service
from friendshore.models.core.production import existing_capacity
from friendshore.models.lane import Lane
from friendshore.models.node.block import NodeBlock
from friendshore.models.node.expression import Expression, Linear, Relation
from friendshore.models.node.parameters import Array, Key, Parameters
from friendshore.models.node.sets import Release, Sets, Shipment
from friendshore.models.tables import Stockpile
from friendshore.models.tree.scenario_tree import Tree

_UNTOUCHED = 1.0 - 1e-12


def enter_parameters(parameters: Parameters, sets: Sets, tree: Tree) -> None:
    """Enter the ceilings of lanes, struck routes and struck exports.

    Parameters
    ----------
    parameters
        Gets them, by name and key, one value a node.
    sets
        Index sets of a node: plants, shipments, stockpiles, rows of demand.
    tree
        Its scenario tree, stress branches of policies included.
    """
    existing = existing_capacity(sets, tree)
    means = effects.lane_means(sets, tree)
    _lane_parameters(parameters, sets, tree, means)
    _route_parameters(parameters, sets, tree, means, existing)
    _export_parameters(parameters, sets, tree, existing)


def _lane_parameters(parameters: Parameters, sets: Sets, tree: Tree, means: dict[Shipment, Array]) -> None:
    parameters.add(
        "lane_capacity",
        {
            key: tree.length * lane.capacity * means.get(key, 1.0)
            for key, lane in _lanes(sets).items()
            if isfinite(lane.capacity)
        },
    )


def _route_parameters(
    parameters: Parameters, sets: Sets, tree: Tree, means: dict[Shipment, Array], existing: dict[str, Array]
) -> None:
    """A struck lane without capacity of its own is cut to a share of what the origin can make at all."""
    struck = {key: mean for key, mean in means.items() if not isfinite(_lanes(sets)[key].capacity)}
    shipped = {key: mean for key, mean in struck.items() if key in set(sets.shipments)}
    released = {pair: struck[_ends(sets, pair)] for pair in sets.releases_abroad if _ends(sets, pair) in struck}
    parameters.add("route_share", {key: tree.length * mean for key, mean in shipped.items()})
    parameters.add(
        "route_ceiling",
        {key: tree.length * mean * _nominal(sets, key[0], key[2], existing) for key, mean in shipped.items()},
    )
    parameters.add_mask("route_struck", {key: mean < _UNTOUCHED for key, mean in shipped.items()})
    parameters.add(
        "route_release",
        {pair: tree.length * mean * _release_rate(sets.problem.stockpiles[pair[0]]) for pair, mean in released.items()},
    )
    kept = {pair: mean for pair, mean in released.items() if _all_it_holds(sets, pair[0])}
    parameters.add("route_stored", {pair: tree.length * mean for pair, mean in kept.items()})
    parameters.add_mask("route_release_struck", {pair: mean < _UNTOUCHED for pair, mean in released.items()})


def _export_parameters(parameters: Parameters, sets: Sets, tree: Tree, existing: dict[str, Array]) -> None:
    """Cut what a country may send to a set of buyers to a share of its nominal capacity, or to a quota."""
    share: dict[Key, Array] = {}
    extra: dict[Key, Array] = {}
    released: dict[Key, Array] = {}
    for target, mean in effects.export_means(sets.problem, tree).items():
        share[target] = mean
        extra[target] = np.zeros_like(mean)
        for stock in _struck_stocks(sets, target):
            released[target, stock] = mean
    _quotas(share, extra, sets, tree)
    cut = {key: mean for key, mean in share.items() if _exports(sets, key)}
    parameters.add("export_share", {key: tree.length * mean for key, mean in cut.items()})
    parameters.add(
        "export_ceiling",
        {
            key: tree.length * (mean * _nominal(sets, key[0], key[1], existing) + extra[key])
            for key, mean in cut.items()
        },
    )
    parameters.add_mask("export_struck", {key: mean < _UNTOUCHED for key, mean in cut.items()})
    parameters.add(
        "export_release",
        {key: tree.length * mean * _release_rate(sets.problem.stockpiles[key[1]]) for key, mean in released.items()},
    )
    kept = {key: mean for key, mean in released.items() if _all_it_holds(sets, key[1])}
    parameters.add("export_stored", {key: tree.length * mean for key, mean in kept.items()})
    parameters.add_mask("export_release_struck", {key: mean < _UNTOUCHED for key, mean in released.items()})


def _quotas(share: dict[Key, Array], extra: dict[Key, Array], sets: Sets, tree: Tree) -> None:
    """One limit for each quota; quotas on one target that never meet at a node share a family of rows.

    Without this a node would have a row for every quota of every branch.
    """
    for strike in effects.of_kind(tree, "export"):
        if strike.event.quota is None:
            continue
        for target in effects.export_targets(sets.problem, strike):
            place = 0
            while (*target, place) in share and np.any(share[*target, place][strike.nodes] < 1.0):
                place += 1
            key = (*target, place)
            if key not in share:
                share[key], extra[key] = np.ones(len(tree.nodes)), np.zeros(len(tree.nodes))
            share[key][strike.nodes] -= strike.severity
            extra[key][strike.nodes] = strike.severity * strike.event.quota


def formulate(node: NodeBlock) -> None:
    """Shipments and releases with every row that bounds them, and what moving costs."""
    sets = node.sets
    shipped = node.variable("shipped", sets.shipments)
    released = node.variables["released"]
    _balances(node, shipped, released)
    _lane_rows(node, shipped, released)
    _export_rows(node, shipped, released)
    _costs(node, shipped, released)


def _balances(node: NodeBlock, shipped: Mapping[Key, Expression], released: Mapping[Key, Expression]) -> None:
    sets, problem = node.sets, node.sets.problem
    activity, short = node.variables["activity"], node.variables["shortage"]
    filled = node.variables["filled"]

    def supply(key: tuple[str, str]) -> Relation | bool:
        _, commodity = key
        made = sum(problem.outputs[j][commodity] * activity[j] for j in sets.makers[key])
        return sum(shipped[way] for way in sets.shipments_out[key]) - made <= 0.0

    def use(key: tuple[str, str]) -> Relation | bool:
        _, commodity = key
        arriving: Linear = sum((1.0 - problem.lanes[way].loss) * shipped[way] for way in sets.shipments_in.get(key, ()))
        arriving += sum(sets.kept_on_the_way(pair) * released[pair] for pair in sets.releases_in.get(key, ()))
        rows = sets.demand_rows.get(key, ())
        used = sum(problem.inputs[j][commodity] * activity[j] for j in sets.takers.get(key, ()))
        stocked = sum(filled[h] for h in sets.stocks.get(key, ()))
        needed = sum(node.parameter("demand", i) for i in rows)
        return arriving + sum(short[i] for i in rows) - used - stocked == needed

    node.constrain("supply", sets.shipments_out, supply)
    node.constrain("use", sets.uses, use)


def _lane_rows(node: NodeBlock, shipped: Mapping[Key, Expression], released: Mapping[Key, Expression]) -> None:
    sets = node.sets

    def lane_limit(key: Shipment) -> Relation | bool:
        moved = [shipped[key]] if key in shipped else []
        if key[0] != key[1]:
            moved += [released[pair] for pair in sets.releases_in.get((key[1], key[2]), ()) if _ends(sets, pair) == key]
        return sum(moved) <= node.parameter("lane_capacity", key)

    def route_limit(key: Shipment) -> Relation | bool:
        nominal = node.parameter("route_share", key) * _built(node, key[0], key[2])
        return shipped[key] - nominal <= node.parameter("route_ceiling", key)

    def route_release(pair: Release) -> Relation | bool:
        return released[pair] - _stored(node, "route_stored", pair, pair[0]) <= node.parameter("route_release", pair)

    node.constrain("lane_limit", node.keys("lane_capacity"), lane_limit)
    node.constrain("route_limit", node.keys("route_struck"), route_limit, where="route_struck")
    node.constrain(
        "route_release_limit", node.keys("route_release_struck"), route_release, where="route_release_struck"
    )


def _export_rows(node: NodeBlock, shipped: Mapping[Key, Expression], released: Mapping[Key, Expression]) -> None:
    sets = node.sets

    def export_limit(key: tuple[Any, ...]) -> Relation | bool:
        country, commodity, buyers = key[:3]
        sent = sum(shipped[way] for way in sets.shipments_out[country, commodity] if way[1] in buyers)
        return sent - node.parameter("export_share", key) * _built(node, country, commodity) <= node.parameter(
            "export_ceiling", key
        )

    def export_release(key: tuple[ExportTarget, str]) -> Relation | bool:
        (_, _, buyers), stock = key
        sent = sum(released[pair] for pair in sets.releases_of[stock] if pair[1] in buyers)
        return sent - _stored(node, "export_stored", key, stock) <= node.parameter("export_release", key)

    node.constrain("export_limit", node.keys("export_struck"), export_limit, where="export_struck")
    node.constrain(
        "export_release_limit", node.keys("export_release_struck"), export_release, where="export_release_struck"
    )


def _costs(node: NodeBlock, shipped: Mapping[Key, Expression], released: Mapping[Key, Expression]) -> None:
    sets, problem = node.sets, node.sets.problem
    moved = [(problem.lanes[way], shipped[way]) for way in sets.shipments]
    moved += [(sets.lane_of(pair), released[pair]) for pair in sets.releases_abroad]
    node.cost("transport", sum(lane.cost * amount for lane, amount in moved))
    node.cost("tariff", sum(duty(sets, lane) * amount for lane, amount in moved))


def duty(sets: Sets, lane: Lane) -> float:
    """Tariff on a unit of a lane's commodity, in money."""
    return lane.tariff * sets.problem.commodities[lane.commodity].price


def _built(node: NodeBlock, country: str, commodity: str) -> Linear:
    """What expansions in service add to what a country can make of a commodity, a year."""
    sets, problem = node.sets, node.sets.problem
    return sum(
        problem.outputs[j][commodity] * size_in_service(node, e)
        for j in sets.makers.get((country, commodity), ())
        for e in sets.projects.get(j, ())
    )


def _nominal(sets: Sets, country: str, commodity: str, existing: dict[str, Array]) -> Array | float:
    """What the existing plants of a country can make of a commodity, a year, at each node."""
    makers = sets.makers.get((country, commodity), ())
    return sum((sets.problem.outputs[j][commodity] * existing[j] for j in makers), start=0.0)


def _release_rate(stock: Stockpile) -> float:
    """The most a stockpile can release a year; where that is not limited, all it can hold."""
    return stock.max_release if stock.max_release < inf else stock.max_level


def _all_it_holds(sets: Sets, stockpile: str) -> bool:
    """Whether events cut a share of all that a stockpile can hold, and stores add to that."""
    return stockpile in sets.stores and sets.problem.stockpiles[stockpile].max_release == inf


def _stored(node: NodeBlock, parameter: str, key: Key, stockpile: str) -> Linear:
    """What the stores in service add to what an event leaves of a stockpile's releases."""
    if not _all_it_holds(node.sets, stockpile):
        return 0.0
    return node.parameter(parameter, key) * sum(size_in_service(node, e) for e in node.sets.stores[stockpile])


def _struck_stocks(sets: Sets, target: ExportTarget) -> list[str]:
    country, commodity, buyers = target
    stocks = sets.stocks.get((country, commodity), ())
    return [h for h in stocks if any(r in buyers for _, r in sets.releases_of.get(h, ()))]


def _exports(sets: Sets, target: tuple[Any, ...]) -> bool:
    country, commodity, buyers = target[:3]
    return any(way[1] in buyers for way in sets.shipments_out.get((country, commodity), ()))


def _lanes(sets: Sets) -> dict[Shipment, Lane]:
    """Lanes that shipments or releases abroad use."""
    lanes = {way: sets.problem.lanes[way] for way in sets.shipments}
    lanes.update((_ends(sets, pair), sets.lane_of(pair)) for pair in sets.releases_abroad)
    return dict(sorted(lanes.items()))


def _ends(sets: Sets, pair: Release) -> Shipment:
    stock = sets.problem.stockpiles[pair[0]]
    return stock.country, pair[1], stock.commodity
