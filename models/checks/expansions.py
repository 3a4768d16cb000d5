"""Expansions that can be decided and can serve."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.protocol import reads
from friendshore.models.checks.timing import TINY, period_starts
from friendshore.models.codes import finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem


@reads("Expansions.expansion", "Expansions.requires")
def requirements(problem: Problem) -> Iterator[Finding]:
    """FS310: expansions that require each other."""
    requires = {row.expansion: row.requires for row in problem.tables.expansions}
    for row in problem.tables.expansions:
        line = [row.expansion]
        while requires.get(line[-1]) and requires[line[-1]] not in line:
            line.append(requires[line[-1]])
        if requires.get(line[-1]) == row.expansion:
            message = (
                f"found the circle {' → '.join([*line, row.expansion])}; wanted an order in which they can be decided"
            )
            yield finding("FS310", "Expansions", message, row.row, "requires")


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
            yield finding("FS514", "Expansions", message, row.row, "lead_years")
