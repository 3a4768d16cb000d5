"""Whom and what a policy is about, and the nodes at which it holds."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from friendshore.models.node.sets import Sets
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy
from friendshore.models.tree.branch import BASE
from friendshore.models.tree.dangers import branches_of, chances
from friendshore.models.tree.normal_times import in_normal_times
from friendshore.models.tree.scenario_tree import Tree


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


def nodes_in_scope(problem: Problem, tree: Tree, policy: Policy) -> tuple[int, ...]:
    """The nodes at which a policy holds, those of the base path first.

    In its window, and where its ``scenario`` says: ``base``, ``normal`` (in normal times, on the base path and on paths
    of positive probability), ``each`` (every path of the sheet), or the branches of the scenarios it names.

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
    if policy.where == "normal":
        places = np.flatnonzero(in_normal_times(tree, problem.settings.rejoin_years)).tolist()
    else:
        places = [n for scenario in scenarios_in_scope(problem, policy) for n in tree.own_nodes[scenario]]
    return tuple(n for n in places if tree.nodes[n].period in window)


def nodes_elsewhere(problem: Problem, tree: Tree, policy: Policy, label: str) -> dict[str, int]:
    """By name, the nodes of the base path and the sheet's branches in the window at which a policy does not hold.

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
    dict[str, int]
        By name, positions of nodes.
    """
    window = problem.window(policy.from_period, policy.to_period)
    held = set(nodes_in_scope(problem, tree, policy))
    return {
        place_of(problem, tree, label, n): n
        for scenario in (BASE, *(branch.name for branch in chances(problem).branches))
        for n in tree.own_nodes[scenario]
        if n not in held and tree.nodes[n].period in window
    }


def scenarios_in_scope(problem: Problem, policy: Policy) -> tuple[str, ...]:
    """The base path and branches of the sheet that ``base``, ``each`` or names stand for, a danger for all of its."""
    if policy.where == "each":
        return (BASE, *(branch.name for branch in chances(problem).branches))
    return tuple(
        scenario for name in policy.places for scenario in ((BASE,) if name == BASE else branches_of(problem, name))
    )


def each_node(problem: Problem, tree: Tree, policy: Policy, label: str) -> dict[str, dict[int, float]]:
    """A row at each node at which a policy holds, by name, with the weight of its node.

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
    return {place_of(problem, tree, label, n): {n: 1.0} for n in nodes_in_scope(problem, tree, policy)}


def price_by_weight(tree: Tree, weights: Mapping[str, Mapping[int, float]]) -> dict[str, float]:
    """With what weight the violation of rows at single nodes is priced: that of its node, 1 where that is none."""
    return {place: float(tree.weight[n]) or 1.0 for place, nodes in weights.items() for n in nodes}


def place_of(problem: Problem, tree: Tree, label: str, n: int) -> str:
    """The name of a clause's constraint at one node.

    Parameters
    ----------
    problem
        A valid problem.
    tree
        Its scenario tree, stress branches of policies included.
    label
        Name of the clause.
    n
        Position of the node.

    Returns
    -------
    str
        ``label/2030``, on a branch ``label/scenario/2030/1``.
    """
    node = tree.nodes[n]
    period = problem.periods[node.period]
    if node.scenario == BASE:
        return f"{label}/{period.period}" + (f"/{node.step}" if period.steps > 1 else "")
    return f"{label}/{node.scenario}/{period.period}/{node.step}"


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
