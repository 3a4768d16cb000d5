"""max_capex: what payers commit to new capacity on the base path within the window, undiscounted (formulation, 7)."""

from __future__ import annotations

from typing import Any

from friendshore.models.node.block import NodeBlock
from friendshore.models.problem import Problem
from friendshore.models.rules.clause import Clause, PlainRule, name_of
from friendshore.models.tables import Expansion, Policy
from friendshore.models.tree.scenario_tree import BASE, Tree


def payer(problem: Problem, expansion: Expansion) -> str:
    """Who pays for an expansion: its ``payer``, else the country of its plant."""
    return expansion.payer or problem.plants[expansion.plant].country


class MaxCapex(PlainRule):
    """A budget."""

    kind = "max_capex"

    def clauses(self, problem: Problem, tree: Tree, policy: Policy) -> tuple[Clause, ...]:
        """One clause for each member of an ``each`` group."""
        window = problem.window(policy.from_period, policy.to_period)
        nodes = {n: 1.0 for n in tree.own_nodes[BASE] if tree.nodes[n].period in window}
        once = {min(nodes): 1.0}
        made = []
        for consumers in problem.groups(policy.consumer_text):
            label = f"{policy.policy}/{name_of(problem, consumers)}"
            row = f"{label}/base"
            made.append(Clause(policy, label, {row: nodes}, consumers=consumers, denominator_rows={row: once}))
        return tuple(made)

    def numerator(self, node: NodeBlock, clause: Clause) -> Any:
        """Capex decided at the node by the payers of the clause."""
        problem = node.sets.problem
        return sum(
            row.capex * node.port("decided", name)
            for name, row in problem.expansions.items()
            if payer(problem, row) in clause.consumers
        )

    def denominator(self, node: NodeBlock, clause: Clause) -> Any:
        """1, counted once for the whole window."""
        return 1.0


RULE = MaxCapex()
