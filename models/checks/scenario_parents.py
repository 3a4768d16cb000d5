"""Scenarios leave their parents' paths: later, not in a circle, and not more likely than a path that cannot happen."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.circles import circles
from friendshore.models.checks.protocol import reads
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem


@reads("Scenarios.scenario", "Scenarios.parent")
def parent_circles(problem: Problem) -> Iterator[Finding]:
    """FS303: scenarios that are each other's parents."""
    around = circles({row.scenario: row.parent for row in problem.tables.scenarios})
    for row in problem.tables.scenarios:
        if row.scenario in around:
            message = f"found the circle {' → '.join(around[row.scenario])}; wanted parents that lead to base"
            yield make_finding("FS303", "Scenarios", message, row.row, "parent")


@reads("Scenarios.scenario", "Scenarios.parent", "Scenarios.onset", "Periods.period")
def onsets(problem: Problem) -> Iterator[Finding]:
    """FS302: an onset that is not after the parent's."""
    known = {row.scenario: row for row in problem.tables.scenarios}
    for row in known.values():
        parent = known.get(row.parent)
        if parent and problem.period_index(row.onset, 0) <= problem.period_index(parent.onset, 0):
            message = (
                f"found {row.onset!r}; wanted a period after {parent.onset!r}, the onset of its parent {row.parent!r}"
            )
            yield make_finding("FS302", "Scenarios", message, row.row, "onset")


@reads("Scenarios.scenario", "Scenarios.parent", "Scenarios.probability")
def parent_probabilities(problem: Problem) -> Iterator[Finding]:
    """FS304: a positive probability below a scenario of probability 0."""
    known = {row.scenario: row for row in problem.tables.scenarios}
    for row in known.values():
        parent = known.get(row.parent)
        if parent and row.probability > 0 and parent.probability == 0:
            message = f"found {row.probability:g}; wanted 0, as its parent {row.parent!r} has probability 0"
            yield make_finding("FS304", "Scenarios", message, row.row, "probability")
