"""What ``solve`` does beyond the plan: settle choices, hold it against baselines, price limits by solving again."""
# ruff: noqa: PLC0415 - the studies are loaded when they are asked for

from __future__ import annotations

import dataclasses
import time
from typing import TYPE_CHECKING

from friendshore.optimizer.commands.guard import UsageFault
from friendshore.optimizer.commands.solve_request import Request
from friendshore.optimizer.commands.study import counting
from friendshore.optimizer.system.interrupts import Abandoned, Signals
from friendshore.optimizer.system.progress import OnProgress, Progress

if TYPE_CHECKING:
    from friendshore.models.plan import Outcome
    from friendshore.models.problem import Problem
    from friendshore.optimizer.engines.runner import Runner
    from friendshore.optimizer.search.benders.pool import Memory


def refuse_unknown(problem: Problem, names: tuple[str, ...]) -> None:
    """UsageFault where something is to be settled that is no protection and no project, before anything is solved."""
    if not names:
        return
    from friendshore.optimizer.studies.explain.settle import check_asked

    try:
        check_asked(problem, names)
    except ValueError as error:
        raise UsageFault(f"--settle {error}") from error


def with_settled(outcome: Outcome, request: Request, on_progress: OnProgress, began: float, memory: Memory) -> Outcome:
    """The plan with what was asked for settled; a signal leaves open what was not looked at yet.

    Parameters
    ----------
    outcome
        What the search came to.
    request
        What ``solve`` is asked.
    on_progress
        Called as the work goes on.
    began
        When the work began, as ``time.monotonic`` tells it: the time limit runs from there.
    memory
        What the search for the plan has learnt.

    Returns
    -------
    Outcome
        The same, with what was found.
    """
    from friendshore.optimizer.search.limits import Limits
    from friendshore.optimizer.studies.explain import settle

    asked = outcome.run.options
    if asked is None:
        return outcome
    limits = Limits(
        asked.gap,
        asked.time_limit,
        asked.threads,
        asked.seed,
        method=request.method,
        began=began,
        memory=memory.fixed(),
    )
    return settle.with_settled(outcome, request.settle, limits, on_progress=on_progress)


def with_baselines(outcome: Outcome, request: Request, on_progress: OnProgress, began: float) -> Outcome:
    """The plan beside doing nothing and the cheapest plan without rules; a signal leaves out what was not found yet.

    Parameters
    ----------
    outcome
        What the search came to.
    request
        What ``solve`` is asked.
    on_progress
        Called as the work goes on.
    began
        When the work began, as ``time.monotonic`` tells it: the time limit runs from there.

    Returns
    -------
    Outcome
        The same, with what was found.
    """
    from friendshore.optimizer.studies import baselines

    return baselines.with_baselines(
        outcome,
        time_limit=request.time_limit,
        threads=request.threads,
        seed=request.seed,
        method=request.method,
        on_progress=on_progress,
        began=began,
    )


def with_prices(
    outcome: Outcome,
    request: Request,
    on_progress: OnProgress,
    runner: Runner | None,
    signals: Signals,
    began: float,
    memory: Memory,
) -> Outcome:
    """Policies priced by solving again a step away; a signal leaves the plan as it is, without prices.

    Parameters
    ----------
    outcome
        What the search came to.
    request
        What ``solve`` is asked: with ``--prices`` each policy that binds, else of a small model those whose margin
        misleads.
    on_progress
        Called as the work goes on.
    runner
        The engine that searches with ``--prices``.
    signals
        What has arrived; they are looked at as each search ends.
    began
        When the work began, as ``time.monotonic`` tells it.
    memory
        What the search for the plan has learnt.

    Returns
    -------
    Outcome
        The same, with what was found.
    """
    from friendshore.optimizer.studies.prices import step_prices

    started = time.perf_counter()

    count = counting(on_progress, started, lambda progress: f"prices, {progress.done} of {progress.total}")

    def tell(progress: Progress) -> None:
        count(progress)
        if signals.seen:
            raise KeyboardInterrupt

    try:
        if request.prices:
            on_progress(Progress("prices", 0.0))
            outcome = step_prices.with_step_prices(
                outcome,
                gap=request.gap,
                time_limit=request.time_limit,
                threads=request.threads,
                seed=request.seed,
                method=request.method,
                runner=runner,
                on_progress=tell,
                memory=memory,
            )
        else:
            outcome = step_prices.with_misleading_prices(
                outcome,
                gap=request.gap,
                time_limit=request.time_limit,
                threads=request.threads,
                seed=request.seed,
                method=request.method,
                began=began,
                on_progress=tell,
            )
    except Abandoned:
        raise
    except KeyboardInterrupt:
        pass
    return with_seconds(outcome, {"prices": time.perf_counter() - started})


def with_seconds(outcome: Outcome, seconds: dict[str, float]) -> Outcome:
    """The outcome with the seconds of further phases."""
    run = dataclasses.replace(outcome.run, seconds={**outcome.run.seconds, **seconds})
    plan = None if outcome.plan is None else dataclasses.replace(outcome.plan, run=run)
    return dataclasses.replace(outcome, run=run, plan=plan)
