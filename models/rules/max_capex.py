"""max_capex: what payers commit to new capacity on the base path within the window, undiscounted (formulation, 7)."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.clauses.clause import Clause
from friendshore.models.clauses.linear import LinearClause
from friendshore.models.clauses.rule import PlainRule, PolicyCheck
from friendshore.models.clauses.scope import base_nodes, name_of
from friendshore.models.codes import make_finding
from friendshore.models.core.investments import CAPEX
from friendshore.models.findings import Finding
from friendshore.models.node.block import NodeBlock
from friendshore.models.node.expression import Linear
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy
from friendshore.models.tables.policy_kinds import MONEY, WINDOW, PolicyKind
from friendshore.models.tree.scenario_tree import Tree


def nothing_to_pay(problem: Problem, policy: Policy) -> Iterator[Finding]:
    """FS513: a budget of payers who have nothing to pay."""
    payers = {problem.payer_of(entry) for entry in problem.tables.expansions}
    if payers.isdisjoint(problem.group(policy.consumer_text)):
        message = "found no expansion that these consumers pay: the policy holds by itself"
        yield make_finding("FS513", "Policies", message, policy.row, "consumers")


class MaxCapex(PlainRule):
    """A budget."""

    kind = PolicyKind(
        name="max_capex",
        place=80,
        sentence="Spending on new capacity, at most",
        unit=MONEY,
        reads=("consumers", *WINDOW),
        of_data=True,
        resilience=False,
    )
    checks = (PolicyCheck(("Countries", "Settings.coalition", "Expansions", "Plants"), nothing_to_pay),)

    def clauses(self, problem: Problem, tree: Tree, policy: Policy) -> tuple[Clause, ...]:
        """One clause for each member of an ``each`` group.

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
        nodes = dict.fromkeys(base_nodes(problem, tree, policy), 1.0)
        once = {min(nodes): 1.0}
        clauses = []
        for consumers in problem.groups(policy.consumer_text):
            label = f"{policy.policy}/{name_of(problem, consumers)}"
            place = f"{label}/base"
            clauses.append(
                LinearClause(
                    policy=policy,
                    label=label,
                    weights={place: nodes},
                    consumers=consumers,
                    denominator_weights={place: once},
                )
            )
        return tuple(clauses)

    def numerator(self, node: NodeBlock, clause: Clause) -> Linear:
        """Capex decided at the node by the payers of the clause."""
        problem = node.sets.problem
        return sum(
            CAPEX.at(node, name) * node.port("decided", name)
            for name, row in problem.expansions.items()
            if problem.payer_of(row) in clause.consumers
        )

    def denominator(self, node: NodeBlock, clause: Clause) -> Linear:
        """1, counted once for the whole window."""
        return 1.0


RULE = MaxCapex()
