"""max_emissions: emissions of plants and lanes in a base node, a year, at most the limit (formulation, 7)."""

from __future__ import annotations

from typing import Any

from friendshore.models.node.block import NodeBlock
from friendshore.models.problem import Problem
from friendshore.models.rules.clause import Clause, PlainRule, each_base_node
from friendshore.models.tables import Policy
from friendshore.models.tree.scenario_tree import Tree


class MaxEmissions(PlainRule):
    """Emissions of all plants and lanes."""

    kind = "max_emissions"

    def clauses(self, problem: Problem, tree: Tree, policy: Policy) -> tuple[Clause, ...]:
        """One clause."""
        return (Clause(policy, policy.policy, each_base_node(problem, tree, policy, policy.policy)),)

    def numerator(self, node: NodeBlock, clause: Clause) -> Any:
        """Emissions within the node."""
        sets, problem = node.sets, node.sets.problem
        activity, shipped, released = (node.variables[name] for name in ("activity", "shipped", "released"))
        made = sum(problem.plants[j].emissions * activity[j] for j in sets.plants)
        moved = sum(problem.lanes[way].emissions * shipped[way] for way in sets.shipments)
        drawn = sum(sets.lane_of(pair).emissions * released[pair] for pair in sets.releases_abroad)
        return made + moved + drawn

    def denominator(self, node: NodeBlock, clause: Clause) -> Any:
        """Length of the node: the limit is a year's."""
        return node.parameter("length", ())


RULE = MaxEmissions()
