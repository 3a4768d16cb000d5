"""The policies of the floor: budgets and limits on shortage."""

from __future__ import annotations

from math import inf

import numpy as np
from numpy.typing import NDArray

from benchmarks.floor_family import Array, Block, Family, Index
from friendshore.models.tables import Policy
from friendshore.models.tree.branch import BASE
from friendshore.models.tree.dangers import branches_of, chances


def policies(of: Family, block: Block) -> Array:
    """Budgets and limits on shortage; the prices of their slacks, whose columns come last."""
    prices: list[float] = []

    def row(policy: Policy, most: float, weight: float = 1.0) -> Index:
        made = block.take(-inf, most, (1,))
        if policy.penalty is not None:
            block.add(made, of.width + len(prices), -1.0)
            prices.append(policy.penalty * weight)
        return made

    for policy in of.problem.policies:
        for group in of.problem.groups(policy.consumer_text):
            if policy.kind == "max_capex":
                chosen, capex = of.budget(policy, group)
                block.add(row(policy, policy.limit), of.at["decided"][chosen], capex)
                continue
            for _, short in shortage_rows(of, policy, group):
                for nodes, weights, priced in scopes(of, policy):
                    wanted = float(weights @ of.demand[nodes][:, short].sum(axis=1))
                    made = row(policy, policy.limit * wanted, priced)
                    block.add(made, of.at["shortage"][nodes][:, short], weights[:, None])
    return np.array(prices)


def shortage_rows(of: Family, policy: Policy, group: tuple[str, ...]) -> list[tuple[str, list[int]]]:
    """Commodities that a limit on shortage speaks of, with their rows of demand."""
    found = [
        (
            commodity,
            [
                i
                for i, d in enumerate(of.problem.demand)
                if d.country in group and d.commodity == commodity and policy.tier in ("*", d.tier)
            ],
        )
        for commodity in of.problem.selection(policy.commodity)
    ]
    return [(commodity, rows) for commodity, rows in found if rows]


def scopes(of: Family, policy: Policy) -> list[tuple[NDArray[np.int64], Array, float]]:
    """Nodes and weights of each row of a limit on shortage, and the weight of its penalty."""
    tree = of.tree
    if policy.where == "expected":
        nodes = np.flatnonzero(tree.weight > 0)
        return [(nodes, tree.weight[nodes], 1.0)]
    named = [name.strip() for name in policy.where.split(",")]
    if policy.where == "each":
        paths = [BASE, *(branch.name for branch in chances(of.problem).branches)]
    else:
        paths = [s for name in named for s in ([BASE] if name == BASE else branches_of(of.problem, name))]
    if policy.over == "path":
        owned = [(np.array(tree.own_nodes[s]), tree.probability(s)) for s in paths]
        return [(own, np.ones(len(own)), chance or 1.0) for own, chance in owned]
    window = of.problem.window(policy.from_period, policy.to_period)
    single = [n for s in paths for n in tree.own_nodes[s] if tree.nodes[n].period in window]
    return [(np.array([n]), np.ones(1), float(tree.weight[n]) or 1.0) for n in single]
