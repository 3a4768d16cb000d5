"""Lanes: which pairs of countries a commodity may move between by which way, and which row of the sheet speaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import inf

import numpy as np

from friendshore.models.tables import LaneRow, Tables
from friendshore.optimizer.certify.groups import Groups
from friendshore.optimizer.certify.numbers import Array
from friendshore.optimizer.certify.years import of_lanes

LaneKey = tuple[str, str, str, str]
"""Origin, destination, commodity and way (blank where it has no name)."""

Ways = Mapping[LaneKey, LaneRow | None]


def names_more(cell: str) -> int:
    """2 for a single name, 1 for a list, a bloc or a stage, 0 for ``*``."""
    if cell.strip() == "*":
        return 0
    return 1 if "," in cell or cell.startswith(("@", "stage:")) else 2


def keys_of(row: LaneRow, groups: Groups) -> Iterator[LaneKey]:
    """Every lane a row speaks of; a country's lane to itself only where both ends are exactly that country."""
    for origin in groups.countries(row.origin):
        for destination in groups.countries(row.destination):
            if origin == destination and not row.origin == row.destination == origin:
                continue
            for commodity in groups.commodities(row.commodity):
                yield origin, destination, commodity, row.way


def resolve(tables: Tables, groups: Groups) -> Ways:
    """The row that counts for each lane: of each way the one that names more.

    A country reaches itself free where no row says how, whatever the way.
    """
    winner: dict[LaneKey, LaneRow | None] = {}
    rank: dict[LaneKey, int] = {}
    for row in tables.lanes:
        named = names_more(row.origin) + names_more(row.destination) + names_more(row.commodity)
        for key in keys_of(row, groups):
            if named > rank.get(key, -1):
                winner[key], rank[key] = row, named
    spoken = {(origin, commodity) for origin, destination, commodity, _ in winner if origin == destination}
    for country in tables.countries:
        for good in tables.commodities:
            if (country.country, good.commodity) not in spoken:
                winner[country.country, country.country, good.commodity, ""] = None
    return winner


def lane_name(key: LaneKey) -> str:
    """A lane in words."""
    origin, destination, commodity, way = key
    return f"of {commodity} from {origin} to {destination}" + (f" by {way}" if way else "")


def tags(ways: Ways) -> frozenset[str]:
    """The routes that some lane takes."""
    return frozenset(tag for row in {id(row): row for row in ways.values()}.values() if row for tag in row.routes)


@dataclass
class Lanes:
    """The lanes that a plan uses, in columns: x stands in the same order. What may change is periods × lanes."""

    tables: Tables
    keys: tuple[LaneKey, ...]
    rows: tuple[LaneRow | None, ...]
    index: dict[LaneKey, int] = field(init=False)
    from_country: dict[tuple[str, str], list[int]] = field(init=False, default_factory=dict)
    by_tag: dict[str, list[int]] = field(init=False, default_factory=dict)
    home: dict[tuple[str, str], list[int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.index = {key: place for place, key in enumerate(self.keys)}
        for place, (origin, destination, commodity, _) in enumerate(self.keys):
            self.from_country.setdefault((origin, commodity), []).append(place)
            if origin == destination:
                self.home.setdefault((origin, commodity), []).append(place)
            row = self.rows[place]
            for tag in set(row.routes) if row else ():
                self.by_tag.setdefault(tag, []).append(place)
        self.cost = self._column("cost", [row.cost if row else 0.0 for row in self.rows])
        self.tariff = self._column("tariff", [row.tariff if row else 0.0 for row in self.rows])
        self.loss = self._column("loss", [row.loss if row else 0.0 for row in self.rows])
        self.capacity = self._column("capacity", [row.capacity if row else inf for row in self.rows])
        self.emissions = self._column("emissions", [row.emissions if row else 0.0 for row in self.rows])
        self.shared = np.array([bool(row and row.shared) for row in self.rows], dtype=bool)

    def _column(self, name: str, constants: list[float]) -> Array:
        return of_lanes(self.tables, self.rows, name, constants)
