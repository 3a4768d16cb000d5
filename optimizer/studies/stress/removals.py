"""What can be removed: countries, plants and routes, how long each takes to recover, and what targets it strikes.

A country's stop is that of the rule ``survive``: it exports nothing to the coalition, and a member of the coalition
produces nothing as well. A plant makes nothing; over a route nothing goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from friendshore.models.node.sets import Sets
from friendshore.models.problem import Problem
from friendshore.models.tables import Event

COUNTRIES, PLANTS, ROUTES = "countries", "plants", "routes"
KINDS = (COUNTRIES, PLANTS, ROUTES)
SINGULAR = {COUNTRIES: "country", PLANTS: "plant", ROUTES: "route"}

ROUTE_RECOVERS = 1.0
"""Years until a route is open again where nothing else is said: what a country takes by default."""

Target = tuple[str, ...]


@dataclass(frozen=True)
class Removal:
    """One thing that can be removed: ``kind`` (country, plant, route), its name, and how long it is gone in years.

    ``recover_years`` is the time to recover (TTR); ``targets`` what the removal strikes, ``events`` the same said as
    events of a scenario.
    """

    kind: str
    name: str
    recover_years: float
    targets: tuple[Target, ...]
    events: tuple[Event, ...]

    @property
    def label(self) -> str:
        """What it is called: ``country CHN``."""
        return f"{self.kind} {self.name}"


def removals(problem: Problem, over: Sequence[str] = KINDS, years: float | None = None) -> tuple[Removal, ...]:
    """Everything of the kinds ``over`` whose removal can be felt at all; ``years`` instead of each time to recover.

    Parameters
    ----------
    problem
        A valid problem.
    over
        Kinds: countries, plants, routes.
    years
        Length of the stop.

    Returns
    -------
    tuple[Removal, ...]
        In order of kind and name.
    """
    sets = Sets(problem)
    made: list[Removal] = []
    if COUNTRIES in over:
        made.extend(_country(sets, name, years) for name in problem.countries)
    if PLANTS in over:
        made.extend(_plant(problem, name, years) for name in problem.plants)
    if ROUTES in over:
        tags = sorted({tag for lane in sets.lanes.values() for tag in lane.routes})
        made.extend(_route(sets, tag, years) for tag in tags)
    return tuple(removal for removal in made if removal.targets)


def _country(sets: Sets, name: str, years: float | None) -> Removal:
    problem = sets.problem
    lasts = problem.countries[name].recover_years if years is None else years
    buyers = {country for country in problem.coalition if country != name}
    sold = {lane.commodity for lane in sets.shipments if lane.origin == name and lane.destination in buyers}
    sold |= {lane.commodity for lane in sets.releases_over if lane.origin == name and lane.destination in buyers}
    targets: list[Target] = [("export", name, commodity) for commodity in sorted(sold)]
    events = [Event(scenario="", kind="export", country=name, years=lasts, remaining=0.0)]
    if name in problem.coalition:
        targets += [("plant", j) for j, row in problem.plants.items() if row.country == name and problem.outputs[j]]
        events.append(Event(scenario="", kind="capacity", country=name, years=lasts, remaining=0.0))
    return Removal("country", name, lasts, tuple(targets), tuple(events))


def _plant(problem: Problem, name: str, years: float | None) -> Removal:
    row = problem.plants[name]
    own = problem.countries[row.country].recover_years if row.recover_years is None else row.recover_years
    lasts = own if years is None else years
    event = Event(scenario="", kind="capacity", plant=name, years=lasts, remaining=0.0)
    return Removal("plant", name, lasts, (("plant", name),), (event,))


def _route(sets: Sets, tag: str, years: float | None) -> Removal:
    lasts = ROUTE_RECOVERS if years is None else years
    lanes = [lane for lane in sets.lanes.values() if tag in lane.routes]
    rows = sorted({lane.row for lane in lanes if lane.shared})
    struck = (*(("lane", *lane.key) for lane in lanes), *(("shared", str(row)) for row in rows))
    event = Event(scenario="", kind="route", route=tag, years=lasts, remaining=0.0)
    return Removal("route", tag, lasts, struck, (event,))


def longest(chosen: Sequence[Removal]) -> float:
    """The longest time to recover, in years."""
    return max((removal.recover_years for removal in chosen if isfinite(removal.recover_years)), default=0.0)
