"""What a plan of the master means for every branch: its least cost and prices, or by how much its policies fail."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array, hstack

from optimizer.arrays import FloatArray, LinearProgram
from optimizer.decompose.split import Block, Places
from optimizer.solver import SolverFault
from optimizer.solver.quick import QuickAnswer, QuickLp

FAILS = 1e-8
"""Sum of failures of a block's policies, relative to the largest of their bounds, that is still within tolerance."""


@dataclass(frozen=True, eq=False)
class Valued:
    """A block at a point x of the master.

    ``value`` is its least cost, or with ``feasible`` false the least sum of its policies' failures; either is convex in
    x with ``gradient`` (over the master's columns ``touched``) at this point. ``columns`` and ``row_duals`` are those
    of its plan, empty where it has none.
    """

    feasible: bool
    value: float
    touched: Places
    gradient: FloatArray
    columns: FloatArray
    row_duals: FloatArray


class Evaluator:
    """Solves every block at points of the master, on ``workers`` threads, each from the basis of its last solve.

    HiGHS lets go of the interpreter while it works, so threads of one process share the arrays and lose nothing
    (measured: two threads up to 2.0 times as fast, better than processes). What a block answers depends on its own
    earlier solves alone: the same whatever the number of threads.
    """

    def __init__(self, blocks: Sequence[Block], workers: int, seed: int = 0) -> None:
        self.blocks = tuple(blocks)
        self.solves = 0
        self.iterations = 0
        self._seed = seed
        self._starts: dict[tuple[int, bool], Any] = {}
        self._of_thread = threading.local()
        self._pool = ThreadPoolExecutor(workers, "branches") if workers > 1 else None

    def close(self) -> None:
        """Let the threads go."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def evaluate(self, x: FloatArray, which: Sequence[int], stop: Callable[[], bool]) -> list[Valued] | None:
        """The chosen blocks at ``x``, in their order; None where ``stop`` came true before all were done."""

        def one(b: int) -> Valued | None:
            return None if stop() else self._value(b, x)

        found = list(map(one, which) if self._pool is None else self._pool.map(one, which))
        done = [valued for valued in found if valued is not None]
        return done if len(done) == len(which) else None

    def _value(self, b: int, x: FloatArray) -> Valued:
        block = self.blocks[b]
        given = block.coupling @ x
        program = dataclasses.replace(
            block.program, row_lower=block.program.row_lower - given, row_upper=block.program.row_upper - given
        )
        answer = self._solve(b, program, elastic=False)
        if answer.columns is None:
            failing = elastic(program, block)
            answer = self._solve(b, failing, elastic=True)
            if answer.objective is None or answer.row_duals is None:
                raise SolverFault(f"the branch {block.name} could not be solved although everything may go short")
            if answer.objective > FAILS * scale(program, block):
                nothing = np.zeros(0)
                return Valued(
                    False, answer.objective, block.touched, _gradient(block, answer.row_duals), nothing, nothing
                )
            answer = self._within(block, program, failing, answer)
        if answer.columns is None or answer.row_duals is None or answer.objective is None:
            raise SolverFault(f"the branch {block.name} is infeasible by less than can be told")
        slope = _gradient(block, answer.row_duals)
        return Valued(True, answer.objective, block.touched, slope, answer.columns, answer.row_duals)

    def _within(self, block: Block, program: LinearProgram, failing: LinearProgram, answer: QuickAnswer) -> QuickAnswer:
        """The block with rows that give way by the little they fail, which is within tolerance."""
        assert answer.columns is not None  # noqa: S101 - by the caller
        activity = failing.matrix[:, : program.columns] @ answer.columns[: program.columns]
        eased = dataclasses.replace(
            program, row_lower=np.minimum(program.row_lower, activity), row_upper=np.maximum(program.row_upper, activity)
        )
        return self._lp().solve(eased, sure=True)

    def _solve(self, b: int, program: LinearProgram, *, elastic: bool) -> QuickAnswer:
        answer = self._lp().solve(program, self._starts.get((b, elastic)))
        if answer.start is not None:
            self._starts[b, elastic] = answer.start
        self.solves += 1
        self.iterations += answer.iterations
        return answer

    def _lp(self) -> QuickLp:
        held: list[QuickLp] = self._of_thread.__dict__.setdefault("lp", [])
        if not held:
            held.append(QuickLp(self._seed))
        return held[0]


def _gradient(block: Block, duals: FloatArray) -> FloatArray:
    """Minus Tᵀπ over the master's columns that the block touches: rows shift by −T·x."""
    return np.asarray(-(block.coupling_columns.T @ duals))


def elastic(program: LinearProgram, block: Block) -> LinearProgram:
    """The program whose rows of policies may fail; minimise the sum of their failures."""
    rows = np.flatnonzero(block.policies)
    below, above = rows[np.isfinite(program.row_lower[rows])], rows[np.isfinite(program.row_upper[rows])]
    failing = np.concatenate([below, above])
    signs = np.concatenate([np.ones(len(below)), -np.ones(len(above))])
    more = csr_array((signs, (failing, np.arange(len(failing)))), shape=(program.rows, len(failing)))
    count = len(failing)
    return LinearProgram(
        cost=np.concatenate([np.zeros(program.columns), np.ones(count)]), offset=0.0,
        matrix=csr_array(hstack([program.matrix, more], format="csr")),
        row_lower=program.row_lower, row_upper=program.row_upper,
        column_lower=np.concatenate([program.column_lower, np.zeros(count)]),
        column_upper=np.concatenate([program.column_upper, np.full(count, np.inf)]),
        integer=np.zeros(program.columns + count, dtype=bool),
    )  # fmt: skip


def scale(program: LinearProgram, block: Block) -> float:
    """Size of what a block's policies speak of: the largest finite bound of their rows, at least 1."""
    bounds = np.concatenate([program.row_lower[block.policies], program.row_upper[block.policies]])
    return max(1.0, float(np.abs(bounds[np.isfinite(bounds)]).max(initial=0.0)))
