"""Protections that answer something, and cover something."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.protocol import reads
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.parsing.nearest import suggestion
from friendshore.models.problem import Problem


@reads("Protections.hazard", "Events.hazard", "Events.kind")
def hazards(problem: Problem) -> Iterator[Finding]:
    """FS512: a hazard that no capacity event has."""
    known = sorted({row.hazard for row in problem.tables.events if row.kind == "capacity" and row.hazard})
    for row in problem.tables.protections:
        if row.hazard not in known:
            message = f"found {row.hazard!r}, which no capacity event has as its hazard{suggestion(row.hazard, known)}"
            yield make_finding("FS512", "Protections", message, row.row, "hazard")


@reads("Protections", "Countries", "Commodities", "Recipes", "Plants", "Settings.coalition")
def covered_plants(problem: Problem) -> Iterator[Finding]:
    """FS508: a protection that covers no plant."""
    for row in problem.tables.protections:
        if not problem.plants_matching(row.country, row.commodity, row.plant):
            message = "found no plant that matches: the protection has no effect"
            yield make_finding("FS508", "Protections", message, row.row, "plant")
