"""The base path needs what is left of 1."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.protocol import reads
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem

_TOLERANCE = 1e-9


@reads("Scenarios.probability")
def probabilities(problem: Problem) -> Iterator[Finding]:
    """FS301: probabilities that sum to 1 or more."""
    rows = problem.tables.scenarios
    total = sum(row.probability for row in rows)
    if rows and total > 1 - _TOLERANCE:
        last = max(row.row for row in rows if row.probability > 0)
        message = (
            f"found probabilities that sum to {total:.6g}; wanted less than 1, the rest being that nothing happens"
        )
        yield make_finding("FS301", "Scenarios", message, last, "probability")
