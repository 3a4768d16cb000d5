"""The rows of Scenarios as branches: dangers at every onset, dated scenarios, and the sequels of dangers.

A danger h of chance p_h a year has the rate λ_h = −ln(1 − p_h) while nothing has begun. On a path that it may strike,
with Λ_t the sum of the rates of all dangers that may begin in period t and S_t = Π_{t'<t} exp(−Λ_t' d_t') the chance
that none has begun before, the branch h@t takes the share q = S_t · (λ_h/Λ_t) · (1 − exp(−Λ_t d_t)) of the
probability of that path (competing risks with piecewise constant hazards; Kalbfleisch & Prentice, The Statistical
Analysis of Failure Time Data, ch. 8), and the path keeps the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import exp, expm1, log1p

from friendshore.models.problem import Problem
from friendshore.models.tables import Event, Scenario
from friendshore.models.tree.branch import BASE, Branch
from friendshore.models.tree.onsets import is_danger, is_sequel, parents_of, period_after, span_of

ROUNDING = 1e-12
"""Share of a chance that is nothing: what adding up those of the sequels that follow for sure leaves of it."""


@dataclass(frozen=True)
class Hazard:
    """A danger on one path: the periods in which it may begin there, as positions, and its rate λ a year."""

    row: Scenario
    path: str
    periods: range
    rate: float


@dataclass(frozen=True, eq=False)
class Chances:
    """What the sheet Scenarios says of the chance of each path.

    ``branches`` are all of the sheet, parents before those that leave them; ``of_row`` names the branches of each row;
    ``base`` is the probability that nothing happens.
    """

    branches: tuple[Branch, ...]
    of_row: Mapping[str, tuple[str, ...]]
    base: float


@lru_cache(maxsize=8)
def chances(problem: Problem) -> Chances:
    """The branches of a problem's sheet Scenarios with their probabilities.

    Raises
    ------
    ValueError
        Where rows are each other's parents, which ``check`` reports before.
    """
    events = _events_by_scenario(problem)
    dated = _parents_first(
        [row for row in problem.tables.scenarios if not is_danger(row) and not is_sequel(problem, row)]
    )
    branches = {row.scenario: _dated(problem, row, events) for row in dated}
    kept = {BASE: 1.0 - sum(branch.probability for branch in branches.values())}
    kept |= {name: branch.probability for name, branch in branches.items()}
    struck: list[Branch] = []
    for path in list(kept):
        of_path = list(_strikes(problem, path, kept[path], events))
        kept[path] -= sum(branch.probability for branch in of_path)
        struck.extend(of_path)
    for branch in struck:
        branches[branch.name] = branch
        kept[branch.name] = branch.probability
        _follow(problem, branch, branches, kept, events)
    made = tuple(replace(branch, probability=_left(branch, kept[branch.name])) for branch in branches.values())
    of_row: dict[str, list[str]] = {row.scenario: [] for row in problem.tables.scenarios}
    for branch in made:
        of_row[branch.scenario].append(branch.name)
    return Chances(made, {name: tuple(names) for name, names in of_row.items()}, kept[BASE])


def _left(branch: Branch, kept: float) -> float:
    """What is left to a branch of its probability; none where that is what rounding leaves of it all."""
    return kept if kept > ROUNDING * branch.probability else 0.0


def branches_of(problem: Problem, scenario: str) -> tuple[str, ...]:
    """The branches that a name of the sheet Scenarios stands for: one of a dated scenario, all of a danger."""
    return chances(problem).of_row[scenario]


def hazards_on(problem: Problem, path: str) -> tuple[Hazard, ...]:
    """The dangers that may strike a path (``base`` or a dated scenario), each with the periods of the path it may."""
    rows = {row.scenario: row for row in problem.tables.scenarios}
    first = 0 if path == BASE else problem.period_index(rows[path].onset, 0) + 1
    made = []
    for row in rows.values():
        if is_danger(row) and path in parents_of(row):
            span = span_of(problem, row)
            periods = range(max(span.start, first), span.stop)
            made.append(Hazard(row, path, periods, -log1p(-(row.per_year or 0.0))))
    return tuple(made)


def _strikes(
    problem: Problem, path: str, probability: float, events: Mapping[str, tuple[Event, ...]]
) -> Iterator[Branch]:
    """The branches with which dangers leave one path, by period and then in the order of the sheet."""
    hazards = hazards_on(problem, path)
    none_before = 1.0
    for t, period in enumerate(problem.periods):
        here = [hazard for hazard in hazards if t in hazard.periods]
        total = sum(hazard.rate for hazard in here)
        begins = -expm1(-total * period.years)
        for hazard in here:
            share = none_before * begins * hazard.rate / total if total > 0 else 0.0
            yield Branch(
                name=f"{hazard.row.scenario}@{period.period}" + ("" if path == BASE else f"/{path}"),
                probability=probability * share,
                onset=t,
                parent=path,
                step_months=hazard.row.step_months,
                events=events.get(hazard.row.scenario, ()),
                scenario=hazard.row.scenario,
            )
        none_before *= exp(-total * period.years)


def _follow(
    problem: Problem,
    branch: Branch,
    branches: dict[str, Branch],
    kept: dict[str, float],
    events: Mapping[str, tuple[Event, ...]],
) -> None:
    """Add the sequels of a branch, and theirs; each takes its chance of what its parent would have alone."""
    alone = kept[branch.name]
    for row in problem.tables.scenarios:
        if is_danger(row) or branch.scenario not in parents_of(row):
            continue
        onset = period_after(problem, branch.onset, row)
        if onset is None:
            continue
        follower = Branch(
            name=f"{row.scenario}@{problem.periods[onset].period}/{branch.name}",
            probability=alone * (row.probability or 0.0),
            onset=onset,
            parent=branch.name,
            step_months=row.step_months,
            events=events.get(row.scenario, ()),
            scenario=row.scenario,
        )
        branches[follower.name] = follower
        kept[follower.name] = follower.probability
        kept[branch.name] -= follower.probability
        _follow(problem, follower, branches, kept, events)


def _dated(problem: Problem, row: Scenario, events: Mapping[str, tuple[Event, ...]]) -> Branch:
    return Branch(
        name=row.scenario,
        probability=row.probability or 0.0,
        onset=problem.period_index(row.onset, 0),
        parent=parents_of(row)[0],
        step_months=row.step_months,
        events=events.get(row.scenario, ()),
        scenario=row.scenario,
    )


def _events_by_scenario(problem: Problem) -> dict[str, tuple[Event, ...]]:
    events: dict[str, tuple[Event, ...]] = {}
    for event in problem.tables.events:
        events[event.scenario] = (*events.get(event.scenario, ()), event)
    return events


def _parents_first(rows: list[Scenario]) -> list[Scenario]:
    placed: dict[str, Scenario] = {}
    waiting = rows
    while waiting:
        ready = [row for row in waiting if parents_of(row)[0] == BASE or parents_of(row)[0] in placed]
        if not ready:
            raise ValueError("the parents of these scenarios form a circle: " + ", ".join(r.scenario for r in waiting))
        placed.update((row.scenario, row) for row in ready)
        waiting = [row for row in waiting if row.scenario not in placed]
    return list(placed.values())
