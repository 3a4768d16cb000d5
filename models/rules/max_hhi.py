"""max_hhi: Σₖ X({k}, R, c, n)² ≤ limit · T(R, c, n)² at each node at which it holds (formulation, 7).

The Herfindahl–Hirschman index of deliveries by supplier country, home supply only in the total: a second-order cone
(``models/clauses/cone.py``).
"""

from __future__ import annotations

from collections.abc import Mapping

from friendshore.models.clauses.clause import Clause, Denominator
from friendshore.models.clauses.cone import ConeClause, Supplied
from friendshore.models.clauses.rule import PlainRule
from friendshore.models.clauses.scope import name_of, nodes_in_scope, place_of, used_commodities
from friendshore.models.clauses.terms import deliveries, intake
from friendshore.models.node.block import NodeBlock
from friendshore.models.node.expression import Linear
from friendshore.models.node.link import ExpressionKey
from friendshore.models.node.sets import Sets
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy
from friendshore.models.tables.policy_kinds import EACH_OF_THE_COALITION, INDEX, WINDOW, PolicyKind
from friendshore.models.tree.scenario_tree import Tree


class MaxHHI(PlainRule):
    """Concentration of deliveries, at most the limit."""

    kind = PolicyKind(
        name="max_hhi",
        place=30,
        sentence="Concentration of suppliers (0 many, 1 a single one), at most",
        unit=INDEX,
        reads=("consumers", "commodity", "scenario", *WINDOW),
        consumers=EACH_OF_THE_COALITION,
        scenario="normal",
    )

    def clauses(self, problem: Problem, tree: Tree, policy: Policy) -> tuple[Clause, ...]:
        """One clause for each member of ``each`` groups and each commodity.

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
        clauses = []
        for consumers in problem.groups(policy.consumer_text):
            for commodity in used_commodities(problem, policy, consumers):
                label = f"{policy.policy}/{name_of(problem, consumers)}/{commodity}"
                nodes = nodes_in_scope(problem, tree, policy)
                clauses.append(
                    ConeClause(
                        policy=policy,
                        label=label,
                        nodes={place_of(problem, tree, label, n): n for n in nodes},
                        commodity=commodity,
                        consumers=consumers,
                        suppliers=delivering(problem, consumers, commodity),
                    )
                )
        return tuple(clauses)

    def expressions(self, node: NodeBlock, clause: Clause) -> Mapping[ExpressionKey, Linear]:
        """Deliveries of each supplier, and all that is taken in."""
        arriving: dict[ExpressionKey, Linear] = {
            Supplied(clause.label, supplier): deliveries(node, (supplier,), clause.consumers, clause.commodity)
            for supplier in clause.suppliers
        }
        return arriving | {Denominator(clause.label): intake(node, clause.consumers, clause.commodity)}


def delivering(problem: Problem, consumers: tuple[str, ...], commodity: str) -> tuple[str, ...]:
    """Countries that can deliver a commodity to any other country of the group, from plants or stocks.

    Parameters
    ----------
    problem
        A valid problem.
    consumers
        R: countries whose supply it is about.
    commodity
        One commodity.

    Returns
    -------
    tuple[str, ...]
        In order of name.
    """
    sets = Sets(problem)
    shipped = {
        lane.origin
        for lane in sets.shipments
        if lane.destination in consumers and lane.abroad and lane.commodity == commodity
    }
    released = {
        lane.origin for lane in sets.releases_over if lane.destination in consumers and lane.commodity == commodity
    }
    return tuple(sorted(shipped | released))


RULE = MaxHHI()
