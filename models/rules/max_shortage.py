"""max_shortage: shortage of a tier as a share of its demand, at most the limit (formulation, 7).

``scenario`` names where: a scenario (its own nodes), ``base`` (all base nodes), ``each`` (base and every scenario of
the sheet by itself), ``expected`` (over whole paths, by probability) or ``cvar`` (CVaR_α over whole paths of the share
short; Rockafellar & Uryasev 2000).
"""

from __future__ import annotations

from typing import Any

from friendshore.models.node.block import NodeBlock
from friendshore.models.problem import Problem
from friendshore.models.rules.clause import Clause, PlainRule, demand, demanded, name_of, shortage
from friendshore.models.tables import Policy
from friendshore.models.tree.scenario_tree import BASE, Tree


class MaxShortage(PlainRule):
    """Shortage as a share of demand over the nodes of a scenario or over whole paths."""

    kind = "max_shortage"

    def clauses(self, problem: Problem, tree: Tree, policy: Policy) -> tuple[Clause, ...]:
        """One clause for each member of ``each`` groups and each commodity in demand."""
        made = []
        for consumers in problem.groups(policy.consumer_text):
            for commodity in demanded(problem, policy, consumers):
                label = f"{policy.policy}/{name_of(problem, consumers)}/{commodity}"
                rows = _rows(problem, tree, policy, label)
                made.append(Clause(policy, label, rows, commodity, consumers, tail=policy.scenario == "cvar"))
        return tuple(made)

    def numerator(self, node: NodeBlock, clause: Clause) -> Any:
        """What is short."""
        return shortage(node, clause)

    def denominator(self, node: NodeBlock, clause: Clause) -> Any:
        """What is needed."""
        return demand(node, clause)


def _rows(problem: Problem, tree: Tree, policy: Policy, label: str) -> dict[str, dict[int, float]]:
    where = policy.scenario
    if where == "expected":
        weights = {n: float(weight) for n, weight in enumerate(tree.weight) if weight > 0}
        return {f"{label}/expected": weights}
    if where == "cvar":
        likely = [s for s in tree.scenarios if tree.probability(s) > 0]
        return {s: dict.fromkeys(tree.paths[s], 1.0) for s in likely}
    sheet = [row.scenario for row in problem.tables.scenarios]
    scenarios = [BASE, *sheet] if where == "each" else [where]
    return {f"{label}/{s}": dict.fromkeys(tree.own_nodes[s], 1.0) for s in scenarios}


RULE = MaxShortage()
