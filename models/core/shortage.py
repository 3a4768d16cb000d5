"""Demand and shortage: 0 ≤ u[n,i] ≤ D[n,i] = d · quantity a year · mean of demand events (formulation, 2)."""

from __future__ import annotations

import numpy as np

from friendshore.models.core import effects
from friendshore.models.node.block import NodeBlock
from friendshore.models.node.parameters import Parameters
from friendshore.models.node.sets import Sets
from friendshore.models.tree.scenario_tree import Tree


def enter_parameters(parameters: Parameters, sets: Sets, tree: Tree) -> None:
    """Enter demand.

    Parameters
    ----------
    parameters
        Gets them, by name and key, one value a node.
    sets
        Index sets of a node: plants, shipments, stockpiles, rows of demand.
    tree
        Its scenario tree, stress branches of policies included.
    """
    problem = sets.problem
    means = effects.demand_means(problem, tree)
    periods = range(len(problem.periods))
    yearly = {i: np.array([problem.demand_per_year(problem.demand[i], p) for p in periods]) for i in sets.demand}
    parameters.add("demand", {i: tree.length * yearly[i][tree.period] * means.get(i, 1.0) for i in sets.demand})


def formulate(node: NodeBlock) -> None:
    """Shortage of each row of demand and the damage it does."""
    short = node.variable("shortage", node.sets.demand, upper="demand")
    rows = node.sets.problem.demand
    node.cost("shortage", sum(rows[i].shortage_cost * short[i] for i in node.sets.demand))
