"""Probes: whether some of the sheet rows that demand something can hold together, all others left out.

The linear relaxation is asked first, each time from the basis of the last probe: where it cannot hold, whole numbers
cannot. Only where it can is there a search, and where its own answer is in whole numbers not even then. The cones of
max_hhi are met by the tangent planes that an answer leaves.
"""

from __future__ import annotations

import dataclasses

import numpy as np

from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.problem import Problem
from friendshore.models.rules import every_disruption
from friendshore.optimizer.answer.elastic import MET, Demand, make_elastic
from friendshore.optimizer.answer.infeasibility import strained
from friendshore.optimizer.program.assemble import Assembled, assemble
from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.search.tangent_planes import cone_clauses, tangent_planes_at
from friendshore.optimizer.solver import Answer, solve_program
from friendshore.optimizer.solver.persistent import PersistentLp
from friendshore.optimizer.studies.explain.work import Enough, Work

Rows = frozenset[int]
"""Sheet rows that demand something, by their places in ``demands``."""

_WHOLE = 1e-6
_REACH = 2e-6  # a search holds its rows to 1e-6: how far a cone may be left before it gets a plane
_ROUNDS = 200


class Probes:
    """The demands of a problem, and whether some of them can hold together.

    Parameters
    ----------
    problem
        A valid problem; every stop that its policies test is in the program.
    work
        Limits and signals.
    """

    def __init__(self, problem: Problem, work: Work) -> None:
        self._work = work
        self._searched = 0
        self._probed = 0
        self._load(assemble(build_model_data(problem, every_disruption(problem))))

    def _load(self, assembled: Assembled) -> None:
        self.assembled = assembled
        self._elastic = make_elastic(assembled)
        self._lp = PersistentLp(self._elastic.program, interrupt=lambda: bool(self._work.stopped))
        self._demanded: Rows = frozenset(range(len(self.demands)))

    @property
    def demands(self) -> tuple[Demand, ...]:
        """The sheet rows that demand something."""
        return self._elastic.demands

    @property
    def searched(self) -> int:
        """How many probes took a search for whole numbers."""
        return self._searched

    @property
    def probed(self) -> int:
        """How many probes there were."""
        return self._probed

    def hold(self, rows: Rows) -> bool:
        """Whether some plan satisfies these rows and all that is not a demand.

        Parameters
        ----------
        rows
            Places of demands.

        Returns
        -------
        bool
            The truth, within the tolerance of a solver.

        Raises
        ------
        Enough
            Where it is time to stop.
        """
        self._probed += 1
        for _ in range(_ROUNDS):
            x = self._satisfied(rows)
            if x is None or not self._leaves_a_cone(rows, x):
                return x is not None
        raise ArithmeticError("the tangent planes of a cone did not converge")

    def suspects(self, rows: Rows) -> Rows:
        """Of rows that cannot hold together, those that carry a price in the relaxation; all where it can hold."""
        answer = self._relaxed(rows)
        if answer.objective is None or answer.objective <= MET:
            return rows
        return frozenset(i for i in rows if strained(self.demands[i], answer, self._elastic.sizes))

    def least_breach(self, breached: Rows) -> FloatArray | None:
        """The plan that breaks rows least in all, every other demand held; None where there is none.

        Parameters
        ----------
        breached
            Places of the demands that may be broken.

        Returns
        -------
        FloatArray or None
            The columns of ``assembled``.
        """
        self._work.go_on()
        for _ in range(_ROUNDS):
            program = self._only_breaking(breached)
            answer = solve_program(program, gap=1e-6, time_limit=self._work.limits.remaining)
            if answer.stopped:
                raise Enough
            if answer.columns is None:
                return None
            x = answer.columns[: self._elastic.own]
            if not self._leaves_a_cone(frozenset(range(len(self.demands))) - breached, x):
                return x
        raise ArithmeticError("the tangent planes of a cone did not converge")

    def share_met(self, demand: Demand, x: FloatArray) -> float:
        """How much a plan meets of a least amount, as a share, where it is met least.

        Parameters
        ----------
        demand
            One whose rows are least amounts.
        x
            The columns of ``assembled``.

        Returns
        -------
        float
            1 where all is met.
        """
        rows, program = demand.positions, self._elastic.program
        least = np.isfinite(program.row_lower[rows])
        sign = np.where(least, 1.0, -1.0)
        terms = program.matrix[rows][:, : self._elastic.own].multiply(x).toarray() * sign[:, None]
        done = np.where(terms > 0, terms, 0.0).sum(axis=1)
        wanted = sign * np.where(least, program.row_lower[rows], program.row_upper[rows]) + done - terms.sum(axis=1)
        asking = wanted > 0
        return float(np.min(done[asking] / wanted[asking], initial=1.0))

    def _only_breaking(self, breached: Rows) -> LinearProgram:
        """The elastic program with slacks on the rows of some demands alone."""
        program = self._elastic.program
        upper = program.column_upper.copy()
        for i, demand in enumerate(self.demands):
            if i not in breached:
                upper[self._elastic.slacks[demand.positions]] = 0.0
        return dataclasses.replace(program, column_upper=upper)

    def _satisfied(self, rows: Rows) -> FloatArray | None:
        """A plan that satisfies the rows, but for cones; None where there is none."""
        self._work.go_on()
        answer = self._relaxed(rows)
        if answer.objective is None or answer.columns is None:
            raise Enough
        if answer.objective > MET:
            return None
        whole = answer.columns[self._elastic.program.integer]
        if np.abs(whole - np.round(whole)).max(initial=0.0) <= _WHOLE:
            return answer.columns[: self._elastic.own]
        return self._in_whole_units(rows)

    def _in_whole_units(self, rows: Rows) -> FloatArray | None:
        self._searched += 1
        lower, upper = self._bounds(rows)
        program = dataclasses.replace(self._elastic.program, row_lower=lower, row_upper=upper)
        limits = self._work.limits
        answer = solve_program(program, gap=1e-6, time_limit=limits.remaining, threads=limits.threads, seed=limits.seed)
        if answer.bound is not None and answer.bound > MET:
            return None
        if answer.columns is None or (answer.stopped and answer.objective is not None and answer.objective > MET):
            raise Enough
        return answer.columns[: self._elastic.own]

    def _relaxed(self, rows: Rows) -> Answer:
        program = self._elastic.program
        for i in self._demanded - rows:
            self._lp.set_row_bounds(self.demands[i].positions, -np.inf, np.inf)
        for i in rows - self._demanded:
            at = self.demands[i].positions
            self._lp.set_row_bounds(at, program.row_lower[at], program.row_upper[at])
        self._demanded = rows
        return self._lp.solve()

    def _bounds(self, rows: Rows) -> tuple[FloatArray, FloatArray]:
        lower, upper = self._elastic.program.row_lower.copy(), self._elastic.program.row_upper.copy()
        for i, demand in enumerate(self.demands):
            if i not in rows:
                lower[demand.positions], upper[demand.positions] = -np.inf, np.inf
        return lower, upper

    def _leaves_a_cone(self, rows: Rows, x: FloatArray) -> bool:
        """Whether a plan leaves the cone of a demanded policy: planes that cut it off are in the program then."""
        asked = {(self.demands[i].sheet, self.demands[i].row) for i in rows}
        cones = tuple(c for c in cone_clauses(self.assembled) if ("Policies", c.policy.row) in asked)
        planes = tangent_planes_at(self.assembled, x, cones, _REACH) if cones else ()
        if planes:
            self._load(self.assembled.with_rows(planes))
        return bool(planes)
