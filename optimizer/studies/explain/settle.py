"""Choices that a gap leaves open, settled: each held in and held out, and the costs of both cheapest plans compared.

The plan at hand is one of the two: with the bound of its search it gives the interval of the side that it takes, and
where the other side is proven to be dearer nothing else is searched. Else that side is searched as well, and where the
intervals still overlap both once more, to a gap that is smaller than what the choice costs. A plan that comes out
cheaper than the one at hand takes its place, where it bears out its certificate under the problem as it was asked.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from math import inf

from friendshore.models.plan import Options, Outcome, Plan, Status
from friendshore.models.plan.baselines import Interval
from friendshore.models.plan.settled import IMPOSSIBLE, Settled, Verdict
from friendshore.models.problem import Problem
from friendshore.optimizer.certify import certify
from friendshore.optimizer.reporting.frames import BASE, bought_protections
from friendshore.optimizer.reporting.undecided import HALF, choice_costs, open_choices
from friendshore.optimizer.search.limits import Limits
from friendshore.optimizer.studies.explain.held import held_in, held_out
from friendshore.optimizer.studies.explain.targets import PROJECTS, Target, target_of
from friendshore.optimizer.studies.explain.work import Enough, Work, working
from friendshore.optimizer.system.progress import OnProgress

ALL = "all"
"""Every choice that the gap leaves open."""

FINEST = 1e-6
"""Relative gap below which no search is sent."""

_SAME = 1e-9


def check_asked(problem: Problem, asked: Iterable[str]) -> None:
    """Raise ValueError where a name that is to be settled is no protection and no expansion of the problem."""
    for name in asked:
        if name.strip().casefold() != ALL:
            target_of(problem, name, PROJECTS)


def with_settled(
    outcome: Outcome, asked: tuple[str, ...], limits: Limits, *, on_progress: OnProgress | None = None
) -> Outcome:
    """The outcome with each of some choices settled, its plan the cheapest that was found.

    Parameters
    ----------
    outcome
        What a solve came to; without a certified plan it stays as it is, as where it was stopped.
    asked
        Names or cells of rows of Protections and Expansions, or ``all``: each that the gap leaves open.
    limits
        Gap, time, threads and seed of each search; the time holds for all of them and what went before together.
    on_progress
        Called as the work goes on.

    Returns
    -------
    Outcome
        ``plan.settled`` has a line for each choice that could be looked at; a signal or the end of the time leaves out
        the others.

    Raises
    ------
    ValueError
        Where a name is no row of these sheets.
    """
    if outcome.certified is None or outcome.bound is None or outcome.run.stopped:
        return outcome
    began = time.monotonic()
    targets = _targets(outcome.certified, asked)
    with working(limits, on_progress) as work:
        case = _Case(outcome, work)
        with suppress(Enough):
            for target in targets:
                case.found.append(case.settle(target))
    return _told(case, asked, time.monotonic() - began)


def _targets(plan: Plan, asked: tuple[str, ...]) -> tuple[Target, ...]:
    """The rows asked for, each once, in the order of asking; ``all`` stands for those left open, the cheapest first."""
    problem, made = plan.problem, dict[tuple[str, int], Target]()
    left_open = open_choices(plan)
    for name in asked:
        if name.strip().casefold() == ALL:
            names = sorted(left_open, key=lambda choice: (left_open[choice], choice))
            rows = [target_of(problem, id, (sheet,)) for sheet, id in names]
        else:
            rows = [target_of(problem, name, PROJECTS)]
        made |= {(row.sheet, row.row): row for row in rows}
    return tuple(made.values())


@dataclass
class _Case:
    """The cheapest plan so far, and what was found about the choices."""

    outcome: Outcome
    work: Work
    found: list[Settled] = field(default_factory=list)

    @property
    def plan(self) -> Plan:
        """The cheapest plan so far."""
        plan = self.outcome.plan
        if plan is None:
            raise ValueError("there is no plan")
        return plan

    def settle(self, target: Target) -> Settled:
        """One choice: first the side that the plan does not take; then, where that does not decide, both, finer."""
        known, asked = Interval(self.outcome.bound or 0.0, self.plan.objective), self.work.limits.gap
        unknown = Interval(known.low, inf)
        has, anywhere = _takes(self.plan, target)
        one = Settled(target.sheet, target.id, known if has else unknown, unknown if anywhere else known, gap=asked)
        for gap, both in ((asked, False), (self._finer(target, asked), True)):
            if one.verdict is Verdict.OPEN and (both or one.held_in.high == inf):
                one = dataclasses.replace(one, gap=gap, held_in=self._search(target, "held_in", one.held_in, gap))
            if one.verdict is Verdict.OPEN and (both or one.held_out.high == inf):
                one = dataclasses.replace(one, gap=gap, held_out=self._search(target, "held_out", one.held_out, gap))
        return one

    def _finer(self, target: Target, asked: float) -> float:
        """A gap that half of what the choice costs is above, half of that asked for at most."""
        cost = choice_costs(self.plan.problem).get((target.sheet, target.id), 0.0)
        share = HALF * cost / abs(self.plan.objective) if self.plan.objective else asked
        return min(asked, max(FINEST, min(share, asked / 2)))

    def _search(self, target: Target, side: str, before: Interval, gap: float) -> Interval:
        """The least cost of a plan with a choice held in, or out, within what is known of it already."""
        problem = self.plan.problem
        held = held_in(problem, target) if side == "held_in" else held_out(problem, target)
        if held is None:
            return IMPOSSIBLE
        limits = dataclasses.replace(self.work.limits, gap=gap)
        words = f"{target.words} {side.replace('_', ' ')}"
        outcome = dataclasses.replace(self.work, limits=limits).solve(held.problem, words, held.hold)
        if outcome.status is Status.INFEASIBLE:
            return IMPOSSIBLE
        low = before.low if outcome.bound is None else max(before.low, outcome.bound)
        plan = outcome.certified
        if plan is None:
            return Interval(min(low, before.high), before.high)
        high = min(before.high, plan.objective)
        self._adopt(plan, outcome)
        return Interval(min(low, high), high)

    def _adopt(self, plan: Plan, outcome: Outcome) -> None:
        """Take a plan in place of the one at hand where it is cheaper, and holds under the problem as it was asked."""
        mine, bound = self.plan, self.outcome.bound
        if bound is None or not plan.objective < mine.objective - _SAME * abs(mine.objective):
            return
        moved = dataclasses.replace(plan, problem=mine.problem)
        certificate = certify(moved)
        if not certificate.holds():
            return
        gap = max(0.0, plan.objective - bound) / abs(plan.objective) if plan.objective else 0.0
        run = dataclasses.replace(self.outcome.run, gap=gap, unsurvived=outcome.run.unsurvived)
        moved = dataclasses.replace(moved, certificate=certificate, run=run)
        self.outcome = dataclasses.replace(self.outcome, run=run, plan=moved)


def _takes(plan: Plan, target: Target) -> tuple[bool, bool]:
    """Whether a plan has a choice as it would be held in, and whether it has it on any path."""
    if target.sheet == "Protections":
        bought = target.id in bought_protections(plan)
        return bought, bought
    rows = plan.investments[plan.investments["expansion"] == target.id]
    units = float(rows.loc[rows["scenario"] == BASE, "units"].sum())
    least = min(1.0, plan.problem.expansions[target.id].max_units)
    return 0 < least <= units + _SAME, bool(len(rows))


def _told(case: _Case, asked: tuple[str, ...], seconds: float) -> Outcome:
    """The outcome with what was settled, how it was asked for, and how long it took."""
    run = case.outcome.run
    options = run.options or Options(case.work.limits.gap)
    log = tuple(f"settled {each.sheet} {each.id}: {each.verdict}" for each in case.found)
    run = dataclasses.replace(
        run,
        options=dataclasses.replace(options, settle=asked),
        seconds={**run.seconds, "settle": seconds},
        log=(*run.log, *log),
    )
    plan = dataclasses.replace(case.plan, run=run, settled=tuple(case.found))
    return dataclasses.replace(case.outcome, run=run, plan=plan)
