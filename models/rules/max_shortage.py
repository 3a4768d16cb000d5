"""max_shortage: shortage of a tier as a share of its demand, at most the limit (formulation, 7).

``scenario`` names where: a scenario (its own nodes), ``base`` (all base nodes), ``each`` (base and every scenario of
the sheet by itself), ``expected`` (over whole paths, by probability) or ``cvar`` (CVaR_α over whole paths of the share
short; Rockafellar & Uryasev 2000).
"""

from __future__ import annotations

from friendshore.models.clauses.clause import Clause
from friendshore.models.clauses.linear import LinearClause
from friendshore.models.clauses.rule import PlainRule
from friendshore.models.clauses.scope import demanded, name_of
from friendshore.models.clauses.tail import TailClause
from friendshore.models.clauses.terms import demand, shortage
from friendshore.models.node.block import NodeBlock
from friendshore.models.node.expression import Linear
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy
from friendshore.models.tables.policy_kinds import SHARE, PolicyKind
from friendshore.models.tree.scenario_tree import BASE, Tree


class MaxShortage(PlainRule):
    """Shortage as a share of demand over the nodes of a scenario or over whole paths."""

    kind = PolicyKind(
        name="max_shortage",
        place=50,
        sentence="Share of demand not met, at most",
        unit=SHARE,
        reads=("consumers", "tier", "commodity", "scenario"),
    )

    def clauses(self, problem: Problem, tree: Tree, policy: Policy) -> tuple[Clause, ...]:
        """One clause for each member of ``each`` groups and each commodity in demand.

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
        return tuple(
            _clause(problem, tree, policy, consumers, commodity)
            for consumers in problem.groups(policy.consumer_text)
            for commodity in demanded(problem, policy, consumers)
        )

    def numerator(self, node: NodeBlock, clause: Clause) -> Linear:
        """What is short."""
        return shortage(node, clause)

    def denominator(self, node: NodeBlock, clause: Clause) -> Linear:
        """What is needed."""
        return demand(node, clause)


def _clause(problem: Problem, tree: Tree, policy: Policy, consumers: tuple[str, ...], commodity: str) -> Clause:
    label = f"{policy.policy}/{name_of(problem, consumers)}/{commodity}"
    if policy.where == "cvar":
        paths = {s: tree.paths[s] for s in tree.scenarios if tree.probability(s) > 0}
        return TailClause(policy=policy, label=label, paths=paths, commodity=commodity, consumers=consumers)
    weights = _weights(problem, tree, policy.where, label)
    return LinearClause(policy=policy, label=label, weights=weights, commodity=commodity, consumers=consumers)


def _weights(problem: Problem, tree: Tree, where: str, label: str) -> dict[str, dict[int, float]]:
    """The nodes that each constraint sums over."""
    if where == "expected":
        return {f"{label}/expected": {n: float(weight) for n, weight in enumerate(tree.weight) if weight > 0}}
    sheet = [row.scenario for row in problem.tables.scenarios]
    scenarios = [BASE, *sheet] if where == "each" else [where]
    return {f"{label}/{s}": dict.fromkeys(tree.own_nodes[s], 1.0) for s in scenarios}


RULE = MaxShortage()
