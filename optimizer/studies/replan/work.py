"""Working the study out: the new plan first, then what the old one costs in the same rest, then causes and prices."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from friendshore.models.plan import Outcome, Plan, Run, Status
from friendshore.models.plan.baselines import Interval
from friendshore.models.problem import Problem
from friendshore.optimizer.engines.rounds import Rounds
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.engines.task import INTERRUPTED
from friendshore.optimizer.reporting.summary import OBJECTIVE
from friendshore.optimizer.saved.saved_plan import SavedPlan
from friendshore.optimizer.search.benders.pool import Memory, begun_from
from friendshore.optimizer.solve import Hold, solve_problem
from friendshore.optimizer.studies.baselines import with_baselines
from friendshore.optimizer.studies.negligible import negligible
from friendshore.optimizer.studies.replan.actuals import Actuals
from friendshore.optimizer.studies.replan.causes import BUILDING, ORDER, Cause, Step, spent_otherwise, steps
from friendshore.optimizer.studies.replan.course import path_of
from friendshore.optimizer.studies.replan.decided import Decisions, changes, holding, new_decisions, planned_decisions
from friendshore.optimizer.studies.replan.expected import expected_rest
from friendshore.optimizer.studies.replan.planned import planned_standing
from friendshore.optimizer.studies.replan.remainder import remainder
from friendshore.optimizer.studies.replan.replan import Asks, Kept, Replanned
from friendshore.optimizer.studies.replan.risks import risks
from friendshore.optimizer.studies.replan.searches import (
    NEAR,
    SEARCHES,
    Answer,
    Shared,
    Unit,
    free_unit,
    held_unit,
    kept_unit,
    shared_with,
    value_of,
    value_of_both,
)
from friendshore.optimizer.system.interrupts import watching
from friendshore.optimizer.system.progress import OnProgress, Progress


@dataclass
class _Searches:
    """Searches with the same options; none is begun after an interruption.

    All are of much the same rest: each after the first begins from what that has learnt, whatever came between.
    """

    asks: Asks
    on_progress: OnProgress | None
    rounds: Rounds
    done: int = 0
    stopped: bool = False
    memory: Memory = field(default_factory=Memory)
    began: float = field(default_factory=time.perf_counter)

    def solve(self, phase: str, problem: Problem, hold: Hold | None = None) -> Outcome | None:
        """The outcome of a search; None where the study was interrupted."""
        if self.stopped:
            return None
        self.say(phase)
        asks = self.asks
        report = None if self.on_progress is None else partial(self._tell, phase)
        outcome = solve_problem(
            problem,
            gap=asks.gap,
            time_limit=asks.time_limit,
            threads=asks.threads,
            seed=asks.seed,
            on_progress=report,
            hold=hold,
            memory=self.memory if self.memory.pool is None else self.memory.fixed(),
        )
        self.done += 1
        self.stopped = outcome.run.stopped == INTERRUPTED
        return outcome

    def of(self, phase: str, shared: Shared, units: Sequence[Unit]) -> list[Answer]:
        """What several searches come to, where the engine does them; fewer where the study was interrupted."""
        if self.stopped:
            return []
        found: list[Answer] = self.rounds.of(phase, SEARCHES, shared, units)
        self.done += len(found)
        self.stopped = self.rounds.stopped or any(each["stopped"] == INTERRUPTED for each in found)
        return found

    def say(self, phase: str) -> None:
        """Tell that a phase begins."""
        if self.on_progress is not None:
            self.on_progress(Progress(phase, time.perf_counter() - self.began))

    def _tell(self, phase: str, progress: Progress) -> None:
        if self.on_progress is not None:
            self.on_progress(dataclasses.replace(progress, phase=f"{phase}: {progress.phase}"))


def replan(
    plan: SavedPlan,
    actuals: Actuals,
    asks: Asks | None = None,
    *,
    runner: Runner | None = None,
    on_progress: OnProgress | None = None,
) -> Replanned:
    """The rest of a plan, made again from what has happened.

    Parameters
    ----------
    plan
        The plan, read back.
    actuals
        What has happened since; checked by ``examine_actuals``.
    asks
        How it is worked out.
    runner
        The engine that searches beside the new plan, and the ledger of what is done.
    on_progress
        Called with a ``Progress`` as the work goes on.

    Returns
    -------
    Replanned
        With what was known when it was interrupted, where it was.

    Raises
    ------
    InvalidProblem
        Where what has happened does not fit the sheets.
    ValueError
        Where the plan has no such period or path.
    friendshore.optimizer.solver.SolverFault
        Where the solver contradicts itself.
    """
    asks, problem = asks or Asks(), plan.problem
    as_of = problem.period_index(actuals.as_of, 0)
    path = path_of(problem, actuals.struck)
    if as_of < 1 or problem.periods[as_of].look_ahead or path is None:
        raise ValueError("the plan has no such period, or no path on which this has happened")
    planned = planned_standing(plan, as_of, path)
    asked = list(steps(problem, planned, actuals))
    rests = [remainder(step.problem, step.standing) for step in asked]  # every fault before the first search
    with watching() as signals:
        searches = _Searches(asks, on_progress, Rounds(runner or Runner(), on_progress, signals))
        study = _worked_out(plan, actuals, asked, rests, searches)
        signals.taken = signals.taken or searches.stopped
    return dataclasses.replace(study, searches=searches.done, stopped=searches.stopped)


def _worked_out(
    plan: SavedPlan, actuals: Actuals, asked: list[Step], rests: list[Problem], searches: _Searches
) -> Replanned:
    planned, last, rest = asked[0].standing, asked[-1], rests[-1]
    old = planned_decisions(plan, planned.as_of, planned.path)
    lasting = risks(plan.problem, planned).lasting
    anew = plan.problem.settings.branch_investment != "plan"
    hold = None if lasting and anew else holding(old)  # on what lasts it decides by itself, and not on the base path
    outcome, as_planned, same = _solved(searches, "new plan", rest, old, hold)
    before = None if searches.stopped else expected_rest(plan, planned.as_of, searches.solve)
    shared = shared_with(rests, old, {**_how(searches.asks), **begun_from(searches.memory)})
    values = [*_values(searches, shared, rest.settings.mip_gap, held=hold is not None), _value(outcome)]
    study = Replanned(
        problem=plan.problem,
        actuals=actuals,
        asks=searches.asks,
        standing=last.standing,
        asked=rest,
        outcome=_with_baselines(outcome, searches),
        rest=values[-1],
        before=before,
        as_planned=as_planned,
        same=same,
        causes=tuple(_causes(plan, actuals, asked, before, values)),
        changes=() if outcome.plan is None else changes(old, new_decisions(outcome.plan), plan.problem),
        lasting=lasting,
        objective=plan.figure(OBJECTIVE),
    )
    return dataclasses.replace(study, kept=tuple(_kept(study, searches, shared))) if searches.asks.keep else study


def _solved(
    searches: _Searches, phase: str, problem: Problem, old: Decisions, hold: Hold | None
) -> tuple[Outcome, Interval | None, bool]:
    """The plan of a rest, what it costs with the old decisions, and whether these are kept.

    They are where they are proven to cost no more than the gap beyond the best plan, or nothing cheaper was found.
    Where not all of them can be any more, the cost with them is None, and as many are kept as can be.
    """
    free = searches.solve(phase, problem) or Outcome(Run(stopped=INTERRUPTED))
    if hold is None or free.bound is None:
        return free, None, False
    held = searches.solve(f"{phase}, old decisions", problem, hold)
    plan = None if held is None else held.certified
    if held is None or plan is None:
        return free, None, False
    whole = not changes(old, new_decisions(plan), problem)
    gap = problem.settings.mip_gap if searches.asks.gap is None else searches.asks.gap
    cost = plan.objective
    between = Interval(min(held.bound if held.bound is not None else free.bound, cost), cost) if whole else None
    best = free.certified is None or cost <= free.certified.objective
    if best or cost - free.bound <= max(gap * abs(cost), negligible(NEAR, cost)):
        return _proven(held, plan, free), between, whole
    return free, between, False


def _how(asks: Asks) -> dict[str, float | int | None]:
    """Options of each search; one thread, so that the answer does not depend on how many run side by side."""
    return {"gap": asks.gap, "time_limit": asks.time_limit, "threads": asks.threads or 1, "seed": asks.seed}


def _values(searches: _Searches, shared: Shared, mip_gap: float, *, held: bool) -> list[Interval | None]:
    """What the rest costs as each cause but the last is taken in; None where that was not found."""
    places = range(len(shared[0]) - 1)
    units = [
        unit for place in places for unit in ([free_unit(place), held_unit(place)] if held else [free_unit(place)])
    ]
    found = searches.of("causes", shared, units)
    each, gap = 2 if held else 1, mip_gap if searches.asks.gap is None else searches.asks.gap
    pairs = [found[each * place : each * (place + 1)] for place in places]
    return [None if not pair else value_of_both(pair[0], pair[1] if len(pair) > 1 else None, gap) for pair in pairs]


def _proven(held: Outcome, plan: Plan, free: Outcome) -> Outcome:
    """The plan with the old decisions, with what is proven of all plans."""
    bound = min(free.bound if free.bound is not None else plan.objective, plan.objective)
    gap = (plan.objective - bound) / max(abs(plan.objective), 1e-12)
    status = free.status if free.status in (Status.OPTIMAL, Status.FEASIBLE) else held.status
    run = dataclasses.replace(
        held.run, bound=bound, gap=gap, status=status, stopped=free.run.stopped, size=free.run.size
    )
    return dataclasses.replace(held, run=run, plan=dataclasses.replace(plan, run=run))


def _value(outcome: Outcome) -> Interval | None:
    """What is known of the least cost: from the bound to the plan found; None without a plan."""
    if outcome.certified is None or outcome.bound is None:
        return None
    return Interval(min(outcome.bound, outcome.certified.objective), outcome.certified.objective)


def _with_baselines(outcome: Outcome, searches: _Searches) -> Outcome:
    if not searches.asks.baselines or searches.stopped or outcome.plan is None:
        return outcome
    searches.say("baselines")
    asks = searches.asks
    return with_baselines(outcome, time_limit=asks.time_limit, threads=asks.threads, seed=asks.seed)


def _causes(
    plan: SavedPlan, actuals: Actuals, asked: list[Step], before: float | None, values: list[Interval | None]
) -> Iterator[Cause]:
    """What each cause added; those that did not come up added nothing."""
    last = None if before is None else Interval(before, before)
    found = dict(zip((step.cause for step in asked), values, strict=True))
    for cause in ORDER:
        past = 0.0
        if cause == BUILDING:
            past = spent_otherwise(plan.problem, asked[0].standing, asked[-1].standing, actuals)
        if cause not in found:
            yield Cause(cause, past, Interval(past, past), past)
            continue
        value = found[cause]
        if value is None or last is None:
            yield Cause(cause, None, None, past)
        else:
            between = Interval(value.low - last.high + past, value.high - last.low + past)
            yield Cause(cause, value.high - last.high + past, between, past)
        last = value


def _kept(study: Replanned, searches: _Searches, shared: Shared) -> Iterator[Kept]:
    """Each changed decision held as it was, all others free."""
    if study.rest is None:
        return
    last = len(shared[0]) - 1
    units = [kept_unit(last, (change.kind, change.name, change.period)) for change in study.changes]
    for change, answer in zip(study.changes, searches.of("keeping", shared, units), strict=False):
        value = value_of(answer)
        if value is None:
            yield Kept(change, None, impossible=answer["impossible"])
        else:
            low = max(0.0, value.low - study.rest.high)
            yield Kept(change, Interval(low, max(low, value.high - study.rest.low)))
