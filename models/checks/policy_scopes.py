"""Policies that have something to be about."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.protocol import reads
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy


@reads("Policies", "Countries", "Commodities", "Demand", "Stockpiles", "Settings.coalition")
def demand_scopes(problem: Problem) -> Iterator[Finding]:
    """FS513: a policy on the demand of a tier where there is none."""
    for row in problem.policies:
        if "tier" in row.declared.reads and not _demanded(problem, row):
            message = "found no demand of these consumers, tier and commodities: the policy holds by itself"
            yield make_finding("FS513", "Policies", message, row.row, "kind")


def _demanded(problem: Problem, row: Policy) -> set[str]:
    consumers, wanted = set(problem.group(row.consumer_text)), set(problem.selection(row.commodity))
    return wanted & {
        need.commodity for need in problem.demand if need.country in consumers and (row.tier in ("*", need.tier))
    }
