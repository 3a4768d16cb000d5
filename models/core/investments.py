"""What a node pays for capacity and protections decided elsewhere (formulation, Cost)."""

from __future__ import annotations

from friendshore.models.node.block import NodeBlock
from friendshore.models.node.parameters import Parameters
from friendshore.models.node.sets import Sets
from friendshore.models.tree.scenario_tree import Tree


def enter_parameters(parameters: Parameters, sets: Sets, tree: Tree) -> None:
    """Nothing of its own: what is in service and what is paid come in by the ports.

    Parameters
    ----------
    parameters
        Gets them, by name and key, one value a node.
    sets
        Index sets of a node: plants, shipments, stockpiles, rows of demand.
    tree
        Its scenario tree, stress branches of policies included.
    """


def formulate(node: NodeBlock) -> None:
    """Fixed cost by the share in service, protections by the year, and capex by its share within the horizon."""
    problem = node.sets.problem
    length = node.parameter("length", ())
    expansions, protections = problem.expansions, problem.protections
    node.cost("fixed", sum(row.fixed_cost * length * node.port("in_service", e) for e, row in expansions.items()))
    node.cost("protection", sum(row.cost * length * node.port("protected", q) for q, row in protections.items()))
    node.cost("investment", sum(row.capex * node.port("paid", e) for e, row in expansions.items()))
