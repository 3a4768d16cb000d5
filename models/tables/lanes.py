"""Lanes: over which pairs of countries goods may move, and at what cost."""

from dataclasses import dataclass
from math import inf

from friendshore.models.lane import Lane
from friendshore.models.schema import CommoditySelection, Group, Number, Record, Tags, column, table


@table("Lanes", "Where goods may move; the row that names more wins, and where no row speaks there is no lane.")
@dataclass(frozen=True, kw_only=True)
class LaneRow(Record):
    """One row of lanes; it stands for every pair of its groups and every commodity it names."""

    origin: str = column(Group(), "Origin: a country or a group.", header="from", aliases=("origin",))
    destination: str = column(Group(), "Destination: a country or a group.", header="to", aliases=("destination",))
    commodity: str = column(CommoditySelection(), "What moves.", default="*")
    cost: float = column(Number(), "Freight and handling.", default=0.0, unit="currency/unit", varies=True)
    tariff: float = column(Number(), "Duty as a share of the reference price.", default=0.0, unit="share", varies=True)
    loss: float = column(
        Number(maximum=1, below=True), "Share lost on the way.", default=0.0, unit="share", varies=True
    )
    capacity: float = column(
        Number(), "Capacity of each single lane; blank: without end.", default=inf, unit="unit/year", varies=True
    )
    routes: tuple[str, ...] = column(Tags(), "Straits, canals or lines it uses, such as malacca.", default=())
    emissions: float = column(Number(), "Emissions of moving a unit.", default=0.0, unit="t CO2e/unit", varies=True)

    def lane(self, key: tuple[str, str, str]) -> Lane:
        """One of the lanes that it stands for, by origin, destination and commodity."""
        return Lane(*key, self.cost, self.tariff, self.loss, self.capacity, self.routes, self.emissions)

    @property
    def rank(self) -> int:
        """How much it names, summed over its cells: 2 a single name, 1 a list, a bloc or a stage, 0 ``*``."""
        return sum(
            0 if cell == "*" else 1 if "," in cell or cell.startswith(("@", "stage:")) else 2
            for cell in (self.origin, self.destination, self.commodity)
        )
