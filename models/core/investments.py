"""What a node pays for capacity and protections decided elsewhere (formulation, Cost)."""

from __future__ import annotations

from friendshore.models.node.families import Port
from friendshore.models.node.node_model import NodeModel
from friendshore.models.node.parameters import LENGTH, Parameters
from friendshore.models.node.sets import Sets
from friendshore.models.tree.scenario_tree import Tree

IN_SERVICE = Port[str]("in_service")
"""Units of an expansion that serve, by the share of the node in which they do."""

UNITS_DECIDED = Port[str]("decided")
"""Units of an expansion decided within the node on its path."""

UNITS_PAID = Port[str]("paid")
"""The same by the share κ of their price, discounted to the node's start."""

PROTECTED = Port[str]("protected")
"""Whether a protection is in force."""


def enter_parameters(parameters: Parameters, sets: Sets, tree: Tree) -> None:
    """Nothing of its own: what is in service and what is paid come in by the ports."""


def formulate(node: NodeModel) -> None:
    """Fixed cost by the share in service, protections by the year, and capex by its share within the horizon."""
    problem = node.sets.problem
    length = node.parameter(LENGTH, ())
    expansions, protections = problem.expansions, problem.protections
    node.cost("fixed", sum(row.fixed_cost * length * node.port(IN_SERVICE, e) for e, row in expansions.items()))
    node.cost("protection", sum(row.cost * length * node.port(PROTECTED, q) for q, row in protections.items()))
    node.cost("investment", sum(row.capex * node.port(UNITS_PAID, e) for e, row in expansions.items()))
