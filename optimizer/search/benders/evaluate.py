"""What a plan of the master means for every branch: its least cost, and by how much its policies fail."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.benders.block import Block
from friendshore.optimizer.solver import Basis, SolverFault
from friendshore.optimizer.solver.quick import QuickLp
from friendshore.optimizer.solver.scaling import Scaling, scaling_of

FAILS = 1e-7
"""Sum of failures of a block's policies, each relative to its bound, that is still within tolerance."""


@dataclass(frozen=True, eq=False)
class BlockValue:
    """A block at a point x of the master.

    Parameters
    ----------
    value
        Its least cost with failures priced, in money; convex in x.
    failure
        Sum of its policies' failures, each relative to its bound.
    gradient
        A subgradient of ``value``, shape (columns of the master that the block touches).
    columns
        Its plan, failures left out, shape (columns of the block).
    row_duals
        The prices of its rows, shape (rows of the block).
    """

    value: float
    failure: float
    gradient: FloatArray
    columns: FloatArray
    row_duals: FloatArray

    @property
    def feasible(self) -> bool:
        """Whether no policy fails by more than the tolerance."""
        return self.failure <= FAILS


class Evaluator:
    """Solves blocks at points of the master, each from the basis of its last solve.

    HiGHS lets go of the interpreter while it works, so threads of one process share the arrays and lose nothing
    (measured: two threads up to 2.0 times as fast, better than processes). What a block answers depends on its own
    earlier solves alone: the same whatever the number of threads.

    Parameters
    ----------
    blocks
        All blocks.
    workers
        Threads.
    seed
        Random seed of the solver.
    """

    def __init__(self, blocks: Sequence[Block], workers: int, seed: int = 0) -> None:
        self.blocks = tuple(blocks)
        self.solves = 0
        self.iterations = 0
        self._seed = seed
        self._bases: dict[int, Basis] = {}
        self._scalings: dict[int, Scaling] = {}
        self._of_thread = threading.local()
        self._pool = ThreadPoolExecutor(workers, "branches") if workers > 1 else None

    def close(self) -> None:
        """Let the threads go."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def evaluate(
        self, x: FloatArray, which: Sequence[int], stop: Callable[[], bool], *, failures: bool = False
    ) -> list[BlockValue] | None:
        """Some blocks at a point of the master.

        Parameters
        ----------
        x
            The point, shape (columns of the master).
        which
            Places of the blocks.
        stop
            Called before each: whether to stop.
        failures
            Nothing costs anything but failures, one for each in units of its bound; ``value`` is then the least sum of
            them.

        Returns
        -------
        list of BlockValue or None
            In the order of ``which``; None where ``stop`` came true before all were done.
        """

        def one(b: int) -> BlockValue | None:
            return None if stop() else self._value(b, x, failures)

        values = list(map(one, which) if self._pool is None else self._pool.map(one, which))
        done = [value for value in values if value is not None]
        self.solves += len(done)
        return done if len(done) == len(which) else None

    def _value(self, b: int, x: FloatArray, failures: bool) -> BlockValue:
        block = self.blocks[b]
        given = block.coupling_columns @ x[block.touched]
        program = dataclasses.replace(
            block.program,
            row_lower=block.program.row_lower - given,
            row_upper=block.program.row_upper - given,
            cost=block.failure_cost if failures else block.program.cost,
        )
        if b not in self._scalings:
            self._scalings[b] = scaling_of(block.program)
        answer = self._solver().solve(program, self._bases.get(b), scaling=self._scalings[b])
        if answer.columns is None or answer.row_duals is None or answer.objective is None:
            raise SolverFault(f"the branch {block.name} could not be solved although everything may go short")
        if answer.basis is not None and not failures:
            self._bases[b] = answer.basis
        self.iterations += answer.iterations
        return BlockValue(
            answer.objective,
            float(block.failure_cost @ answer.columns),
            -np.asarray(block.coupling_columns.T @ answer.row_duals),  # −Tᵀπ, as the rows shift by −T·x
            answer.columns[: len(block.columns)],
            answer.row_duals,
        )

    def _solver(self) -> QuickLp:
        of_thread: list[QuickLp] = self._of_thread.__dict__.setdefault("solver", [])
        if not of_thread:
            of_thread.append(QuickLp(self._seed))
        return of_thread[0]
