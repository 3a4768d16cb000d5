"""Expansions that can be decided and can serve."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.circles import circles
from friendshore.models.checks.protocol import reads
from friendshore.models.checks.timing import TINY, period_starts
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem


@reads("Expansions.expansion", "Expansions.requires")
def requirements(problem: Problem) -> Iterator[Finding]:
    """FS310: expansions that require each other."""
    around = circles({row.expansion: row.requires for row in problem.tables.expansions if row.requires})
    for row in problem.tables.expansions:
        if row.expansion in around:
            circle = " → ".join(around[row.expansion])
            message = f"found the circle {circle}; wanted an order in which they can be decided"
            yield make_finding("FS310", "Expansions", message, row.row, "requires")


@reads("Periods", "Expansions.earliest", "Expansions.lead_years")
def late_expansions(problem: Problem) -> Iterator[Finding]:
    """FS514: an expansion that comes into service after the horizon."""
    starts = period_starts(problem)
    for row in problem.tables.expansions:
        serves = starts[problem.period_index(row.earliest, 0)] + row.lead_years
        if serves > problem.horizon - TINY:
            message = (
                f"found {row.lead_years:g} years; it would serve from year {serves:g} on, and the horizon ends at "
                f"{problem.horizon:g}"
            )
            yield make_finding("FS514", "Expansions", message, row.row, "lead_years")
