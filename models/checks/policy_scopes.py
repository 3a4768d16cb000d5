"""Policies that have something to be about."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.protocol import reads
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy

_READS = ("Policies", "Countries", "Commodities", "Demand", "Stockpiles", "Settings.coalition")


@reads(*_READS)
def demand_scopes(problem: Problem) -> Iterator[Finding]:
    """FS513: a policy on shortage without demand to be short of."""
    for row in problem.policies:
        if row.kind in ("max_shortage", "survive", "survive_any", "clean_origin") and not _demanded(problem, row):
            message = "found no demand of these consumers, tier and commodities: the policy holds by itself"
            yield make_finding("FS513", "Policies", message, row.row, "kind")


def _demanded(problem: Problem, row: Policy) -> set[str]:
    consumers, wanted = set(problem.group(row.consumer_text)), set(problem.selection(row.commodity))
    return wanted & {
        need.commodity for need in problem.demand if need.country in consumers and (row.tier in ("*", need.tier))
    }


@reads(*_READS, "Expansions", "Plants")
def budget_scopes(problem: Problem) -> Iterator[Finding]:
    """FS513: a budget of payers who have nothing to pay."""
    for row in problem.policies:
        if row.kind == "max_capex":
            payers = {entry.payer or problem.plants[entry.plant].country for entry in problem.tables.expansions}
            if payers.isdisjoint(problem.group(row.consumer_text)):
                message = "found no expansion that these consumers pay: the policy holds by itself"
                yield make_finding("FS513", "Policies", message, row.row, "consumers")


@reads(*_READS)
def stock_scopes(problem: Problem) -> Iterator[Finding]:
    """FS516: a stock cover where there is no stockpile."""
    for row in problem.policies:
        if row.kind != "stock_cover" or row.limit == 0:
            continue
        for group in problem.groups(row.consumer_text):
            held = {entry.commodity for entry in problem.tables.stockpiles if entry.country in group}
            used = {need.commodity for need in problem.demand if need.country in group}
            bare = sorted((used & set(problem.selection(row.commodity))) - held)
            if bare:
                message = (
                    f"found no stockpile of {', '.join(map(repr, bare))} in {', '.join(group)}, which need it: "
                    "the policy cannot hold"
                )
                yield make_finding("FS516", "Policies", message, row.row, "commodity")
                break
