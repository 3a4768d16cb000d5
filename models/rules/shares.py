"""What the share policies have in common: one clause for each pair of groups and each commodity."""

from __future__ import annotations

from friendshore.models.problem import Problem
from friendshore.models.rules.clause import Clause, each_base_node, name_of, used_commodities
from friendshore.models.tables import Policy
from friendshore.models.tree.scenario_tree import Tree


def share_clauses(problem: Problem, tree: Tree, policy: Policy, *, at_most: bool) -> tuple[Clause, ...]:
    """The clauses of a share policy."""
    made = []
    for consumers in problem.groups(policy.consumer_text):
        for suppliers in problem.groups(policy.suppliers):
            for commodity in used_commodities(problem, policy, consumers):
                who = f"{name_of(problem, consumers)}/{name_of(problem, suppliers)}"
                label = f"{policy.policy}/{who}/{commodity}"
                rows = each_base_node(problem, tree, policy, label)
                made.append(Clause(policy, label, rows, commodity, consumers, suppliers, at_most))
    return tuple(made)
