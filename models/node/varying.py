"""Varying: a coefficient of a node's mathematics that may change with the years.

Where it is the same in every period it is a plain number, as if nothing could change; where Profiles change it, it is a
parameter of the node. So a problem in which nothing changes is formulated as it would be without Profiles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from friendshore.models.node.block import NodeBlock
from friendshore.models.node.expression import Linear
from friendshore.models.node.parameters import Array, Key, Parameters
from friendshore.models.problem import Problem
from friendshore.models.tree.scenario_tree import Tree

K = TypeVar("K")


def over_periods(problem: Problem, tree: Tree, read: Callable[[int], float]) -> Array:
    """A value at every node: that of the node's period.

    Parameters
    ----------
    problem
        A valid problem.
    tree
        Its scenario tree, stress branches of policies included.
    read
        The value in the period of a position.

    Returns
    -------
    Array
        Shape (nodes).
    """
    if not problem.tables.profiles:
        return np.broadcast_to(np.float64(read(0)), len(tree.nodes))  # one number, however many nodes there are
    return np.array([read(t) for t in range(len(problem.periods))])[tree.period]


@dataclass(frozen=True)
class Varying(Generic[K]):
    """A coefficient by key.

    ``read`` gives it for a key in the period of a position; ``times`` names a parameter without keys, such as
    ``length``, by which it is multiplied.
    """

    name: str
    read: Callable[[Problem, K, int], float]
    times: str = ""

    def enter(self, parameters: Parameters, problem: Problem, tree: Tree, keys: Iterable[K]) -> None:
        """Enter it for those keys that differ between periods.

        Parameters
        ----------
        parameters
            Gets it, by key, one value a node; holds ``times``.
        problem
            A valid problem.
        tree
            Its scenario tree, stress branches of policies included.
        keys
            All its keys.
        """
        columns: dict[Key, Array] = {}
        scale = parameters.column(self.times, ()) if self.times else np.ones(len(tree.nodes))
        for key in keys if problem.tables.profiles else ():
            values = np.array([self.read(problem, key, t) for t in range(len(problem.periods))])
            if np.any(values != values[0]):
                columns[key] = values[tree.period] * scale
        parameters.add(self.name, columns)

    def at(self, node: NodeBlock, key: K) -> Linear:
        """The coefficient of a key at a node: a number, or a parameter."""
        if node.entered(self.name, key):
            return node.parameter(self.name, key)
        constant = self.read(node.sets.problem, key, 0)
        return constant * node.parameter(self.times, ()) if self.times else constant
