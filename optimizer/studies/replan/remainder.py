"""The rest of a plan as a problem of its own: its horizon starts at ``as_of``, and what stands there is given.

It is an ordinary problem, read and checked like any other: its plan is a plan, to be opened, stressed, made again. All
money of it is of the start of the period ``as_of``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeVar

from friendshore.models.examine import checked_problem
from friendshore.models.problem import Problem
from friendshore.models.tables import Demand, Event, Plant, Profile, Protection, Stockpile, Tables
from friendshore.optimizer.studies.replan.guarantees import policies, policy_profiles
from friendshore.optimizer.studies.replan.projects import Project, project_profiles, projects
from friendshore.optimizer.studies.replan.risks import risks
from friendshore.optimizer.studies.replan.standing import Standing


def remainder(problem: Problem, standing: Standing) -> Problem:
    """The problem of what is left to decide.

    Parameters
    ----------
    problem
        The problem of the plan, with what has changed in its figures.
    standing
        What stands at the start of the rest.

    Returns
    -------
    Problem
        Checked, of the same name; it comes from no file.

    Raises
    ------
    InvalidProblem
        Where what stands does not fit the sheets, such as more stock than there is room for.
    """
    return checked_problem(rest_of_tables(problem, standing), problem.name)


def rest_of_tables(problem: Problem, standing: Standing) -> Tables:
    """The sheets of the rest; nothing is checked here."""
    tables, as_of = problem.tables, standing.as_of
    still = risks(problem, standing)
    made = projects(problem, standing, still.names)
    rules = policies(problem, standing, still.names)
    guards = tuple(_protections(problem, standing))
    rows: dict[str, tuple[object, ...]] = {
        "periods": tables.periods[as_of:],
        "plants": tuple(_plant(problem, standing, row) for row in tables.plants),
        "demand": tuple(_demand(problem, as_of, row) for row in tables.demand),
        "stockpiles": tuple(_stockpile(standing, row) for row in tables.stockpiles),
        "expansions": tuple(each.row for each in made),
        "scenarios": still.scenarios,
        "events": _numbered(still.events),
        "protections": guards,
        "policies": rules,
    }
    whole = dataclasses.replace(tables, **rows)  # type: ignore[arg-type]  # each sheet has its own record
    return dataclasses.replace(whole, profiles=_numbered(tuple(_profiles(problem, standing, whole, made))))


R = TypeVar("R", Profile, Event)


def _numbered(rows: Iterable[R]) -> tuple[R, ...]:
    """Rows under numbers of their own."""
    return tuple(dataclasses.replace(row, row=number) for number, row in enumerate(rows, 2))


def _plant(problem: Problem, standing: Standing, row: Plant) -> Plant:
    """A plant with what exists of it from now on; none where it is closed, or its last year is over."""
    if _is_gone(problem, standing, row):
        return dataclasses.replace(row, capacity=0.0, min_use=0.0, may_close=False, from_period="", to_period="")
    begun = problem.period_index(row.from_period, 0) <= standing.as_of
    return dataclasses.replace(row, from_period="" if begun else row.from_period)


def _is_gone(problem: Problem, standing: Standing, row: Plant) -> bool:
    over = problem.period_index(row.to_period, len(problem.periods)) < standing.as_of
    return row.plant in standing.closed or over


def _demand(problem: Problem, as_of: int, row: Demand) -> Demand:
    kept = _later(problem, as_of, row.by_period)
    return dataclasses.replace(row, by_period=kept, per_year=0.0 if row.per_year is None and not kept else row.per_year)


def _later(problem: Problem, as_of: int, values: Mapping[str, float]) -> dict[str, float]:
    labels = {period.period for period in problem.periods[as_of:]}
    return {label: value for label, value in values.items() if label in labels}


def _stockpile(standing: Standing, row: Stockpile) -> Stockpile:
    """A stockpile with what it holds; what it has to hold in the end stays what it was."""
    final = row.initial if row.final_min is None else row.final_min
    return dataclasses.replace(
        row, initial=standing.levels[row.stockpile], final_min=final, given=row.given | {"initial", "final_min"}
    )


def _protections(problem: Problem, standing: Standing) -> Iterator[Protection]:
    """Protections in force, committed; those that may still be bought. What was on offer at the start alone is gone."""
    for row in problem.tables.protections:
        first = problem.period_index(row.from_period, 0)
        if row.protection in standing.protections:
            yield dataclasses.replace(row, from_period="", committed=True)
        elif row.from_period:
            label = problem.periods[max(first, standing.as_of)].period
            yield dataclasses.replace(row, from_period=label, committed=False)


def _profiles(problem: Problem, standing: Standing, whole: Tables, made: Collection[Project]) -> Iterator[Profile]:
    """What changes with the years from now on, of rows that are still there."""
    kept = [
        dataclasses.replace(profile, by_period=values)
        for profile in problem.tables.profiles
        if (values := _later(problem, standing.as_of, profile.by_period))
    ]
    gone = {row.plant for row in problem.tables.plants if _is_gone(problem, standing, row)}
    guards = {row.protection for row in whole.protections}
    yield from project_profiles(made, [each for each in kept if each.sheet == "Expansions"])
    yield from policy_profiles(problem, standing, whole.policies, [each for each in kept if each.sheet == "Policies"])
    for profile in kept:
        if profile.sheet == "Plants" and profile.entry in gone:
            continue
        if profile.sheet == "Protections" and profile.entry not in guards:
            continue
        if profile.sheet not in ("Expansions", "Policies"):
            yield profile
