"""Benders decomposition of a program over the branches of its tree.

First the LP relaxation, its points drawn halfway towards the best so far (in-out separation; Ben-Ameur & Neto 2007,
Fischetti, Ljubić & Sinnl 2017), then searches for whole numbers with the cuts found, each followed by the LP that is
left when its whole numbers are held (McDaniel & Devine 1977). The bound is that of the master, which knows nothing but
cuts that hold for every plan: the gap is proven.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from optimizer.arrays import FloatArray
from optimizer.decompose.cuts import Cut, failing, grouping, rescaled, tangents
from optimizer.decompose.evaluate import FAILS, Evaluator, Valued
from optimizer.decompose.master import Master, MasterPlan
from optimizer.decompose.prices import row_prices
from optimizer.decompose.split import Parts
from optimizer.solver import Answer, SolverFault, solve_program
from optimizer.solver.answer import relative_gap
from optimizer.solver.run import Clock
from optimizer.solver.search import graded

HALFWAY = 0.5
"""How far towards the master's own point the branches are asked, while there is a better known one."""

RELAXED = 0.3
"""Share of the asked gap to which the LP relaxation is brought before whole numbers are searched for."""

SEARCHED = 0.4
"""Share of the asked gap to which the last search for whole numbers goes, and the LP after it."""

FIRST = 1.0
"""The gap of the first search in units of the asked one: a rough plan costs a tenth and tells the branches as much."""

NARROWER = 0.4
"""Share of the gap known so far to which every further search goes."""

FINISH = 1e-6
"""Relative gap to which the LP with the whole numbers of the plan held is brought in the end."""

FINISHING = 20
"""Rounds that this may take at most."""

MOST_ROUNDS = 1000
PRECISION = 1e-9
"""Money below which a difference of objectives means nothing."""
_VIOLATED = 2e-9

Planes = Callable[[FloatArray], tuple[Cut, ...]]
"""Rows that a point of the master lacks: the tangent planes of cones it leaves."""


@dataclass
class Best:
    """The best point of some LP or of all: what it costs, and what it means for the branches."""

    point: FloatArray | None = None
    cost: float = np.inf
    values: tuple[Valued, ...] = ()

    @property
    def feasible(self) -> bool:
        """Whether the policies of no branch fail."""
        return all(valued.feasible for valued in self.values)

    def take(self, point: FloatArray, cost: float, values: tuple[Valued, ...]) -> None:
        """Remember a point that costs less than the best so far."""
        if cost < self.cost:
            self.point, self.cost, self.values = point, cost, values

    def gap(self, bound: float, most: float) -> float:
        """(cost − bound) / |cost|, at most ``most``."""
        if not np.isfinite(self.cost) or not np.isfinite(bound):
            return most
        return min(most, max(0.0, self.cost - bound) / max(abs(self.cost), PRECISION))

    def within(self, bound: float, gap: float) -> bool:
        """Whether it is known to cost more than ``bound`` by at most a relative ``gap``."""
        return bool(np.isfinite(self.cost)) and self.cost - bound <= max(PRECISION, gap * abs(self.cost))


class Stopped(Exception):
    """The time is up or someone asked to stop."""


class Empty(Exception):
    """No plan satisfies the master as it stands."""


@dataclass
class Benders:
    """One run of the decomposition on the parts of a program."""

    parts: Parts
    gap: float
    clock: Clock
    planes: Planes
    threads: int | None = None
    workers: int = 2
    seed: int = 0
    bound: float = -np.inf
    best: Best = field(default_factory=Best)
    log: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._evaluator = Evaluator(self.parts.blocks, self.workers, self.seed)
        self._master: Master | None = None
        self._plan: MasterPlan | None = None

    def run(self) -> Answer:
        """The best plan found, its bound, and why the run ended early if it did.

        ``row_duals`` are those of rows across nodes alone, as far as the last LP was brought to its end. Raises
        SolverFault where the run cannot go on though it was not stopped.
        """
        stopped = ""
        try:
            self._begin()
            self._relaxation()
            self._whole_numbers()
            self._finish()
        except Stopped:
            stopped = self.clock.reason or "time limit"
        except Empty:
            return Answer("infeasible", asked_gap=self.gap, log=tuple(self.log))
        finally:
            self._evaluator.close()
        if self.best.point is None and not stopped:
            raise SolverFault("the decomposition came to its end without a plan")
        return self._answer(stopped)

    # -- phases ------------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        """The first cuts, at the plan that the base path alone would choose."""
        groups = grouping(self.parts)
        first = Master(self.parts.master, groups, self.threads, self.seed)
        plan = self._solved(first)
        values = self._values(plan.x)
        self._master = Master(self.parts.master, rescaled(groups, values), self.threads, self.seed)
        self.master.add([*(cut for cut in first.cuts if cut.lasting), *self._cuts(plan.x, values)])

    def _relaxation(self) -> None:
        center = self._converge(RELAXED * self.gap, np.inf, Best(), bounding=True)
        self.note(f"LP relaxation: bound {self.bound:,.6g}, best {center.cost:,.6g}")

    def _whole_numbers(self) -> None:
        """Search the master for whole numbers, ask the branches about them, until the gap is closed."""
        seen: set[bytes] = set()
        everything = not self.parts.master.integer.any()
        while not self.best.within(self.bound, self.gap):
            known_gap = self.best.gap(self.bound, FIRST * self.gap / NARROWER)
            found = self._search(max(SEARCHED * self.gap, NARROWER * known_gap), everything)
            whole = np.round(found[self.parts.master.integer])
            known = whole.tobytes() in seen
            if known and everything:
                return  # the search cannot tell more apart
            everything = known
            seen.add(whole.tobytes())
            self.master.hold(whole)
            self._held(SEARCHED * self.gap, self.best.cost - 0.5 * self.gap * abs(self.best.cost), Best())
            self.master.release()
            self.note(f"whole numbers: bound {self.bound:,.6g}, best {self.best.cost:,.6g}")

    def _finish(self) -> None:
        """Bring the LP that is left with the best whole numbers held to its end: plan and prices are then its own."""
        if self.best.point is None:
            return
        self.master.hold(self.best.point[self.parts.master.integer])
        self._held(FINISH, np.inf, replace(self.best), FINISHING)
        self.note(f"finished: best {self.best.cost:,.6g}")

    # -- one LP ------------------------------------------------------------------------------------------------------

    def _held(self, gap: float, useless: float, center: Best, rounds: int = MOST_ROUNDS) -> None:
        """``_converge`` with whole numbers held, which may leave no plan at all."""
        try:
            self._converge(gap, useless, center, rounds=rounds)
        except Empty:
            self.note("no plan with these whole numbers")

    def _converge(
        self, gap: float, useless: float, center: Best, *, bounding: bool = False, rounds: int = MOST_ROUNDS
    ) -> Best:
        """Bring the master's LP to a relative ``gap`` from ``center``; give up where its bound is beyond ``useless``.

        ``bounding``: no whole numbers are held, so that its bound is one for all plans. The centre is the best point
        with failures of policies priced; where it still fails at the end, feasibility cuts take its place.
        """
        alpha = HALFWAY
        for _ in range(rounds):
            plan = self._plan = self._solved(self.master)
            if bounding:
                self.bound = max(self.bound, plan.objective)
            if plan.objective > useless:
                break
            if center.within(plan.objective, gap):
                if center.feasible or not self._forbid(center):
                    break
                center = Best()
                continue
            outside = center.point is None or alpha == 1.0
            point = plan.x if center.point is None else alpha * plan.x + (1 - alpha) * center.point
            added = self._ask(point, plan, center)
            if not added and outside:
                if not self._forbid(center):
                    break
                center = Best()
            alpha = HALFWAY if added else 1.0
        return center

    def _ask(self, point: FloatArray, plan: MasterPlan, center: Best) -> int:
        """Ask the branches at a point; take in the cuts that the master's plan violates, and the point if better."""
        values = self._values(point)
        cost = self.parts.master.objective(point) + sum(valued.value for valued in values)
        center.take(point, cost, values)
        if self._whole(point) and all(valued.feasible for valued in values):
            self.best.take(point, cost, values)
        violated = [cut for cut in self._cuts(point, values) if self.master.excess(cut, plan) > _VIOLATED]
        self.master.add(violated)
        self.clock.report(self.best.cost, self.bound)
        return len(violated)

    def _forbid(self, center: Best) -> int:
        """Feasibility cuts at a centre whose policies fail although failing is priced; how many there are."""
        wrong = [b for b, valued in enumerate(center.values) if not valued.feasible]
        if center.point is None or not wrong:
            return 0
        found = self._evaluator.evaluate(center.point, wrong, self._stop, failures=True)
        if found is None:
            raise Stopped
        judged = [(b, valued) for b, valued in zip(wrong, found, strict=True) if valued.value > FAILS]
        self.master.add([failing(self.parts.blocks, center.point, b, valued) for b, valued in judged])
        return len(judged)

    def _cuts(self, point: FloatArray, values: tuple[Valued, ...]) -> list[Cut]:
        return list(tangents(self.parts.blocks, self.master.groups, point, values))

    def _whole(self, point: FloatArray) -> bool:
        chosen = point[self.parts.master.integer]
        return bool((chosen == np.round(chosen)).all())

    # -- pieces ------------------------------------------------------------------------------------------------------

    @property
    def master(self) -> Master:
        """The master once it has begun."""
        assert self._master is not None  # noqa: S101 - run() begins with it
        return self._master

    def _stop(self) -> bool:
        return bool(self.clock.reason) or self.clock.remaining <= 0

    def _solved(self, master: Master) -> MasterPlan:
        """The LP of a master, with the planes of the cones that its solution leaves."""
        while True:
            if self._stop():
                raise Stopped
            plan = master.solve()
            if not isinstance(plan, MasterPlan):
                if plan.status == "infeasible":
                    raise Empty
                raise SolverFault(f"the master could not be solved: {plan.status}")
            lacking = self.planes(plan.x)
            if not lacking:
                return plan
            master.add(lacking)

    def _values(self, x: FloatArray) -> tuple[Valued, ...]:
        found = self._evaluator.evaluate(x, range(len(self.parts.blocks)), self._stop)
        if found is None:
            raise Stopped
        return tuple(found)

    def _search(self, gap: float, everything: bool) -> FloatArray:
        """Whole numbers for the master with its cuts, to a gap; the bound is what the search proves."""
        left = None if np.isinf(self.clock.remaining) else self.clock.remaining
        answer = solve_program(
            self.master.searched(everything), gap=gap, time_limit=left, threads=self.threads,
            seed=self.seed, interrupt=lambda: bool(self.clock.reason),
            progress=lambda phase, elapsed, best, bound, gap: self.clock.report(
                self.best.cost, self.bound if bound is None else max(self.bound, bound)
            ),
        )  # fmt: skip
        if answer.status == "infeasible":
            raise Empty
        if answer.bound is not None:
            self.bound = max(self.bound, answer.bound)
        if answer.stopped or answer.columns is None:
            raise Stopped
        return answer.columns[: self.parts.master.columns]

    def note(self, line: str) -> None:
        """Add a line to the log."""
        solves, pivots = self._evaluator.solves, self._evaluator.iterations
        self.log.append(
            f"{self.clock.elapsed:8.2f} s  {line}; "
            f"{len(self.master.cuts):,} cuts, {solves:,} branches solved, {pivots:,} pivots"
        )

    def _answer(self, stopped: str) -> Answer:
        if self.best.point is None:
            bound = self.bound if np.isfinite(self.bound) else None
            return Answer("no_plan", stopped, bound=bound, asked_gap=self.gap, log=tuple(self.log))
        columns = self.parts.joined(self.best.point, [valued.columns for valued in self.best.values])
        objective = self.parts.whole.objective(columns)
        duals = None if stopped or self._plan is None else row_prices(self.parts, self.master, self._plan)
        bound = min(self.bound, objective) if np.isfinite(self.bound) else None
        answer = Answer(
            "feasible", stopped, columns, duals, objective, bound, relative_gap(objective, bound, PRECISION), self.gap,
            PRECISION, log=tuple(self.log),
        )  # fmt: skip
        return graded(answer, proven=bound is not None)
