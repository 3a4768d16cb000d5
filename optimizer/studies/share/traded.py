"""What binds trade by quantity, in the problem of a group: contracts and capacities of lanes, quotas of exports."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from friendshore.models.problem import Problem
from friendshore.models.tables import Event
from friendshore.models.tables.lanes import LaneRow
from friendshore.optimizer.studies.share.owned import Owners
from friendshore.optimizer.studies.share.scaled import Factors, scaled


def contracts(problem: Problem, owners: Owners, factors: Factors) -> tuple[LaneRow, ...]:
    """The lanes, without contracts of allies that are left out.

    What several lanes share is divided by the demand of the allies among their ends: a contract always, a capacity
    where it comes from outside the allies and groups have their part of that alone.

    Parameters
    ----------
    problem
        A valid problem.
    owners
        The group.
    factors
        Gets what is divided, of rows that have a name.

    Returns
    -------
    tuple[LaneRow, ...]
        The rows, and one for each lane whose contract falls away.
    """
    rows = [_divided(problem, owners, row, factors) for row in problem.tables.lanes]
    bound = {place for place, row in enumerate(problem.tables.lanes) if _is_contract(problem, row)}
    freed = []
    for key, lane in problem.lanes.items():
        if lane.row in bound and {key.origin, key.destination} & owners.out:
            row = problem.tables.lanes[lane.row]
            free = dataclasses.replace(
                row,
                origin=key.origin,
                destination=key.destination,
                commodity=key.commodity,
                least=0.0,
                shared=False,
                lane="",
            )
            if row.rank == free.rank:
                rows[lane.row] = free
            else:
                freed.append(free)
    return (*rows, *freed)


def _is_contract(problem: Problem, row: LaneRow) -> bool:
    """Whether a least quantity must move in some period."""
    told = (
        profile.by_period.values()
        for profile in problem.tables.profiles
        if (profile.sheet, profile.entry, profile.constant) == (LaneRow.TABLE.sheet, row.lane, "least") and row.lane
    )
    return row.least > 0 or any(value > 0 for values in told for value in values)


def _divided(problem: Problem, owners: Owners, row: LaneRow, factors: Factors) -> LaneRow:
    origins, destinations = frozenset(problem.group(row.origin)), frozenset(problem.group(row.destination))
    ends = origins | destinations
    from_outside = not origins & owners.players
    if not row.shared and ends & owners.players:
        return row
    part = owners.part(ends)
    divided = {"least": part, "capacity": part if from_outside and owners.pro_rata else 1.0}
    if row.lane:
        factors[LaneRow.TABLE.sheet, row.lane] = divided
        return row
    return scaled(row, divided)


def quotas(problem: Problem, owners: Owners) -> tuple[Event, ...]:
    """The events, quotas on exports from outside the allies in the part that the group may use."""
    return tuple(_quotas(problem, owners))


def _quotas(problem: Problem, owners: Owners) -> Iterator[Event]:
    for row in problem.tables.events:
        outside = not set(problem.group(row.country)) & owners.players
        yield row if row.quota is None or not outside else dataclasses.replace(row, quota=row.quota * owners.outer)
