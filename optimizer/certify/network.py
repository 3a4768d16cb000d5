"""Everything the sheets say of the physical network, in columns that the amounts of a plan can be laid beside."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from friendshore.models.tables import Demand, Tables
from friendshore.optimizer.certify.frames import Frame
from friendshore.optimizer.certify.groups import Groups
from friendshore.optimizer.certify.lanes import LaneKey, Lanes, Ways
from friendshore.optimizer.certify.numbers import Places, UnreadableError, places
from friendshore.optimizer.certify.plants import Flows, Plants, read_plants
from friendshore.optimizer.certify.stockpiles import Pairs, Stockpiles, read_stockpiles
from friendshore.optimizer.certify.years import surplus_values


@dataclass(frozen=True)
class Network:
    """Plants, demand, stockpiles, and those lanes and releases that the plan uses."""

    tables: Tables
    groups: Groups
    country: dict[str, int]
    commodity: dict[str, int]
    plants: Plants
    lanes: Lanes
    stockpiles: Stockpiles
    pairs: Pairs
    ways: Ways

    @property
    def markets(self) -> int:
        """How many pairs of country and commodity there are."""
        return len(self.country) * len(self.commodity)

    def market(self, country: str, commodity: str) -> int:
        """Place of a pair of country and commodity: the rows of supply and use."""
        return self.country[country] * len(self.commodity) + self.commodity[commodity]

    def market_name(self, place: int) -> str:
        """A pair of country and commodity in words."""
        country, commodity = divmod(place, len(self.commodity))
        return f"{list(self.commodity)[commodity]} in {list(self.country)[country]}"

    @cached_property
    def makers(self) -> dict[int, list[int]]:
        """The nominal outputs of plants (places in their list) by the market they are made for."""
        made, by_market = self.plants.nominal, defaultdict[int, list[int]](list)
        for entry, place in enumerate(self.plant_markets(made.place, made.commodity)):
            by_market[int(place)].append(entry)
        return dict(by_market)

    def plant_markets(self, plant: Places, commodity: Places) -> Places:
        """The market in the country of each plant for a commodity."""
        home = places([self.country[row.country] for row in self.plants.rows])
        return home[plant] * len(self.commodity) + commodity

    def process_markets(self, flows: Flows) -> Places:
        """The market of each input or output of a process, in the country of its plant."""
        return self.plant_markets(self.plants.at[flows.place], flows.commodity)

    @cached_property
    def surplus_markets(self) -> Places:
        """Markets of the commodities with a surplus_value, in every country, rising."""
        goods = np.flatnonzero(surplus_values(self.tables).any(axis=0)).tolist()
        return places(sorted(k * len(self.commodity) + good for k in self.country.values() for good in goods))

    def demand_markets(self) -> Places:
        """The market of each row of demand."""
        return places([self.market(row.country, row.commodity) for row in self.tables.demand])

    def stock_markets(self) -> Places:
        """The market each stockpile stands in."""
        return places([self.market(row.country, row.commodity) for row in self.stockpiles.rows])


def demand_rate(row: Demand, period: str) -> float:
    """Quantity a year: the column of the period where it is filled, else ``per_year``."""
    if period in row.by_period:
        return row.by_period[period]
    return row.per_year or 0.0


def build_network(
    tables: Tables, groups: Groups, exists: Ways, sourcing: list[Frame], releases: list[Frame]
) -> Network:
    """The network, with the lanes and releases of the plan.

    Parameters
    ----------
    tables
        The input sheets.
    groups
        Groups and selections of the same workbook.
    exists
        Every lane there is, with the row that counts for it.
    sourcing
        Tables of the plan whose rows ship over lanes.
    releases
        Tables of the plan whose rows release from stockpiles.

    Returns
    -------
    Network
        Its lanes and pairs are those that the plan uses.

    Raises
    ------
    UnreadableError
        Where a lane or release of the plan may not exist.
    """
    stockpiles = read_stockpiles(tables)
    used = _used_lanes(sourcing, exists)
    released = _used_pairs(releases, stockpiles, groups, exists)
    abroad = [key for key in (_lane_of(stockpiles, pair) for pair in released) if key[0] != key[1]]
    keys = sorted({*used, *abroad})
    lanes = Lanes(tables, tuple(keys), tuple(exists[key] for key in keys))
    pairs = Pairs(
        places([stockpile for stockpile, _, _ in released]),
        tuple(destination for _, destination, _ in released),
        tuple(way for _, _, way in released),
        places(
            [-1 if key[0] == key[1] else lanes.index[key] for key in (_lane_of(stockpiles, pair) for pair in released)]
        ),
    )
    return Network(
        tables,
        groups,
        {row.country: place for place, row in enumerate(tables.countries)},
        {row.commodity: place for place, row in enumerate(tables.commodities)},
        read_plants(tables),
        lanes,
        stockpiles,
        pairs,
        exists,
    )


def _lane_of(stockpiles: Stockpiles, pair: tuple[int, str, str]) -> LaneKey:
    row = stockpiles.rows[pair[0]]
    return row.country, pair[1], row.commodity, pair[2]


def _used_lanes(sourcing: list[Frame], exists: Ways) -> list[LaneKey]:
    """Lanes of the shipments; each must exist."""
    tables = [frame.frame[["origin", "destination", "commodity", "way"]].drop_duplicates() for frame in sourcing]
    keys = [
        (str(row[0]), str(row[1]), str(row[2]), str(row[3]))
        for table in tables
        for row in table.itertuples(index=False)
    ]
    for key in keys:
        if key not in exists:
            origin, destination, commodity, way = key
            by = f" by {way}" if way else ""
            raise UnreadableError(f"sourcing: there is no lane for {commodity} from {origin} to {destination}{by}")
    return keys


def _used_pairs(
    releases: list[Frame], stockpiles: Stockpiles, groups: Groups, exists: Ways
) -> list[tuple[int, str, str]]:
    """Stockpiles, destinations and ways of the releases; each stockpile must serve its destination over that lane."""
    tables = [frame.frame[["stockpile", "destination", "way"]].drop_duplicates() for frame in releases]
    used = dict.fromkeys(
        (str(row[0]), str(row[1]), str(row[2])) for table in tables for row in table.itertuples(index=False)
    )
    pairs = []
    for name, destination, way in used:
        place = stockpiles.index.get(name)
        if place is None:
            raise UnreadableError(f"releases: unknown stockpile {name!r}")
        row = stockpiles.rows[place]
        served = row.serves != "own" and destination in groups.countries(row.serves)
        reached = served and (row.country, destination, row.commodity, way) in exists
        if way if destination == row.country else not reached:
            raise UnreadableError(f"releases: {name} does not serve {destination}" + (f" by {way}" if way else ""))
        pairs.append((place, destination, way))
    return pairs
