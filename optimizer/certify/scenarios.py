"""The rows of Scenarios as branches, worked out anew: when each begins, what it leaves, how likely it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import log

import numpy as np

from friendshore.models.tables import Event, Scenario, Tables
from friendshore.optimizer.certify.numbers import TINY, UnreadableError

BASE = "base"

ROUNDING = 1e-12
"""Share of a chance that adding up those of its sequels may leave of nothing."""


@dataclass(frozen=True)
class Planned:
    """A branch to be: what the sheet or a tested loss says of it; ``row`` is its name on the sheet, if any."""

    name: str
    parent: str
    probability: float
    onset: int
    step_months: int | None
    events: tuple[Event, ...]
    row: str = ""


def planned_scenarios(tables: Tables) -> list[Planned]:
    """All branches of the sheet, parents before those that leave them (formulation, T.4).

    Raises
    ------
    UnreadableError
        Where a scenario has no way back to the base path.
    """
    dated = [row for row in tables.scenarios if row.per_year is None and not _follows_a_danger(tables, row)]
    paths = [_planned(tables, row, row.scenario, _labels(tables).index(row.onset)) for row in _in_order(dated)]
    left = {BASE: 1.0 - sum(plan.probability for plan in paths)} | {plan.name: plan.probability for plan in paths}
    made = {plan.name: plan for plan in paths}
    for path in [BASE, *(plan.name for plan in paths)]:
        first = made[path].onset + 1 if path != BASE else 0
        struck = list(_strikes(tables, path, first, left[path]))
        if path != BASE:
            taken = sum(plan.probability for plan in struck)
            made[path] = replace(made[path], probability=made[path].probability - taken)
        for plan in struck:
            made.update({each.name: each for each in _with_sequels(tables, plan)})
    return list(made.values())


def _labels(tables: Tables) -> list[str]:
    return [period.period for period in tables.periods]


def _parents(row: Scenario) -> list[str]:
    return [word.strip() for word in row.parent.split(",") if word.strip()] or [BASE]


def _follows_a_danger(tables: Tables, row: Scenario) -> bool:
    """Whether a row without ``per_year`` leads back to a danger."""
    by_name = {each.scenario: each for each in tables.scenarios}
    passed: set[str] = set()
    at = row
    while _parents(at)[0] in by_name and at.scenario not in passed:
        passed.add(at.scenario)
        at = by_name[_parents(at)[0]]
        if at.per_year is not None:
            return True
    return False


def _planned(tables: Tables, row: Scenario, name: str, onset: int) -> Planned:
    events = tuple(event for event in tables.events if event.scenario == row.scenario)
    return Planned(name, _parents(row)[0], row.probability or 0.0, onset, row.step_months, events, row.scenario)


def _in_order(rows: list[Scenario]) -> list[Scenario]:
    """Dated scenarios, parents before their children."""
    placed: list[Scenario] = []
    done = {BASE}
    while len(placed) < len(rows):
        ready = [row for row in rows if row.scenario not in done and _parents(row)[0] in done]
        if not ready:
            lost = next(row for row in rows if row.scenario not in done)
            raise UnreadableError(f"the scenario {lost.scenario} has no way back to the base path")
        placed += ready
        done.update(row.scenario for row in ready)
    return placed


def _begins(tables: Tables, row: Scenario, first: int) -> range:
    """Periods at whose start a danger may begin on a path on which it may from period ``first`` on."""
    labels = _labels(tables)
    if row.onset in ("", "any"):
        return range(max(1, first), len(labels))
    ends = [labels.index(label.strip()) for label in row.onset.split("..")]
    return range(max(ends[0], first), ends[-1] + 1)


def _strikes(tables: Tables, path: str, first: int, probability: float) -> Iterator[Planned]:
    """The branches that dangers make of a path, by period: what survival loses in each, shared by the rates."""
    dangers = [row for row in tables.scenarios if row.per_year is not None and path in _parents(row)]
    open_in = np.array([[t in _begins(tables, row, first) for row in dangers] for t in range(len(tables.periods))])
    rates = open_in.reshape(len(tables.periods), len(dangers)) * np.array(
        [-log(1.0 - (r.per_year or 0.0)) for r in dangers]
    )
    years = np.array([period.years for period in tables.periods])
    survival = np.exp(-np.concatenate([[0.0], np.cumsum(rates.sum(axis=1) * years)]))
    for t, label in enumerate(_labels(tables)):
        whole = rates[t].sum()
        for place, row in enumerate(dangers):
            if t in _begins(tables, row, first):
                share = (survival[t] - survival[t + 1]) * rates[t, place] / whole if whole > 0 else 0.0
                name = f"{row.scenario}@{label}" if path == BASE else f"{row.scenario}@{label}/{path}"
                yield replace(_planned(tables, row, name, t), parent=path, probability=float(probability * share))


def _with_sequels(tables: Tables, plan: Planned) -> Iterator[Planned]:
    """A danger's branch, or a sequel's, and all that may follow it; each keeps what its own sequels do not take."""
    starts = np.concatenate([[0.0], np.cumsum([period.years for period in tables.periods])])[:-1]
    following = []
    for row in tables.scenarios:
        if row.per_year is None and _parents(row)[0] == plan.row:
            earliest = starts[plan.onset] + float(row.onset.lstrip("+")) - TINY
            late = [t for t in range(plan.onset + 1, len(starts)) if starts[t] >= earliest]
            if late:
                name = f"{row.scenario}@{_labels(tables)[late[0]]}/{plan.name}"
                chance = plan.probability * (row.probability or 0.0)
                following.append(replace(_planned(tables, row, name, late[0]), parent=plan.name, probability=chance))
    alone = plan.probability - sum(each.probability for each in following)
    yield replace(plan, probability=alone if alone > ROUNDING * plan.probability else 0.0)
    for each in following:
        yield from _with_sequels(tables, each)
