"""max_emissions: emissions of plants and lanes in a node, a year, at most the limit (formulation, 7)."""

from __future__ import annotations

from friendshore.models.clauses.clause import Clause
from friendshore.models.clauses.linear import LinearClause
from friendshore.models.clauses.rule import PlainRule
from friendshore.models.clauses.scope import each_node, price_by_weight
from friendshore.models.core import lane_rates
from friendshore.models.node.block import NodeBlock
from friendshore.models.node.expression import Linear
from friendshore.models.node.parameters import Parameters
from friendshore.models.node.sets import Sets
from friendshore.models.node.varying import Varying
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy
from friendshore.models.tables.policy_kinds import EMISSIONS, WINDOW, PolicyKind
from friendshore.models.tree.scenario_tree import Tree

OF_PLANT = Varying[str]("plant_emissions", lambda problem, j, t: problem.at(t).plants[j].emissions)
"""Emissions of a unit of activity, by the period of the node."""


class MaxEmissions(PlainRule):
    """Emissions of all plants and lanes."""

    kind = PolicyKind(
        name="max_emissions",
        place=90,
        sentence="Emissions a year, at most",
        unit=EMISSIONS,
        reads=("scenario", *WINDOW),
        scenario="each",
        of_data=True,
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

    def enter_parameters(self, parameters: Parameters, sets: Sets, tree: Tree, clauses: tuple[Clause, ...]) -> None:
        """Enter emissions that change with the years.

        Parameters
        ----------
        parameters
            Gets them, by name and key, one value a node.
        sets
            Index sets of a node: plants, shipments, stockpiles, rows of demand.
        tree
            Its scenario tree, stress branches of policies included.
        clauses
            The clauses of this rule alone.
        """
        OF_PLANT.enter(parameters, sets.problem, tree, sets.plants)

    def numerator(self, node: NodeBlock, clause: Clause) -> Linear:
        """Emissions within the node."""
        sets = node.sets
        activity, shipped, released = (node.variables[name] for name in ("activity", "shipped", "released"))
        made = sum(OF_PLANT.at(node, each.plant) * activity[q] for q, each in sets.problem.processes.items())
        rate = lane_rates.EMISSIONS
        moved = sum(rate.at(node, lane) * shipped[lane] for lane in sets.shipments)
        drawn = sum(rate.at(node, sets.ends(pair)) * released[pair] for pair in sets.releases_abroad)
        return made + moved + drawn

    def denominator(self, node: NodeBlock, clause: Clause) -> Linear:
        """Length of the node: the limit is a year's."""
        return node.parameter("length", ())


RULE = MaxEmissions()
