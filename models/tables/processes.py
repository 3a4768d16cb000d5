"""A process: one recipe at one plant; a plant with several divides its capacity among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from friendshore.models.tables.plants import Plant
from friendshore.models.tables.recipes import RecipeLine

Amounts = Mapping[str, float]


@dataclass(frozen=True)
class Process:
    """One recipe at one plant: what a unit of activity makes and takes, and what the recipe costs besides the plant.

    ``name`` is that of the plant where it has one recipe or none, else ``plant/recipe``; ``recipe`` is blank where the
    plant makes its commodity from nothing.
    """

    name: str
    plant: str
    recipe: str
    outputs: Amounts
    inputs: Amounts
    unit_cost: float = 0.0


def process_name(plant: str, recipe: str, several: bool) -> str:
    """The name of a recipe at a plant.

    Parameters
    ----------
    plant, recipe
        Their names.
    several
        Whether the plant runs others as well.

    Returns
    -------
    str
        That of the plant, or ``plant/recipe``.
    """
    return f"{plant}/{recipe}" if several else plant


def processes(recipes: Iterable[RecipeLine], plants: Iterable[Plant]) -> dict[str, Process]:
    """The processes of all plants by name, plant by plant in the order of their recipes.

    Parameters
    ----------
    recipes
        Lines of all recipes; several of one recipe, commodity and role add up.
    plants
        The plants; one without a recipe makes one unit of its commodity per unit of activity.

    Returns
    -------
    dict[str, Process]
        By name.
    """
    flows: dict[tuple[str, str], dict[str, float]] = {}
    costs: dict[str, float] = {}
    for line in recipes:
        amounts = flows.setdefault((line.recipe, line.role), {})
        amounts[line.commodity] = amounts.get(line.commodity, 0.0) + line.amount
        costs[line.recipe] = max(costs.get(line.recipe, 0.0), line.unit_cost or 0.0)
    made = [each for plant in plants for each in _of(plant, flows, costs)]
    return {process.name: process for process in made}


def _of(plant: Plant, flows: Mapping[tuple[str, str], Amounts], costs: Mapping[str, float]) -> Iterable[Process]:
    if plant.commodity:
        yield Process(plant.plant, plant.plant, "", {plant.commodity: 1.0}, {})
        return
    names = plant.recipes or ("",)
    for recipe in names:
        name = process_name(plant.plant, recipe, len(names) > 1)
        made, taken = (flows.get((recipe, role), {}) for role in ("output", "input"))
        yield Process(name, plant.plant, recipe, made, taken, costs.get(recipe, 0.0))


def largest(flows: Iterable[Amounts]) -> dict[str, float]:
    """The largest amount of each commodity."""
    most: dict[str, float] = {}
    for amounts in flows:
        for commodity, amount in amounts.items():
            most[commodity] = max(most.get(commodity, 0.0), amount)
    return most
