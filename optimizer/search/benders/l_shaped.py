"""The L-shaped method: the master's linear program brought together with what its branches answer, cut by cut.

In-out separation (Ben-Ameur & Neto 2007; Fischetti, Ljubić & Sinnl 2017): the branches are asked halfway between the
master's own point and the best one so far, which tells more than either and keeps the search from swinging.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.benders.cuts import Cut, feasibility_cut, grouping, optimality_cuts, rescaled
from friendshore.optimizer.search.benders.evaluate import FAILS, BlockValue, Evaluator
from friendshore.optimizer.search.benders.incumbent import Incumbent
from friendshore.optimizer.search.benders.master import Master, MasterPlan
from friendshore.optimizer.search.benders.split import Parts
from friendshore.optimizer.search.benders.steps import HALFWAY, Asked, next_share, stands_still
from friendshore.optimizer.search.benders.stopping import MasterInfeasible, SearchStopped
from friendshore.optimizer.solver import SolverFault
from friendshore.optimizer.solver.run import Clock

MOST_ROUNDS = 1000
_VIOLATED = 2e-9

Planes = Callable[[FloatArray], tuple[Cut, ...]]
"""Rows that a point of the master lacks: the tangent planes of cones it leaves."""


@dataclass
class LShaped:
    """The master, its branches, and what is known so far.

    Parameters
    ----------
    parts
        Master and blocks.
    clock
        When to stop.
    planes
        Rows that a point of the master lacks.
    threads, seed
        Threads of the solver (None: its own choice) and its random seed.
    workers
        Threads that solve blocks.
    bound
        Proven lower bound on the cost of every plan.
    patient
        Whether what is being done is short enough, and worth enough, to be brought to its end after a word to stop.
    exact
        Whether the branches are brought within their cones at every point, not only where that decides.
    incumbent
        The best plan with whole numbers.
    keep
        Whether cuts hold on to their multipliers, for a run to come.
    master
        The master, from when it has begun.
    """

    parts: Parts
    clock: Clock
    planes: Planes
    threads: int | None = None
    workers: int = 2
    seed: int = 0
    bound: float = -np.inf
    patient: bool = False
    exact: bool = False
    incumbent: Incumbent = field(default_factory=Incumbent)
    keep: bool = False
    master: Master = field(init=False)

    def __post_init__(self) -> None:
        self.evaluator = Evaluator(self.parts.blocks, self.workers, self.seed)
        self.last: MasterPlan | None = None
        """The master's last LP within ``converge``."""

    def begin(self) -> None:
        """The first cuts, at the plan that the base path alone would choose."""
        groups = grouping(self.parts)
        first = Master(self.parts.master, groups, self.threads, self.seed)
        plan = self.solved(first)
        values = self._values(plan.x)
        groups = rescaled(groups, [value.value for value in values])
        self.master = Master(self.parts.master, groups, self.threads, self.seed)
        self.master.add([*(cut for cut in first.cuts if cut.lasting), *self._cuts(plan.x, values)])

    def asked(self, point: FloatArray, which: Sequence[int], **how: bool) -> list[BlockValue]:
        """What some blocks cost at a point of the master; SearchStopped where the time is up.

        Parameters
        ----------
        point, which, how
            As for ``Evaluator.evaluate``.

        Returns
        -------
        list of BlockValue
            In the order of ``which``.
        """
        values = self.evaluator.evaluate(point, which, self.stop, **how)
        if values is None:
            raise SearchStopped
        return list(values)

    def converge_fixed(self, gap: float, useless: float, center: Incumbent, rounds: int = MOST_ROUNDS) -> None:
        """``converge`` with whole numbers fixed, which may leave no plan at all.

        Parameters
        ----------
        gap, useless, center, rounds
            As for ``converge``.
        """
        try:
            self.converge(gap, useless, center, rounds=rounds)
        except MasterInfeasible:
            return

    def converge(
        self,
        gap: float,
        useless: float,
        center: Incumbent,
        *,
        bounding: bool = False,
        rounds: int = MOST_ROUNDS,
        enough: float | None = None,
        rising: float = -np.inf,
    ) -> Incumbent:
        """Bring the master's LP together with its branches.

        Parameters
        ----------
        gap
            Relative gap between the LP and the best point at which to end.
        useless
            Give up where the LP costs more than this.
        center
            The best point so far, with failures of policies priced; where it still fails at the end, feasibility cuts
            take its place.
        bounding
            No whole numbers are fixed, so that the LP is a bound for all plans.
        rounds
            How often the branches are solved at most.
        enough
            Gap of the best plan at whose proof to end; None: it does not count.
        rising
            Share of itself by which the LP has to have risen to go on where policies fail at the end a second time; see
            ``stands_still`` too.

        Returns
        -------
        Incumbent
            The best point of this LP.
        """
        alpha, ended, lowers = HALFWAY, -np.inf, list[float]()
        for _ in range(rounds):
            plan = self.last = self.solved(self.master)
            lowers.append(plan.objective)
            if bounding:
                self.bound = max(self.bound, plan.objective)
            proven = enough is not None and self.incumbent.within(self.bound, enough)
            if plan.objective > useless or proven or self.incumbent.settled or stands_still(lowers, center, rising):
                break
            if at_end := center.within(plan.objective, gap):
                if plan.objective - ended < rising * abs(plan.objective):
                    break
                ended = plan.objective
            else:
                share = 1.0 if center.point is None else alpha
                asked = self._separate(share, plan, center)
                at_end, alpha = not asked.added and share == 1.0, next_share(asked)
            if at_end:
                remedied = self._remedied(center)
                if remedied is None:
                    break
                center = remedied
        return center

    def end_on_vertex(self, tolerance: float, gap: float) -> None:
        """Take the last LP's own point for the incumbent, where it is as good.

        The incumbent is a mean of vertices, and thousandths of a ton that one of them shipped are left in it. The
        vertex takes its place only if it is a plan, costs no more than ``tolerance`` more, and is within the target
        gap where the incumbent is; else the incumbent stays.

        Parameters
        ----------
        tolerance
            By how much it may cost more, as a share of the incumbent's cost.
        gap
            The target gap of the run.
        """
        if self.last is None:
            return
        values = self._values(self.last.x, exact=True)
        vertex = replace(self.incumbent, point=self.last.x, cost=self._cost(self.last.x, values), values=values)
        if not self._is_plan(self.last.x, values):
            return
        dearer = not vertex.settled and vertex.cost > self.incumbent.cost + tolerance * abs(self.incumbent.cost)
        proof_lost = self.incumbent.within(self.bound, gap) and not vertex.within(self.bound, gap)
        if not (dearer or proof_lost):
            self.incumbent = vertex

    def _cost(self, point: FloatArray, values: tuple[BlockValue, ...]) -> float:
        return self.parts.master.objective(point) + sum(value.value for value in values)

    def _separate(self, share: float, plan: MasterPlan, center: Incumbent) -> Asked:
        """Ask the branches so far from the centre towards a plan; add cuts it violates, keep the point if better."""
        point = plan.x if center.point is None else share * plan.x + (1 - share) * center.point
        values, before = self._values(point), center.cost
        cuts = self.taken(point, values, center)
        violated = [cut for cut in cuts if self.master.violation(cut, plan) > _VIOLATED]
        self.master.add(violated)
        self.clock.report(self.incumbent.cost, self.bound)
        fails = any(value.failure > FAILS for value in values)
        return Asked(share, plan.objective, before, self._cost(point, values), len(violated), fails)

    def taken(self, point: FloatArray, values: tuple[BlockValue, ...], center: Incumbent) -> list[Cut]:
        """Keep a point with what its branches cost, if better, as a centre and as the best plan; the cuts it gives.

        Parameters
        ----------
        point, values, center
            The point, shape (columns of the master), every block at it, and the centre.

        Returns
        -------
        list of Cut
            One a group.
        """
        cost = self._cost(point, values)
        center.update(point, cost, values)
        if self._is_plan(point, values):
            self.incumbent.update(point, cost, values)
        return self._cuts(point, values)

    def _remedied(self, center: Incumbent) -> Incumbent | None:
        """The centre with its blocks within their cones, or none where policies fail at it; None where all is well."""
        outside = [b for b, value in enumerate(center.values) if not value.within]
        if center.point is None or center.feasible:
            return None
        if not outside:
            return Incumbent() if self.forbid(center) else None
        brought = self.asked(center.point, outside, exact=True)
        values = list(center.values)
        for b, value in zip(outside, brought, strict=True):
            values[b] = value
        exact = Incumbent()
        self.master.add(self.taken(center.point, tuple(values), exact))
        return exact

    def forbid(self, center: Incumbent) -> int:
        """Keep out a centre whose policies fail although failing is priced; how many blocks there is an answer to.

        It becomes dearer, as most of it is a choice; blocks where it is dear are asked whether they have to fail.
        """
        wrong = [b for b, value in enumerate(center.values) if not value.feasible]
        if center.point is None or not wrong:
            return 0
        dear = self.evaluator.dear(wrong)
        failures = self.asked(center.point, dear, failures=True)
        failed = [(b, value) for b, value in zip(dear, failures, strict=True) if value.value > FAILS]
        blocks, keep = self.parts.blocks, self.keep
        self.master.add([feasibility_cut(blocks, center.point, b, value, keep=keep) for b, value in failed])
        return max(len(failed), self.evaluator.price_failures_higher(wrong))

    def _cuts(self, point: FloatArray, values: tuple[BlockValue, ...]) -> list[Cut]:
        return list(optimality_cuts(self.parts.blocks, self.master.groups, point, values, keep=self.keep))

    def _is_plan(self, point: FloatArray, values: tuple[BlockValue, ...]) -> bool:
        """Whether its whole numbers are whole and the policies of no branch fail."""
        chosen = point[self.parts.master.integer]
        return bool((chosen == np.round(chosen)).all()) and all(value.feasible for value in values)

    def stop(self) -> bool:
        """Whether the time is up or someone asked to stop."""
        return not self.patient and (bool(self.clock.reason) or self.clock.remaining <= 0)

    def solved(self, master: Master) -> MasterPlan:
        """The LP of a master, with the planes of the cones that its solution leaves."""
        while True:
            if self.stop():
                raise SearchStopped
            answer = master.solve()
            if answer.status == "infeasible":
                raise MasterInfeasible
            if answer.status != "optimal":
                raise SolverFault(f"the master could not be solved: {answer.status}")
            plan = master.plan(answer)
            lacking = self.planes(plan.x)
            if not lacking:
                return plan
            master.add(lacking)

    def _values(self, x: FloatArray, *, exact: bool = False) -> tuple[BlockValue, ...]:
        return tuple(self.asked(x, range(len(self.parts.blocks)), exact=exact or self.exact))
