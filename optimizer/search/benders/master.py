"""The master: the base path and what is decided once, with one θ for each group of branches and the cuts so far."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, hstack, vstack

from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.search.benders.cuts import Cut, Grouping, as_rows
from friendshore.optimizer.solver import Answer
from friendshore.optimizer.solver.persistent import PersistentLp

NEXT = 1e-6
"""What is nearer than this to a whole number is one."""

SLACK_FOR = 5
"""Solves through which a cut may be slack before it is left out of the search for whole numbers."""


def rounded(program: LinearProgram, point: FloatArray) -> LinearProgram:
    """The program with each integer column at one of the two whole numbers next to a point (its first columns)."""
    at = point[program.integer[: len(point)]]
    lower, upper = program.column_lower.copy(), program.column_upper.copy()
    lower[program.integer] = np.clip(np.floor(at + NEXT), lower[program.integer], upper[program.integer])
    upper[program.integer] = np.clip(np.ceil(at - NEXT), lower[program.integer], upper[program.integer])
    return dataclasses.replace(program, column_lower=lower, column_upper=upper)


@dataclass(frozen=True, eq=False)
class MasterPlan:
    """A solution of the master's LP: columns x, the θ in money, objective (a bound), prices of rows and of cuts."""

    x: FloatArray
    theta: FloatArray
    objective: float
    row_duals: FloatArray
    cut_duals: FloatArray


class Master:
    """The master as a linear program that only grows; whole numbers are set aside until they are asked for."""

    def __init__(self, program: LinearProgram, groups: Grouping, threads: int | None, seed: int) -> None:
        self.program = program
        self.groups = groups
        self.cuts: list[Cut] = []
        self._slack_for: list[int] = []
        self._lp = PersistentLp(self._with_theta(), threads or 1, seed=seed, devex=True)  # 16 s for 23 at 50 branches
        self._seed = seed

    @property
    def width(self) -> int:
        """Number of columns, θ included."""
        return self.program.columns + self.groups.count

    def _with_theta(self) -> LinearProgram:
        program, groups = self.program, self.groups
        none = csr_array((program.rows, groups.count))
        return LinearProgram(
            cost=np.concatenate([program.cost, groups.scale]),
            offset=program.offset,
            matrix=csr_array(hstack([program.matrix, none], format="csr")),
            row_lower=program.row_lower,
            row_upper=program.row_upper,
            column_lower=np.concatenate([program.column_lower, groups.lower / groups.scale]),
            column_upper=np.concatenate([program.column_upper, np.full(groups.count, np.inf)]),
            integer=np.concatenate([program.integer, np.zeros(groups.count, dtype=bool)]),
        )

    def excess(self, cut: Cut, plan: MasterPlan) -> float:
        """By how much a plan violates a cut, in the cut's units."""
        left = float(cut.slope @ plan.x[cut.places]) - cut.right
        return left if cut.group < 0 else left - plan.theta[cut.group] / self.groups.scale[cut.group]

    def add(self, cuts: Sequence[Cut]) -> None:
        """Take in further cuts."""
        if not cuts:
            return
        right = np.array([cut.right for cut in cuts])
        self._lp.add_rows(as_rows(cuts, self.program.columns, self.width), np.full(len(cuts), -np.inf), right)
        self.cuts.extend(cuts)
        self._slack_for.extend([0] * len(cuts))

    def hold(self, whole: FloatArray) -> None:
        """Hold the integer columns at whole numbers."""
        places = np.flatnonzero(self.program.integer)
        self._lp.set_column_bounds(places, whole, whole)

    def release(self) -> None:
        """Let the integer columns move within their bounds again."""
        places = np.flatnonzero(self.program.integer)
        self._lp.set_column_bounds(places, self.program.column_lower[places], self.program.column_upper[places])

    def solve(self) -> MasterPlan | Answer:
        """The LP as it stands; the answer itself where it has no optimum."""
        answer = self._lp.solve()
        if answer.status != "optimal" or answer.columns is None or answer.row_duals is None:
            return answer
        assert answer.objective is not None  # noqa: S101 - an optimum has one
        n, m = self.program.columns, self.program.rows
        duals = answer.row_duals[m:]
        for i, dual in enumerate(duals):
            self._slack_for[i] = self._slack_for[i] + 1 if dual == 0 else 0
        theta = answer.columns[n:] * self.groups.scale
        return MasterPlan(answer.columns[:n], theta, answer.objective, answer.row_duals[:m], duals)

    def searched(self, everything: bool) -> LinearProgram:
        """The master with its whole numbers, the θ, and all cuts or those that have not been slack for long."""
        aged = zip(self.cuts, self._slack_for, strict=True)
        kept = [cut for cut, slack in aged if everything or cut.lasting or slack < SLACK_FOR]
        stated = self._with_theta()
        if not kept:
            return stated
        more = as_rows(kept, self.program.columns, self.width)
        return dataclasses.replace(
            stated,
            matrix=csr_array(vstack([stated.matrix, more], format="csr")),
            row_lower=np.concatenate([stated.row_lower, np.full(len(kept), -np.inf)]),
            row_upper=np.concatenate([stated.row_upper, [cut.right for cut in kept]]),
        )
