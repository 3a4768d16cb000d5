"""What the sheet Scenarios amounts to: the chance that nothing happens, that each scenario does, and the size of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from friendshore.models.problem import Problem
from friendshore.models.tree.dangers import Chances, chances
from friendshore.models.tree.onsets import is_sequel, parents_of, period_after
from friendshore.models.tree.scenario_tree import build_tree


@dataclass(frozen=True)
class Outlook:
    """Chances over the whole horizon.

    ``late`` names, by sequel, the periods of onset of its parent after which it would begin past the horizon, so that
    its parent keeps that chance.

    ``nothing`` is the probability of the base path, ``strikes`` that each row of Scenarios happens at all, whatever
    follows it, ``branches`` the number of branches of the sheet and ``nodes`` that of nodes on all its paths.
    """

    nothing: float
    strikes: Mapping[str, float]
    branches: int
    nodes: int
    late: Mapping[str, tuple[str, ...]]


def outlook(problem: Problem) -> Outlook:
    """The outlook of a valid problem; branches that policies test are not counted."""
    known = chances(problem)
    tree = build_tree(problem)
    strikes = dict.fromkeys(known.of_row, 0.0)
    for branch in known.branches:
        for name in {tree.branches[ancestor].scenario for ancestor in tree.lineage(branch.name)}:
            strikes[name] += branch.probability
    return Outlook(known.base, strikes, len(known.branches), len(tree.nodes), _late_sequels(problem, known))


def _late_sequels(problem: Problem, known: Chances) -> dict[str, tuple[str, ...]]:
    late: dict[str, tuple[str, ...]] = {}
    for row in problem.tables.scenarios:
        if is_sequel(problem, row):
            parents = [branch for branch in known.branches if branch.scenario == parents_of(row)[0]]
            onsets = sorted({branch.onset for branch in parents if period_after(problem, branch.onset, row) is None})
            if onsets:
                late[row.scenario] = tuple(problem.periods[t].period for t in onsets)
    return late
