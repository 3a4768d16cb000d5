"""Working the study out: three rounds of units, each known in whole before the next begins."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from math import inf, isfinite
from typing import Any

from friendshore.models.plan.baselines import Interval
from friendshore.models.problem import Problem
from friendshore.models.tree.branch import BASE
from friendshore.optimizer.engines.rounds import Rounds
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.search.hold import Held
from friendshore.optimizer.studies.worth.units import ALL, UNITS
from friendshore.optimizer.studies.worth.worlds import World, studied, worlds_of
from friendshore.optimizer.studies.worth.worth import MOST_WORLDS, Asks, Known, Regrets, Stage, Worth, beyond
from friendshore.optimizer.system.interrupts import watching
from friendshore.optimizer.system.progress import OnProgress

WITH_ALL = "plan with all dangers in mind"
LEAST_REGRET = "plan of least greatest regret"

Answer = dict[str, Any]


class Unknown(ValueError):
    """No plan of the problem is known, so that there is nothing to compare; the message says why."""


def work_out(
    problem: Problem, asks: Asks | None = None, *, runner: Runner | None = None, on_progress: OnProgress | None = None
) -> Worth:
    """What planning for the dangers of a problem is worth.

    Parameters
    ----------
    problem
        A valid problem.
    asks
        How it is worked out.
    runner
        The engine that searches, and the ledger of what is done.
    on_progress
        Called with the phase, how much of it is ``done`` and of how much (``total``).

    Returns
    -------
    Worth
        With what was known when it was interrupted, where it was.

    Raises
    ------
    Unknown
        Where the problem has no plan, or none was found.
    ValueError
        Where there is nothing to compare: no scenario, or technology that may succeed.
    KeyboardInterrupt
        Where it is interrupted before the first round is over.
    friendshore.optimizer.solver.SolverFault
        Where the solver contradicts itself.
    friendshore.optimizer.engines.EngineFault
        Where the engine fails.
    """
    asks, variant = asks or Asks(), studied(problem)
    worlds = worlds_of(variant)
    if len(worlds) < 2:
        raise ValueError("no scenario may come true: there is nothing to plan for")
    with watching() as signals:
        rounds = _Rounds((variant, asks.how), Rounds(runner or Runner(), on_progress, signals))
        study = _worked_out(problem, asks, rounds, worlds)
        signals.taken = signals.taken or rounds.stopped
    return dataclasses.replace(study, searches=rounds.rounds.done, stopped=rounds.stopped)


@dataclasses.dataclass(frozen=True)
class _Rounds:
    """Rounds of units about one problem."""

    shared: tuple[Problem, dict[str, Any]]
    rounds: Rounds

    def of(self, phase: str, units: Sequence[Answer]) -> list[Answer]:
        """The answers of a round, fewer where it is interrupted."""
        return self.rounds.of(phase, UNITS, self.shared, units)

    @property
    def stopped(self) -> bool:
        """Whether a round was interrupted."""
        return self.rounds.stopped


def _worked_out(problem: Problem, asks: Asks, rounds: _Rounds, worlds: tuple[World, ...]) -> Worth:
    found = rounds.of("plans", [{"world": world} for world in (ALL, *(world.name for world in worlds))])
    if rounds.stopped and len(found) <= len(worlds):
        raise KeyboardInterrupt
    whole, best = found[0], dict(zip((world.name for world in worlds), found[1:], strict=True))
    plan = _interval(whole)
    if plan is None:
        raise Unknown(f"no plan is known that has all dangers in mind: {whole['stopped'] or whole['status']}")
    labels = [period.period for period in problem.periods]
    counts = range(1, len(labels) + 1) if asks.every_stage else sorted({1, len(labels)})
    ignoring = best[BASE]
    units = [_held(ignoring, ALL, count, count) for count in counts] if ignoring["held"] else []
    costs = [_interval(answer) for answer in rounds.of("ignoring dangers", units)]
    plan = Interval(plan.low, min([plan.high, *(cost.high for cost in costs if cost is not None)]))
    stages = tuple(
        Stage(labels[count - 1], cost, None if cost is None else beyond(cost, plan))
        for count, cost in zip(counts, costs, strict=False)
    )
    known = tuple(Known(world, _interval(best[world.name])) for world in worlds)
    perfect = _expected(known)
    study = Worth(problem, asks, plan, stages, known, perfect, None if perfect is None else beyond(plan, perfect))
    return study if rounds.stopped else _with_regrets(study, rounds, whole, best)


def _interval(answer: Answer) -> Interval | None:
    low, high = answer["low"], answer["high"]
    if high is None or low is None or not isfinite(low):
        return None
    return Interval(min(low, high), high)


def _held(answer: Answer, world: str, until: int | None, stocked: int) -> Answer:
    """A plan held in a world: decisions of the periods before ``until``, stocks of the first ``stocked`` periods."""
    places: dict[str, int] = {}
    for _, label, _ in answer["levels"]:
        places.setdefault(label, len(places))
    levels = [row for row in answer["levels"] if places[row[1]] < stocked]
    return {"world": world, "held": answer["held"], "until": until, "levels": levels}


def _expected(known: Sequence[Known]) -> Interval | None:
    """The expected cost of paths known beforehand; None where one of them is not known."""
    costs = [(each.world.probability, each.cost) for each in known if each.cost is not None]
    if len(costs) < len(known):
        return None
    return Interval(sum(p * cost.low for p, cost in costs), sum(p * cost.high for p, cost in costs))


def compared(worlds: Sequence[World]) -> tuple[World, ...]:
    """The paths between which plans are compared: all where they are few, else the likeliest of each scenario."""
    if len(worlds) <= MOST_WORLDS:
        return tuple(worlds)
    likeliest: dict[str, World] = {}
    for world in worlds:
        if world.scenario not in likeliest or world.probability > likeliest[world.scenario].probability:
            likeliest[world.scenario] = world
    first, *rest = likeliest.values()
    return (first, *sorted(rest, key=lambda world: -world.probability)[: MOST_WORLDS - 1])


def _with_regrets(study: Worth, rounds: _Rounds, whole: Answer, best: dict[str, Answer]) -> Worth:
    """Each plan under each of the paths, and the plan whose greatest regret is least."""
    costs = {each.world.name: each.cost for each in study.known}
    worlds = [world for world in compared([each.world for each in study.known]) if costs[world.name] is not None]
    most = {world.name: cost.high for world in worlds if (cost := costs[world.name]) is not None}
    least = next(iter(rounds.of("least regret", [{"known": most}])), None)
    plans = [(world.name, world.onset, best[world.name]) for world in worlds]
    plans.append((WITH_ALL, len(study.problem.periods), whole))
    if least is not None and least["held"] is not None:
        plans.append((LEAST_REGRET, len(study.problem.periods), least))
    pairs = [(name, onset, answer, world) for name, onset, answer in plans for world in worlds]
    tried = [pair for pair in pairs if pair[0] != pair[3].name]
    units = [_held(answer, world.name, None, min(onset, world.onset)) for _, onset, answer, world in tried]
    answers = rounds.of("regret", units)
    under = {(name, world.name): answer for (name, _, _, world), answer in zip(tried, answers, strict=False)}
    regrets = tuple(_regrets(name, worlds, costs, under) for name, _, _ in plans)
    if rounds.stopped:
        regrets = tuple(each for each in regrets if each.greatest is not None)
    return _with_least(dataclasses.replace(study, regrets=regrets), least)


def _regrets(
    name: str, worlds: Sequence[World], costs: dict[str, Interval | None], under: dict[tuple[str, str], Answer]
) -> Regrets:
    found: dict[str, Interval | None] = {}
    for world in worlds:
        answer, best = under.get((name, world.name)), costs[world.name]
        cost = None if answer is None else _interval(answer)
        if name == world.name and best is not None:
            cost = Interval(best.high, best.high)  # its own plan is as good as the gap of its search says
        found[world.name] = None if cost is None or best is None else beyond(cost, best)
    return Regrets(name, found)


def _with_least(study: Worth, answer: Answer | None) -> Worth:
    """What the least greatest regret is: proven by the program, and reached by the best of all plans looked at."""
    reached = [each.greatest.high for each in study.regrets if each.greatest is not None]
    high = min(reached, default=inf)
    low = 0.0 if answer is None or answer["low"] is None or not isfinite(answer["low"]) else max(0.0, answer["low"])
    held = None if answer is None or answer["held"] is None else Held.of_lists(answer["held"])
    bounds = Interval(min(low, high), high) if isfinite(high) else None
    return dataclasses.replace(study, least_regret=bounds, least=held)
