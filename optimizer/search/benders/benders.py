"""Benders decomposition of a program over the branches of its tree.

First the LP relaxation, then searches for whole numbers with the cuts found, each followed by the LP that is left when
its whole numbers are fixed (McDaniel & Devine 1977). The bound is that of the master, which knows nothing but
cuts that hold for every plan: the gap is proven.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.benders.before import PlanBefore
from friendshore.optimizer.search.benders.begin import begin_with
from friendshore.optimizer.search.benders.conclude import concluded
from friendshore.optimizer.search.benders.cuts import Cut
from friendshore.optimizer.search.benders.evaluate import DEAREST
from friendshore.optimizer.search.benders.incumbent import Incumbent
from friendshore.optimizer.search.benders.integers import search_integers
from friendshore.optimizer.search.benders.l_shaped import LShaped
from friendshore.optimizer.search.benders.last_resort import last_resort
from friendshore.optimizer.search.benders.master import MasterPlan
from friendshore.optimizer.search.benders.pool import Pool
from friendshore.optimizer.search.benders.recall import Known, kept
from friendshore.optimizer.search.benders.stopping import MasterInfeasible, SearchStopped
from friendshore.optimizer.search.benders.structure import Structure
from friendshore.optimizer.solver import Answer, SolverFault
from friendshore.optimizer.solver.answer import StopReason

RELAXED = 0.1
"""Share of the target gap to which the LP relaxation is brought before whole numbers are searched for."""

SEARCHED = 0.4
"""Share of the target gap to which the last search for whole numbers goes."""

FIRST = 1.0
"""The gap of the first search in units of the target gap: a rough plan costs a tenth and teaches the master as much."""

NARROWER = 0.4
"""Share of the gap known so far to which every further search goes."""

NEAR_BY = 0.4
"""Share of the target gap to which the search next to the relaxation goes."""

TRIED = 0.2
"""Share of the target gap to which the LP with whole numbers fixed is brought."""

USEFUL = 0.2
"""Share of the target gap by which whole numbers must promise to be better than the best to be gone on with."""

MOST_TRIED = 3
"""So many of the whole numbers that a search comes upon are tried at most."""

FINISH = 0.01
"""Share of the target gap to which the LP with the whole numbers of the plan fixed is brought in the end."""

FINEST = 1e-6
"""Relative gap beyond which that LP is not brought, however small the target gap."""

FINISHING = 20
"""Rounds that bringing it there may take at most."""

FINISHING_AGAIN = 5
"""The same where the run began from what was known: whoever changed a number waits for the answer."""

VERTEX = 1e-5
"""Share of its cost that a plan may cost more for being a vertex: it carries no dust of the points it came from."""


@dataclass
class Benders:
    """One run of the decomposition on the parts of a program.

    Parameters
    ----------
    l_shaped
        Master and branches, and what is known of them.
    gap
        The target gap.
    known
        What an earlier run has left; None: nothing.
    bound_alone
        Whether it ends with the relaxation, maybe without a plan.
    log
        Lines of the log so far.
    """

    l_shaped: LShaped
    gap: float
    known: Known | None = None
    bound_alone: bool = False
    log: list[str] = field(default_factory=list)
    _untried: list[FloatArray] = field(default_factory=list)
    _seen: set[bytes] = field(default_factory=set)
    _relaxed: MasterPlan | None = None
    _tight: list[Cut] = field(default_factory=list)
    _center: Incumbent | None = None
    _before: PlanBefore | None = None
    _resorted: bool = False

    def run(self) -> Answer:
        """Search to the target gap.

        Returns
        -------
        Answer
            Columns and rows of the whole program, further rows being the planes the master took in. ``row_duals`` are
            those of rows across nodes alone, as far as the last LP was brought to its end.

        Raises
        ------
        SolverFault
            Where the run cannot go on though it was not stopped.
        """
        stopped: StopReason = ""
        try:
            self._begin()
            self._numbers_before()
            self._relaxation()
            if not self.bound_alone:
                self._best_plan()
        except SearchStopped:
            stopped = self.l_shaped.clock.reason or "time limit"
            self.l_shaped.patient = True
            if self.l_shaped.incumbent.point is None:
                self.l_shaped.exact = self._resorted = True
                self.l_shaped.evaluator.price_failures_higher(range(len(self.l_shaped.parts.blocks)), DEAREST)
                if last_resort(self.l_shaped, self._untried):
                    self.note(f"stopped, whole numbers rounded: best {self.l_shaped.incumbent.cost:,.6g}")
            else:  # one LP of master and branches, so that the plan is a vertex
                self._settle(self.l_shaped.incumbent.point, np.inf, 1, TRIED * self.gap)
        except MasterInfeasible:
            if self.l_shaped.incumbent.point is None:
                return Answer(status="infeasible", target_gap=self.gap, log=tuple(self.log))
            self.note("the master was said to be infeasible though a plan is known; the plan stands")
        finally:
            self.l_shaped.evaluator.close()
        if self.l_shaped.incumbent.point is None and not (stopped or self._hopeless or self.bound_alone):
            raise SolverFault("the decomposition came to its end without a plan")
        return concluded(self.l_shaped, self._relaxed, self.gap, stopped, tuple(self.log))

    # -- phases ------------------------------------------------------------------------------------------------------

    @property
    def _hopeless(self) -> bool:
        """Whether no plan can be as cheap as is asked for."""
        return self.l_shaped.incumbent.hopeless(self.l_shaped.bound)

    @property
    def _done(self) -> bool:
        """Whether the best plan is good enough, or none can be."""
        return self._hopeless or self.l_shaped.incumbent.within(self.l_shaped.bound, self.gap)

    def _best_plan(self) -> None:
        """Whole numbers, and what is best with them."""
        self._numbers_before()
        self._rounding()
        self._whole_numbers()
        if not self._hopeless:
            self._finish()

    def _begin(self) -> None:
        """The first cuts, of what an earlier run has left where that can be."""
        if self.known is None:
            self.l_shaped.begin()
        elif fault := begin_with(self.l_shaped, self.known):
            self.log.append(f"{self.l_shaped.clock.elapsed:8.2f} s  begun from nothing: {fault}")
            self.known = None
            self.l_shaped.begin()
        else:
            self._before = PlanBefore(self.l_shaped, self.known)
            self.note("begun from what was known")

    def _numbers_before(self) -> None:
        """The whole numbers of an earlier plan, as far as they may be good enough by what is known by now."""
        l_shaped = self.l_shaped
        if self._before is None or self._before.known.best is None or self._hopeless:
            return
        if self._relaxed is None:
            l_shaped.converge(0.0, -np.inf, Incumbent(), bounding=True)  # what the cuts prove that it began with
        self._before.operate(self.gap, TRIED * self.gap)
        self.note(f"whole numbers of before: bound {l_shaped.bound:,.6g}, best {l_shaped.incumbent.cost:,.6g}")

    def left(self, structure: Structure) -> Pool | None:
        """What the run leaves for another, stopped or not; None where its master was never solved."""
        l_shaped = self.l_shaped
        relaxed = self._relaxed or l_shaped.last
        if relaxed is None:
            return None
        last = [] if l_shaped.last is None else l_shaped.master.tight(l_shaped.last)
        inner = None if self._center is None else self._center.point
        points = relaxed.x if inner is None else inner, l_shaped.incumbent.point
        ended = l_shaped.evaluator.ended()
        if self._resorted:  # prices that no search has asked for
            ended = {b: (basis, 1.0) for b, (basis, _) in ended.items()}
        return kept(structure, l_shaped.parts.blocks, [*self._tight, *last], ended, points)

    def _relaxation(self) -> None:
        l_shaped, center = self.l_shaped, Incumbent()
        enough = None if self._before is None else self.gap
        if self._before is not None and not l_shaped.incumbent.within(l_shaped.bound, self.gap):
            center = self._before.center_of_relaxation()
        fine = RELAXED * self.gap
        useless = l_shaped.incumbent.dearest
        center = l_shaped.converge(fine, useless, center, bounding=True, enough=enough, rising=fine)
        self._center, self._relaxed = center, self.l_shaped.last
        if self._relaxed is not None:
            self._tight = self.l_shaped.master.tight(self._relaxed)
        self.note(f"LP relaxation: bound {self.l_shaped.bound:,.6g}, best {center.cost:,.6g}")

    def _rounding(self) -> None:
        """Whole numbers next to those of the LP relaxation, which a search finds in a fraction of the time.

        Relaxation enforced neighbourhood search (Berthold 2014, RENS): each whole number is one of the two next to the
        relaxation's. What it finds bounds nothing, but is often within the gap of the relaxation's bound already.
        """
        if not self.l_shaped.parts.master.integer.any() or self._done:
            return
        relaxed = self.l_shaped.solved(self.l_shaped.master)
        self._relaxed = relaxed
        self.l_shaped.bound = max(self.l_shaped.bound, relaxed.objective)
        if self._done:
            return
        self._try(self._search(NEAR_BY * self.gap, relaxed.x) or [])
        self.note(f"whole numbers near by: bound {self.l_shaped.bound:,.6g}, best {self.l_shaped.incumbent.cost:,.6g}")

    def _whole_numbers(self) -> None:
        """Search the master for whole numbers and solve the branches at them, until the gap is closed."""
        finest = not self.l_shaped.parts.master.integer.any()
        while not self._done:
            rough = NARROWER * self.l_shaped.incumbent.gap(self.l_shaped.bound, FIRST * self.gap / NARROWER)
            points = self._search(SEARCHED * self.gap if finest else max(SEARCHED * self.gap, rough))
            if points is None:
                raise MasterInfeasible
            tried = self._try(points)
            if not tried and finest:
                return  # the search cannot tell more apart
            finest = not tried  # all the same again: then as fine as it takes
            self.note(f"whole numbers: bound {self.l_shaped.bound:,.6g}, best {self.l_shaped.incumbent.cost:,.6g}")

    def _finish(self) -> None:
        """Bring the best whole numbers to their end: plan and prices are then those of their LP."""
        if self.l_shaped.incumbent.point is None:
            return
        rounds = FINISHING if self.known is None else FINISHING_AGAIN
        self._settle(self.l_shaped.incumbent.point, max(FINEST, FINISH * self.gap), rounds, VERTEX)
        self.note(f"finished: best {self.l_shaped.incumbent.cost:,.6g}")

    def _settle(self, point: FloatArray, gap: float, rounds: int, tolerance: float) -> None:
        """Fix the whole numbers of the best point, bring the LP that is left to a gap, and end on a vertex of it.

        Parameters
        ----------
        point
            The best point.
        gap, rounds
            Relative gap of the LP at which to end, and how often the branches are solved at most.
        tolerance
            By how much the vertex may cost more, as a share of the cost of the best point.
        """
        self.l_shaped.master.fix_integers(point[self.l_shaped.parts.master.integer])
        self.l_shaped.converge_fixed(gap, np.inf, replace(self.l_shaped.incumbent), rounds)
        self.l_shaped.end_on_vertex(tolerance, self.gap)

    def _try(self, points: Sequence[FloatArray]) -> int:
        """Fix each of some whole numbers and bring the LP that is left near its end; how many were new.

        Those that the master, with the cuts it has got meanwhile, knows to be no better than the best are given up.
        """
        new = [integers for integers in points if integers.tobytes() not in self._seen]
        for integers in new:
            self._seen.add(integers.tobytes())
            self.l_shaped.master.fix_integers(integers)
            useless = self.l_shaped.incumbent.cost - USEFUL * self.gap * abs(self.l_shaped.incumbent.cost)
            self.l_shaped.converge_fixed(TRIED * self.gap, useless, Incumbent())
            self.l_shaped.master.free_integers()
            if self.l_shaped.incumbent.within(self.l_shaped.bound, self.gap):
                break
        return len(new)

    def _search(self, gap: float, near: FloatArray | None = None) -> list[FloatArray] | None:
        """Whole numbers for the master, the most promising first; None where there are none."""
        integers = search_integers(self.l_shaped, self.gap, gap, near)
        if integers.stopped:
            self._untried = integers.points
            raise SearchStopped
        return None if integers.infeasible else integers.points[:MOST_TRIED]

    def note(self, line: str) -> None:
        """Add a line to the log."""
        solves, pivots = self.l_shaped.evaluator.solves, self.l_shaped.evaluator.iterations
        self.log.append(
            f"{self.l_shaped.clock.elapsed:8.2f} s  {line}; "
            f"{len(self.l_shaped.master.cuts):,} cuts, {solves:,} branches solved, {pivots:,} pivots, "
            f"{self.l_shaped.evaluator.again:,} solved again"
        )
