"""What may be lost: every country, plant and route, with its time to recover and the decisions that stop with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from friendshore.models.problem import Problem
from friendshore.optimizer.studies.vulnerabilities.base_year import Today

ROUTE_RECOVERS = 1.0
"""Years that a route takes to recover: no column of the workbook says."""


@dataclass(frozen=True)
class Source:
    """One country, plant or route.

    ``country`` is where a plant stands (the country itself, blank for a route), ``recover_years`` its time to recover:
    that of Plants where given, else of Countries; of a route 1 year.
    """

    kind: str
    name: str
    country: str
    bloc: str
    recover_years: float


def sources_of(problem: Problem) -> tuple[Source, ...]:
    """Countries that make or hold anything, plants with capacity, and routes, each in order of name."""
    return (*_countries(problem), *_plants(problem), *_routes(problem))


def _countries(problem: Problem) -> Iterator[Source]:
    busy = {row.country for row in problem.plants.values() if row.capacity > 0}
    busy |= {row.country for row in problem.stockpiles.values()}
    for name, row in problem.countries.items():
        if name in busy:
            yield Source("country", name, name, row.bloc, row.recover_years)


def _plants(problem: Problem) -> Iterator[Source]:
    for name, row in problem.plants.items():
        if row.capacity > 0:
            home = problem.countries[row.country]
            years = home.recover_years if row.recover_years is None else row.recover_years
            yield Source("plant", name, row.country, home.bloc, years)


def _routes(problem: Problem) -> Iterator[Source]:
    for tag in sorted({tag for lane in problem.lanes.values() for tag in lane.routes}):
        yield Source("route", tag, "", "", ROUTE_RECOVERS)


def stopped_columns(today: Today, source: Source) -> list[int]:
    """Columns of what stops with a source.

    A country: all it sends to other members of the coalition, from plants and stockpiles, and what it makes where it is
    a member itself (what its own stockpiles hold stays at hand there); a plant: its activity; a route: all that goes
    by the lanes that carry its tag. The same as the stops of a ``survive`` policy.
    """
    if source.kind == "plant":
        return [today.place["activity", q] for q in today.sets.processes_of[source.name]]
    lanes = today.problem.lanes
    if source.kind == "route":
        columns = [today.place["shipped", key] for key in today.sets.shipments if source.name in lanes[key].routes]
        return columns + [
            today.place["released", pair]
            for pair in today.sets.releases_abroad
            if source.name in today.sets.lane_of(pair).routes
        ]
    return list(_of_country(today, source.name))


def _of_country(today: Today, country: str) -> Iterator[int]:
    problem, members = today.problem, set(today.problem.coalition)
    for key in today.sets.shipments:
        if key.origin == country and key.abroad and key.destination in members:
            yield today.place["shipped", key]
    for pair in today.sets.releases_abroad:
        if problem.stockpiles[pair.stockpile].country == country and pair.destination in members:
            yield today.place["released", pair]
    if country in members:
        for name, row in problem.plants.items():
            if row.country == country:
                yield from (today.place["activity", q] for q in today.sets.processes_of[name])
