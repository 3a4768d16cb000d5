"""What plants make and take per unit of activity, from their recipes or out of nothing."""

from __future__ import annotations

from collections.abc import Iterable

from friendshore.models.tables.plants import Plant
from friendshore.models.tables.recipes import RecipeLine


def flows(recipes: Iterable[RecipeLine], plants: Iterable[Plant], role: str) -> dict[str, dict[str, float]]:
    """The flows of every plant by its name.

    Parameters
    ----------
    recipes
        Lines of all recipes; several of one recipe, commodity and role add up.
    plants
        The plants; one without a recipe makes one unit of its commodity per unit of activity.
    role
        ``input`` or ``output``.

    Returns
    -------
    dict
        Units of each commodity per unit of activity, by plant.
    """
    of_recipe: dict[str, dict[str, float]] = {}
    for line in recipes:
        if line.role == role:
            amounts = of_recipe.setdefault(line.recipe, {})
            amounts[line.commodity] = amounts.get(line.commodity, 0.0) + line.amount
    return {plant.plant: _flows(plant, of_recipe, role) for plant in plants}


def _flows(plant: Plant, of_recipe: dict[str, dict[str, float]], role: str) -> dict[str, float]:
    if plant.commodity:
        return {plant.commodity: 1.0} if role == "output" else {}
    return dict(of_recipe.get(plant.recipe, {}))
