"""What each kind of policy needs in its row."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.protocol import reads
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.parsing.references import unknown
from friendshore.models.problem import Problem

_ALONE = ("normal", "each", "expected", "cvar")
"""Places of policies that are more than a scenario: each stands by itself."""


@reads("Policies.kind")
def policy_columns(problem: Problem) -> Iterator[Finding]:
    """FS402: a cell that the kind needs is blank."""
    for row in problem.policies:
        for column in row.declared.needs:
            if column not in row.given:
                help_text = row.TABLE.column(column).help
                message = f"found a blank cell, which kind {row.kind!r} needs; wanted {column}: {help_text}"
                yield make_finding("FS402", "Policies", message, row.row, column)


@reads("Policies.kind", "Policies.limit")
def policy_limits(problem: Problem) -> Iterator[Finding]:
    """FS403: a share above 1, or whatever else is the largest limit of a kind."""
    for row in problem.policies:
        most = row.declared.unit.most
        if row.limit > most:
            hint = f"; did you mean {row.limit / 100:g}?" if row.limit <= 100 * most else ""
            message = f"found {row.limit:g}; wanted a share from 0 to {most:g} for kind {row.kind!r}{hint}"
            yield make_finding("FS403", "Policies", message, row.row, "limit")


@reads("Policies.kind", "Demand.tier", "Demand")
def tiers(problem: Problem) -> Iterator[Finding]:
    """FS206: a tier that no demand has."""
    known = tuple(dict.fromkeys(row.tier for row in problem.demand))
    for row in problem.policies:
        if "tier" in row.declared.reads and row.tier != "*":
            for code, message in unknown(row.tier, known, "Demand", "FS206"):
                yield make_finding(
                    code, "Policies", message.replace("a name from Demand", "one of its tiers or *"), row.row, "tier"
                )


@reads("Policies.kind", "Policies.scenario")
def places_alone(problem: Problem) -> Iterator[Finding]:
    """FS407: a place that stands by itself, in a list of others."""
    for row in problem.policies:
        alone = [name for name in row.places if name in _ALONE]
        if alone and len(row.places) > 1 and "scenario" in row.declared.columns:
            message = f"found {row.where!r}; wanted {alone[0]!r} by itself, or base and names of scenarios"
            yield make_finding("FS407", "Policies", message, row.row, "scenario")


@reads("Policies.kind", "Policies.over", "Policies.scenario")
def shortage_sums(problem: Problem) -> Iterator[Finding]:
    """FS406: max_shortage over events of the base path, over parts of normal times, or over steps of whole paths."""
    senseless = {
        "base": ("event",),
        "normal": ("event", "path"),
        "expected": ("step", "event"),
        "cvar": ("step", "event"),
    }
    for row in problem.policies:
        told = "base" if "base" in row.places else row.where
        if "over" in row.declared.reads and "over" in row.given and row.over in senseless.get(told, ()):
            wanted = "path or a blank cell" if row.where in ("expected", "cvar") else "step or names of scenarios"
            message = f"found over {row.over!r} with scenario {row.where!r}; wanted {wanted}"
            yield make_finding("FS406", "Policies", message, row.row, "over")
