"""What has happened since a plan was made, as far as it is told: what is not told came as planned."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from friendshore.models.problem import Problem
from friendshore.models.tables import Demand, Profile
from friendshore.optimizer.studies.replan.standing import Ordered, Standing, Struck


@dataclass(frozen=True)
class Built:
    """Units of an expansion decided in one period; ``serves_in`` years from as_of, None as planned.

    ``sunk_cost``: paid for units that the plan decided and that will not be, in the currency of Settings.
    """

    expansion: str
    period: str
    units: float
    serves_in: float | None = None
    sunk_cost: float = 0.0


@dataclass(frozen=True)
class Figure:
    """Another value of one number of a row that has a name, by the label of the period."""

    sheet: str
    entry: str
    column: str
    values: Mapping[str, float]


@dataclass(frozen=True)
class Actuals:
    """What has happened: as of the start of the period ``as_of``, and what is expected from there on.

    ``struck`` has what has begun, ``built`` units by expansion and period of decision, ``protections`` and ``closed``
    whether each that is named is in force, or closed; ``levels`` what stockpiles hold; ``demand`` other quantities a
    year by the number of the row on Demand and the period; ``figures`` other values of any number that may change
    with the years.
    """

    as_of: str
    struck: Sequence[Struck] = ()
    built: Sequence[Built] = ()
    protections: Mapping[str, bool] = field(default_factory=dict)
    closed: Mapping[str, bool] = field(default_factory=dict)
    levels: Mapping[str, float] = field(default_factory=dict)
    demand: Mapping[int, Mapping[str, float]] = field(default_factory=dict)
    figures: Sequence[Figure] = ()


def with_building(problem: Problem, planned: Standing, actuals: Actuals) -> Standing:
    """What stands where building, protections and closings have come as told, and stocks as planned.

    Parameters
    ----------
    problem
        The problem of the plan.
    planned
        What the plan wanted to stand.
    actuals
        What has happened.

    Returns
    -------
    Standing
        With units, protections and closings as told, as planned where nothing is told.
    """
    told = {(row.expansion, row.period): row for row in actuals.built}
    orders = {(row.expansion, row.period): row for row in planned.ordered}
    now = problem.period_starts[planned.as_of]
    made = []
    for key in dict.fromkeys([*orders, *told]):
        as_planned, row = orders.get(key), told.get(key)
        if row is None and as_planned is not None:
            made.append(as_planned)
        elif row is not None and row.units > 0:
            decided = problem.period_starts[problem.period_index(row.period, 0)]
            usual = decided + problem.expansions[row.expansion].lead_years - now
            service = as_planned.service if as_planned is not None else usual
            made.append(
                Ordered(row.expansion, row.period, row.units, service if row.serves_in is None else row.serves_in)
            )
    labels = [period.period for period in problem.periods]
    return dataclasses.replace(
        planned,
        ordered=tuple(sorted(made, key=lambda row: (row.expansion, labels.index(row.period)))),
        protections=_chosen(planned.protections, actuals.protections),
        closed=_chosen(planned.closed, actuals.closed),
    )


def _chosen(planned: frozenset[str], told: Mapping[str, bool]) -> frozenset[str]:
    kept = {name for name in planned if told.get(name, True)}
    return frozenset(kept | {name for name, done in told.items() if done})


def with_stocks(standing: Standing, actuals: Actuals) -> Standing:
    """What stands with the stocks that are told."""
    return dataclasses.replace(standing, levels={**standing.levels, **actuals.levels})


def with_figures(problem: Problem, figures: Sequence[Figure]) -> Problem:
    """The problem with other values of numbers that change with the years; nothing is checked here."""
    profiles = list(problem.tables.profiles)
    for figure in figures:
        key = figure.sheet, figure.entry, figure.column
        place = next((i for i, row in enumerate(profiles) if (row.sheet, row.entry, row.constant) == key), None)
        if place is None:
            number = max((row.row for row in profiles), default=1) + 1
            profiles.append(
                Profile(row=number, sheet=key[0], entry=key[1], constant=key[2], by_period=dict(figure.values))
            )
        else:
            values = {**profiles[place].by_period, **figure.values}
            profiles[place] = dataclasses.replace(profiles[place], by_period=values)
    return Problem(dataclasses.replace(problem.tables, profiles=tuple(profiles)), problem.name)


def with_demand(problem: Problem, demand: Mapping[int, Mapping[str, float]]) -> Problem:
    """The problem with other demand; nothing is checked here."""

    def other(row: Demand) -> Demand:
        values = demand.get(row.row, {})
        return dataclasses.replace(row, by_period={**row.by_period, **values}) if values else row

    return Problem(dataclasses.replace(problem.tables, demand=tuple(map(other, problem.tables.demand))), problem.name)
