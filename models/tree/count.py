"""How many nodes a tree will have, counted without making them."""

from __future__ import annotations

from collections.abc import Iterable

from friendshore.models.problem import Problem
from friendshore.models.tables import Event
from friendshore.models.tree.scenario_tree import BASE, Branch, parents_first, sheet_branches
from friendshore.models.tree.steps import overlaps, step_count


def count_nodes(problem: Problem, generated: Iterable[Branch] = ()) -> dict[str, int]:
    """Nodes of its own of the base path and of each branch, those that rules generate last."""
    starts = [0.0]
    for period in problem.periods:
        starts.append(starts[-1] + period.years)
    counts = {BASE: len(problem.periods)}
    suffered: dict[str, list[tuple[Event, float]]] = {BASE: []}
    for branch in (*parents_first(list(sheet_branches(problem))), *generated):
        onset = starts[branch.onset]
        mine = suffered[branch.name] = [*suffered[branch.parent], *((event, onset) for event in branch.events)]
        counts[branch.name] = sum(
            step_count(period.years, branch.step_months)
            if any(overlaps(event, begins, starts[i], starts[i + 1]) for event, begins in mine)
            else 1
            for i, period in enumerate(problem.periods)
            if i >= branch.onset
        )
    return counts
