"""What each kind of policy needs in its row."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.protocol import reads
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.parsing.references import unknown
from friendshore.models.problem import Problem
from friendshore.models.tables import POLICY_COLUMNS

# Kinds whose limit is a share.
SHARES = frozenset({"max_share", "min_share", "max_hhi", "max_shortage", "survive", "survive_any", "clean_origin"})


def built_kinds() -> frozenset[str]:
    """The kinds of policies that this version holds a plan to."""
    from friendshore.models.rules import BUILT  # noqa: PLC0415 - rules bring Pyomo with them, which only policies need

    return frozenset(BUILT)


@reads("Policies.kind")
def policy_kinds(problem: Problem) -> Iterator[Finding]:
    """FS401: a kind of policy that is not built."""
    if not problem.policies:
        return
    built = built_kinds()
    for row in problem.policies:
        if row.kind not in built:
            message = f"found {row.kind!r}, which this version does not build; wanted one of {', '.join(sorted(built))}"
            yield make_finding("FS401", "Policies", message, row.row, "kind")


@reads("Policies.kind")
def policy_columns(problem: Problem) -> Iterator[Finding]:
    """FS402: a cell that the kind needs is blank."""
    for row in problem.policies:
        for column in POLICY_COLUMNS[row.kind][0]:
            if column not in row.given:
                help_text = row.TABLE.column(column).help
                message = f"found a blank cell, which kind {row.kind!r} needs; wanted {column}: {help_text}"
                yield make_finding("FS402", "Policies", message, row.row, column)


@reads("Policies.kind", "Policies.limit")
def policy_limits(problem: Problem) -> Iterator[Finding]:
    """FS403: a share above 1."""
    for row in problem.policies:
        if row.kind in SHARES and row.limit > 1:
            hint = f"; did you mean {row.limit / 100:g}?" if row.limit <= 100 else ""
            message = f"found {row.limit:g}; wanted a share from 0 to 1 for kind {row.kind!r}{hint}"
            yield make_finding("FS403", "Policies", message, row.row, "limit")


@reads("Policies.kind", "Demand.tier", "Demand")
def tiers(problem: Problem) -> Iterator[Finding]:
    """FS206: a tier that no demand has."""
    known = tuple(dict.fromkeys(row.tier for row in problem.demand))
    for row in problem.policies:
        if "tier" in POLICY_COLUMNS[row.kind][1] and row.tier != "*":
            for code, message in unknown(row.tier, known, "Demand", "FS206"):
                yield make_finding(
                    code, "Policies", message.replace("a name from Demand", "one of its tiers or *"), row.row, "tier"
                )
