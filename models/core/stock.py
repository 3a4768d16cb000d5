"""Stock: v[n,h] = (1 − loss rate)^d · v[π(n),h] + f[n,h] − Σ g[n,h,r], its limits and its end (formulation, 6).

Back in normal times a path holds as much as the base path does then, or pays for what it lacks (formulation, 8).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from friendshore.models.core.investments import largest_in_service, size_in_service
from friendshore.models.node.block import NodeBlock
from friendshore.models.node.expression import Expression, Relation
from friendshore.models.node.parameters import Array, Key, Parameters
from friendshore.models.node.sets import Sets
from friendshore.models.node.varying import Varying, over_periods
from friendshore.models.problem import Problem
from friendshore.models.tables import Stockpile
from friendshore.models.tree.branch import BASE
from friendshore.models.tree.normal_times import rejoining
from friendshore.models.tree.scenario_tree import Tree

Levels = Mapping[Key, Expression]


def final_level(stock: Stockpile) -> float:
    """Least level at the end of the base path: ``final_min``, or what the stockpile starts with."""
    return stock.initial if stock.final_min is None else stock.final_min


def price_of(problem: Problem, stockpile: str, period: int) -> float:
    """Price of what a stockpile holds.

    Parameters
    ----------
    problem
        Stockpiles and commodities.
    stockpile
        Its name.
    period
        Position of the period.

    Returns
    -------
    float
        Money a unit, 0 where the commodity has none.
    """
    return problem.at(period).commodities[problem.stockpiles[stockpile].commodity].price


REJOIN = Varying[str]("rejoin_cost", price_of, times="length")
"""Price of a unit that is not held again over a node."""

HOLDING = Varying[str]("holding_cost", lambda problem, h, t: problem.at(t).stockpiles[h].holding_cost, times="length")
"""Cost of holding a unit over a node."""


def planned_end(sets: Sets, tree: Tree) -> int:
    """The last base node of the last period that is planned for, look-ahead left out."""
    planned = [t for t, period in enumerate(sets.problem.periods) if not period.look_ahead]
    return max(n for n in tree.own_nodes[BASE] if tree.nodes[n].period <= planned[-1])


def period_ends(sets: Sets, tree: Tree) -> NDArray[np.bool_]:
    """Which nodes are the last of a period on the base path."""
    return np.array(
        [node.scenario == BASE and node.step == sets.problem.periods[node.period].steps for node in tree.nodes]
    )


def least_levels(sets: Sets, tree: Tree) -> dict[str, Array]:
    """Least stock at the end of each node, the greatest that is asked for.

    ``min_level`` where a period ends on the base path, ``final_min`` where what is planned ends, and where that path
    does.
    """
    ends = tree.is_base & tree.is_last
    ends[planned_end(sets, tree)] = True
    each = period_ends(sets, tree)
    floors = _by_node(sets.problem, tree, lambda row: row.min_level)
    return {
        h: np.maximum(np.where(each, floors[h], 0.0), np.where(ends, final_level(row), 0.0))
        for h, row in sets.problem.stockpiles.items()
    }


def rejoining_stockpiles(sets: Sets) -> tuple[str, ...]:
    """Stockpiles that a path has to hold again after a shock: those of priced commodities, where Settings say so."""
    problem = sets.problem
    if problem.settings.after_shock != "rejoin":
        return ()
    periods = range(len(problem.periods))
    return tuple(h for h in sets.stockpiles if any(price_of(problem, h, t) > 0 for t in periods))


def enter_parameters(parameters: Parameters, sets: Sets, tree: Tree) -> None:
    """Enter what is kept over a node, limits on filling and releasing, and the ends of paths.

    Parameters
    ----------
    parameters
        Gets them, by name and key, one value a node.
    sets
        Index sets of a node: plants, shipments, stockpiles, rows of demand.
    tree
        Its scenario tree, stress branches of policies included.
    """
    problem, stocks = sets.problem, sets.problem.stockpiles
    length = tree.length
    branch_end = ~tree.is_base & tree.is_last
    kept = _by_node(problem, tree, lambda row: 1.0 - row.loss_rate)
    filled = _by_node(problem, tree, lambda row: row.max_fill)
    released = _by_node(problem, tree, lambda row: row.max_release)
    limited = {h: most for h, most in released.items() if np.isfinite(most).any()}
    parameters.add("stock_kept", {h: share**length for h, share in kept.items()})
    parameters.add("stock_least", least_levels(sets, tree))
    most = _by_node(problem, tree, lambda row: row.max_level)
    room = {h: most[h] + largest_in_service(sets, tree, names) for h, names in sets.stores.items()}
    parameters.add("stock_most", most | room)
    parameters.add("stock_room", {h: most[h] for h in sets.stores})
    parameters.add("fill_most", {h: most * length for h, most in filled.items()})
    parameters.add("release_most", {h: most * length for h, most in limited.items()})
    parameters.add_mask("release_limited", {h: np.isfinite(most) for h, most in limited.items()})
    parameters.add("end_discount", {(): np.where(tree.is_last, tree.end_discount / tree.discount, 0.0)})
    parameters.add_mask("refilled", {h: branch_end for h, row in stocks.items() if final_level(row) > 0})
    REJOIN.enter(parameters, problem, tree, stocks)
    HOLDING.enter(parameters, problem, tree, stocks)
    back = rejoining(tree, sets.problem.settings.rejoin_years)
    parameters.add_mask("rejoined", {h: back for h in rejoining_stockpiles(sets) if back.any()})


def _by_node(problem: Problem, tree: Tree, read: Callable[[Stockpile], float]) -> dict[str, Array]:
    """What the row of each stockpile says in the period of each node."""
    rows = [problem.at(t).stockpiles for t in range(len(problem.periods))]
    return {h: over_periods(problem, tree, [read(of[h]) for of in rows].__getitem__) for h in problem.stockpiles}


def formulate(node: NodeBlock) -> None:
    """Levels, fills and releases with the rows that tie them, the cost of holding and the value at the end."""
    sets = node.sets
    level = node.variable("level", sets.stockpiles, lower="stock_least", upper="stock_most")
    filled = node.variable("filled", sets.stockpiles, upper="fill_most")
    missing = node.variable("missing", node.keys("refilled"), where="refilled")
    lacking = node.variable("lacking", node.keys("rejoined"), where="rejoined")
    node.variable("released", sets.releases)
    _rows(node, level, filled, missing)
    _rejoin(node, level, lacking)
    stocks = sets.problem.stockpiles
    end, last = node.parameter("end_discount", ()), len(sets.problem.periods) - 1
    node.cost("rejoin", sum(REJOIN.at(node, h) * lacking[h] for h in lacking))
    node.cost("holding", sum(HOLDING.at(node, h) * level[h] for h in stocks))
    node.cost("refill", sum(price_of(sets.problem, h, last) * end * missing[h] for h in missing))
    node.cost("salvage", sum(-row.salvage * end * level[h] for h, row in stocks.items()))


def _rejoin(node: NodeBlock, level: Levels, lacking: Levels) -> None:
    """Back in normal times a path holds as much as the base path does then, or pays for what it lacks (8)."""

    def rejoin(h: Key) -> Relation:
        return level[h] + lacking[h] - node.port("base_level", h) >= 0.0

    node.constrain("rejoin", node.keys("rejoined"), rejoin, where="rejoined")


def _rows(node: NodeBlock, level: Levels, filled: Levels, missing: Levels) -> None:
    sets = node.sets
    released = node.variables["released"]

    def balance(h: str) -> Relation | bool:
        kept = node.parameter("stock_kept", h) * node.port("stock_before", h)
        return level[h] - kept - filled[h] + sum(released[pair] for pair in sets.releases_of[h]) == 0.0

    def release_limit(h: str) -> Relation | bool:
        return sum(released[pair] for pair in sets.releases_of[h]) <= node.parameter("release_most", h)

    def release_held(h: str) -> Relation | bool:
        abroad = sum(released[pair] for pair in sets.releases_abroad if pair.stockpile == h)
        return abroad - node.parameter("stock_kept", h) * node.port("stock_before", h) <= 0.0

    def refill(h: str) -> Relation | bool:
        return missing[h] + level[h] >= final_level(sets.problem.stockpiles[h])

    serving_abroad = sorted({pair.stockpile for pair in sets.releases_abroad})

    def room(h: str) -> Relation | bool:
        return level[h] - sum(size_in_service(node, e) for e in sets.stores[h]) <= node.parameter("stock_room", h)

    node.constrain("stock_balance", sets.stockpiles, balance)
    node.constrain("release_limit", node.keys("release_most"), release_limit, where="release_limited")
    node.constrain("stock_room", sets.stores, room)
    node.constrain("release_held", serving_abroad, release_held)
    node.constrain("refill", node.keys("refilled"), refill, where="refilled")
