"""How long a country, plant or route is gone once it is lost, where a study is not told otherwise."""

from __future__ import annotations

from friendshore.models.problem import Problem

ROUTE_RECOVERS = 1.0
"""Years until a route is open again: no column of the workbook says, so what a country takes by default."""


def plant_recovers(problem: Problem, plant: str) -> float:
    """Time to recover of a plant in years: that of Plants where given, else that of its country."""
    row = problem.plants[plant]
    return problem.countries[row.country].recover_years if row.recover_years is None else row.recover_years
