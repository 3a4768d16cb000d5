"""max_share: X(K, R, c, n) ≤ limit · T(R, c, n) at each base node in the window (formulation, 7)."""

from __future__ import annotations

from typing import Any

from friendshore.models.node.block import NodeBlock
from friendshore.models.problem import Problem
from friendshore.models.rules.clause import Clause, PlainRule, deliveries, intake
from friendshore.models.rules.shares import share_clauses
from friendshore.models.tables import Policy
from friendshore.models.tree.scenario_tree import Tree


class MaxShare(PlainRule):
    """Deliveries from suppliers as a share of all that consumers take in, at most the limit."""

    kind = "max_share"

    def clauses(self, problem: Problem, tree: Tree, policy: Policy) -> tuple[Clause, ...]:
        """One clause for each member of ``each`` groups and each commodity."""
        return share_clauses(problem, tree, policy, at_most=True)

    def numerator(self, node: NodeBlock, clause: Clause) -> Any:
        """What comes from the suppliers; what a country supplies to itself never counts."""
        return deliveries(node, clause.suppliers, clause.consumers, clause.commodity)

    def denominator(self, node: NodeBlock, clause: Clause) -> Any:
        """All that is taken in."""
        return intake(node, clause.consumers, clause.commodity)


RULE = MaxShare()
