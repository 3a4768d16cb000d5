"""The whole mathematics of one node on one page: its families of decisions, then the rules."""

from __future__ import annotations

import pyomo.environ as pyo

from friendshore.models import rules
from friendshore.models.clauses.clause import Clause
from friendshore.models.core import investments, production, shipments, shortage, stock
from friendshore.models.node.block import NodeBlock, Surroundings
from friendshore.models.node.parameters import LENGTH, Parameters
from friendshore.models.node.sets import Sets
from friendshore.models.tree.scenario_tree import Tree

# In the order in which they may refer to each other's variables.
FAMILIES = (production, shortage, stock, shipments, investments)


def node_parameters(sets: Sets, tree: Tree, clauses: tuple[Clause, ...]) -> Parameters:
    """All parameters that differ between the nodes of a tree."""
    parameters = Parameters(len(tree.nodes))
    parameters.add(LENGTH, {(): tree.length})
    for family in FAMILIES:
        family.enter_parameters(parameters, sets, tree)
    rules.enter_parameters(parameters, sets, tree, clauses)
    return parameters


def formulate_node(block: pyo.Block, sets: Sets, around: Surroundings, clauses: tuple[Clause, ...]) -> NodeBlock:
    """Write the mathematics of one node on a Pyomo block."""
    node = NodeBlock(block, sets, around)
    for family in FAMILIES:
        family.formulate(node)
    rules.formulate(node, clauses)
    node.close()
    return node
