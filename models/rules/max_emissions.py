"""max_emissions: emissions of plants and lanes in a node, a year, at most the limit (formulation, 7)."""

from __future__ import annotations

from friendshore.models.clauses.clause import Clause
from friendshore.models.clauses.linear import LinearClause
from friendshore.models.clauses.rule import PlainRule
from friendshore.models.clauses.scope import each_node, price_by_weight
from friendshore.models.node.block import NodeBlock
from friendshore.models.node.expression import Linear
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy
from friendshore.models.tables.policy_kinds import EMISSIONS, WINDOW, PolicyKind
from friendshore.models.tree.scenario_tree import Tree


class MaxEmissions(PlainRule):
    """Emissions of all plants and lanes."""

    kind = PolicyKind(
        name="max_emissions",
        place=90,
        sentence="Emissions a year, at most",
        unit=EMISSIONS,
        reads=("scenario", *WINDOW),
        scenario="each",
        resilience=False,
    )

    def clauses(self, problem: Problem, tree: Tree, policy: Policy) -> tuple[Clause, ...]:
        """One clause.

        Parameters
        ----------
        problem
            A valid problem.
        tree
            Its scenario tree, stress branches of policies included.
        policy
            A row of Policies.

        Returns
        -------
        tuple[Clause, ...]
            Clauses with names that are unique in the problem.
        """
        weights = each_node(problem, tree, policy, policy.policy)
        priced = price_by_weight(tree, weights)
        return (LinearClause(policy=policy, label=policy.policy, weights=weights, priced=priced),)

    def numerator(self, node: NodeBlock, clause: Clause) -> Linear:
        """Emissions within the node."""
        sets, problem = node.sets, node.sets.problem
        activity, shipped, released = (node.variables[name] for name in ("activity", "shipped", "released"))
        made = sum(problem.plants[j].emissions * activity[j] for j in sets.plants)
        moved = sum(problem.lanes[way].emissions * shipped[way] for way in sets.shipments)
        drawn = sum(sets.lane_of(pair).emissions * released[pair] for pair in sets.releases_abroad)
        return made + moved + drawn

    def denominator(self, node: NodeBlock, clause: Clause) -> Linear:
        """Length of the node: the limit is a year's."""
        return node.parameter("length", ())


RULE = MaxEmissions()
