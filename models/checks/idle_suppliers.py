"""Policies that test the loss of something that supplies nothing."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.protocol import reads
from friendshore.models.checks.reach import Reach, busy_lanes, reach
from friendshore.models.checks.suppliers import PREFIXES, known_names, words
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.lane import Lane
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy


@reads(
    "Periods",
    "Countries",
    "Commodities",
    "Recipes",
    "Plants",
    "Expansions",
    "Lanes",
    "Stockpiles",
    "Profiles",
    "Settings.coalition",
    "Policies.kind",
    "Policies.suppliers",
)
def idle_suppliers(problem: Problem) -> Iterator[Finding]:
    """FS517: a tested supplier whose loss takes nothing away, so that any plan survives it."""
    tests = [row for row in problem.policies if row.declared.stops and row.suppliers]
    if not tests:
        return
    in_reach = reach(problem)
    lanes = busy_lanes(problem, in_reach)
    for row in tests:
        idle = [name for name in _named(problem, row) if not _supplies(problem, in_reach, lanes, name)]
        if idle:
            names = ", ".join(repr(name.partition(":")[2] or name) for name in idle)
            message = f"found {names}, which can supply the coalition with nothing: any plan survives the loss"
            yield make_finding("FS517", "Policies", message, row.row, "suppliers")


def _named(problem: Problem, row: Policy) -> tuple[str, ...]:
    """What a policy tests by name; a group (``*``, a bloc) is meant as a whole, idle members and all."""
    items = words(row)
    prefix = next((prefix for prefix in PREFIXES if items[0].startswith(prefix)), "") if items else ""
    if prefix:
        name = items[0].removeprefix(prefix).strip()
        return (prefix + name,) if name in known_names(problem, prefix) else ()
    return tuple(word for word in items if word in problem.countries)


def _supplies(problem: Problem, in_reach: Reach, lanes: list[Lane], name: str) -> bool:
    """Whether anything stops with it: what a plant makes, what moves over a route, what a country sends or makes."""
    if name.startswith("plant:"):
        return name.removeprefix("plant:") in in_reach.plants
    if name.startswith("route:"):
        return any(name.removeprefix("route:") in lane.routes for lane in lanes)
    coalition = problem.coalition
    if name in coalition and any(problem.plants[plant].country == name for plant in in_reach.plants):
        return True
    return any(lane.origin == name and lane.abroad and lane.destination in coalition for lane in lanes)
