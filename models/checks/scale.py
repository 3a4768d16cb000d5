"""How much of each commodity can be made, and how much is used: what quantities are measured by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from friendshore.models.problem import Problem


@dataclass(frozen=True)
class Scale:
    """Quantities a year, the largest of all periods, expansions built in full.

    ``capacity`` is that of each plant in activity, ``made`` what a plant makes by (plant, commodity), ``supply`` what
    all plants make of a commodity; ``used`` what a country needs and its plants take, by (country, commodity), and
    ``use`` the same of all countries.
    """

    capacity: dict[str, float]
    made: dict[tuple[str, str], float]
    supply: dict[str, float]
    used: dict[tuple[str, str], float]
    use: dict[str, float]

    def used_by(self, countries: Iterable[str], commodity: str) -> float:
        """What some countries use of a commodity."""
        return sum(self.used.get((country, commodity), 0.0) for country in countries)


def scale_of(problem: Problem) -> Scale:
    """Supply and use of a problem."""
    periods = range(len(problem.periods))
    grown = _grown(problem)
    capacity = {
        plant: max(problem.existing_capacity(plant, period) for period in periods) + grown.get(plant, 0.0)
        for plant in problem.plants
    }
    made = {
        (plant, commodity): capacity[plant] * amount
        for plant, flows in problem.outputs.items()
        for commodity, amount in flows.items()
    }
    needed = {
        (i, need.country, need.commodity): max(problem.demand_per_year(need, period) for period in periods)
        for i, need in enumerate(problem.demand)
    }
    used = _used(problem, capacity, needed)
    return Scale(capacity, made, _summed(made), used, _summed(used))


def used_at_most(problem: Problem, period: int) -> dict[tuple[str, str], float]:
    """What can be used in a year of one period, by (country, commodity).

    What is needed there, and what plants there take in at full capacity, expansions built in full.
    """
    grown = _grown(problem)
    capacity = {plant: problem.existing_capacity(plant, period) + grown.get(plant, 0.0) for plant in problem.plants}
    needed = {
        (i, need.country, need.commodity): problem.demand_per_year(need, period)
        for i, need in enumerate(problem.demand)
    }
    return _used(problem, capacity, needed)


def _grown(problem: Problem) -> dict[str, float]:
    """Activity a year that expansions may add to each plant."""
    grown: dict[str, float] = {}
    for row in problem.tables.expansions:
        grown[row.plant] = grown.get(row.plant, 0.0) + row.size * row.max_units
    return grown


def _used(
    problem: Problem, capacity: dict[str, float], needed: dict[tuple[int, str, str], float]
) -> dict[tuple[str, str], float]:
    used: dict[tuple[str, str], float] = {}
    for (_, country, commodity), quantity in needed.items():
        used[country, commodity] = used.get((country, commodity), 0.0) + quantity
    for plant, flows in problem.inputs.items():
        for commodity, amount in flows.items():
            spot = problem.plants[plant].country, commodity
            used[spot] = used.get(spot, 0.0) + capacity[plant] * amount
    return used


def _summed(by_pair: dict[tuple[str, str], float]) -> dict[str, float]:
    total: dict[str, float] = {}
    for (_, commodity), quantity in by_pair.items():
        total[commodity] = total.get(commodity, 0.0) + quantity
    return total


def value_made(problem: Problem, plant: str) -> float:
    """What a unit of activity of a plant makes, at the reference prices, by its best recipe; 0 where none is priced."""
    price = {name: row.price for name, row in problem.commodities.items()}
    each = problem.processes_of[plant]
    return max((sum(amount * price[good] for good, amount in one.outputs.items()) for one in each), default=0.0)
