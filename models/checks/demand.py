"""Demand that says how much, and that something can reach."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.protocol import reads
from friendshore.models.checks.reach import reachable
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem


@reads("Periods.period", "Demand.per_year", "Demand.by_period")
def demand_quantities(problem: Problem) -> Iterator[Finding]:
    """FS317: demand without a quantity."""
    for row in problem.demand:
        if row.per_year is None and not row.by_period:
            message = "found neither per_year nor a period column filled; wanted the quantity a year"
            yield make_finding("FS317", "Demand", message, row.row, "per_year")


@reads(
    "Periods",
    "Countries",
    "Commodities",
    "Recipes",
    "Plants",
    "Expansions",
    "Demand",
    "Lanes",
    "Stockpiles",
    "Profiles",
    "Settings.coalition",
)
def unreachable_demand(problem: Problem) -> Iterator[Finding]:
    """FS506: demand that no plant, stockpile or expansion can supply over the lanes there are."""
    usable = reachable(problem)
    for row in problem.demand:
        wanted = any(problem.demand_per_year(row, period) > 0 for period in range(len(problem.periods)))
        if wanted and (row.country, row.commodity) not in usable:
            message = f"found no way for {row.commodity!r} to reach {row.country!r}: this demand will be short"
            yield make_finding("FS506", "Demand", message, row.row, "commodity")
