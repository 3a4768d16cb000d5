"""Working out the groups: all together, each alone, then groups by need, the same whatever the number of workers."""

from __future__ import annotations

import dataclasses
from math import isfinite

from friendshore.models.problem import Problem
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.studies.learnt import memory_after
from friendshore.optimizer.studies.share.game import Coalition, coalitions, nucleolus
from friendshore.optimizer.studies.share.groups import Outside, allies, demand_shares
from friendshore.optimizer.studies.share.share import Asks, Share
from friendshore.optimizer.studies.share.task import GROUPS, group_of
from friendshore.optimizer.system.interrupts import Abandoned, Signals, watching
from friendshore.optimizer.system.progress import OnProgress, Progress

MOST_ALLIES = 8
WAVE = 4
"""Groups that are chosen at once, so that as many may be searched side by side; not by the number of workers, on which
the answer must not depend."""


def divide(
    problem: Problem,
    outside: Outside = Outside.OPEN,
    asks: Asks | None = None,
    *,
    runner: Runner | None = None,
    on_progress: OnProgress | None = None,
) -> Share:
    """Work out what groups of allies cost, and what each ally should pay.

    Parameters
    ----------
    problem
        A valid problem.
    outside
        How groups use what stands outside the allies.
    asks
        How many groups, how near.
    runner
        The engine that searches, each group a unit of work, and the ledger of what is done.
    on_progress
        Called with the phase, how many groups are ``done`` and how many there are at most (``total``).

    Returns
    -------
    Share
        With what was known when it was interrupted, where it was.

    Raises
    ------
    ValueError
        Where the coalition has fewer than two members with demand, or more than ``MOST_ALLIES``.
    KeyboardInterrupt
        Where it is interrupted before the first group is known.
    friendshore.optimizer.solver.SolverFault
        Where the solver contradicts itself.
    friendshore.optimizer.engines.EngineFault
        Where the engine fails.
    """
    players = checked_allies(problem)
    study = Share(problem, outside, asks or Asks(), players, demand_shares(problem, players), ())
    runner = runner or Runner()
    with watching() as signals:
        while not study.stopped and (chosen := next_groups(study)):
            study = _searched(study, chosen, runner, on_progress, signals)
        if study.stopped and not study.groups:
            raise KeyboardInterrupt
        signals.taken = signals.taken or study.stopped
    return study


def checked_allies(problem: Problem) -> tuple[str, ...]:
    """The allies; ValueError where they are too few or too many."""
    players, bloc = allies(problem), problem.settings.coalition
    if len(players) < 2:
        raise ValueError(
            f"{len(players)} of the coalition {bloc!r} has demand ({', '.join(players) or 'nobody'}): cost is shared "
            "among two or more"
        )
    if len(players) > MOST_ALLIES:
        raise ValueError(
            f"{len(players)} of the coalition {bloc!r} have demand: wanted at most {MOST_ALLIES}; join some of them"
        )
    return players


def next_groups(study: Share) -> tuple[Coalition, ...]:
    """The groups to work out next: all together, each alone, all but one, then those that may be most aggrieved.

    How aggrieved a group may be is estimated: what its members pay by the nucleolus of what is known, less its cost as
    it would follow from a larger group and members alone. The order rests on that, no answer does.

    Parameters
    ----------
    study
        What is known so far.

    Returns
    -------
    tuple[Coalition, ...]
        None where there are no more, all together have no plan, or as many as were asked for are done.
    """
    count, left = len(study.players), study.asks.searches - len(study.groups)
    if study.groups and study.planned is None:
        return ()
    unknown = set(study.unknown)
    for sizes in ((count,), (1,), (count - 1,)):
        first = [each for each in coalitions(count) if len(each) in sizes and each in unknown]
        if first:
            return tuple(first[: max(0, left)])
    need = {each: _grievance(study, each) for each in study.unknown}
    order = sorted(need, key=lambda each: (-need[each], len(each), sorted(each)))
    return tuple(order[: max(0, min(left, WAVE))])


def _grievance(study: Share, group: Coalition) -> float:
    """What a group may gain by itself, as estimated from what is known of others; 0 where nothing is."""
    known = {each: cost.high for each, cost in study.costs.items() if isfinite(cost.high)}
    shares = nucleolus(len(study.players), {each: -cost for each, cost in known.items()})
    if shares is None:
        return 0.0
    pays = sum(-shares[place] for place in group)
    rests = [known[each] - _alone(known, each - group) for each in known if group < each]
    return pays - max(rests, default=pays)


def _alone(known: dict[Coalition, float], rest: Coalition) -> float:
    """What some allies cost each alone; those without a plan cost nothing here."""
    return sum(known.get(frozenset({place}), 0.0) for place in rest)


def _searched(
    study: Share, chosen: tuple[Coalition, ...], runner: Runner, on_progress: OnProgress | None, signals: Signals
) -> Share:
    """The study with further groups; with fewer than chosen where it is interrupted."""
    found, stopped, asks = list(study.groups), False, study.asks
    at_once = max(1, runner.engine.workers)
    units = [list(study.members(each)) for each in chosen]
    most = min(study.asks.searches, 2 ** len(study.players) - 1)
    shared = (study.problem, study.outside.value, study.asks.how)
    for first in range(0, len(units), at_once):
        if on_progress is not None:
            on_progress(Progress("group", done=len(found), total=most))
        try:
            answers = runner.run(GROUPS, shared, units[first : first + at_once])
        except Abandoned:
            raise
        except KeyboardInterrupt:
            stopped = True
            break
        if not found:
            asks = dataclasses.replace(asks, memory=memory_after(answers[0], asks.memory))
        found += map(group_of, answers)
        if signals.seen:
            stopped = True
            break
    return dataclasses.replace(study, groups=tuple(found), asks=asks, stopped=stopped)
