"""The suppliers of policies: countries, or where stops are tested a plant or a route."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.protocol import reads
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.parsing.references import unknown
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy

PREFIXES = {"plant:": "Plants", "route:": "Lanes"}


def words(row: Policy) -> list[str]:
    """The items of ``suppliers``, ``each`` left out."""
    return [word for word in (part.strip() for part in row.suppliers.removeprefix("each ").split(",")) if word]


def known_names(problem: Problem, prefix: str) -> tuple[str, ...]:
    """Plants, or tags of routes."""
    if prefix == "plant:":
        return tuple(problem.plants)
    return tuple(sorted({tag for row in problem.tables.lanes for tag in row.routes}))


@reads("Policies.kind", "Plants.plant", "Lanes.routes")
def suppliers(problem: Problem) -> Iterator[Finding]:
    """FS201, FS207, FS210, FS405: plants and routes among suppliers."""
    for row in problem.policies:
        for code, message in _faults(problem, row):
            yield make_finding(code, "Policies", message, row.row, "suppliers")


def _faults(problem: Problem, row: Policy) -> Iterator[tuple[str, str]]:
    items = words(row)
    prefixed = [(word, prefix) for word in items for prefix in PREFIXES if word.startswith(prefix)]
    if not prefixed:
        return
    if not row.declared.stops:
        yield "FS210", f"found {prefixed[0][0]!r}, which kind {row.kind!r} does not read; wanted countries"
    elif len(items) > 1:
        yield "FS405", f"found {row.suppliers!r}; wanted one of plant:NAME, plant:*, route:TAG and route:* by itself"
    else:
        word, prefix = prefixed[0]
        name = word.removeprefix(prefix).strip()
        if name != "*":
            code = "FS201" if prefix == "plant:" else "FS207"
            yield from unknown(name, known_names(problem, prefix), PREFIXES[prefix], code)


@reads(
    "Policies.kind",
    "Policies.k",
    "Policies.suppliers",
    "Countries",
    "Plants.plant",
    "Lanes.routes",
    "Settings.coalition",
)
def members(problem: Problem) -> Iterator[Finding]:
    """FS404: more members lost at once than there are."""
    for row in problem.policies:
        if "k" in row.declared.needs and row.k is not None and row.suppliers:
            count = _count(problem, row)
            if row.k > count:
                message = f"found {row.k}; wanted at most {count}, the number of members of {row.suppliers!r}"
                yield make_finding("FS404", "Policies", message, row.row, "k")


def _count(problem: Problem, row: Policy) -> int:
    first = (words(row) or [""])[0]
    prefix = next((prefix for prefix in PREFIXES if first.startswith(prefix)), "")
    if not prefix:
        return len(problem.group(row.suppliers))
    return len(known_names(problem, prefix)) if first.removeprefix(prefix).strip() == "*" else 1
