"""Plants: what a unit of activity takes and makes, and capacity and cost by period."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from friendshore.models.tables import Plant, Tables
from friendshore.optimizer.certify.numbers import Array, Places, places
from friendshore.optimizer.certify.years import by_period


@dataclass(frozen=True)
class Flows:
    """Inputs or outputs, one an entry: place of what takes or makes it, commodity, amount per unit of activity."""

    place: Places
    commodity: Places
    amount: Array


@dataclass(frozen=True)
class Plants:
    """All plants, in columns; a stands in the order of ``processes``, the recipes of each plant by (plant, recipe).

    ``at`` is the plant of each process, ``recipe_cost`` what its recipe costs besides the plant; ``outputs`` and
    ``inputs`` are those of processes, ``nominal`` the largest output of each plant over its recipes. What may change
    with the years is periods by plants.
    ``min_use`` is the least share of existing capacity used in normal times, ``emissions`` those of a unit of activity.
    """

    rows: tuple[Plant, ...]
    index: dict[str, int]
    processes: dict[tuple[str, str], int]
    at: Places
    recipe_cost: Array
    outputs: Flows
    inputs: Flows
    nominal: Flows
    existing: Array
    unit_cost: Array
    min_use: Array
    emissions: Array
    fixed_cost: Array
    closing_cost: Array


def read_plants(tables: Tables) -> Plants:
    """The plants with their recipes and profiles."""
    goods = {row.commodity: place for place, row in enumerate(tables.commodities)}
    index = {row.plant: place for place, row in enumerate(tables.plants)}
    runs = [(row.plant, name) for row in tables.plants for name in _recipes(row)]
    outputs = _flows(tables, runs, "output", goods)
    return Plants(
        tables.plants,
        index,
        {process: place for place, process in enumerate(runs)},
        places([index[plant] for plant, _ in runs]),
        _recipe_costs(tables, runs),
        outputs,
        _flows(tables, runs, "input", goods),
        _nominal(outputs, places([index[plant] for plant, _ in runs])),
        by_period(tables, "Plants", "capacity", {row.plant: row.capacity for row in tables.plants}) * _standing(tables),
        by_period(tables, "Plants", "unit_cost", {row.plant: row.unit_cost for row in tables.plants}),
        by_period(tables, "Plants", "min_use", {row.plant: row.min_use for row in tables.plants}),
        by_period(tables, "Plants", "emissions", {row.plant: row.emissions for row in tables.plants}),
        by_period(tables, "Plants", "fixed_cost", {row.plant: row.fixed_cost for row in tables.plants}),
        by_period(tables, "Plants", "closing_cost", {row.plant: row.closing_cost for row in tables.plants}),
    )


def _recipes(row: Plant) -> list[str]:
    """The recipes of a plant in the order of its cell; blank where it makes its commodity from nothing."""
    return [""] if row.commodity else list(dict.fromkeys(map(str.strip, row.recipe.split(","))))


def _flows(tables: Tables, runs: list[tuple[str, str]], role: str, goods: dict[str, int]) -> Flows:
    source = {row.plant: row.commodity for row in tables.plants}
    entries: list[tuple[int, int, float]] = []
    for place, (plant, recipe) in enumerate(runs):
        if not recipe:
            entries += [(place, goods[source[plant]], 1.0)] if role == "output" else []
            continue
        lines = [line for line in tables.recipes if line.recipe == recipe and line.role == role]
        entries += [(place, goods[line.commodity], line.amount) for line in lines]
    return _entries(entries)


def _entries(entries: list[tuple[int, int, float]]) -> Flows:
    amounts = np.array([entry[2] for entry in entries], dtype=np.float64)
    return Flows(places([entry[0] for entry in entries]), places([entry[1] for entry in entries]), amounts)


def _nominal(outputs: Flows, at: Places) -> Flows:
    """The largest output of each commodity over the recipes of a plant; lines of one recipe add up."""
    made: dict[tuple[int, int], float] = {}
    for process, good, amount in zip(outputs.place.tolist(), outputs.commodity.tolist(), outputs.amount, strict=True):
        made[process, good] = made.get((process, good), 0.0) + float(amount)
    most: dict[tuple[int, int], float] = {}
    for (process, good), amount in made.items():
        key = int(at[process]), good
        most[key] = max(most.get(key, 0.0), amount)
    return _entries([(*key, amount) for key, amount in most.items()])


def _recipe_costs(tables: Tables, runs: list[tuple[str, str]]) -> Array:
    said = {line.recipe: line.unit_cost for line in tables.recipes if line.unit_cost is not None}
    return np.array([said.get(recipe, 0.0) for _, recipe in runs], dtype=np.float64)


def _standing(tables: Tables) -> Array:
    """1 in the periods in which the existing capacity of a plant stands, else 0."""
    standing = np.zeros((len(tables.periods), len(tables.plants)))
    labels = [period.period for period in tables.periods]
    for place, row in enumerate(tables.plants):
        first = labels.index(row.from_period) if row.from_period else 0
        last = labels.index(row.to_period) if row.to_period else len(labels) - 1
        standing[first : last + 1, place] = 1.0
    return standing
