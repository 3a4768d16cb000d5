"""The ends of a figure's range as problems: checked like a workbook, and cut to what is legal."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, nextafter

from friendshore.models.findings import InvalidProblem
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy, Profile
from friendshore.optimizer.studies.sensitivity.figures import Figure, Values, declared_of, row_of

HALVINGS = 12
"""How often the way to an end that other sheets forbid is halved to find the last that they allow."""


@dataclass(frozen=True)
class Reached:
    """An end of a range as far as it is legal: the problem there, its cells, and whether it was cut."""

    problem: Problem
    cells: Values
    cut: bool


def reached(problem: Problem, figure: Figure, factor: float) -> Reached | None:
    """The problem at an end of the range of a figure.

    Parameters
    ----------
    problem
        A valid problem that was checked.
    figure
        One of its figures.
    factor
        What its cells are multiplied by.

    Returns
    -------
    Reached or None
        As near to the end as the column and the other sheets allow; None where nothing but today's number is legal.
    """
    wanted = figure.times(factor)
    cells = within(problem, figure, wanted)
    legal = _checked(problem, figure, cells)
    if legal is not None:
        return Reached(legal, cells, cells != wanted)
    best: Reached | None = None
    inside, outside = 1.0, factor
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        cells = within(problem, figure, figure.times(middle))
        legal = _checked(problem, figure, cells)
        if legal is None:
            outside = middle
        else:
            inside, best = middle, Reached(legal, cells, cut=True)
    return best


def within(problem: Problem, figure: Figure, cells: Values) -> Values:
    """Cells brought within what their column may hold.

    Parameters
    ----------
    problem, figure
        A problem and one of its figures.
    cells
        Numbers for its cells, by column.

    Returns
    -------
    Values
        The same, those beyond an end at that end.
    """
    kind = declared_of(problem, figure)
    least = nextafter(kind.minimum, inf) if kind.above else kind.minimum
    most = nextafter(kind.maximum, -inf) if kind.below else kind.maximum
    most = min(most, most_of(problem, figure))
    return {name: min(most, max(least, value)) for name, value in cells.items()}


def most_of(problem: Problem, figure: Figure) -> float:
    """The largest number that means anything as the limit of a policy; of other figures their column says it."""
    row = row_of(problem, figure)
    if isinstance(row, Profile) and row.sheet == Policy.TABLE.sheet and row.constant == "limit":
        return next(policy.declared.unit.most for policy in problem.policies if policy.policy == row.entry)
    return row.declared.unit.most if isinstance(row, Policy) and figure.column == "limit" else inf


def reach(problem: Problem, figure: Figure, factor: float) -> float:
    """A factor as far as the column of a figure allows it; of a series, of the sum of its cells.

    Parameters
    ----------
    problem, figure
        A problem and one of its figures.
    factor
        What its cells are to be multiplied by.

    Returns
    -------
    float
        What they can be multiplied by; the factor itself where they are 0.
    """
    before, after = (
        sum(cells.values()) for cells in (figure.times(1.0), within(problem, figure, figure.times(factor)))
    )
    return after / before if before else factor


def _checked(problem: Problem, figure: Figure, cells: Values) -> Problem | None:
    try:
        return problem.replace(figure.sheet, figure.row, **cells)
    except InvalidProblem:
        return None
