"""Stock: v[n,h] = (1 − loss rate)^d · v[π(n),h] + f[n,h] − Σ g[n,h,r], its limits and its end (formulation, 6)."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite

import numpy as np

from friendshore.models.node.expression import Expression, Relation
from friendshore.models.node.families import Mask, Parameter, Port, Variable
from friendshore.models.node.node_model import NodeModel
from friendshore.models.node.parameters import LENGTH, Parameters
from friendshore.models.node.sets import Release, Sets
from friendshore.models.tables import Stockpile
from friendshore.models.tree.scenario_tree import Tree

LEVEL = Variable[str]("level")
"""v[n,h], at the end of the node."""

FILLED = Variable[str]("filled")
"""f[n,h], over the node."""

RELEASED = Variable[Release]("released")
"""g[n,h,r], over the node."""

MISSING = Variable[str]("missing")
"""What a stockpile lacks at the end of a branch."""

STOCK_BEFORE = Port[str]("stock_before")
"""v[π(n),h], ``initial`` at the first node."""

STOCK_KEPT = Parameter[str]("stock_kept")
"""(1 − loss rate)^d: the share of the stock before that is there at the end of the node."""

STOCK_LEAST = Parameter[str]("stock_least")
STOCK_MOST = Parameter[str]("stock_most")
FILL_MOST = Parameter[str]("fill_most")
RELEASE_MOST = Parameter[str]("release_most")
"""The most that may be released within the node, where that is limited."""

END_DISCOUNT = Parameter[tuple[()]]("end_discount")
"""What a payment at the end of the horizon is worth at the start of a node that ends a path; 0 at all others."""

REFILLED = Mask[str]("refilled")
"""Where what is missing at the end counts."""

Stocks = Mapping[str, Expression]


def final_level(stock: Stockpile) -> float:
    """Least level at the end of the base path: ``final_min``, or what the stockpile starts with."""
    return stock.initial if stock.final_min is None else stock.final_min


def enter_parameters(parameters: Parameters, sets: Sets, tree: Tree) -> None:
    """Enter what is kept over a node, limits on filling and releasing, and the ends of paths."""
    stocks = sets.problem.stockpiles
    length = tree.length
    base_end = tree.is_base & tree.is_last
    branch_end = ~tree.is_base & tree.is_last
    parameters.add(STOCK_KEPT, {h: (1.0 - row.loss_rate) ** length for h, row in stocks.items()})
    parameters.add(STOCK_LEAST, {h: np.where(base_end, final_level(row), 0.0) for h, row in stocks.items()})
    parameters.add(STOCK_MOST, {h: row.max_level for h, row in stocks.items()})
    parameters.add(FILL_MOST, {h: row.max_fill * length for h, row in stocks.items()})
    parameters.add(
        RELEASE_MOST, {h: row.max_release * length for h, row in stocks.items() if isfinite(row.max_release)}
    )
    parameters.add(END_DISCOUNT, {(): np.where(tree.is_last, tree.end_discount / tree.discount, 0.0)})
    parameters.add_mask(REFILLED, {h: branch_end for h, row in stocks.items() if final_level(row) > 0})


def formulate(node: NodeModel) -> None:
    """Levels, fills and releases with the rows that tie them, the cost of holding and the value at the end."""
    sets = node.sets
    level = node.variable(LEVEL, sets.stockpiles, lower=STOCK_LEAST, upper=STOCK_MOST)
    filled = node.variable(FILLED, sets.stockpiles, upper=FILL_MOST)
    missing = node.variable(MISSING, node.keys(REFILLED), where=REFILLED)
    node.variable(RELEASED, sets.releases)
    _rows(node, level, filled, missing)
    stocks, commodities = sets.problem.stockpiles, sets.problem.commodities
    end = node.parameter(END_DISCOUNT, ())
    node.cost("holding", sum(row.holding_cost * node.parameter(LENGTH, ()) * level[h] for h, row in stocks.items()))
    node.cost("refill", sum(commodities[stocks[h].commodity].price * end * missing[h] for h in missing))
    node.cost("salvage", sum(-row.salvage * end * level[h] for h, row in stocks.items()))


def _rows(node: NodeModel, level: Stocks, filled: Stocks, missing: Stocks) -> None:
    sets = node.sets
    released = node[RELEASED]

    def balance(h: str) -> Relation | bool:
        kept = node.parameter(STOCK_KEPT, h) * node.port(STOCK_BEFORE, h)
        return level[h] - kept - filled[h] + sum(released[pair] for pair in sets.releases_of[h]) == 0.0

    def release_limit(h: str) -> Relation | bool:
        return sum(released[pair] for pair in sets.releases_of[h]) <= node.parameter(RELEASE_MOST, h)

    def release_held(h: str) -> Relation | bool:
        abroad = sum(released[pair] for pair in sets.releases_abroad if pair[0] == h)
        return abroad - node.parameter(STOCK_KEPT, h) * node.port(STOCK_BEFORE, h) <= 0.0

    def refill(h: str) -> Relation | bool:
        return missing[h] + level[h] >= final_level(sets.problem.stockpiles[h])

    serving_abroad = sorted({h for h, _ in sets.releases_abroad})
    node.constrain("stock_balance", sets.stockpiles, balance)
    node.constrain("release_limit", node.keys(RELEASE_MOST), release_limit)
    node.constrain("release_held", serving_abroad, release_held)
    node.constrain("refill", node.keys(REFILLED), refill, where=REFILLED)
