"""The cheapest ways to make a plan possible again: limits that give way least, alone or a few together, with prices.

Every smallest set of rows without which the others can hold is a repair. Its limits give way least (relaxing.py), and
the cheapest plan of the problem so mended is searched. Its price is what that plan costs more than the cheapest one
with none of the rows that clash: both are known within the gaps of their searches, and so is the price.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from friendshore.models.plan import Outcome
from friendshore.models.plan.baselines import Interval
from friendshore.models.problem import Problem
from friendshore.optimizer.studies.explain.conflicts import Conflicts
from friendshore.optimizer.studies.explain.edits import with_limits, without
from friendshore.optimizer.studies.explain.probes import Probes, Rows
from friendshore.optimizer.studies.explain.relaxing import Change, relaxed
from friendshore.optimizer.studies.explain.searches import Searches, Unit, changed_unit
from friendshore.optimizer.studies.explain.work import Enough

MOST_REPAIRS = 5
"""Repairs that are told, the cheapest first."""

MOST_TRIED = 12
"""Smallest sets to give up that are priced, in order of their size."""

MOST_TOGETHER = 3
"""Limits that give way together, unless no fewer will do."""

WAVE = 4
"""Repairs that are priced at a time."""

Changes = tuple[Change, ...]


@dataclass(frozen=True)
class Repair:
    """Limits that give way, and the cheapest plan then.

    Parameters
    ----------
    changes
        What gives way.
    cost
        Objective of the cheapest plan of the mended problem: expected cost, weighed with risk and with penalties where
        there are any.
    more
        What that is beyond the cheapest plan with none of the rows that clash; None where that is not known.
    """

    changes: Changes
    cost: Interval
    more: Interval | None


def find_repairs(problem: Problem, probes: Probes, conflicts: Conflicts, searches: Searches) -> tuple[Repair, ...]:
    """The cheapest repairs of a problem that no plan satisfies; those found so far where the time is up.

    Parameters
    ----------
    problem
        The problem.
    probes
        Its demands.
    conflicts
        What cannot hold together.
    searches
        Searches of the problem.

    Returns
    -------
    tuple of Repair
        At most ``MOST_REPAIRS``, the cheapest first.
    """
    found: list[Repair] = []
    try:
        free = _without_conflicts(conflicts, searches) if conflicts.complete else None
        tried, eased = _worth_trying(conflicts), []
        for number, rows in enumerate(tried, 1):
            searches.work.tell(f"repairs, {number} of {len(tried)}")
            eased.append(relaxed(problem, probes, rows, searches.work))
        for wave in _waves([changes for changes in eased if changes is not None]):
            for changes, answer in zip(wave, searches.of("price of a repair", list(map(_unit, wave))), strict=True):
                if answer.cost is not None:
                    found.append(Repair(changes, answer.cost, _more(answer.cost, free)))
    except Enough:
        pass
    return tuple(sorted(found, key=lambda one: (one.cost.high, len(one.changes))))[:MOST_REPAIRS]


def _waves(eased: list[Changes]) -> Iterator[list[Changes]]:
    """A few repairs at a time, so that what is priced is told where the time is up."""
    for first in range(0, len(eased), WAVE):
        yield eased[first : first + WAVE]


def _unit(changes: Changes) -> Unit:
    gone = [change.demand for change in changes if change.after is None]
    return changed_unit(gone, [(change.demand, change.after) for change in changes if change.after is not None])


def _more(cost: Interval, free: Interval | None) -> Interval | None:
    """What a repair costs beyond the cheapest plan with none of the rows that clash."""
    return None if free is None else Interval(max(0.0, cost.low - free.high), max(0.0, cost.high - free.low))


def _worth_trying(conflicts: Conflicts) -> tuple[Rows, ...]:
    sets = [rows for rows in conflicts.corrections if rows]
    few = [rows for rows in sets if len(rows) <= MOST_TOGETHER] or sets[:1]
    return tuple(few[:MOST_TRIED])


def _without_conflicts(conflicts: Conflicts, searches: Searches) -> Interval | None:
    clashing = [conflicts.demands[i] for i in sorted(conflicts.clashing)]
    (found,) = searches.of("cheapest plan without the rows that clash", [changed_unit(clashing)])
    return found.cost


def mended(problem: Problem, changes: Changes) -> Problem:
    """The problem with what gives way changed."""
    left = without(problem, [change.demand for change in changes if change.after is None])
    return with_limits(left, [(change.demand, change.after) for change in changes if change.after is not None])


def cost_of(outcome: Outcome) -> Interval | None:
    """The least objective of a problem, from what is proven to what was found; None where either is not known."""
    plan = outcome.certified
    if plan is None or outcome.bound is None:
        return None
    return Interval(min(outcome.bound, plan.objective), plan.objective)
