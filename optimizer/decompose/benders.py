"""Benders decomposition of a program over the branches of its tree.

First the LP relaxation, then searches for whole numbers with the cuts found, each followed by the LP that is left when
its whole numbers are held (McDaniel & Devine 1977). The bound is that of the master, which knows nothing but
cuts that hold for every plan: the gap is proven.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from optimizer.arrays import FloatArray
from optimizer.cumulative import solve_cumulative
from optimizer.decompose.linear import PRECISION, Best, Empty, Linear, Stopped
from optimizer.decompose.master import rounded
from optimizer.decompose.prices import row_prices
from optimizer.solver import LOOSE, Answer, SolverFault, solve_program
from optimizer.solver.answer import relative_gap
from optimizer.solver.search import graded

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


@dataclass
class Benders:
    """One run of the decomposition on the parts of a program."""

    linear: Linear
    gap: float
    log: list[str] = field(default_factory=list)

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
        found = self._search(SEARCHED * self.gap, relaxed.x)
        if found is None:
            return
        self._try(np.round(found[self.linear.parts.master.integer]))
        self.note(f"whole numbers near by: bound {self.linear.bound:,.6g}, best {self.linear.best.cost:,.6g}")

    def _try(self, whole: FloatArray) -> None:
        """Hold whole numbers and bring the LP that is left near its end, as long as they can beat the best."""
        self.linear.master.hold(whole)
        self.linear.held(
            SEARCHED * self.gap, self.linear.best.cost - 0.5 * self.gap * abs(self.linear.best.cost), Best()
        )
        self.linear.master.release()

    def _whole_numbers(self) -> None:
        """Search the master for whole numbers, ask the branches about them, until the gap is closed."""
        seen: set[bytes] = set()
        finest = not self.linear.parts.master.integer.any()
        while not self.linear.best.within(self.linear.bound, self.gap):
            rough = NARROWER * self.linear.best.gap(self.linear.bound, FIRST * self.gap / NARROWER)
            gap = SEARCHED * self.gap if finest else max(SEARCHED * self.gap, rough)
            found = self._search(gap)
            if found is None:
                raise Empty
            whole = np.round(found[self.linear.parts.master.integer])
            known = whole.tobytes() in seen
            if known and finest:
                return  # the search cannot tell more apart
            finest = known  # the same again: then as fine as it takes
            seen.add(whole.tobytes())
            self._try(whole)
            self.note(f"whole numbers: bound {self.linear.bound:,.6g}, best {self.linear.best.cost:,.6g}")

    def _finish(self) -> None:
        """Bring the LP that is left with the best whole numbers held to its end: plan and prices are then its own."""
        if self.linear.best.point is None:
            return
        self.linear.master.hold(self.linear.best.point[self.linear.parts.master.integer])
        self.linear.held(FINISH, np.inf, replace(self.linear.best), FINISHING)
        self.note(f"finished: best {self.linear.best.cost:,.6g}")

    def _search(self, gap: float, near: FloatArray | None = None) -> FloatArray | None:
        """Whole numbers for the master with its cuts, to a gap; None where there are none.

        Without ``near`` the bound is what the search proves, all cuts taken, for with too few it branches for long;
        otherwise they are next to those of that point.
        """
        linear, clock = self.linear, self.linear.clock
        program = linear.master.searched(everything=near is None)
        if near is not None:
            program = rounded(program, near)

        def report(phase: str, elapsed: float, best: float | None, bound: float | None, gap: float | None) -> None:
            proven = linear.bound if bound is None or near is not None else max(linear.bound, bound)
            clock.report(linear.best.cost, proven)

        solve = partial(
            solve_program, gap=gap, time_limit=None if np.isinf(clock.remaining) else clock.remaining,
            threads=linear.threads, seed=linear.seed, interrupt=lambda: bool(clock.reason), progress=report,
            tolerances=LOOSE,
        )  # fmt: skip
        thetas = np.full(program.columns - len(linear.parts.before), -1, dtype=np.int64)
        answer = solve_cumulative(program, np.concatenate([linear.parts.before, thetas]), solve)
        if answer.status == "infeasible":
            return None
        if answer.bound is not None and near is None:
            self.linear.bound = max(self.linear.bound, answer.bound)
        if answer.stopped or answer.columns is None:
            raise Stopped
        return answer.columns[: self.linear.parts.master.columns]

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
            "feasible", stopped, columns, duals, objective, bound, relative_gap(objective, bound, PRECISION), self.gap,
            PRECISION, log=tuple(self.log),
        )  # fmt: skip
        return graded(answer, proven=bound is not None)
