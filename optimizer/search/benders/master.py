"""The master: the base path and what is decided once, with one θ for each group of branches and the cuts so far."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, hstack, vstack

from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.program.weak_duality import dual_bound
from friendshore.optimizer.search.benders.cuts import Cut, Grouping, cut_rows, least_cost
from friendshore.optimizer.solver import Answer
from friendshore.optimizer.solver.equilibrate import typical_sizes
from friendshore.optimizer.solver.persistent import PersistentLp

NEXT = 1e-6
"""What is nearer than this to a whole number is one."""

SLACK_FOR = 5
"""Solves through which a cut may be slack before it is left out of the search for whole numbers."""

REMEMBERED_FOR = 10
"""Solves through which a cut may be slack before it is taken out of the LP: what it says is said better by others. A
search among all whole numbers still gets it."""

LET_GO = 0.25
"""Share of the cuts that are let go together, for each time the LP is looked at anew."""


def rounded(program: LinearProgram, point: FloatArray) -> LinearProgram:
    """A program with each integer column at one of the two whole numbers next to a point (its first columns)."""
    at = point[program.integer[: len(point)]]
    lower, upper = program.column_lower.copy(), program.column_upper.copy()
    lower[program.integer] = np.clip(np.floor(at + NEXT), lower[program.integer], upper[program.integer])
    upper[program.integer] = np.clip(np.ceil(at - NEXT), lower[program.integer], upper[program.integer])
    return dataclasses.replace(program, column_lower=lower, column_upper=upper)


@dataclass(frozen=True, eq=False)
class MasterPlan:
    """A solution of the master's LP.

    Parameters
    ----------
    x
        Its columns without θ, shape (columns of the master).
    theta
        The θ in money, shape (groups).
    objective
        Its optimum: a bound for all plans that have the whole numbers it holds.
    row_duals
        Prices of its rows, shape (rows).
    priced
        The cuts that it rests on, each with its price.
    """

    x: FloatArray
    theta: FloatArray
    objective: float
    row_duals: FloatArray
    priced: tuple[tuple[Cut, float], ...]

    def price(self, cut: Cut) -> float:
        """The price of a cut, 0 where it does not rest on it."""
        return next((dual for one, dual in self.priced if one is cut), 0.0)


class Master:
    """The master as a linear program that only grows; integrality is set aside (``integer_program``).

    Parameters
    ----------
    program
        The master without θ.
    groups
        Which blocks share a θ.
    threads, seed
        Threads of the solver (None: one) and its random seed.
    """

    def __init__(self, program: LinearProgram, groups: Grouping, threads: int | None, seed: int) -> None:
        self.program = program
        self.groups = groups
        self.cuts: list[Cut] = []
        self._slack_for: list[int] = []
        self._gone: list[Cut] = []
        self._held = False
        self._sizes = np.exp2(typical_sizes(program).columns)
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

    def violation(self, cut: Cut, plan: MasterPlan) -> float:
        """By how much a plan violates a cut, in the cut's units; below 0 where it has room."""
        excess = float(cut.slope @ plan.x[cut.places]) - cut.right
        return excess if cut.group < 0 else excess - plan.theta[cut.group] / self.groups.scale[cut.group]

    def add(self, cuts: Sequence[Cut]) -> None:
        """Add cuts, without the dust of rounding."""
        if not cuts:
            return
        cuts = [cut.without_dust(self._sizes) for cut in cuts]
        right = np.array([cut.right for cut in cuts])
        self._lp.add_rows(cut_rows(cuts, self.program.columns, self.width), np.full(len(cuts), -np.inf), right)
        self.cuts.extend(cuts)
        self._slack_for.extend([0] * len(cuts))

    def fix_integers(self, values: FloatArray) -> None:
        """Fix the integer columns at whole numbers, shape (integer columns)."""
        places = np.flatnonzero(self.program.integer)
        self._lp.set_column_bounds(places, values, values)
        self._held = bool(places.size)

    def free_integers(self) -> None:
        """Let the integer columns move within their bounds again."""
        places = np.flatnonzero(self.program.integer)
        self._lp.set_column_bounds(places, self.program.column_lower[places], self.program.column_upper[places])
        self._held = False

    def solve(self) -> Answer:
        """The LP as it stands, its columns followed by the θ in their own units, its rows by the cuts.

        While whole numbers are held no cut grows older: what is slack at these may be all that is known of others.
        """
        if not self._held:
            self._let_go()
        answer = self._lp.solve()
        if answer.row_duals is not None and not self._held:
            slack = (answer.row_duals[self.program.rows :] == 0).tolist()
            self._slack_for = [was + 1 if now else 0 for was, now in zip(self._slack_for, slack, strict=True)]
        return answer

    def _let_go(self) -> None:
        """Take cuts out that have been slack for long, once they are many; those that forbid and planes stay."""
        aged = [
            slack >= REMEMBERED_FOR and cut.group >= 0 and not cut.lasting
            for cut, slack in zip(self.cuts, self._slack_for, strict=True)
        ]
        basis = self._lp.basis if sum(aged) > LET_GO * len(aged) else None
        if basis is None:
            return
        gone = np.array(aged) & basis.basic_rows()[self.program.rows :]
        self._lp.remove_rows(self.program.rows + np.flatnonzero(gone))
        kept = np.flatnonzero(~gone).tolist()
        self._gone += [self.cuts[i] for i in np.flatnonzero(gone)]
        self.cuts, self._slack_for = [self.cuts[i] for i in kept], [self._slack_for[i] for i in kept]

    def plan(self, answer: Answer) -> MasterPlan:
        """An optimal answer of ``solve`` by its parts; ValueError for any other."""
        if answer.columns is None or answer.row_duals is None or answer.objective is None:
            raise ValueError(f"a master that is {answer.status} has no plan with prices")
        n, m = self.program.columns, self.program.rows
        theta, duals = answer.columns[n:] * self.groups.scale, answer.row_duals[m:].tolist()
        priced = tuple((cut, dual) for cut, dual in zip(self.cuts, duals, strict=True) if dual != 0)
        return MasterPlan(answer.columns[:n], theta, answer.objective, answer.row_duals[:m], priced)

    def dual_bound(self, plan: MasterPlan, cost: float) -> float:
        """What the prices of a solution of the LP prove by weak duality of every plan that costs no more than ``cost``.

        Of such a plan no θ is larger than what the least of all else leaves of that cost: so a price of a cut that is
        off by a rounding costs the proof a rounding. −inf where the prices prove nothing.
        """
        program, groups = self._with_cuts([cut for cut, _ in plan.priced]), self.groups
        spare = cost - program.offset - least_cost(self.program) - float(groups.lower.sum())
        upper = np.concatenate([self.program.column_upper, (np.maximum(0.0, spare) + groups.lower) / groups.scale])
        program = dataclasses.replace(program, column_upper=upper)
        return dual_bound(program, np.concatenate([plan.row_duals, [dual for _, dual in plan.priced]]))

    def tight(self, plan: MasterPlan) -> list[Cut]:
        """The cuts that a solution of the LP rests on, and all that keep out where policies fail."""
        forbidding = [cut for cut in self.cuts if cut.group < 0]
        return [cut for cut in (*(cut for cut, _ in plan.priced if cut.group >= 0), *forbidding) if cut.multipliers]

    def integer_program(self, *, all_cuts: bool) -> LinearProgram:
        """The master with its integrality, the θ, and all cuts there have been or those not slack for long."""
        aged = zip(self.cuts, self._slack_for, strict=True)
        kept = [cut for cut, slack in aged if all_cuts or cut.lasting or slack < SLACK_FOR]
        return self._with_cuts([*self._gone, *kept] if all_cuts else kept)

    def _with_cuts(self, kept: Sequence[Cut]) -> LinearProgram:
        program = self._with_theta()
        if not kept:
            return program
        more = cut_rows(kept, self.program.columns, self.width)
        return dataclasses.replace(
            program,
            matrix=csr_array(vstack([program.matrix, more], format="csr")),
            row_lower=np.concatenate([program.row_lower, np.full(len(kept), -np.inf)]),
            row_upper=np.concatenate([program.row_upper, [cut.right for cut in kept]]),
        )
