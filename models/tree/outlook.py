"""What the sheet Scenarios amounts to: the chance that nothing happens, that each scenario does, and the size of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from friendshore.models.problem import Problem
from friendshore.models.tree.dangers import chances
from friendshore.models.tree.scenario_tree import build_tree


@dataclass(frozen=True)
class Outlook:
    """Chances over the whole horizon.

    ``nothing`` is the probability of the base path, ``strikes`` that each row of Scenarios happens at all, whatever
    follows it, ``branches`` the number of branches of the sheet and ``nodes`` that of nodes on all its paths.
    """

    nothing: float
    strikes: Mapping[str, float]
    branches: int
    nodes: int


def outlook(problem: Problem) -> Outlook:
    """The outlook of a valid problem; branches that policies test are not counted."""
    known = chances(problem)
    tree = build_tree(problem)
    strikes = dict.fromkeys(known.of_row, 0.0)
    for branch in known.branches:
        for name in {tree.branches[ancestor].scenario for ancestor in tree.lineage(branch.name)}:
            strikes[name] += branch.probability
    return Outlook(known.base, strikes, len(known.branches), len(tree.nodes))
