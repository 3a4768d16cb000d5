"""Shipments and releases: supply, use and export events (formulation, 1, 2 and 4), and what moving costs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from friendshore.models.core import effects, lane_limits, lane_rates
from friendshore.models.core.effects import ExportTarget
from friendshore.models.core.investments import existing_capacity
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
from friendshore.models.node.block import NodeBlock
from friendshore.models.node.expression import Expression, Linear, Relation
from friendshore.models.node.parameters import Array, Key, Parameters
from friendshore.models.node.sets import Sets
from friendshore.models.tree.scenario_tree import Tree

_UNTOUCHED = 1.0 - 1e-12


def enter_parameters(parameters: Parameters, sets: Sets, tree: Tree) -> None:
    """Enter the rates and limits of lanes, and the ceilings of struck exports.

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
    lane_rates.enter_parameters(parameters, sets, tree)
    lane_limits.enter_parameters(parameters, sets, tree, existing)
    _export_parameters(parameters, sets, tree, existing)


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
        {key: tree.length * (mean * nominal(sets, key[0], key[1], existing) + extra[key]) for key, mean in cut.items()},
    )
    parameters.add(
        "export_closed",
        {
            (key, j): tree.length * mean * sets.problem.outputs[j][key[1]] * existing[j]
            for key, mean in cut.items()
            for j in closable(sets, key[:2])
        },
    )
    parameters.add_mask("export_struck", {key: mean < _UNTOUCHED for key, mean in cut.items()})
    parameters.add(
        "export_release", {key: tree.length * mean * release_rate(sets, tree, key[1]) for key, mean in released.items()}
    )
    kept = {key: mean for key, mean in released.items() if all_it_holds(sets, key[1])}
    parameters.add(
        "export_stored", {key: tree.length * mean * by_stores(sets, tree, key[1]) for key, mean in kept.items()}
    )
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
    lane_limits.formulate(node, shipped, released)
    _export_rows(node, shipped, released)
    _costs(node, shipped, released)


def _balances(node: NodeBlock, shipped: Mapping[Key, Expression], released: Mapping[Key, Expression]) -> None:
    sets, problem = node.sets, node.sets.problem
    activity, short = node.variables["activity"], node.variables["shortage"]
    surplus = node.variables["surplus"]
    filled = node.variables["filled"]

    def supply(key: tuple[str, str]) -> Relation | bool:
        _, commodity = key
        made = sum(problem.processes[q].outputs[commodity] * activity[q] for q in sets.producers[key])
        sent = sum(shipped[lane] for lane in sets.shipments_out.get(key, ()))
        return sent + surplus[key] - made == 0.0 if key in surplus else sent - made <= 0.0

    def use(key: tuple[str, str]) -> Relation | bool:
        _, commodity = key
        arriving: Linear = sum(
            (1.0 - lane_rates.LOSS.at(node, lane)) * shipped[lane] for lane in sets.shipments_in.get(key, ())
        )
        arriving += sum(
            lane_rates.kept_on_the_way(node, pair) * released[pair] for pair in sets.releases_in.get(key, ())
        )
        rows = sets.demand_rows.get(key, ())
        used = sum(problem.processes[q].inputs[commodity] * activity[q] for q in sets.takers.get(key, ()))
        stocked = sum(filled[h] for h in sets.stocks.get(key, ()))
        needed = sum(node.parameter("demand", i) for i in rows)
        return arriving + sum(short[i] for i in rows) - used - stocked == needed

    node.constrain("supply", sets.supplies, supply)
    node.constrain("use", sets.uses, use)


def _export_rows(node: NodeBlock, shipped: Mapping[Key, Expression], released: Mapping[Key, Expression]) -> None:
    sets = node.sets

    def export_limit(key: tuple[Any, ...]) -> Relation | bool:
        country, commodity, buyers = key[:3]
        sent = sum(shipped[lane] for lane in sets.shipments_out[country, commodity] if lane.destination in buyers)
        able = node.parameter("export_share", key) * built(node, country, commodity)
        gone = closed(node, "export_closed", key, (country, commodity))
        return sent - able + gone <= node.parameter("export_ceiling", key)

    def export_release(key: tuple[ExportTarget, str]) -> Relation | bool:
        (_, _, buyers), stock = key
        sent = sum(released[pair] for pair in sets.releases_of[stock] if pair.destination in buyers)
        return sent - stored(node, "export_stored", key, stock) <= node.parameter("export_release", key)

    node.constrain("export_limit", node.keys("export_struck"), export_limit, where="export_struck")
    node.constrain(
        "export_release_limit", node.keys("export_release_struck"), export_release, where="export_release_struck"
    )


def _costs(node: NodeBlock, shipped: Mapping[Key, Expression], released: Mapping[Key, Expression]) -> None:
    sets = node.sets
    moved = [(lane, shipped[lane]) for lane in sets.shipments]
    moved += [(sets.ends(pair), released[pair]) for pair in sets.releases_abroad]
    for kind, rate in (("transport", lane_rates.COST), ("tariff", lane_rates.DUTY)):
        node.cost(kind, sum(rate.at(node, lane) * amount for lane, amount in moved))


def _struck_stocks(sets: Sets, target: ExportTarget) -> list[str]:
    country, commodity, buyers = target
    stocks = sets.stocks.get((country, commodity), ())
    return [h for h in stocks if any(pair.destination in buyers for pair in sets.releases_of.get(h, ()))]


def _exports(sets: Sets, target: tuple[Any, ...]) -> bool:
    country, commodity, buyers = target[:3]
    return any(lane.destination in buyers for lane in sets.shipments_out.get((country, commodity), ()))
