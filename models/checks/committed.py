"""What is committed already can be decided at the start, and nothing else has served before it."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.protocol import reads
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem
from friendshore.models.tables import Expansion


@reads(
    "Periods",
    "Expansions.committed",
    "Expansions.max_units",
    "Expansions.earliest",
    "Expansions.latest",
    "Expansions.lead_years",
    "Expansions.integer",
)
def committed_units(problem: Problem) -> Iterator[Finding]:
    """FS345: units on order that the row itself forbids at the start; a lead below 0 of units that are not."""
    for row in problem.tables.expansions:
        fault = _fault(problem, row) if row.committed else ""
        if fault:
            yield make_finding("FS345", "Expansions", f"found {row.committed:g}, {fault}", row.row, "committed")
        first = bool(row.latest) and problem.period_index(row.latest, 0) == 0
        if row.lead_years < 0 and not (first and row.committed == row.max_units):
            message = (
                f"found {row.lead_years:g}, a service that began before the start; wanted 0 or more, or committed as "
                f"many as max_units, {row.max_units:g}, and latest {problem.periods[0].period!r}: what has served "
                "already is not on offer later"
            )
            yield make_finding("FS345", "Expansions", message, row.row, "lead_years")


def _fault(problem: Problem, row: Expansion) -> str:
    """Why units cannot be decided at the start of the first period, whatever else the plan does; blank: they can."""
    if row.committed > row.max_units:
        return f"more than max_units, {row.max_units:g}; wanted no more than that"
    if row.integer and row.committed != round(row.committed):
        return "and units are whole (integer); wanted a whole number"
    if row.requires:
        return f"and requires {row.requires!r}; wanted requires blank: what stands needs nothing to be decided first"
    if row.opened_by:
        return f"and {row.opened_by!r} opens it; wanted opened_by blank: what stands, stands on every path"
    if problem.period_index(row.earliest, 0) > 0:
        return f"but it may be decided from {row.earliest!r} on only; wanted earliest blank"
    return ""


@reads("Periods", "Protections.committed", "Protections.from_period")
def committed_protections(problem: Problem) -> Iterator[Finding]:
    """FS345: a protection that is in force already and may be bought later only."""
    for row in problem.tables.protections:
        if row.committed and problem.period_index(row.from_period, 0) > 0:
            message = f"found yes, but it may be bought from {row.from_period!r} on only; wanted from_period blank"
            yield make_finding("FS345", "Protections", message, row.row, "committed")
