"""Surplus: what is made and not wanted leaves where it is made, at a value or at a cost (formulation, 1).

Only commodities with a ``surplus_value`` have it; of the others what is left over is lost for nothing.
"""

from __future__ import annotations

import numpy as np

from friendshore.models.core import effects
from friendshore.models.core.investments import existing_capacity, largest_in_service
from friendshore.models.node.block import NodeBlock
from friendshore.models.node.parameters import Array, Parameters
from friendshore.models.node.sets import Sets
from friendshore.models.tree.scenario_tree import Tree


def enter_parameters(parameters: Parameters, sets: Sets, tree: Tree) -> None:
    """Enter what a unit brings, and the most there can be.

    Parameters
    ----------
    parameters
        Gets them, by name and key, one value a node.
    sets
        Index sets of a node: plants, shipments, stockpiles, rows of demand.
    tree
        Its scenario tree, stress branches of policies included.
    """
    problem, periods = sets.problem, range(len(sets.problem.periods))
    goods = sorted({commodity for _, commodity in sets.surplus})
    parameters.add(
        "surplus_value", {c: np.array([problem.surplus_value(c, p) for p in periods])[tree.period] for c in goods}
    )
    parameters.add("surplus_most", _most(sets, tree))


def _most(sets: Sets, tree: Tree) -> dict[tuple[str, str], Array]:
    """The most that plants can make at all: all that may ever stand, at work with every surge."""
    if not sets.surplus:
        return {}
    existing, surge = existing_capacity(sets, tree), effects.surges(sets.problem, tree)
    made = {
        j: tree.length * surge.get(j, 1.0) * (existing[j] + largest_in_service(sets, tree, sets.projects.get(j, ())))
        for j in {j for key in sets.surplus for j in sets.makers[key]}
    }
    return {
        key: np.sum([sets.problem.outputs[j][key[1]] * made[j] for j in sets.makers[key]], axis=0)
        for key in sets.surplus
    }


def formulate(node: NodeBlock) -> None:
    """What leaves as surplus, and what it brings; ``supply`` says where it comes from."""
    surplus = node.variable("surplus", node.sets.surplus, upper="surplus_most")
    node.cost("surplus", sum(-1.0 * node.parameter("surplus_value", key[1]) * surplus[key] for key in surplus))
