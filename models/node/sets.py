"""The index sets of one node: what exists at all, so that nothing is formulated that could only be zero."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from friendshore.models.lane import Lane, LaneKey
from friendshore.models.problem import Problem
from friendshore.models.tables.groups import gather

Shipment = LaneKey


class Release(NamedTuple):
    """From a stockpile to a country, by one way; at home without one."""

    stockpile: str
    destination: str
    way: str = ""


@dataclass(frozen=True, eq=False)
class Sets:
    """Index sets of the decisions at a node, each sorted, the same for every node."""

    problem: Problem

    @cached_property
    def plants(self) -> tuple[str, ...]:
        """J."""
        return tuple(self.problem.plants)

    @cached_property
    def processes(self) -> tuple[str, ...]:
        """(j, q): each recipe of each plant."""
        return tuple(self.problem.processes)

    @cached_property
    def processes_of(self) -> dict[str, tuple[str, ...]]:
        """j: its processes, which share its capacity."""
        return {name: tuple(each.name for each in chosen) for name, chosen in self.problem.processes_of.items()}

    @cached_property
    def demand(self) -> tuple[int, ...]:
        """i, positions in ``problem.demand``."""
        return tuple(range(len(self.problem.demand)))

    @cached_property
    def stockpiles(self) -> tuple[str, ...]:
        """H."""
        return tuple(self.problem.stockpiles)

    @cached_property
    def expansions(self) -> tuple[str, ...]:
        """E."""
        return tuple(self.problem.expansions)

    @cached_property
    def protections(self) -> tuple[str, ...]:
        """Q."""
        return tuple(self.problem.protections)

    @cached_property
    def makers(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """(k, c): the plants in k that make c."""
        return gather(
            ((plant.country, c), name)
            for name, plant in self.problem.plants.items()
            for c in self.problem.outputs[name]
        )

    @cached_property
    def surplus(self) -> tuple[tuple[str, str], ...]:
        """(k, c): what is made in k and not wanted leaves there at a value, or at a cost."""
        periods = range(len(self.problem.periods))
        return tuple(
            sorted((k, c) for k, c in self.makers if any(self.problem.surplus_value(c, period) for period in periods))
        )

    @cached_property
    def supplies(self) -> tuple[tuple[str, str], ...]:
        """(k, c) where what is made leaves the plants of k: over a lane, home included, or as surplus."""
        return tuple(dict.fromkeys((*self.shipments_out, *self.surplus)))

    @cached_property
    def closable(self) -> tuple[str, ...]:
        """Plants that may be closed and have a capacity in some period."""
        periods = range(len(self.problem.periods))
        return tuple(
            name
            for name, row in self.problem.plants.items()
            if row.may_close and any(self.problem.existing_capacity(name, period) > 0 for period in periods)
        )

    @cached_property
    def kept_at_a_cost(self) -> tuple[str, ...]:
        """Plants with a fixed cost in some period."""
        periods = range(len(self.problem.periods))
        return tuple(
            name
            for name in self.problem.plants
            if any(self.problem.at(period).plants[name].fixed_cost > 0 for period in periods)
        )

    @cached_property
    def producers(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """(k, c): the processes in k that make c."""
        plants, processes = self.problem.plants, self.problem.processes
        return gather(((plants[each.plant].country, c), name) for name, each in processes.items() for c in each.outputs)

    @cached_property
    def takers(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """(r, c): the processes in r that take c in."""
        plants, processes = self.problem.plants, self.problem.processes
        return gather(((plants[each.plant].country, c), name) for name, each in processes.items() for c in each.inputs)

    @cached_property
    def stocks(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """(r, c): the stockpiles of c in r."""
        return gather(((row.country, row.commodity), name) for name, row in self.problem.stockpiles.items())

    @cached_property
    def demand_rows(self) -> dict[tuple[str, str], tuple[int, ...]]:
        """(r, c): the rows of demand for c in r."""
        rows: dict[tuple[str, str], list[int]] = {}
        for i, row in enumerate(self.problem.demand):
            rows.setdefault((row.country, row.commodity), []).append(i)
        return {key: tuple(values) for key, values in rows.items()}

    @cached_property
    def uses(self) -> tuple[tuple[str, str], ...]:
        """(r, c) where c can be used, processed or stocked in r."""
        return tuple(sorted({*self.demand_rows, *self.takers, *self.stocks}))

    @cached_property
    def shipments(self) -> tuple[Shipment, ...]:
        """(k, r, c, way): lanes, home included, from where c can be made to where it can be used."""
        uses = set(self.uses)
        return tuple(key for key in self.problem.lanes if (key[0], key[2]) in self.makers and (key[1], key[2]) in uses)

    @cached_property
    def releases(self) -> tuple[Release, ...]:
        """(h, r, way): stockpile h released to r, its own country or one it serves that can use it."""
        uses = set(self.uses)
        return tuple(
            Release(name, r, way)
            for name, row in self.problem.stockpiles.items()
            for r in self.problem.served(row)
            if r == row.country or (r, row.commodity) in uses
            for way in (("",) if r == row.country else self.problem.ways[row.country, r, row.commodity])
        )

    @cached_property
    def releases_abroad(self) -> tuple[Release, ...]:
        """(h, r, way) with r another country."""
        return tuple(
            pair for pair in self.releases if pair.destination != self.problem.stockpiles[pair.stockpile].country
        )

    def ends(self, release: Release) -> LaneKey:
        """What makes the lane that a release abroad takes."""
        stock = self.problem.stockpiles[release.stockpile]
        return LaneKey(stock.country, release.destination, stock.commodity, release.way)

    def lane_of(self, release: Release) -> Lane:
        """The lane a release abroad takes."""
        return self.problem.lanes[self.ends(release)]

    @cached_property
    def lanes(self) -> dict[LaneKey, Lane]:
        """Lanes that shipments or releases abroad use, in order."""
        used = {key: self.problem.lanes[key] for key in self.shipments}
        used.update((self.ends(release), self.lane_of(release)) for release in self.releases_abroad)
        return dict(sorted(used.items()))

    @cached_property
    def shipments_out(self) -> dict[tuple[str, str], tuple[Shipment, ...]]:
        """(k, c): shipments that leave the plants of k, home included."""
        return gather(((key.origin, key.commodity), key) for key in self.shipments)

    @cached_property
    def shipments_in(self) -> dict[tuple[str, str], tuple[Shipment, ...]]:
        """(r, c): shipments that reach r, home included."""
        return gather(((key.destination, key.commodity), key) for key in self.shipments)

    @cached_property
    def releases_in(self) -> dict[tuple[str, str], tuple[Release, ...]]:
        """(r, c): releases that reach r, home included."""
        stocks = self.problem.stockpiles
        return gather(((pair.destination, stocks[pair.stockpile].commodity), pair) for pair in self.releases)

    @cached_property
    def releases_over(self) -> dict[LaneKey, tuple[Release, ...]]:
        """Releases abroad by the lane they take."""
        return gather((self.ends(pair), pair) for pair in self.releases_abroad)

    @cached_property
    def releases_of(self) -> dict[str, tuple[Release, ...]]:
        """h: its releases."""
        return gather((pair.stockpile, pair) for pair in self.releases)

    @cached_property
    def projects(self) -> dict[str, tuple[str, ...]]:
        """j: the expansions that add to it."""
        return gather((row.plant, name) for name, row in self.problem.expansions.items() if row.plant)

    @cached_property
    def stores(self) -> dict[str, tuple[str, ...]]:
        """h: the expansions that add to what it can hold."""
        return gather((row.stockpile, name) for name, row in self.problem.expansions.items() if row.stockpile)

    @cached_property
    def ramped(self) -> tuple[str, ...]:
        """The expansions of which not all serves from the first year on."""
        return tuple(name for name, row in self.problem.expansions.items() if row.ramp)

    @cached_property
    def protectors(self) -> dict[str, tuple[str, ...]]:
        """Q(j): the protections that cover plant j, where there are any."""
        return gather(
            (plant, name)
            for name, row in self.problem.protections.items()
            for plant in self.problem.plants_matching(row.country, row.commodity, row.plant)
        )
