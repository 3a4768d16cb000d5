"""Plants: what a unit of activity takes and makes, and capacity and cost by period."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from friendshore.models.tables import Plant, Tables
from friendshore.optimizer.certify.numbers import Array, Places, places


@dataclass(frozen=True)
class Flows:
    """Inputs or outputs of plants, one an entry: plant, commodity, amount per unit of activity."""

    plant: Places
    commodity: Places
    amount: Array


@dataclass(frozen=True)
class Plants:
    """All plants, in columns: a stands in the same order. ``existing`` and ``unit_cost`` are periods by plants."""

    rows: tuple[Plant, ...]
    index: dict[str, int]
    outputs: Flows
    inputs: Flows
    existing: Array
    unit_cost: Array

    @property
    def min_use(self) -> Array:
        """Least share of existing capacity used on the base path."""
        return np.array([row.min_use for row in self.rows], dtype=np.float64)

    @property
    def emissions(self) -> Array:
        """Emissions per unit of activity."""
        return np.array([row.emissions for row in self.rows], dtype=np.float64)


def read_plants(tables: Tables) -> Plants:
    """The plants with their recipes and profiles."""
    goods = {row.commodity: place for place, row in enumerate(tables.commodities)}
    return Plants(
        tables.plants,
        {row.plant: place for place, row in enumerate(tables.plants)},
        _flows(tables, "output", goods),
        _flows(tables, "input", goods),
        _by_period(tables, "capacity") * _standing(tables),
        _by_period(tables, "unit_cost"),
    )


def _flows(tables: Tables, role: str, goods: dict[str, int]) -> Flows:
    entries: list[tuple[int, int, float]] = []
    for place, plant in enumerate(tables.plants):
        if plant.commodity:
            entries += [(place, goods[plant.commodity], 1.0)] if role == "output" else []
            continue
        lines = [line for line in tables.recipes if line.recipe == plant.recipe and line.role == role]
        entries += [(place, goods[line.commodity], line.amount) for line in lines]
    amounts = np.array([entry[2] for entry in entries], dtype=np.float64)
    return Flows(places([entry[0] for entry in entries]), places([entry[1] for entry in entries]), amounts)


def _by_period(tables: Tables, column: str) -> Array:
    """The constant of each plant in each period, or the value of its profile where that period is filled."""
    constant = [row.capacity if column == "capacity" else row.unit_cost for row in tables.plants]
    values = np.tile(np.array(constant, dtype=np.float64), (len(tables.periods), 1))
    position = {row.plant: place for place, row in enumerate(tables.plants)}
    for profile in tables.profiles:
        if profile.constant == column:
            for t, period in enumerate(tables.periods):
                if period.period in profile.by_period:
                    values[t, position[profile.entry]] = profile.by_period[period.period]
    return values


def _standing(tables: Tables) -> Array:
    """1 in the periods in which the existing capacity of a plant stands, else 0."""
    standing = np.zeros((len(tables.periods), len(tables.plants)))
    labels = [period.period for period in tables.periods]
    for place, row in enumerate(tables.plants):
        first = labels.index(row.from_period) if row.from_period else 0
        last = labels.index(row.to_period) if row.to_period else len(labels) - 1
        standing[first : last + 1, place] = 1.0
    return standing
