"""The rows of Scenarios and Events for the rest: what can no longer happen is gone, and the rest is weighed anew.

Where something has begun and is not over, its path is a dated scenario that begins with the rest and is as good as
certain; the base path beside it, which can no longer be, keeps what no cost shows. What is left of its events counts
from the start of the rest.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from friendshore.models.problem import Problem
from friendshore.models.tables import Event, Scenario
from friendshore.models.tree.branch import BASE
from friendshore.models.tree.onsets import ANY, SPAN, is_danger, is_sequel, parents_of, span_of
from friendshore.models.tree.scenario_tree import Tree
from friendshore.optimizer.studies.replan.course import is_over, root, still_possible, tree_of
from friendshore.optimizer.studies.replan.standing import Standing

CERTAIN = 1.0 - 1e-7
"""Probability of what has begun, with all that may follow it."""

MOMENT = 1e-6
"""Years: the length of an event that has ended, and from whose end on normal times are counted."""

UNTOUCHED = 1.0
LEAST = 1e-9
"""A chance below this is none."""


@dataclass(frozen=True)
class Risks:
    """The rows of both sheets; ``lasting`` names what has begun and is not over, blank where nothing has."""

    scenarios: tuple[Scenario, ...]
    events: tuple[Event, ...]
    lasting: str = ""

    @property
    def names(self) -> frozenset[str]:
        """The scenarios that there are."""
        return frozenset(row.scenario for row in self.scenarios)


def risks(problem: Problem, standing: Standing) -> Risks:
    """What may still happen.

    Parameters
    ----------
    problem
        The problem of the plan.
    standing
        What stands at the start of the rest; its ``path`` is what has happened.

    Returns
    -------
    Risks
        Rows by which each path that is still possible has the chance that it has, given what is known.
    """
    if is_over(problem, standing.path, standing.as_of):
        rows = _calm(problem, standing)
        lasting = ""
    else:
        rows = _lasting(problem, standing)
        lasting = tree_of(problem).branches[standing.path].scenario
    own = _rest_of_events(problem, standing, lasting) if lasting else ()
    names = {row.scenario for row in rows}
    events = tuple(row for row in problem.tables.events if row.scenario in names and row.scenario != lasting)
    return Risks(tuple(rows), (*own, *events), lasting)


# -- nothing has begun, or all that has is over -------------------------------------------------------------------


def _calm(problem: Problem, standing: Standing) -> list[Scenario]:
    """The base path goes on: dated scenarios that have not come, dangers from the next period on, and sequels.

    Where something has begun and is over, too: dangers may strike again.
    """
    tree = tree_of(problem)
    weight = float(tree.weight[root(tree, BASE, standing.as_of)])
    return _possible(problem, BASE, standing.as_of, weight)


def _possible(problem: Problem, path: str, as_of: int, weight: float) -> list[Scenario]:
    """The rows that may still come on a path, or on what leaves it."""
    kept: dict[str, Scenario] = {}
    for _ in problem.tables.scenarios:  # as often as parents may stand one above the other
        for row in problem.tables.scenarios:
            if row.scenario not in kept and row.scenario != path:
                made = _later(problem, row, as_of, weight, kept, path)
                if made is not None:
                    kept[row.scenario] = made
    return [kept[row.scenario] for row in problem.tables.scenarios if row.scenario in kept]


def _later(
    problem: Problem, row: Scenario, as_of: int, weight: float, kept: Mapping[str, Scenario], path: str
) -> Scenario | None:
    """A row as far as it may still come on ``path`` or what is ``kept`` and may come; None where it cannot (yet)."""
    parents = [name for name in parents_of(row) if name == path or name in kept]
    if not parents:
        return None
    if is_danger(row):
        return _danger(problem, dataclasses.replace(row, parent=", ".join(parents)), as_of)
    if is_sequel(problem, row):
        return row
    if problem.period_index(row.onset, 0) <= as_of:
        return None
    return dataclasses.replace(row, probability=(row.probability or 0.0) / weight)


def _danger(problem: Problem, row: Scenario, as_of: int) -> Scenario | None:
    """A danger from the period after ``as_of`` on; None where its span is over."""
    if row.onset in ANY:
        return row if as_of + 1 < len(problem.periods) else None
    span = [t for t in span_of(problem, row) if t > as_of]
    if not span:
        return None
    labels = [period.period for period in problem.periods]
    return dataclasses.replace(row, onset=f"{labels[span[0]]}{SPAN}{labels[span[-1]]}")


# -- something has begun and is not over --------------------------------------------------------------------------


def _lasting(problem: Problem, standing: Standing) -> list[Scenario]:
    """What has begun as a dated scenario, and what may follow it."""
    tree = tree_of(problem)
    rows = {each.scenario: each for each in problem.tables.scenarios}
    row = rows[tree.branches[standing.path].scenario]
    if is_danger(row) or is_sequel(problem, row):
        after, share = _following(problem, tree, standing, rows)
    else:
        after, share = _on_dated(problem, tree, row, standing)
    begun = dataclasses.replace(
        row,
        per_year=None,
        probability=share,
        onset=problem.periods[standing.as_of].period,
        parent=BASE,
        given=row.given | {"probability", "onset"},
    )
    return [begun, *after]


def _following(
    problem: Problem, tree: Tree, standing: Standing, rows: Mapping[str, Scenario]
) -> tuple[list[Scenario], float]:
    """The sequels that may still follow, each on the date on which it would; the chance that none does."""
    possible = still_possible(tree, standing.path, standing.as_of)
    alone = {standing.path: 1.0}
    for name in possible:
        branch = tree.branches[name]
        alone[name] = alone[branch.parent] * (rows[branch.scenario].probability or 0.0)
    past = (
        rows[branch.scenario].probability or 0.0
        for name, branch in tree.branches.items()
        if branch.parent == standing.path and name not in possible
    )
    left = 1.0 - sum(past)
    scale = CERTAIN / left if left > LEAST else 0.0

    def stays(name: str) -> float:
        followed = sum(alone[other] for other in possible if tree.branches[other].parent == name)
        return alone[name] - followed

    made = [
        dataclasses.replace(
            rows[tree.branches[name].scenario],
            probability=max(0.0, scale * stays(name)),
            onset=problem.periods[tree.branches[name].onset].period,
            parent=rows[tree.branches[tree.branches[name].parent].scenario].scenario,
        )
        for name in possible
    ]
    return made, max(0.0, CERTAIN - sum(each.probability or 0.0 for each in made))


def _on_dated(problem: Problem, tree: Tree, begun: Scenario, standing: Standing) -> tuple[list[Scenario], float]:
    """What may leave the path of a dated scenario, and the chance that no other date comes.

    Later scenarios, dangers that may strike it, and what follows those.
    """
    weight = float(tree.weight[root(tree, standing.path, standing.as_of)]) / CERTAIN or 1.0
    after = _possible(problem, begun.scenario, standing.as_of, weight)
    dated = (each for each in after if not is_danger(each) and not is_sequel(problem, each))
    return after, max(0.0, CERTAIN - sum(each.probability or 0.0 for each in dated))


def _rest_of_events(problem: Problem, standing: Standing, name: str) -> Iterator[Event]:
    """What is left of the events of a path, counted from the start of the rest."""
    tree, now = tree_of(problem), problem.period_starts[standing.as_of]
    for ancestor in reversed(tree.lineage(standing.path)):
        branch = tree.branches[ancestor]
        for event in branch.events:
            begins = problem.period_starts[branch.onset] + event.start_years - now
            nominal = _nominal(problem, event, standing.as_of) if event.quota is not None else 0.0
            yield dataclasses.replace(_rest(event, begins, nominal), scenario=name)


def _nominal(problem: Problem, event: Event, as_of: int) -> float:
    """What plants of an event's country can make a year of its commodity, by the capacity that existed."""
    goods, countries = problem.selection(event.commodity), set(problem.group(event.country))
    return sum(
        problem.existing_capacity(name, as_of) * problem.outputs[name].get(good, 0.0)
        for name, row in problem.plants.items()
        for good in goods
        if row.country in countries
    )


def _rest(event: Event, begins: float, nominal: float) -> Event:
    """An event that began ``begins`` years after now (below 0: before), as it goes on from now.

    Within its recovery it begins with what was lost then, and goes on with the same straight line; a quota then begins
    with what of ``nominal`` capacity, a year, is free again.
    """
    if begins >= 0:
        return dataclasses.replace(event, start_years=begins)
    full = begins + event.years
    if full > 0:
        return dataclasses.replace(event, start_years=0.0, years=full)
    left = full + event.recovery_years
    if left <= 0 or event.recovery_years <= 0:
        return dataclasses.replace(
            event, start_years=0.0, years=MOMENT, recovery_years=0.0, remaining=UNTOUCHED, quota=None
        )
    lost = left / event.recovery_years
    going_on = dataclasses.replace(event, start_years=0.0, years=0.0, recovery_years=left)
    if event.quota is not None:
        return dataclasses.replace(going_on, quota=lost * event.quota + (1.0 - lost) * nominal)
    return dataclasses.replace(going_on, remaining=1.0 + ((event.remaining or 0.0) - 1.0) * lost)
