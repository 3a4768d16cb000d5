"""The index sets of one node: what exists at all, so that nothing is formulated that could only be zero."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from friendshore.models.lane import Lane
from friendshore.models.problem import Problem

Shipment = tuple[str, str, str]
Release = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Sets:
    """Index sets of the decisions at a node, each sorted, the same for every node."""

    problem: Problem

    @cached_property
    def plants(self) -> tuple[str, ...]:
        """J."""
        return tuple(self.problem.plants)

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
        return _gather(
            ((plant.country, c), name)
            for name, plant in self.problem.plants.items()
            for c in self.problem.outputs[name]
        )

    @cached_property
    def takers(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """(r, c): the plants in r that take c in."""
        return _gather(
            ((plant.country, c), name) for name, plant in self.problem.plants.items() for c in self.problem.inputs[name]
        )

    @cached_property
    def stocks(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """(r, c): the stockpiles of c in r."""
        return _gather(((row.country, row.commodity), name) for name, row in self.problem.stockpiles.items())

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
        """(k, r, c): lanes, home included, from where c can be made to where it can be used."""
        uses = set(self.uses)
        return tuple(key for key in self.problem.lanes if (key[0], key[2]) in self.makers and (key[1], key[2]) in uses)

    @cached_property
    def releases(self) -> tuple[Release, ...]:
        """(h, r): stockpile h released to r, its own country or one it serves that can use it."""
        uses = set(self.uses)
        return tuple(
            (name, r)
            for name, row in self.problem.stockpiles.items()
            for r in self.problem.served(row)
            if r == row.country or (r, row.commodity) in uses
        )

    @cached_property
    def releases_abroad(self) -> tuple[Release, ...]:
        """(h, r) with r another country."""
        return tuple((h, r) for h, r in self.releases if r != self.problem.stockpiles[h].country)

    def lane_of(self, release: Release) -> Lane:
        """The lane a release takes."""
        stock = self.problem.stockpiles[release[0]]
        return self.problem.lanes[stock.country, release[1], stock.commodity]

    def kept_on_the_way(self, release: Release) -> float:
        """Share of a release that arrives: all of it in the own country, else what the lane does not lose."""
        at_home = release[1] == self.problem.stockpiles[release[0]].country
        return 1.0 if at_home else 1.0 - self.lane_of(release).loss

    @cached_property
    def shipments_out(self) -> dict[tuple[str, str], tuple[Shipment, ...]]:
        """(k, c): shipments that leave the plants of k, home included."""
        return _gather(((k, c), (k, r, c)) for k, r, c in self.shipments)

    @cached_property
    def shipments_in(self) -> dict[tuple[str, str], tuple[Shipment, ...]]:
        """(r, c): shipments that reach r, home included."""
        return _gather(((r, c), (k, r, c)) for k, r, c in self.shipments)

    @cached_property
    def releases_in(self) -> dict[tuple[str, str], tuple[Release, ...]]:
        """(r, c): releases that reach r, home included."""
        return _gather(((r, self.problem.stockpiles[h].commodity), (h, r)) for h, r in self.releases)

    @cached_property
    def releases_of(self) -> dict[str, tuple[Release, ...]]:
        """h: its releases."""
        return _gather((h, (h, r)) for h, r in self.releases)

    @cached_property
    def projects(self) -> dict[str, tuple[str, ...]]:
        """j: the expansions that add to it."""
        return _gather((row.plant, name) for name, row in self.problem.expansions.items() if row.plant)

    @cached_property
    def stores(self) -> dict[str, tuple[str, ...]]:
        """h: the expansions that add to what it can hold."""
        return _gather((row.stockpile, name) for name, row in self.problem.expansions.items() if row.stockpile)

    @cached_property
    def ramped(self) -> tuple[str, ...]:
        """The expansions of which not all serves from the first year on."""
        return tuple(name for name, row in self.problem.expansions.items() if row.ramp)

    @cached_property
    def protectors(self) -> dict[str, tuple[str, ...]]:
        """Q(j): the protections that cover plant j, where there are any."""
        return _gather(
            (plant, name)
            for name, row in self.problem.protections.items()
            for plant in self.problem.plants_matching(row.country, row.commodity, row.plant)
        )


K = TypeVar("K")
V = TypeVar("V")


def _gather(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    gathered: dict[K, list[V]] = {}
    for key, value in pairs:
        gathered.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in gathered.items()}
