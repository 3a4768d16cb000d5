"""Lanes: over which pairs of countries goods may move, and at what cost."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf

from friendshore.models.lane import Lane, LaneKey
from friendshore.models.schema import (
    CommoditySelection,
    Flag,
    Group,
    Identifier,
    Number,
    Record,
    Tags,
    Word,
    column,
    table,
)
from friendshore.models.tables.groups import Groups


@table("Lanes", "Where goods may move; the row that names more wins, and where no row speaks there is no lane.")
@dataclass(frozen=True, kw_only=True)
class LaneRow(Record):
    """One row of lanes; it stands for every pair of its groups and every commodity it names."""

    origin: str = column(Group(), "Origin: a country or a group.", header="from", aliases=("origin",))
    destination: str = column(Group(), "Destination: a country or a group.", header="to", aliases=("destination",))
    commodity: str = column(CommoditySelection(), "What moves.", default="*")
    way: str = column(
        Word(),
        "Name of the way, where one pair has several that add up: sea and air, within and beyond a tariff quota.",
        default="",
    )
    cost: float = column(Number(), "Freight and handling.", default=0.0, unit="currency/unit", varies=True)
    tariff: float = column(Number(), "Duty as a share of the reference price.", default=0.0, unit="share", varies=True)
    loss: float = column(
        Number(maximum=1, below=True), "Share lost on the way.", default=0.0, unit="share", varies=True
    )
    capacity: float = column(
        Number(),
        "Most that may move; see shared where the row stands for several lanes; blank: without end.",
        default=inf,
        unit="unit/year",
        varies=True,
    )
    shared: bool | None = column(
        Flag(),
        "Where a row with capacity or least stands for several lanes it must be said: yes, all of them share it (a "
        "port, a strait, an import quota); no, each has it for itself.",
        default=None,
    )
    least: float = column(
        Number(), "Least that must move in normal times: a contract.", default=0.0, unit="unit/year", varies=True
    )
    routes: tuple[str, ...] = column(Tags(), "Straits, canals or lines it uses, such as malacca.", default=())
    emissions: float = column(Number(), "Emissions of moving a unit.", default=0.0, unit="t CO2e/unit", varies=True)
    lane: str = column(Identifier(), "Own name of the row, where another sheet speaks of it.", default="")

    @property
    def limited(self) -> bool:
        """Whether it says how much may, or must, move; nothing at all is as much together as for each."""
        return 0 < self.capacity < inf or self.least > 0

    @property
    def rank(self) -> int:
        """How much it names, summed over its cells: 2 a single name, 1 a list, a bloc or a stage, 0 ``*``."""
        return sum(
            0 if cell == "*" else 1 if "," in cell or cell.startswith(("@", "stage:")) else 2
            for cell in (self.origin, self.destination, self.commodity)
        )

    def lane_of(self, key: LaneKey, place: int) -> Lane:
        """One of the lanes that it stands for; ``place`` is the position of the row among all."""
        return Lane(
            key.origin,
            key.destination,
            key.commodity,
            self.cost,
            self.tariff,
            self.loss,
            self.capacity,
            self.routes,
            self.emissions,
            self.way,
            self.least,
            bool(self.shared),
            self.lane,
            place,
        )


def lanes_named(row: LaneRow, groups: Groups) -> Iterator[LaneKey]:
    """The lanes a row speaks of: pairs of countries, home only where both ends are exactly that country."""
    home = row.origin == row.destination and row.origin in groups.countries
    for origin in groups.group(row.origin):
        for destination in groups.group(row.destination):
            if origin != destination or home:
                for commodity in groups.selection(row.commodity):
                    yield LaneKey(origin, destination, commodity, row.way)


def resolve_lanes(rows: Iterable[LaneRow], groups: Groups) -> dict[LaneKey, Lane]:
    """Every lane there is, in order: of each way the row that names more has won.

    A country reaches itself free of cost and loss where no row speaks of that, by whatever way.
    """
    chosen: dict[LaneKey, Lane] = {}
    for place, row in sorted(enumerate(rows), key=lambda one: one[1].rank):
        chosen.update((key, row.lane_of(key, place)) for key in lanes_named(row, groups))
    spoken = {key[:3] for key in chosen}
    for country in groups.countries:
        for commodity in groups.commodities:
            if (country, country, commodity) not in spoken:
                lane = Lane(country, country, commodity)
                chosen[lane.key] = lane
    return dict(sorted(chosen.items()))
