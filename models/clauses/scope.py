"""Whom and what a policy is about, and the base nodes at which it holds."""

from __future__ import annotations

from friendshore.models.node.sets import Sets
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy
from friendshore.models.tree.scenario_tree import BASE, Tree


def base_nodes(problem: Problem, tree: Tree, policy: Policy) -> tuple[int, ...]:
    """The base nodes in the window of a policy, in order of time.

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
    tuple[int, ...]
        Positions of nodes.
    """
    window = problem.window(policy.from_period, policy.to_period)
    return tuple(n for n in tree.own_nodes[BASE] if tree.nodes[n].period in window)


def each_base_node(problem: Problem, tree: Tree, policy: Policy, label: str) -> dict[str, dict[int, float]]:
    """A row at each base node in the window of a policy, by name, with the weight of its node.

    Parameters
    ----------
    problem
        A valid problem.
    tree
        Its scenario tree, stress branches of policies included.
    policy
        A row of Policies.
    label
        Name of the clause.

    Returns
    -------
    dict[str, dict[int, float]]
        By the name of each row, the weight 1 of its node.
    """
    return {
        f"{label}/{problem.periods[tree.nodes[n].period].period}": {n: 1.0} for n in base_nodes(problem, tree, policy)
    }


def used_commodities(problem: Problem, policy: Policy, consumers: tuple[str, ...]) -> tuple[str, ...]:
    """Commodities of a policy that its consumers can use at all.

    Parameters
    ----------
    problem
        A valid problem.
    policy
        A row of Policies.
    consumers
        R: countries whose supply it is about.

    Returns
    -------
    tuple[str, ...]
        In the order of the selection.
    """
    uses = {c for country, c in Sets(problem).uses if country in consumers}
    return tuple(c for c in problem.selection(policy.commodity) if c in uses)


def demanded(problem: Problem, policy: Policy, consumers: tuple[str, ...]) -> tuple[str, ...]:
    """Commodities of a policy that its consumers demand in its tier.

    Parameters
    ----------
    problem
        A valid problem.
    policy
        A row of Policies.
    consumers
        R: countries whose supply it is about.

    Returns
    -------
    tuple[str, ...]
        In the order of the selection.
    """
    wanted = {row.commodity for row in problem.demand if row.country in consumers and policy.tier in ("*", row.tier)}
    return tuple(c for c in problem.selection(policy.commodity) if c in wanted)


def name_of(problem: Problem, members: tuple[str, ...]) -> str:
    """A short name of a group of countries: its only member, the coalition, or the members joined."""
    if len(members) == 1:
        return members[0]
    return "coalition" if members == problem.coalition else "+".join(members)
