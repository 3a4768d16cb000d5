"""Which goods can be had where, by any plan."""

from __future__ import annotations

from dataclasses import dataclass

from friendshore.models.lane import Lane
from friendshore.models.problem import Problem

Spot = tuple[str, str]


@dataclass(frozen=True)
class Reach:
    """What any plan can do: ``usable`` and ``made`` are (country, commodity) pairs, ``plants`` those that can run."""

    usable: frozenset[Spot]
    made: frozenset[Spot]
    plants: frozenset[str]


def reach(problem: Problem) -> Reach:
    """What plants, expansions, lanes and stockpiles can supply; a fixed point from below."""
    targets = _targets(problem)
    running = _running(problem)
    usable = {
        (country, row.commodity)
        for row in problem.tables.stockpiles
        if row.initial > 0
        for country in problem.served(row)
    }
    made: set[Spot] = set()
    plants: set[str] = set()
    changed = True
    while changed:
        size = len(usable) + len(made)
        for name in running:
            country = problem.plants[name].country
            for process in problem.processes_of[name]:
                if all((country, good) in usable for good in process.inputs):
                    plants.add(name)
                    made.update((country, good) for good in process.outputs)
        usable.update((country, good) for origin, good in made for country in targets.get((origin, good), ()))
        for row in problem.tables.stockpiles:
            if (row.country, row.commodity) in usable:
                usable.update((country, row.commodity) for country in problem.served(row))
        changed = len(usable) + len(made) > size
    return Reach(frozenset(usable), frozenset(made), frozenset(plants))


def reachable(problem: Problem) -> frozenset[Spot]:
    """(country, commodity) pairs that any plan can supply."""
    return reach(problem).usable


def busy_lanes(problem: Problem, in_reach: Reach) -> list[Lane]:
    """Lanes over which something can move: what their origin makes, or holds for the country at their end."""
    held = {
        (row.country, country, row.commodity)
        for row in problem.tables.stockpiles
        if (row.country, row.commodity) in in_reach.usable
        for country in problem.served(row)[1:]
    }
    return [
        lane
        for key, lane in problem.lanes.items()
        if ever_open(problem, lane) and ((lane.origin, lane.commodity) in in_reach.made or key[:3] in held)
    ]


def ever_open(problem: Problem, lane: Lane) -> bool:
    """Whether a lane has any capacity in some period."""
    return any(problem.lane_capacity(lane, t) > 0 for t in range(len(problem.periods)))


def _running(problem: Problem) -> list[str]:
    """Plants that have capacity, or may be given some."""
    grown = {row.plant for row in problem.tables.expansions if row.max_units > 0}
    periods = range(len(problem.periods))
    return [
        name
        for name in problem.plants
        if name in grown or any(problem.existing_capacity(name, period) > 0 for period in periods)
    ]


def _targets(problem: Problem) -> dict[Spot, list[str]]:
    """Countries that a lane reaches from each country, by commodity."""
    targets: dict[Spot, list[str]] = {}
    for lane in problem.lanes.values():
        if ever_open(problem, lane):
            targets.setdefault((lane.origin, lane.commodity), []).append(lane.destination)
    return targets
