"""The whole mathematics of one node on one page: its families of decisions, then the rules."""

from __future__ import annotations

from typing import Any

from friendshore.models import rules
from friendshore.models.clauses.clause import Clause
from friendshore.models.core import investments, production, shipments, shortage, stock, surplus
from friendshore.models.node.block import NodeBlock, Surroundings
from friendshore.models.node.parameters import Parameters
from friendshore.models.node.sets import Sets
from friendshore.models.tree.scenario_tree import Tree

# In the order in which they may refer to each other's variables.
FAMILIES = (production, shortage, stock, surplus, shipments, investments)


def node_parameters(sets: Sets, tree: Tree, clauses: tuple[Clause, ...]) -> Parameters:
    """All parameters that differ between the nodes of a tree.

    Parameters
    ----------
    sets
        Index sets of a node: plants, shipments, stockpiles, rows of demand.
    tree
        Its scenario tree, stress branches of policies included.
    clauses
        Clauses of all policies.

    Returns
    -------
    All parameters
        Filled for all nodes of the tree.
    """
    parameters = Parameters(len(tree.nodes))
    for family in FAMILIES:
        family.enter_parameters(parameters, sets, tree)
    rules.enter_parameters(parameters, sets, tree, clauses)
    return parameters


def formulate_node(block: Any, sets: Sets, around: Surroundings, clauses: tuple[Clause, ...]) -> NodeBlock:
    """Write the mathematics of one node on a Pyomo block.

    Parameters
    ----------
    block
        The Pyomo block that is written on.
    sets
        Index sets of a node: plants, shipments, stockpiles, rows of demand.
    around
        What the node takes from outside: parameters and ports.
    clauses
        Clauses of all policies.

    Returns
    -------
    NodeBlock
        The node, closed.
    """
    node = NodeBlock(block, sets, around)
    for family in FAMILIES:
        family.formulate(node)
    rules.formulate(node, clauses)
    node.close()
    return node
