"""What the share policies have in common: one clause for each pair of groups and each commodity."""

from __future__ import annotations

from friendshore.models.clauses.clause import Clause
from friendshore.models.clauses.linear import LinearClause
from friendshore.models.clauses.scope import each_node, name_of, price_by_weight, used_commodities
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy
from friendshore.models.tree.scenario_tree import Tree


def share_clauses(problem: Problem, tree: Tree, policy: Policy) -> tuple[Clause, ...]:
    """The clauses of a share policy: consumers, suppliers, commodity, each node at which it holds.

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
        One for each pair of groups and each commodity that is used.
    """
    clauses = []
    for consumers in problem.groups(policy.consumer_text):
        for suppliers in problem.groups(policy.suppliers):
            for commodity in used_commodities(problem, policy, consumers):
                who = f"{name_of(problem, consumers)}/{name_of(problem, suppliers)}"
                label = f"{policy.policy}/{who}/{commodity}"
                weights = each_node(problem, tree, policy, label)
                clauses.append(
                    LinearClause(
                        policy=policy,
                        label=label,
                        weights=weights,
                        priced=price_by_weight(tree, weights),
                        commodity=commodity,
                        consumers=consumers,
                        suppliers=suppliers,
                    )
                )
    return tuple(clauses)
