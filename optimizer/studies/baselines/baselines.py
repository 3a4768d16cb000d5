"""A plan beside doing nothing, and beside the cheapest plan without rules: what it costs more, and what it averts.

Both are solved as the problem itself is: extensive form or decomposition, certified. Doing nothing is a linear program;
the plan without rules is known within a gap, so that the premium is an interval. Its search is no finer than
``COARSE``, and the plan itself, which satisfies the problem without rules too, bounds it from above.
"""

from __future__ import annotations

import dataclasses
import time
from dataclasses import dataclass
from math import isfinite

from friendshore.models.findings import InvalidProblem
from friendshore.models.plan import Outcome, Plan, Run
from friendshore.models.plan.baselines import Baselines, Course, Interval
from friendshore.models.problem import Problem
from friendshore.models.tree.discounting import years_in_money
from friendshore.optimizer.reporting.benefits import borne
from friendshore.optimizer.search.method import Method
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.solver import SolverFault
from friendshore.optimizer.studies.baselines.variants import nothing_done, without_rules
from friendshore.optimizer.system.progress import OnProgress, Progress

COARSE = 0.002
"""Least relative gap of the search without rules where the model is large: what it tells is a premium, not a plan."""

LARGE = 15_000
"""Columns of a model from which on that gap is the least."""

PHASES = ("doing nothing", "without rules")
_EARLY = ("time limit", "interrupted")


def with_baselines(
    outcome: Outcome,
    *,
    time_limit: float | None = None,
    threads: int | None = None,
    seed: int = 0,
    method: str = Method.AUTO,
    on_progress: OnProgress | None = None,
    began: float | None = None,
) -> Outcome:
    """The outcome with the baselines of its plan; as it is where there is no plan or where it was stopped.

    Parameters
    ----------
    outcome
        What a solve came to.
    time_limit
        Longest search in seconds, that of the plan included: what it has left is what there is for the baselines. None
        takes it from Settings.
    threads, seed, method
        As for ``solve_problem``.
    on_progress
        Called as there, in the phases ``doing nothing`` and ``without rules``; its seconds go on.
    began
        When the solve began, as ``time.monotonic`` tells it: limit and seconds run from there. None: as long ago as its
        phases took.

    Returns
    -------
    Outcome
        The same outcome; in a baseline that was not found in the time nothing is told.
    """
    plan = outcome.plan
    if plan is None or outcome.run.stopped in _EARLY:
        return outcome
    settings = plan.problem.settings
    limit = settings.time_limit if time_limit is None else time_limit
    started = time.monotonic()
    begun = started - _spent(outcome.run) if began is None else began
    search = _Search(limit, begun, threads, seed, method, on_progress)
    nothing = search.course(nothing_done(plan.problem), PHASES[0], 0.0)
    ruled = bool(plan.problem.policies) or settings.risk_aversion > 0
    without = search.course(without_rules(plan.problem), PHASES[1], _gap(outcome)) if ruled else course_of(outcome)
    mine = _course(plan, plan.expected_cost)
    years = years_in_money(settings.discount_rate, plan.problem.horizon)
    found = Baselines(mine, years, nothing, None if without is None else _lower(without, mine))
    run = dataclasses.replace(outcome.run, seconds={**outcome.run.seconds, "baselines": time.monotonic() - started})
    return dataclasses.replace(outcome, run=run, plan=dataclasses.replace(plan, run=run, baselines=found))


@dataclass(frozen=True)
class _Search:
    """How the baselines are searched; the time limit runs from ``began`` on, when the search for the plan did."""

    time_limit: float | None
    began: float
    threads: int | None
    seed: int
    method: str
    on_progress: OnProgress | None

    @property
    def seconds(self) -> float:
        """Elapsed since the solve began."""
        return time.monotonic() - self.began

    def course(self, problem: Problem, phase: str, gap: float) -> Course | None:
        """The course of a problem's plan; None where none is found in the time that is left."""
        left = None if self.time_limit is None else self.time_limit - self.seconds
        if left is not None and left <= 0:
            return None
        try:
            found = solve_problem(
                problem,
                gap=gap,
                time_limit=left,
                threads=self.threads,
                seed=self.seed,
                method=self.method,
                on_progress=self._told_in(phase),
            )
        except (SolverFault, InvalidProblem):  # what the plan has left of the memory may be too little
            return None
        return course_of(found)

    def _told_in(self, phase: str) -> OnProgress | None:
        on_progress = self.on_progress
        if on_progress is None:
            return None

        def tell(progress: Progress) -> None:
            on_progress(dataclasses.replace(progress, phase=phase, seconds=self.seconds))

        return tell


def _spent(run: Run) -> float:
    """Seconds of a run that count towards its limit."""
    return sum(seconds for name, seconds in run.seconds.items() if name not in ("total", "read"))


def _gap(outcome: Outcome) -> float:
    """The gap that was asked for, no less than ``COARSE`` where the model is large."""
    asked = outcome.run.options.gap if outcome.run.options else 0.0
    return max(asked, COARSE) if outcome.run.size.columns >= LARGE else asked


def course_of(outcome: Outcome) -> Course | None:
    """The course that a solve found, at least expected cost; None where it has no plan, no bound or does not hold."""
    plan = outcome.certified
    if plan is None or outcome.bound is None or not isfinite(outcome.bound):
        return None
    return _course(plan, min(outcome.bound, plan.expected_cost))


def _course(plan: Plan, low: float) -> Course:
    damage = float(plan.costs_by_kind.get("shortage", 0.0))
    return Course(Interval(low, plan.expected_cost), damage, borne(plan))


def _lower(found: Course, plan: Course) -> Course:
    """What was found without rules, or the plan itself where that is cheaper: it satisfies no rules as well."""
    return (
        found
        if found.cost.high <= plan.cost.high
        else dataclasses.replace(plan, cost=Interval(min(found.cost.low, plan.cost.high), plan.cost.high))
    )
