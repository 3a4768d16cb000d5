"""Recipes make something, and not from nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from friendshore.models.checks.circles import has_circle
from friendshore.models.checks.protocol import reads
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem
from friendshore.models.tables import RecipeLine

Flows = dict[str, float]
_GAIN = 1e-7


@reads("Recipes.recipe", "Recipes.role")
def recipe_outputs(problem: Problem) -> Iterator[Finding]:
    """FS307: a recipe without output."""
    for name, lines in _by_recipe(problem).items():
        if not any(line.role == "output" for line in lines):
            message = f"found no output of {name!r}; wanted a row with the role output"
            yield make_finding("FS307", "Recipes", message, min(line.row for line in lines), "role")


@reads("Recipes.recipe", "Recipes.unit_cost")
def recipe_costs(problem: Problem) -> Iterator[Finding]:
    """FS347: two rows of a recipe that give it different costs."""
    for name, lines in _by_recipe(problem).items():
        said = [line for line in lines if line.unit_cost is not None]
        costs = sorted({line.unit_cost for line in said if line.unit_cost is not None})
        if len(costs) > 1:
            found = " and ".join(f"{cost:g}" for cost in costs)
            message = f"found {found} as unit_cost of {name!r}; wanted it on one row of the recipe"
            yield make_finding("FS347", "Recipes", message, max(line.row for line in said), "unit_cost")


@reads("Recipes")
def recipe_cycles(problem: Problem) -> Iterator[Finding]:
    """FS308: recipes that together give back all they take and more."""
    recipes = _by_recipe(problem)
    nets = {name: _net(lines) for name, lines in recipes.items() if any(line.role == "input" for line in lines)}
    if not _has_circle(recipes, set(nets)):
        return
    activities, gains = _something_from_nothing(nets)
    if activities:
        names, made = ", ".join(map(repr, sorted(activities))), ", ".join(map(repr, sorted(gains)))
        message = (
            f"found that {names} together make {made} from nothing; wanted amounts that lose something, or nothing"
        )
        row = min(line.row for name in activities for line in recipes[name])
        yield make_finding("FS308", "Recipes", message, row, "amount")


def _by_recipe(problem: Problem) -> dict[str, list[RecipeLine]]:
    recipes: dict[str, list[RecipeLine]] = {}
    for line in problem.tables.recipes:
        recipes.setdefault(line.recipe, []).append(line)
    return recipes


def _net(lines: list[RecipeLine]) -> Flows:
    """What a recipe makes less what it takes, scaled so that its largest amount is 1."""
    net: Flows = {}
    largest = max(line.amount for line in lines)
    for line in lines:
        amount = line.amount / largest
        net[line.commodity] = net.get(line.commodity, 0.0) + (amount if line.role == "output" else -amount)
    return net


def _has_circle(recipes: Mapping[str, list[RecipeLine]], chosen: set[str]) -> bool:
    """Whether a commodity leads back to itself through recipes: only then is there anything to compute."""
    after: dict[str, set[str]] = {}
    for name in chosen:
        made = {line.commodity for line in recipes[name] if line.role == "output"}
        for line in recipes[name]:
            if line.role == "input":
                after.setdefault(line.commodity, set()).update(made)
    return has_circle(after)


def _something_from_nothing(nets: Mapping[str, Flows]) -> tuple[set[str], set[str]]:
    """The recipes and commodities of a gain: max Σ net output, nothing net taken in, each activity in [0, 1]."""
    import numpy as np  # noqa: PLC0415 - only a circle of recipes needs these
    from scipy.optimize import linprog  # noqa: PLC0415

    names = sorted(nets)
    goods = sorted({good for net in nets.values() for good in net})
    flows = np.array([[nets[name].get(good, 0.0) for name in names] for good in goods])
    solved = linprog(-flows.sum(axis=0), A_ub=-flows, b_ub=np.zeros(len(goods)), bounds=(0.0, 1.0))
    if solved.x is None or -solved.fun <= _GAIN:
        return set(), set()
    active = {name for name, activity in zip(names, solved.x, strict=True) if activity > _GAIN}
    gained = {good for good, made in zip(goods, flows @ solved.x, strict=True) if made > _GAIN}
    return active, gained
