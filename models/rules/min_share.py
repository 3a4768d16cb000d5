"""min_share: X(K, R, c, n) + home supply of R ∩ K ≥ limit · T(R, c, n) at each node in scope (formulation, 7)."""

from __future__ import annotations

from friendshore.models.clauses.clause import Clause
from friendshore.models.clauses.rule import PlainRule
from friendshore.models.clauses.shares import share_clauses
from friendshore.models.clauses.terms import deliveries, home_supply, intake
from friendshore.models.node.block import NodeBlock
from friendshore.models.node.expression import Linear
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy
from friendshore.models.tables.policy_kinds import EACH_OF_THE_COALITION, SHARE, WINDOW, PolicyKind
from friendshore.models.tree.scenario_tree import Tree


class MinShare(PlainRule):
    """What suppliers provide, own supply of members counted, as a share of all that is taken in, at least the limit."""

    kind = PolicyKind(
        name="min_share",
        place=20,
        sentence="Share of supply from these suppliers, at least",
        unit=SHARE,
        needs=("suppliers",),
        reads=("consumers", "commodity", "scenario", *WINDOW),
        floor=True,
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
        return share_clauses(problem, tree, policy)

    def numerator(self, node: NodeBlock, clause: Clause) -> Linear:
        """What comes from the suppliers, their own supply of themselves included."""
        own = tuple(country for country in clause.consumers if country in clause.suppliers)
        arriving = deliveries(node, clause.suppliers, clause.consumers, clause.commodity)
        return arriving + home_supply(node, own, clause.commodity)

    def denominator(self, node: NodeBlock, clause: Clause) -> Linear:
        """All that is taken in."""
        return intake(node, clause.consumers, clause.commodity)


RULE = MinShare()
