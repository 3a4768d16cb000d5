"""Where plants may be closed for good: at the start of periods in which they have a capacity (Decisions)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from friendshore.models.problem import Problem
from friendshore.models.tree.branch import BASE
from friendshore.models.tree.scenario_tree import Tree

Nodes = NDArray[np.int64]


@dataclass(frozen=True)
class Closing:
    """A plant closed at the start of a base node, the first of its period; every path from there on follows."""

    node: int
    plant: str


@lru_cache(maxsize=8)
def closings(problem: Problem, tree: Tree) -> tuple[Closing, ...]:
    """The closings that are offered, plant by plant in order of time: where there is a capacity to close."""
    firsts = [n for n in tree.own_nodes[BASE] if tree.nodes[n].step == 1]
    return tuple(
        Closing(n, name)
        for name, row in problem.plants.items()
        if row.may_close
        for n in firsts
        if problem.existing_capacity(name, tree.nodes[n].period) > 0
    )


def closed_at(tree: Tree, closing: Closing) -> Nodes:
    """Nodes at which the plant is closed, on all paths: those from the period of its closing on."""
    return np.flatnonzero(tree.period >= tree.nodes[closing.node].period)


def paid_at(tree: Tree, closing: Closing) -> Nodes:
    """Nodes that pay for the closing: on each path the first of its period."""
    step = np.array([node.step for node in tree.nodes])
    return np.flatnonzero((tree.period == tree.nodes[closing.node].period) & (step == 1))
