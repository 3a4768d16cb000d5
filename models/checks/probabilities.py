"""The base path needs what is left of 1, and a danger what is left by its sequels."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor, log10

from friendshore.models.checks.protocol import reads
from friendshore.models.checks.scenario_parents import readable
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem
from friendshore.models.tree.dangers import chances
from friendshore.models.tree.onsets import is_danger, is_sequel, parents_of
from friendshore.optimizer.wording.counts import measured

_TOLERANCE = 1e-9
LEAST_LEFT = 0.01
"""The least probability of the base path that dangers may leave."""


@reads("Scenarios")
def probabilities(problem: Problem) -> Iterator[Finding]:
    """FS301: dated scenarios that sum to 1 or more, or dangers that leave the base path less than 1 %."""
    problem = readable(problem)
    rows = [row for row in problem.tables.scenarios if not is_danger(row) and not is_sequel(problem, row)]
    total = sum(row.probability or 0.0 for row in rows)
    if rows and total > 1 - _TOLERANCE:
        last = max(row.row for row in rows if row.probability)
        message = (
            f"found probabilities that sum to {total:.6g}; wanted less than 1, the rest being that nothing happens"
        )
        yield make_finding("FS301", "Scenarios", message, last, "probability")
        return
    dangers = [row for row in problem.tables.scenarios if row.per_year]
    left = chances(problem).base
    if dangers and left < LEAST_LEFT * (1.0 - total):
        worst = max(dangers, key=lambda row: row.per_year or 0.0)
        message = (
            f"found dangers that leave the base path {_below(left)} over "
            f"{measured(problem.horizon, 'year')}; wanted at least {LEAST_LEFT:.0%}: is {worst.per_year:g} of "
            f"{worst.scenario!r} the chance of a year, or of the horizon?"
        )
        yield make_finding("FS301", "Scenarios", message, worst.row, "per_year")


@reads("Scenarios")
def sequel_probabilities(problem: Problem) -> Iterator[Finding]:
    """FS323: sequels of one parent that are together more than certain."""
    problem = readable(problem)
    by_parent: dict[str, float] = {}
    for row in problem.tables.scenarios:
        if is_sequel(problem, row):
            parent = parents_of(row)[0]
            by_parent[parent] = by_parent.get(parent, 0.0) + (row.probability or 0.0)
            if by_parent[parent] > 1.0 + _TOLERANCE:
                message = f"found sequels of {parent!r} that sum to {by_parent[parent]:.6g}; wanted at most 1"
                yield make_finding("FS323", "Scenarios", message, row.row, "probability")


def _below(share: float) -> str:
    """A share by two digits that count, never rounded up to the limit that it is below: 0.00997 is 0.99%."""
    digits = max(0, 1 - floor(log10(share))) if share > 0 else 0
    return f"{floor(share * 10**digits * (1 + _TOLERANCE)) / 10**digits:.{max(0, digits - 2)}%}"
