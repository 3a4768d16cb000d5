"""Benders decomposition of a program over the branches of its tree.

First the LP relaxation, then searches for whole numbers with the cuts found, each followed by the LP that is left when
its whole numbers are held (McDaniel & Devine 1977). The bound is that of the master, which knows nothing but
cuts that hold for every plan: the gap is proven.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.benders.linear import PRECISION, Best, Empty, Linear, Stopped
from friendshore.optimizer.search.benders.prices import row_prices
from friendshore.optimizer.search.benders.whole import rounded_units, search_whole_numbers, up
from friendshore.optimizer.solver import Answer, SolverFault
from friendshore.optimizer.solver.answer import relative_gap
from friendshore.optimizer.solver.search import graded

RELAXED = 0.3
"""Share of the asked gap to which the LP relaxation is brought before whole numbers are searched for."""

SEARCHED = 0.4
"""Share of the asked gap to which the last search for whole numbers goes."""

FIRST = 1.0
"""The gap of the first search in units of the asked one: a rough plan costs a tenth and tells the branches as much."""

NARROWER = 0.4
"""Share of the gap known so far to which every further search goes."""

NEAR_BY = 0.2
"""Share of the asked gap to which the search next to the relaxation goes."""

TRIED = 0.2
"""Share of the asked gap to which the LP with whole numbers held is brought."""

USEFUL = 0.2
"""Share of the asked gap by which whole numbers must promise to be better than the best to be gone on with."""

MOST_TRIED = 3
"""So many of the whole numbers that a search comes upon are held at most."""

FINISH = 1e-6
"""Relative gap to which the LP with the whole numbers of the plan held is brought in the end."""

FINISHING = 20
"""Rounds that bringing it there may take at most."""

CORNER = 1e-5
"""Share of its cost that a plan may cost more for being a corner: it carries no dust of the points it came from."""

RESORTS = 5
"""So often the branches are asked at whole numbers that are a last resort, until none of their policies fails."""


@dataclass
class Benders:
    """One run of the decomposition on the parts of a program."""

    linear: Linear
    gap: float
    log: list[str] = field(default_factory=list)
    _untried: list[FloatArray] = field(default_factory=list)
    _seen: set[bytes] = field(default_factory=set)

    def run(self) -> Answer:
        """The best plan found, its bound, and why the run ended early if it did.

        ``row_duals`` are those of rows across nodes alone, as far as the last LP was brought to its end. Raises
        SolverFault where the run cannot go on though it was not stopped.
        """
        stopped = ""
        try:
            self.linear.begin()
            self._relaxation()
            self._rounding()
            self._whole_numbers()
            self._finish()
        except Stopped:
            stopped = self.linear.clock.reason or "time limit"
            self.linear.patient = True
            if self.linear.best.point is None:
                self._last_resort()
            else:  # one LP of master and branches, so that the plan is a corner
                self._settle(self.linear.best.point, np.inf, 1, TRIED * self.gap)
        except Empty:
            return Answer("infeasible", asked_gap=self.gap, log=tuple(self.log))
        finally:
            self.linear.evaluator.close()
        if self.linear.best.point is None and not stopped:
            raise SolverFault("the decomposition came to its end without a plan")
        return self._answer(stopped)

    # -- phases ------------------------------------------------------------------------------------------------------

    def _relaxation(self) -> None:
        center = self.linear.converge(RELAXED * self.gap, np.inf, Best(), bounding=True)
        self.note(f"LP relaxation: bound {self.linear.bound:,.6g}, best {center.cost:,.6g}")

    def _rounding(self) -> None:
        """Whole numbers next to those of the LP relaxation, which a search finds in a fraction of the time.

        Relaxation enforced neighbourhood search (Berthold 2014, RENS): each whole number is one of the two next to the
        relaxation's. What it finds bounds nothing, but is often within the gap of the relaxation's bound already.
        Once is enough: a second time found nothing better and took a minute at 100 branches.
        """
        if not self.linear.parts.master.integer.any():
            return
        relaxed = self.linear.solved(self.linear.master)
        self.linear.bound = max(self.linear.bound, relaxed.objective)
        if self.linear.best.within(self.linear.bound, self.gap):
            return
        self._try(self._search(NEAR_BY * self.gap, relaxed.x) or [])
        self.note(f"whole numbers near by: bound {self.linear.bound:,.6g}, best {self.linear.best.cost:,.6g}")

    def _whole_numbers(self) -> None:
        """Search the master for whole numbers, ask the branches about them, until the gap is closed."""
        finest = not self.linear.parts.master.integer.any()
        while not self.linear.best.within(self.linear.bound, self.gap):
            rough = NARROWER * self.linear.best.gap(self.linear.bound, FIRST * self.gap / NARROWER)
            found = self._search(SEARCHED * self.gap if finest else max(SEARCHED * self.gap, rough))
            if found is None:
                raise Empty
            tried = self._try(found)
            if not tried and finest:
                return  # the search cannot tell more apart
            finest = not tried  # all the same again: then as fine as it takes
            self.note(f"whole numbers: bound {self.linear.bound:,.6g}, best {self.linear.best.cost:,.6g}")

    def _finish(self) -> None:
        """Bring the best whole numbers to their end: plan and prices are then those of their LP."""
        if self.linear.best.point is None:
            return
        self._settle(self.linear.best.point, FINISH, FINISHING, CORNER)
        self.note(f"finished: best {self.linear.best.cost:,.6g}")

    def _settle(self, point: FloatArray, gap: float, rounds: int, dearer: float) -> None:
        """Hold the whole numbers of the best point, bring the LP that is left to a gap, and end on a corner of it."""
        self.linear.master.hold(point[self.linear.parts.master.integer])
        self.linear.held(gap, np.inf, replace(self.linear.best), rounds)
        self.linear.corner(dearer)

    def _last_resort(self) -> None:
        """A plan where the run was stopped before it had one: whole numbers it came upon, or the last LP's, rounded.

        It takes a few LPs of the master and of each branch; where a budget or policy forbids them all there is no plan.
        """
        if self.linear.last is None:
            return
        x, parts = self.linear.last.x, self.linear.parts
        rounded = [rounded_units(x, parts.master.integer, parts.before, rounding) for rounding in (np.round, up)]
        for whole in (*self._untried[:1], *rounded):
            self.linear.master.hold(whole)
            for _ in range(RESORTS):
                self.linear.held(np.inf, np.inf, Best(), rounds=1)
                if self.linear.best.point is not None:
                    self.note(f"stopped, whole numbers rounded: best {self.linear.best.cost:,.6g}")
                    return

    def _try(self, found: Sequence[FloatArray]) -> int:
        """Hold each of some whole numbers and bring the LP that is left near its end; how many were new.

        Those that the master, with what the branches have told meanwhile, knows to be no better than the best are
        given up at once.
        """
        new = [whole for whole in found if whole.tobytes() not in self._seen]
        for whole in new:
            self._seen.add(whole.tobytes())
            self.linear.master.hold(whole)
            useless = self.linear.best.cost - USEFUL * self.gap * abs(self.linear.best.cost)
            self.linear.held(TRIED * self.gap, useless, Best())
            self.linear.master.release()
            if self.linear.best.within(self.linear.bound, self.gap):
                break
        return len(new)

    def _search(self, gap: float, near: FloatArray | None = None) -> list[FloatArray] | None:
        """Whole numbers for the master, the most promising first; None where there are none."""
        found = search_whole_numbers(self.linear, self.gap, gap, near)
        if found.stopped:
            self._untried = found.whole
            raise Stopped
        return None if found.none else found.whole[:MOST_TRIED]

    def note(self, line: str) -> None:
        """Add a line to the log."""
        solves, pivots = self.linear.evaluator.solves, self.linear.evaluator.iterations
        self.log.append(
            f"{self.linear.clock.elapsed:8.2f} s  {line}; "
            f"{len(self.linear.master.cuts):,} cuts, {solves:,} branches solved, {pivots:,} pivots"
        )

    def _answer(self, stopped: str) -> Answer:
        if self.linear.best.point is None:
            bound = self.linear.bound if np.isfinite(self.linear.bound) else None
            return Answer("no_plan", stopped, bound=bound, asked_gap=self.gap, log=tuple(self.log))
        columns = self.linear.parts.joined(
            self.linear.best.point, [valued.columns for valued in self.linear.best.values]
        )
        objective = self.linear.parts.whole.objective(columns)
        duals = (
            None
            if stopped or self.linear.last is None
            else row_prices(self.linear.parts, self.linear.master, self.linear.last)
        )
        bound = min(self.linear.bound, objective) if np.isfinite(self.linear.bound) else None
        answer = Answer(
            "feasible",
            stopped,
            columns,
            duals,
            objective,
            bound,
            relative_gap(objective, bound, PRECISION),
            self.gap,
            PRECISION,
            log=tuple(self.log),
        )
        return graded(answer, proven=bound is not None)
