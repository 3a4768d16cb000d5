"""The price of a project, and the problem in which it is another."""

from __future__ import annotations

import dataclasses

from friendshore.models.problem import Problem
from friendshore.models.tables import Profile
from friendshore.models.tables.edit import with_values
from friendshore.optimizer.studies.explain.edits import like, row_of
from friendshore.optimizer.studies.explain.targets import Target

PRICE = {"Expansions": "capex", "Protections": "cost"}
"""The column of a project's price, by sheet."""


def scaled(problem: Problem, target: Target, factor: float) -> Problem:
    """The problem with the price of a project times a factor, in every period.

    Parameters
    ----------
    problem
        A valid problem.
    target
        The project.
    factor
        What its price, and every price that Profiles give it, is multiplied by.

    Returns
    -------
    Problem
        It comes from no file.
    """
    column = PRICE[target.sheet]
    price = float(vars(row_of(problem, target.sheet, target.row))[column])
    tables = with_values(problem.tables, target.sheet, target.row, {column: factor * price})

    def times(row: Profile) -> Profile:
        if (row.sheet, row.entry, row.constant) != (target.sheet, target.id, column):
            return row
        values = {label: factor * value for label, value in row.by_period.items()}
        return dataclasses.replace(row, by_period=values)

    profiles = tuple(times(row) for row in tables.profiles)
    return like(problem, dataclasses.replace(tables, profiles=profiles))
