"""Normal times: where a path is as if nothing had happened, so that the rules of normal times hold there."""

from __future__ import annotations

from functools import lru_cache
from math import inf

import numpy as np
from numpy.typing import NDArray

from friendshore.models.tables import Event
from friendshore.models.tree.branch import BASE
from friendshore.models.tree.scenario_tree import Tree

BoolArray = NDArray[np.bool_]

_TINY = 1e-9  # years


@lru_cache(maxsize=8)
def in_normal_times(tree: Tree, rejoin_years: float) -> BoolArray:
    """Which nodes are in normal times.

    All of the base path; of a path of positive probability those that end before its first event other than ``cost``
    begins, or start ``rejoin_years`` or more after its last one has ended, inherited events and recovery included; of
    a path of probability 0 none.
    """
    normal = tree.is_base.copy()
    for name, branch in tree.branches.items():
        if branch.probability > 0:
            own = np.array(tree.own_nodes[name], dtype=np.int64)
            first, last = disrupted_time(tree, name)
            start = tree.start[own]
            end = start + tree.length[own]
            normal[own] = (end <= first + _TINY) | (start >= last + rejoin_years - _TINY)
    return normal


def disrupted_time(tree: Tree, scenario: str) -> tuple[float, float]:
    """Years from the start at which a path's first event other than ``cost`` begins, and at which its last has ended.

    (inf, -inf) where it meets none.
    """
    first, last = inf, -inf
    for ancestor in tree.lineage(scenario):
        onset = tree.nodes[tree.own_nodes[ancestor][0]].start
        for event in tree.branches[ancestor].events:
            if event.kind != "cost" and _lasts(event):
                first = min(first, onset + event.start_years)
                last = max(last, onset + event.start_years + event.years + event.recovery_years)
    return first, last


@lru_cache(maxsize=8)
def rejoining(tree: Tree, rejoin_years: float) -> BoolArray:
    """Nodes at which a path has to hold the stock of the base path again.

    In normal times, on a branch of positive probability, not its last node, and where a base node ends with it.
    """
    ends = tree.start + tree.length
    with_base = np.abs(ends - ends[tree.base_step]) < _TINY
    likely = np.array([node.scenario != BASE and tree.probability(node.scenario) > 0 for node in tree.nodes])
    return np.asarray(in_normal_times(tree, rejoin_years) & likely & ~tree.is_last & with_base)


def _lasts(event: Event) -> bool:
    return event.years + event.recovery_years > _TINY
