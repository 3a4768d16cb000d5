"""The linear programs of the decomposition: the master brought together with what its branches answer.

In-out separation (Ben-Ameur & Neto 2007; Fischetti, Ljubić & Sinnl 2017): the branches are asked halfway between the
master's own point and the best one so far, which tells more than either and keeps the search from swinging.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.benders.cuts import Cut, failing, grouping, rescaled, tangents
from friendshore.optimizer.search.benders.evaluate import FAILS, Evaluator, Valued
from friendshore.optimizer.search.benders.master import Master, MasterPlan
from friendshore.optimizer.search.benders.split import Parts
from friendshore.optimizer.solver import SolverFault
from friendshore.optimizer.solver.run import Clock

HALFWAY = 0.5
"""How far towards the master's own point the branches are asked, while there is a better known one."""

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
class Linear:
    """The master, its branches, and what is known so far: the best plan with whole numbers, and the proven bound."""

    parts: Parts
    clock: Clock
    planes: Planes
    threads: int | None = None
    workers: int = 2
    seed: int = 0
    bound: float = -np.inf
    patient: bool = False
    """Whether what is being done is short enough, and worth enough, to be brought to its end after a word to stop."""
    best: Best = field(default_factory=Best)

    def __post_init__(self) -> None:
        self.evaluator = Evaluator(self.parts.blocks, self.workers, self.seed)
        self.last: MasterPlan | None = None
        """The master's last LP within ``converge``."""
        self._master: Master | None = None

    def begin(self) -> None:
        """The first cuts, at the plan that the base path alone would choose."""
        groups = grouping(self.parts)
        first = Master(self.parts.master, groups, self.threads, self.seed)
        plan = self.solved(first)
        values = self._values(plan.x)
        self._master = Master(self.parts.master, rescaled(groups, values), self.threads, self.seed)
        self.master.add([*(cut for cut in first.cuts if cut.lasting), *self._cuts(plan.x, values)])

    def held(self, gap: float, useless: float, center: Best, rounds: int = MOST_ROUNDS) -> None:
        """``converge`` with whole numbers held, which may leave no plan at all."""
        try:
            self.converge(gap, useless, center, rounds=rounds)
        except Empty:
            return

    def converge(
        self, gap: float, useless: float, center: Best, *, bounding: bool = False, rounds: int = MOST_ROUNDS
    ) -> Best:
        """Bring the master's LP to a relative ``gap`` from ``center``; give up where its bound is beyond ``useless``.

        ``bounding``: no whole numbers are held, so that its bound is one for all plans. The centre is the best point
        with failures of policies priced; where it still fails at the end, feasibility cuts take its place.
        """
        alpha = HALFWAY
        for _ in range(rounds):
            plan = self.last = self.solved(self.master)
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

    def corner(self, dearer: float) -> None:
        """The last LP's own point for the best one, where it is as good to within a share of its cost.

        The best is a mean of corners, and thousandths of a ton that one of them shipped are left in it.
        """
        if self.last is None:
            return
        values = self._values(self.last.x)
        cost = self._cost(self.last.x, values)
        if self._is_plan(self.last.x, values) and cost <= self.best.cost + dearer * abs(self.best.cost):
            self.best = Best(self.last.x, cost, values)

    def _cost(self, point: FloatArray, values: tuple[Valued, ...]) -> float:
        return self.parts.master.objective(point) + sum(valued.value for valued in values)

    def _ask(self, point: FloatArray, plan: MasterPlan, center: Best) -> int:
        """Ask the branches at a point; take in the cuts that the master's plan violates, and the point if better."""
        values = self._values(point)
        cost = self._cost(point, values)
        center.take(point, cost, values)
        if self._is_plan(point, values):
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
        found = self.evaluator.evaluate(center.point, wrong, self.stop, failures=True)
        if found is None:
            raise Stopped
        judged = [(b, valued) for b, valued in zip(wrong, found, strict=True) if valued.value > FAILS]
        self.master.add([failing(self.parts.blocks, center.point, b, valued) for b, valued in judged])
        return len(judged)

    def _cuts(self, point: FloatArray, values: tuple[Valued, ...]) -> list[Cut]:
        return list(tangents(self.parts.blocks, self.master.groups, point, values))

    def _is_plan(self, point: FloatArray, values: tuple[Valued, ...]) -> bool:
        """Whether its whole numbers are whole and the policies of no branch fail."""
        chosen = point[self.parts.master.integer]
        return bool((chosen == np.round(chosen)).all()) and all(valued.feasible for valued in values)

    @property
    def master(self) -> Master:
        """The master once it has begun."""
        assert self._master is not None  # noqa: S101 - run() begins with it
        return self._master

    def stop(self) -> bool:
        """Whether the time is up or someone asked to stop."""
        return not self.patient and (bool(self.clock.reason) or self.clock.remaining <= 0)

    def solved(self, master: Master) -> MasterPlan:
        """The LP of a master, with the planes of the cones that its solution leaves."""
        while True:
            if self.stop():
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
        found = self.evaluator.evaluate(x, range(len(self.parts.blocks)), self.stop)
        if found is None:
            raise Stopped
        return tuple(found)
