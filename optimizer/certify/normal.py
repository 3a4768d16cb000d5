"""Normal times (formulation, T.10), and what a path lacks there of the stock of the base path (formulation, 8)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from friendshore.optimizer.certify.numbers import TINY, Array
from friendshore.optimizer.certify.scenarios import BASE
from friendshore.optimizer.certify.tree import Branch, Tree


def in_normal_times(branch: Branch, rejoin_years: float) -> NDArray[np.bool_]:
    """Which own nodes of a branch are in normal times.

    Parameters
    ----------
    branch
        A branch with all that strikes it, inherited events included.
    rejoin_years
        Setting: years from the end of its last event on.

    Returns
    -------
    NDArray[np.bool_]
        By own node; all of the base path, none of a path of probability 0.
    """
    if branch.name == BASE:
        return np.ones(len(branch.start), dtype=bool)
    if branch.probability <= 0.0:
        return np.zeros(len(branch.start), dtype=bool)
    shocks = [
        (each.origin + each.event.start_years, each.event.years + each.event.recovery_years)
        for each in branch.struck
        if each.event.kind != "cost" and each.event.years + each.event.recovery_years > TINY
    ]
    begins = min((start for start, _ in shocks), default=np.inf)
    over = max((start + lasts for start, lasts in shocks), default=-np.inf)
    before = branch.start + branch.years <= begins + TINY
    return np.asarray(before | (branch.start >= over + rejoin_years - TINY))


def lacking_stock(tree: Tree, branch: Branch, rejoin_years: float, level: Array) -> Array:
    """By how much the stock of a branch falls short of that of the base path where it has to rejoin it.

    Parameters
    ----------
    tree
        The scenario tree, nodes of the base path first.
    branch
        A branch.
    rejoin_years
        Setting: years from the end of its last event on.
    level
        All nodes × stockpiles: stock at the end of each node.

    Returns
    -------
    Array
        Own nodes × stockpiles; 0 where nothing is asked: outside normal times, at the last node, within a base step.
    """
    short = np.zeros((len(branch.start), level.shape[1]))
    if branch.name == BASE or branch.probability <= 0.0:
        return short
    ends = tree.base.start + tree.base.years
    asked = in_normal_times(branch, rejoin_years)
    asked[-1] = False
    asked &= np.abs(branch.start + branch.years - ends[branch.held_by]) < TINY
    base = level[tree.base.nodes][branch.held_by[asked]]
    short[asked] = np.maximum(base - level[branch.nodes][asked], 0.0)
    return short
