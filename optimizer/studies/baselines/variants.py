"""The problems whose plans are the baselines: the same tree with nothing decided, and the same without policies."""

from __future__ import annotations

import dataclasses

from friendshore.models.problem import Problem
from friendshore.models.tables import Scenario, Tables
from friendshore.models.tree.onsets import parents_of

DUTIES = ("max_fill", "min_level")
"""Columns of Stockpiles that may change with the years and that say nothing where nothing is done."""


def without_rules(problem: Problem) -> Problem:
    """The problem without policies, at least expected cost; paths without weight, which nothing binds, are left out."""
    return _with(problem, dataclasses.replace(weighted_alone(problem.tables), policies=()))


def nothing_done(problem: Problem) -> Problem:
    """The problem in which nothing is decided: no policy, expansion, protection, closing or fill, and no duty to hold.

    What plants and stocks there are is used at its best, and so is what is committed already.
    """
    tables = weighted_alone(problem.tables)
    plants = tuple(dataclasses.replace(row, may_close=False) for row in tables.plants)
    piles = tuple(dataclasses.replace(row, max_fill=0.0, min_level=0.0, final_min=0.0) for row in tables.stockpiles)
    tables = dataclasses.replace(
        tables,
        settings=dataclasses.replace(tables.settings, after_shock="free"),
        policies=(),
        expansions=tuple(
            dataclasses.replace(row, max_units=row.committed) for row in tables.expansions if row.committed
        ),
        protections=tuple(row for row in tables.protections if row.committed),
        plants=plants,
        stockpiles=piles,
    )
    return _with(problem, tables, DUTIES)


def weighted_alone(tables: Tables) -> Tables:
    """The tables without the scenarios that have no probability and that none leaves which has, and their events."""
    parents = {name for row in tables.scenarios if _weighs(row) for name in parents_of(row)}
    kept = tuple(row for row in tables.scenarios if _weighs(row) or row.scenario in parents)
    names = {row.scenario for row in kept}
    events = tuple(row for row in tables.events if row.scenario in names)
    return dataclasses.replace(tables, scenarios=kept, events=events)


def _weighs(row: Scenario) -> bool:
    return (row.per_year or 0.0) > 0 or (row.probability or 0.0) > 0


def _with(problem: Problem, tables: Tables, taken: tuple[str, ...] = ()) -> Problem:
    """A problem of these tables, of expected cost alone; profiles of rows or of ``taken`` columns that are gone go."""
    settings = dataclasses.replace(tables.settings, risk_aversion=0.0)
    profiles = tuple(row for row in tables.profiles if tables.by_sheet[row.sheet] and row.constant not in taken)
    return Problem(dataclasses.replace(tables, settings=settings, profiles=profiles), problem.name, problem.digest)
