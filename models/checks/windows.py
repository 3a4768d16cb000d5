"""First and last periods of a row leave time between them."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.protocol import reads
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem


@reads("Periods.period", "Policies.kind")
def windows(problem: Problem) -> Iterator[Finding]:
    """FS309: a first period after the last."""
    tables = problem.tables
    ends = [
        *(("Plants", row.row, "to_period", row.from_period, row.to_period) for row in tables.plants),
        *(("Expansions", row.row, "latest", row.earliest, row.latest) for row in tables.expansions),
        *(
            ("Policies", row.row, "to_period", row.from_period, row.to_period)
            for row in tables.policies
            if "to_period" in row.declared.reads
        ),
    ]
    for sheet, number, column, first, last in ends:
        if first and last and problem.period_index(first, 0) > problem.period_index(last, len(problem.periods)):
            message = f"found {last!r}; wanted {first!r}, which the row begins with, or a later period"
            yield make_finding("FS309", sheet, message, number, column)
