"""What a node pays for capacity, protections and closings decided elsewhere (formulation, Cost)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np

from friendshore.models.node.block import NodeBlock
from friendshore.models.node.expression import Linear
from friendshore.models.node.parameters import Array, Parameters
from friendshore.models.node.sets import Sets
from friendshore.models.node.varying import Varying, over_periods
from friendshore.models.problem import Problem
from friendshore.models.tree.investment import alike, capacity_share
from friendshore.models.tree.scenario_tree import Tree

FIXED = Varying[str]("fixed_cost", lambda problem, e, t: problem.at(t).expansions[e].fixed_cost, times="length")
"""Cost of a unit in service over the node, by the period of the node."""

PROTECTION = Varying[str]("protection_cost", lambda problem, q, t: problem.at(t).protections[q].cost, times="length")
"""Cost of a protection over the node, by the period of the node."""

CAPEX = Varying[str]("capex", lambda problem, e, t: problem.at(t).expansions[e].capex)
"""Price of a unit that is decided at the node, by the period of the node."""

CLOSING = Varying[str]("closing_cost", lambda problem, j, t: problem.at(t).plants[j].closing_cost)
"""Price of closing a plant, by the period of the node."""


def enter_parameters(parameters: Parameters, sets: Sets, tree: Tree) -> None:
    """Enter what of the costs changes with the years; what is in service and what is paid come in by the ports.

    Parameters
    ----------
    parameters
        Gets them, by name and key, one value a node.
    sets
        Index sets of a node: plants, shipments, stockpiles, rows of demand.
    tree
        Its scenario tree, stress branches of policies included.
    """
    FIXED.enter(parameters, sets.problem, tree, sets.expansions)
    PROTECTION.enter(parameters, sets.problem, tree, sets.protections)
    CAPEX.enter(parameters, sets.problem, tree, sets.expansions)
    CLOSING.enter(parameters, sets.problem, tree, sets.closable)
    existing = existing_capacity(sets, tree)
    kept = {j: over_periods(sets.problem, tree, partial(_fixed_cost, sets.problem, j)) for j in sets.kept_at_a_cost}
    parameters.add("keeping", {j: tree.length * cost * (existing[j] > 0) for j, cost in kept.items()})


def _fixed_cost(problem: Problem, plant: str, period: int) -> float:
    return problem.at(period).plants[plant].fixed_cost


def existing_capacity(sets: Sets, tree: Tree) -> dict[str, Array]:
    """Existing capacity a year of each plant at each node."""
    periods = range(len(sets.problem.periods))
    by_period = {j: np.array([sets.problem.existing_capacity(j, p) for p in periods]) for j in sets.plants}
    return {j: values[tree.period] for j, values in by_period.items()}


def size_in_service(node: NodeBlock, expansion: str) -> Linear:
    """What an expansion adds at a node: its size for each unit in service, or the share of it that ``ramp`` says."""
    port = "running" if expansion in node.sets.ramped else "in_service"
    return node.sets.problem.expansions[expansion].size * node.port(port, expansion)


def largest_in_service(sets: Sets, tree: Tree, names: Iterable[str]) -> Array:
    """Most that expansions can add at each node: Σ size · max_units · the best share that serves (formulation, 3.5).

    Parameters
    ----------
    sets
        Index sets of a node: plants, shipments, stockpiles, rows of demand.
    tree
        Its scenario tree, stress branches of policies included.
    names
        Expansions of one plant or stockpile.

    Returns
    -------
    Array
        Activity a year, or units of stock, at each node.
    """
    largest = np.zeros(len(tree.nodes))
    for name in names:
        row = sets.problem.expansions[name]
        best = np.zeros(len(tree.nodes))
        for chosen, own in alike(sets.problem, tree):
            for decision in chosen:
                if decision.expansion == name:
                    best[own] = np.maximum(best[own], capacity_share(tree, row, decision, own))
        largest += row.size * row.max_units * best
    return largest


def formulate(node: NodeBlock) -> None:
    """Fixed cost of units in service, of plants that are kept, closings, protections by the year, and capex."""
    expansions, protections = node.sets.expansions, node.sets.protections
    node.cost("fixed", sum(FIXED.at(node, e) * node.port("in_service", e) for e in expansions))
    node.cost("keeping", sum(_keeping(node, j) for j in node.sets.kept_at_a_cost))
    node.cost("closing", sum(CLOSING.at(node, j) * node.port("closing", j) for j in node.sets.closable))
    node.cost("protection", sum(PROTECTION.at(node, q) * node.port("protected", q) for q in protections))
    node.cost("investment", sum(CAPEX.at(node, e) * node.port("paid", e) for e in expansions))


def _keeping(node: NodeBlock, plant: str) -> Linear:
    """Fixed cost of a plant where it has existing capacity, until it is closed."""
    cost = node.parameter("keeping", plant)
    return cost - cost * node.port("closed", plant) if plant in node.sets.closable else cost
