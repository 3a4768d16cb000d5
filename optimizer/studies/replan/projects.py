"""The rows of Expansions for the rest: what is on order, committed, and what of each project is still on offer."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf

from friendshore.models.problem import Problem
from friendshore.models.tables import Expansion, Profile
from friendshore.optimizer.studies.replan.planned import NONE
from friendshore.optimizer.studies.replan.standing import Ordered, Standing

MORE = " (more)"
"""Stands behind the name of units that still wait for what they require, where others need not."""


@dataclass(frozen=True)
class Project:
    """A row of Expansions of the rest, and the project of the plan's problem that it comes from."""

    row: Expansion
    origin: str


def projects(problem: Problem, standing: Standing, opened: Iterable[str]) -> tuple[Project, ...]:
    """The rows of Expansions of the rest.

    Parameters
    ----------
    problem
        The problem of the plan.
    standing
        What stands at the start of the rest.
    opened
        Scenarios that are still there: what others open is not on offer any more.

    Returns
    -------
    tuple[Project, ...]
        Units that were decided before as rows of their own, committed whole; then what is on offer.
    """
    label = problem.periods[standing.as_of].period
    rows = {row.expansion: row for row in problem.tables.expansions}
    taken, known = set(rows), set(opened)
    before = [
        Project(_committed(rows[each.expansion], each, label, taken), each.expansion) for each in standing.ordered
    ]
    offered = {
        name: dataclasses.replace(
            row, max_units=left, committed=0.0, earliest=_from(problem, row.earliest, standing.as_of)
        )
        for name, row in rows.items()
        if problem.period_index(row.latest, len(problem.periods)) >= standing.as_of
        if not row.opened_by or row.opened_by in known
        if (left := _whole(row, row.max_units - standing.units(name))) > NONE
    }
    free = [Project(part, name) for name, row in offered.items() for part in _requirement(row, offered, standing)]
    return tuple(_numbered([*(each for each in before if _serves(each.row)), *free]))


def _serves(row: Expansion) -> bool:
    """Whether units on order are not worn out yet."""
    return row.lead_years + (inf if row.life_years is None else row.life_years) > NONE


def _numbered(made: list[Project]) -> Iterator[Project]:
    """The rows under numbers of their own."""
    for number, each in enumerate(made, 2):
        yield dataclasses.replace(each, row=dataclasses.replace(each.row, row=number))


def _from(problem: Problem, label: str, as_of: int) -> str:
    """A first period as the rest knows it: blank where it has come."""
    return label if problem.period_index(label, 0) > as_of else ""


def _whole(row: Expansion, units: float) -> float:
    return float(round(units)) if row.integer and abs(units - round(units)) < 1e-6 else units


def order_name(row: Expansion, order: Ordered) -> str:
    """What units on order are called among the rows of the rest; what came committed keeps its name."""
    return row.expansion if row.committed == row.max_units else f"{row.expansion} ({order.period})"


def _committed(row: Expansion, order: Ordered, label: str, taken: set[str]) -> Expansion:
    """Units that were decided before, as a row that the rest decides at its start, for nothing."""
    name = order_name(row, order)
    while name in taken and name != row.expansion:
        name += "'"
    taken.add(name)
    units = _whole(row, order.units)
    words = row.name or row.expansion.replace("_", " ")
    return dataclasses.replace(
        row,
        expansion=name,
        name=row.name if name == row.expansion else f"{words}, ordered in {order.period}",
        capex=0.0,
        max_units=units,
        committed=units,
        integer=row.integer and units == round(units),
        lead_years=order.service,
        earliest="",
        latest=label,
        requires="",
        opened_by="",
        given=row.given | {"committed", "max_units", "latest", "capex", "lead_years"},
    )


def _requirement(row: Expansion, offered: dict[str, Expansion], standing: Standing) -> Iterator[Expansion]:
    """A project with what it still requires: nothing where what stands is enough, in two rows where it is for a part.

    Nothing at all where what it requires can never be decided any more.
    """
    ahead = standing.units(row.needed) - standing.units(row.expansion)
    there = row.needed in offered
    if not row.requires:
        yield row
    elif row.needs_any:
        if standing.units(row.needed) > NONE:
            yield dataclasses.replace(row, requires="")
        elif there:
            yield row
    elif ahead >= row.max_units - NONE:
        yield dataclasses.replace(row, requires="")
    elif not there:
        if ahead > NONE:
            yield dataclasses.replace(row, requires="", max_units=ahead)
    elif ahead <= NONE or any(other.needed == row.expansion for other in offered.values()):
        yield row
    else:
        rest = row.max_units - ahead
        yield dataclasses.replace(row, requires="", max_units=ahead)
        yield dataclasses.replace(row, expansion=row.expansion + MORE, max_units=rest)


def project_profiles(made: Iterable[Project], profiles: Iterable[Profile]) -> Iterator[Profile]:
    """The profiles of projects: each row of the rest has those of the project that it comes from.

    What is on order costs nothing any more, whatever it would cost in which year.
    """
    rows = tuple(made)
    for profile in profiles:
        for each in rows:
            if each.origin == profile.entry and not (each.row.committed and profile.constant == "capex"):
                yield dataclasses.replace(profile, entry=each.row.expansion)
