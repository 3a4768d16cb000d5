"""Worlds: the problem as the study sees it, and what it would be if it were known beforehand how things turn out.

Compared is cost alone, the damage of shortage included: resilience rules, which no plan that ignores dangers could
keep, the weight of risk, and the duty to return to the stock of a base path, which whoever knows the future has none
of, are left out everywhere alike.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from friendshore.models.problem import Problem
from friendshore.models.tables import Event, Scenario, Tables
from friendshore.models.tree.branch import BASE, Branch
from friendshore.models.tree.dangers import chances
from friendshore.models.tree.onsets import parents_of

CERTAIN = 1.0 - 1e-9
"""Probability of what is known to come: the base path, which leaves it at the onset, keeps what no cost shows."""

_ANYWHERE = ("base", "normal", "each")


@dataclass(frozen=True)
class World:
    """One path of the tree: its name, probability, and the position of the period in which it leaves the base path."""

    name: str
    probability: float
    onset: int
    scenario: str


def studied(problem: Problem) -> Problem:
    """The problem at least expected cost, without resilience rules and duties after a shock, likely paths alone.

    Raises
    ------
    ValueError
        Where an expansion is opened by a scenario: what may be built would differ from world to world.
    """
    tables = problem.tables
    if any(row.opened_by for row in tables.expansions):
        raise ValueError("technology that may succeed (opened_by) is not compared yet: leave these expansions out")
    kept = tuple(row for row in tables.policies if not row.declared.resilience and row.where in _ANYWHERE)
    settings = dataclasses.replace(tables.settings, risk_aversion=0.0, after_shock="free")
    return _of(problem, dataclasses.replace(_likely(tables), policies=kept, settings=settings))


def _likely(tables: Tables) -> Tables:
    """The tables without scenarios that have no probability and that none leaves which has, and their events."""
    parents = {name for row in tables.scenarios if _weighs(row) for name in parents_of(row)}
    rows = tuple(row for row in tables.scenarios if _weighs(row) or row.scenario in parents)
    names = {row.scenario for row in rows}
    return dataclasses.replace(
        tables, scenarios=rows, events=tuple(row for row in tables.events if row.scenario in names)
    )


def _weighs(row: Scenario) -> bool:
    return (row.per_year or 0.0) > 0 or (row.probability or 0.0) > 0


def worlds_of(problem: Problem) -> tuple[World, ...]:
    """The paths of a problem that may come true, the base path first."""
    known = chances(problem)
    base = World(BASE, known.base, len(problem.periods), BASE)
    likely = (branch for branch in known.branches if branch.probability > 0)
    return (base, *(World(each.name, each.probability, _first(known.branches, each), each.scenario) for each in likely))


def _lineage(branches: tuple[Branch, ...], branch: Branch) -> list[Branch]:
    """A branch and those that it comes of, the oldest last."""
    by_name = {each.name: each for each in branches}
    line = [branch]
    while line[-1].parent != BASE:
        line.append(by_name[line[-1].parent])
    return line


def _first(branches: tuple[Branch, ...], branch: Branch) -> int:
    return _lineage(branches, branch)[-1].onset


def known_beforehand(problem: Problem, world: str) -> Problem:
    """The problem in which it is certain from the start that a path is the one that plays out.

    Parameters
    ----------
    problem
        As ``studied`` gives it.
    world
        Name of the path.

    Returns
    -------
    Problem
        With no scenario for the base path; else with one, which begins when the path leaves the base path and has all
        of its events.
    """
    return among(problem, [world])


def among(problem: Problem, worlds: Iterable[str]) -> Problem:
    """The problem in which it is certain that one of some paths plays out, which is known once it leaves the base path.

    Parameters
    ----------
    problem
        As ``studied`` gives it.
    worlds
        Names of the paths.

    Returns
    -------
    Problem
        With a scenario of the name of each, but of the base path, alike in probability.
    """
    branches = chances(problem).branches
    by_name = {each.name: each for each in branches}
    chosen = [by_name[world] for world in worlds if world != BASE]
    rows, events = [], []
    for branch in chosen:
        line, starts = _lineage(branches, branch), problem.period_starts
        first = line[-1].onset
        events += [
            _moved(event, branch.name, starts[each.onset] - starts[first]) for each in line for event in each.events
        ]
        rows.append(
            Scenario(
                scenario=branch.name,
                probability=CERTAIN / len(chosen),
                onset=problem.periods[first].period,
                step_months=branch.step_months,
            )
        )
    return _of(problem, dataclasses.replace(problem.tables, scenarios=tuple(rows), events=tuple(events)))


def _moved(event: Event, world: str, years: float) -> Event:
    return dataclasses.replace(event, scenario=world, start_years=event.start_years + years)


def _of(problem: Problem, tables: Tables) -> Problem:
    """A problem of other tables; profiles of rows that are gone go."""
    ids = {row.policy for row in tables.policies}
    profiles = tuple(row for row in tables.profiles if row.sheet != "Policies" or row.entry in ids)
    return Problem(dataclasses.replace(tables, profiles=profiles), problem.name, problem.digest)
