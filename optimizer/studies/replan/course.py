"""The course of events: which path of the plan's tree has come true up to a period, and what may still happen on it.

Whoever stands at the start of a period knows whether something begins there. So nothing more begins in that period, and
what may begin later does so from the next one on, as in any plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from friendshore.models.problem import Problem
from friendshore.models.tree.branch import BASE
from friendshore.models.tree.scenario_tree import Tree, build_tree
from friendshore.optimizer.studies.replan.standing import Struck

TINY = 1e-9


@lru_cache(maxsize=8)
def tree_of(problem: Problem) -> Tree:
    """The scenario tree of a problem, without the branches that policies test."""
    return build_tree(problem)


def path_of(problem: Problem, struck: Sequence[Struck]) -> str | None:
    """The path on which these scenarios have begun, one after the other.

    Parameters
    ----------
    problem
        A valid problem.
    struck
        What has begun, in order of time.

    Returns
    -------
    str or None
        Its name; None where the problem knows no such path.
    """
    tree, path = tree_of(problem), BASE
    labels = [period.period for period in problem.periods]
    for each in struck:
        found = [
            name
            for name, branch in tree.branches.items()
            if (branch.parent, branch.scenario, labels[branch.onset]) == (path, each.scenario, each.period)
        ]
        if not found:
            return None
        path = found[0]
    return path


def node_before(tree: Tree, path: str, as_of: int) -> int:
    """The last node of a path before the period ``as_of``.

    Parameters
    ----------
    tree
        The scenario tree of the plan.
    path
        The path that has come true.
    as_of
        Position of the period at whose start one stands.

    Returns
    -------
    int
        Position of the node.
    """
    return max(n for n in tree.paths[path] if tree.nodes[n].period < as_of)


def root(tree: Tree, path: str, as_of: int) -> int:
    """The first node of a path from the period ``as_of`` on: where one stands.

    Parameters
    ----------
    tree
        The scenario tree of the plan.
    path
        The path that has come true.
    as_of
        Position of the period at whose start one stands.

    Returns
    -------
    int
        Position of the node.
    """
    return next(n for n in tree.paths[path] if tree.nodes[n].period >= as_of)


def still_possible(tree: Tree, path: str, as_of: int) -> tuple[str, ...]:
    """The paths that leave ``path``, or one that left it, after the start of the period ``as_of``; parents first.

    Parameters
    ----------
    tree
        The scenario tree of the plan.
    path
        The path that has come true.
    as_of
        Position of the period at whose start one stands.

    Returns
    -------
    tuple[str, ...]
        Names of paths.
    """
    possible: list[str] = []
    for name, branch in tree.branches.items():
        if (branch.parent == path or branch.parent in possible) and branch.onset > as_of:
            possible.append(name)
    return tuple(possible)


def is_over(problem: Problem, path: str, as_of: int) -> bool:
    """Whether all that has begun on a path has ended, so that it is in normal times, and nothing follows it.

    Parameters
    ----------
    problem
        The problem of the plan.
    path
        The path that has come true.
    as_of
        Position of the period at whose start one stands.

    Returns
    -------
    bool
        True also where nothing has begun.
    """
    if path == BASE:
        return True
    tree = tree_of(problem)
    now = problem.period_starts[as_of] - problem.settings.rejoin_years
    for ancestor in tree.lineage(path):
        branch = tree.branches[ancestor]
        onset = problem.period_starts[branch.onset]
        ends = (onset + event.start_years + event.years + event.recovery_years for event in branch.events)
        if max(ends, default=onset) > now + TINY:
            return False
    return not still_possible(tree, path, as_of)
