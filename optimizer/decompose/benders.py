"""solve_by_parts: Benders decomposition of a program over the branches of its tree.

First the LP relaxation, its points drawn halfway towards the best so far (in-out separation; Ben-Ameur & Neto 2007,
Fischetti, Ljubić & Sinnl 2017), then searches for whole numbers with the cuts found, each followed by the LP that is
left when its whole numbers are held. The bound is that of the master, which knows no more than cuts that hold for every
plan: the gap is proven.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from optimizer.arrays import FloatArray
from optimizer.decompose.cuts import Cut, cuts_at, grouping, rescaled
from optimizer.decompose.evaluate import Evaluator, Valued
from optimizer.decompose.master import Master, MasterPlan
from optimizer.decompose.split import Parts
from optimizer.interrupts import watching
from optimizer.solver import Answer, Interrupt, Progress, SolverFault, solve_program
from optimizer.solver.answer import relative_gap
from optimizer.solver.run import Clock

HALFWAY = 0.5
"""How far towards the master's own point the branches are asked, while there is a better known one."""

RELAXED = 0.1
"""Share of the asked gap to which the LP relaxation is brought before whole numbers are searched for."""

FINISH = 1e-7
"""Relative gap to which the LP with the whole numbers of the plan held is brought in the end."""

MOST_ROUNDS = 500
_VIOLATED = 1e-7


@dataclass
class _State:
    """What is known so far: the best point with what it means for the branches, its objective, the proven bound."""

    point: FloatArray | None = None
    values: tuple[Valued, ...] = ()
    best: float = np.inf
    bound: float = -np.inf
    log: list[str] = field(default_factory=list)

    @property
    def gap(self) -> float:
        """(best − bound) / |best|, inf where one of them is not known."""
        if not np.isfinite(self.best) or not np.isfinite(self.bound):
            return np.inf
        return max(0.0, self.best - self.bound) / max(abs(self.best), 1e-9)


class _Stopped(Exception):
    """The time is up or someone asked to stop."""


class _Infeasible(Exception):
    """No plan satisfies the master."""


@dataclass
class _Center:
    """The best point of one LP and what it costs."""

    point: FloatArray | None = None
    cost: float = np.inf
    values: tuple[Valued, ...] = ()


def _closed(cost: float, bound: float, gap: float) -> bool:
    return bool(np.isfinite(cost)) and cost - bound <= gap * abs(cost)


class Benders:
    """One run of the decomposition on the parts of a program."""

    def __init__(
        self, parts: Parts, *, gap: float, clock: Clock, threads: int | None = None, workers: int = 2, seed: int = 0
    ) -> None:
        self.parts = parts
        self.gap = gap
        self.clock = clock
        self.threads = threads
        self.seed = seed
        self.state = _State()
        self._every = range(len(parts.blocks))
        self._evaluator = Evaluator(parts.blocks, workers, seed)
        self._master: Master | None = None

    def run(self) -> Answer:
        """The best plan found, its bound, and why the run ended early if it did."""
        stopped = ""
        try:
            self._begin()
            self._relaxation()
            self._whole_numbers()
        except _Stopped:
            stopped = self.clock.reason or "time limit"
        except _Infeasible:
            return Answer("infeasible", asked_gap=self.gap, log=tuple(self.state.log))
        finally:
            self._evaluator.close()
        return self._answer(stopped)

    # -- phases ------------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        """The first cuts, at the plan that the base path alone would choose."""
        groups = grouping(self.parts)
        first = Master(self.parts.master, groups, self.threads, self.seed)
        plan = self._solved(first)
        values = self._values(plan.x)
        self._master = Master(self.parts.master, rescaled(groups, values), self.threads, self.seed)
        self._master.add(list(cuts_at(self.parts.blocks, self._master.groups, plan.x, values)))

    def _relaxation(self) -> None:
        center = self._converge(_Center(), RELAXED * self.gap, np.inf, relaxed=True)
        self.note(f"LP relaxation: bound {self.state.bound:,.6g}, best {center.cost:,.6g}")

    def _whole_numbers(self) -> None:
        master = self.master
        if not self.parts.master.integer.any():
            return
        seen: set[bytes] = set()
        everything = False
        while self.state.gap > self.gap:
            master.release()
            x, bound = self._search(everything)
            self.state.bound = max(self.state.bound, bound)
            whole = np.round(x[self.parts.master.integer])
            everything = whole.tobytes() in seen
            seen.add(whole.tobytes())
            master.hold(whole)
            self._converge(_Center(), 0.25 * self.gap, self.state.best * (1 - 0.5 * self.gap), start=x)
            self.note(f"whole numbers: bound {self.state.bound:,.6g}, best {self.state.best:,.6g}, gap {self.state.gap:.3%}")

    # -- one LP ------------------------------------------------------------------------------------------------------

    def _converge(
        self, center: _Center, gap: float, useless: float, *, relaxed: bool = False, start: FloatArray | None = None
    ) -> _Center:
        """Bring the master's LP to a relative ``gap``; give it up where its bound is beyond ``useless``.

        ``relaxed``: its bound is one for all plans, and its points need not be whole.
        """
        alpha = HALFWAY
        for _ in range(MOST_ROUNDS):
            plan = self._solved(self.master)
            if relaxed:
                self.state.bound = max(self.state.bound, plan.objective)
            if plan.objective > useless or _closed(center.cost, plan.objective, gap):
                return center
            point = plan.x if center.point is None else alpha * plan.x + (1 - alpha) * center.point
            if start is not None:
                point, start = start, None
            added = self._ask(point, plan, center, relaxed)
            alpha = HALFWAY if added else 1.0
            if not added and point is plan.x:
                return center
        return center

    def _ask(self, point: FloatArray, plan: MasterPlan, center: _Center, relaxed: bool) -> int:
        """Ask the branches at a point; take in the cuts that the master's plan violates, and the point if better."""
        values = self._values(point)
        if all(valued.feasible for valued in values):
            cost = self._cost(point, values)
            if cost < center.cost:
                center.point, center.cost, center.values = point, cost, values
            if not relaxed and cost < self.state.best:
                self.state.point, self.state.best, self.state.values = point, cost, values
        found = list(cuts_at(self.parts.blocks, self.master.groups, point, values))
        violated = [cut for cut in found if self._excess(cut, plan) > _VIOLATED]
        self.master.add(violated)
        self.clock.report(self.state.best, self.state.bound)
        return len(violated)

    def _excess(self, cut: Cut, plan: MasterPlan) -> float:
        return self.master.excess(cut, plan) / max(1.0, abs(cut.right))

    # -- pieces ------------------------------------------------------------------------------------------------------

    @property
    def master(self) -> Master:
        """The master once it has begun."""
        assert self._master is not None  # noqa: S101 - run() begins with it
        return self._master

    def _solved(self, master: Master) -> MasterPlan:
        if self.clock.reason or self.clock.remaining <= 0:
            raise _Stopped
        plan = master.solve()
        if isinstance(plan, MasterPlan):
            return plan
        if plan.status == "infeasible":
            raise _Infeasible
        raise SolverFault(f"the master could not be solved: {plan.status}")

    def _values(self, x: FloatArray) -> tuple[Valued, ...]:
        found = self._evaluator.evaluate(x, self._every, lambda: bool(self.clock.reason) or self.clock.remaining <= 0)
        if found is None:
            raise _Stopped
        return tuple(found)

    def _cost(self, x: FloatArray, values: tuple[Valued, ...]) -> float:
        return self.parts.master.objective(x) + sum(valued.value for valued in values)

    def _search(self, everything: bool) -> tuple[FloatArray, float]:
        """Whole numbers for the master with its cuts, and the bound that the search proves."""
        program = self.master.searched(everything)
        left = None if np.isinf(self.clock.remaining) else self.clock.remaining
        answer = solve_program(
            program, gap=0.25 * self.gap, time_limit=left, threads=self.threads, seed=self.seed,
            interrupt=lambda: bool(self.clock.reason),
        )  # fmt: skip
        if answer.status == "infeasible":
            raise _Infeasible
        if answer.bound is not None:
            self.state.bound = max(self.state.bound, answer.bound)
        if answer.columns is None or answer.bound is None:
            raise _Stopped
        return answer.columns[: self.parts.master.columns], answer.bound

    def note(self, line: str) -> None:
        """Add a line to the log."""
        solves, pivots = self._evaluator.solves, self._evaluator.iterations
        self.state.log.append(
            f"{self.clock.elapsed:8.2f} s  {line}; {len(self.master.cuts):,} cuts, {solves:,} branches solved, {pivots:,} pivots"
        )

    def _answer(self, stopped: str) -> Answer:
        state = self.state
        if state.point is None:
            bound = state.bound if np.isfinite(state.bound) else None
            return Answer("no_plan", stopped, bound=bound, asked_gap=self.gap, log=tuple(state.log))
        columns = self.parts.joined(state.point, [valued.columns for valued in state.values])
        objective = self.parts.whole.objective(columns)
        bound = min(state.bound, objective)
        gap = relative_gap(objective, bound, 1e-9)
        within = gap is not None and gap <= self.gap * (1 + 1e-9)
        return Answer(
            "optimal" if within else "feasible", stopped, columns, None, objective, bound, gap, self.gap,
            log=tuple(state.log),
        )  # fmt: skip
