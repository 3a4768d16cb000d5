"""Plants: what a unit of activity takes and makes, and capacity and cost by period."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from friendshore.models.tables import Plant, Tables
from friendshore.optimizer.certify.numbers import Array, Places, places
from friendshore.optimizer.certify.years import by_period


@dataclass(frozen=True)
class Flows:
    """Inputs or outputs of plants, one an entry: plant, commodity, amount per unit of activity."""

    plant: Places
    commodity: Places
    amount: Array


@dataclass(frozen=True)
class Plants:
    """All plants, in columns: a stands in the same order. What may change with the years is periods by plants.

    ``min_use`` is the least share of existing capacity used in normal times, ``emissions`` those of a unit of activity.
    """

    rows: tuple[Plant, ...]
    index: dict[str, int]
    outputs: Flows
    inputs: Flows
    existing: Array
    unit_cost: Array
    min_use: Array
    emissions: Array


def read_plants(tables: Tables) -> Plants:
    """The plants with their recipes and profiles."""
    goods = {row.commodity: place for place, row in enumerate(tables.commodities)}
    return Plants(
        tables.plants,
        {row.plant: place for place, row in enumerate(tables.plants)},
        _flows(tables, "output", goods),
        _flows(tables, "input", goods),
        by_period(tables, "Plants", "capacity", {row.plant: row.capacity for row in tables.plants}) * _standing(tables),
        by_period(tables, "Plants", "unit_cost", {row.plant: row.unit_cost for row in tables.plants}),
        by_period(tables, "Plants", "min_use", {row.plant: row.min_use for row in tables.plants}),
        by_period(tables, "Plants", "emissions", {row.plant: row.emissions for row in tables.plants}),
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


def _standing(tables: Tables) -> Array:
    """1 in the periods in which the existing capacity of a plant stands, else 0."""
    standing = np.zeros((len(tables.periods), len(tables.plants)))
    labels = [period.period for period in tables.periods]
    for place, row in enumerate(tables.plants):
        first = labels.index(row.from_period) if row.from_period else 0
        last = labels.index(row.to_period) if row.to_period else len(labels) - 1
        standing[first : last + 1, place] = 1.0
    return standing
