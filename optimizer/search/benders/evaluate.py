"""What a plan of the master means for every branch: its least cost, and by how much its policies fail."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, vstack

from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.program.weak_duality import proven_by
from friendshore.optimizer.search.benders.block import Block
from friendshore.optimizer.solver import Answer, Basis, SolverFault, solve_lp
from friendshore.optimizer.solver.answer import cancelling
from friendshore.optimizer.solver.quick import UNLIMITED, QuickLp
from friendshore.optimizer.solver.scaling import Scaling, scaling_of

FAILS = 1e-7
"""Sum of failures of a block's policies, each relative to its bound, that is still within tolerance."""


DEARER = 10.0
"""So many times its price is a failure priced where the price did not keep it out."""

DEAREST = 1e4
"""So many times its first price at most; from there on the LP of a block would lose its digits."""

DEAR = DEARER**2
"""From so many times its first price on a block is asked whether it has to fail.

Measured on the rare earth workbook: of 15 blocks that failed at the first price one had to, and each took 0.9 s to say
so; of 6 at the second or third price none."""

FOREIGN = 24
"""A pivot for so many rows at most from a basis that an earlier run has left; then the block is solved from nothing.

Measured on branches of the rare earth workbook: from nothing 0.17 s; from a basis of nearly the same costs 0.02 to 0.06
(0 to 320 pivots for 8,000 rows), of others 1.2 (8,000 pivots)."""

ROUNDS = 1
"""Rounds of planes for a block at a point that only teaches the master: a cut holds with any planes, and they stay."""

MOST_ROUNDS = 100
"""Rounds of planes where a block is brought within its cones; what a cone is left by after them is beneath the
precision of the LP."""


@dataclass(frozen=True, eq=False)
class BlockValue:
    """A block at a point x of the master.

    Parameters
    ----------
    value
        Its least cost with failures priced, in money; convex in x.
    proven
        What the prices of its rows prove of that by weak duality, whatever the solver said; the cuts are made of it.
    failure
        Sum of its policies' failures, each relative to its bound.
    gradient
        A subgradient of ``value``, shape (columns of the master that the block touches).
    columns
        Its plan, failures left out, shape (columns of the block).
    row_duals
        The prices of its rows, shape (rows of the block).
    within
        Whether its plan is within its cones; where it is not, ``value`` is at most what the block costs.
    """

    value: float
    proven: float
    failure: float
    gradient: FloatArray
    columns: FloatArray
    row_duals: FloatArray
    within: bool = True

    @property
    def feasible(self) -> bool:
        """Whether it is within its cones and no policy fails by more than the tolerance."""
        return self.within and self.failure <= FAILS


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
        self.again = 0
        """Solves whose prices did not prove their cost, so that they were done again from nothing."""
        self._seed = seed
        self._bases: dict[int, Basis] = {}
        self._scalings: dict[int, Scaling] = {}
        self._planes: dict[int, csr_array] = {}
        self._dearer: dict[int, float] = {}
        self._foreign: set[int] = set()
        self._of_thread = threading.local()
        self._pool = ThreadPoolExecutor(workers, "branches") if workers > 1 else None

    def ended(self) -> dict[int, tuple[Basis | None, float]]:
        """By block the basis on which it has ended, where it has one, and how much dearer its failures have become."""
        return {b: (self._bases.get(b), self._dearer.get(b, 1.0)) for b in range(len(self.blocks))}

    def begin_from(self, bases: Mapping[int, Basis], dearer: Mapping[int, float]) -> None:
        """Let blocks begin where an earlier run has ended, whose programs have the same rows and columns."""
        self._bases.update(bases)
        self._foreign.update(bases)
        self._dearer.update(dearer)

    def close(self) -> None:
        """Let the threads go."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def price_failures_higher(self, which: Iterable[int], times: float = DEARER) -> int:
        """Price failures of the policies of some blocks higher; how many blocks were not at the highest price yet.

        What a block costs only grows with the price, so that all earlier cuts stay true.

        Parameters
        ----------
        which
            Places of the blocks.
        times
            By what factor, as far as ``DEAREST`` allows.
        """
        rising = [b for b in which if self._dearer.get(b, 1.0) < DEAREST]
        self._dearer.update((b, min(DEAREST, times * self._dearer.get(b, 1.0))) for b in rising)
        return len(rising)

    def dear(self, which: Iterable[int]) -> list[int]:
        """Those of some blocks whose failures are priced so high that failing is hardly a choice any more."""
        return [b for b in which if self._dearer.get(b, 1.0) >= DEAR]

    def evaluate(
        self,
        x: FloatArray,
        which: Sequence[int],
        stop: Callable[[], bool],
        *,
        failures: bool = False,
        exact: bool = False,
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
        exact
            Whether blocks are brought within their cones, as they are for ``failures``.

        Returns
        -------
        list of BlockValue or None
            In the order of ``which``; None where ``stop`` came true before all were done.
        """

        def one(b: int) -> BlockValue | None:
            return None if stop() else self._value(b, x, failures, MOST_ROUNDS if exact or failures else ROUNDS)

        values = list(map(one, which) if self._pool is None else self._pool.map(one, which))
        done = [value for value in values if value is not None]
        self.solves += len(done)
        return done if len(done) == len(which) else None

    def _value(self, b: int, x: FloatArray, failures: bool, rounds: int) -> BlockValue:
        block = self.blocks[b]
        own, given = block.program, np.asarray(block.coupling @ x[block.touched])
        answer, proven = self._solved(b, own, given, failures)
        planes = block.planes(_own(block, answer))
        for _ in range(rounds):
            if not planes:
                break
            self._add(b, planes, answer.basis)
            answer, proven = self._solved(b, own, given, failures)
            planes = block.planes(_own(block, answer))
        if answer.columns is None or answer.row_duals is None or answer.objective is None:
            raise SolverFault(f"the branch {block.name} could not be solved although everything may go short")
        if answer.basis is not None and not failures:
            self._bases[b] = answer.basis
        duals = answer.row_duals[: own.rows]
        return BlockValue(
            answer.objective,
            proven,
            float(block.failure_weights @ answer.columns[len(block.columns) :]),
            -np.asarray(block.coupling.T @ duals),  # −Tᵀπ, as the rows shift by −T·x
            _own(block, answer),
            duals,
            within=not planes or rounds == MOST_ROUNDS,
        )

    def _solved(self, b: int, own: LinearProgram, given: FloatArray, failures: bool) -> tuple[Answer, float]:
        """The LP of a block with the planes it has so far, what the master gives taken off its rows; what is proven.

        From a stored basis HiGHS has said optimal at a wrong value (its issue 3194): where the prices do not prove what
        was said the LP is solved again from nothing, the slow way.
        """
        block = self.blocks[b]
        if b not in self._scalings:
            self._scalings[b] = scaling_of(own)
        program = dataclasses.replace(
            own,
            row_lower=own.row_lower - given,
            row_upper=own.row_upper - given,
            cost=block.failure_cost if failures else self._cost(b, own),
        )
        if b in self._planes:
            program = _with_planes(program, self._planes[b])
        pivots = own.rows // FOREIGN if b in self._foreign else UNLIMITED
        answer = self._solver().solve(program, self._bases.get(b), scaling=self._scalings[b], pivots=pivots)
        self._foreign.discard(b)
        self.iterations += answer.iterations
        proven, answer = _proven(program, answer)
        if not _agree(program, answer, proven):
            self.again += 1
            proven, answer = _proven(program, dataclasses.replace(solve_lp(program), basis=None))
        if not np.isfinite(proven):
            raise SolverFault(f"the branch {block.name} could not be solved although everything may go short")
        return answer, proven

    def _cost(self, b: int, own: LinearProgram) -> FloatArray:
        times = self._dearer.get(b, 1.0)
        return own.cost if times == 1.0 else np.where(self.blocks[b].failure_cost > 0, times * own.cost, own.cost)

    def _add(self, b: int, planes: Sequence[FloatArray], basis: Basis | None) -> None:
        """Lay further planes p·y ≤ 0 down in a block, and go on from the basis of its last answer."""
        failures = np.zeros(len(self.blocks[b].failure_weights))
        more = csr_array(np.vstack([np.append(plane, failures) for plane in planes]))
        known = self._planes.get(b)
        self._planes[b] = more if known is None else csr_array(vstack([known, more], format="csr"))
        self._scalings[b] = self._scalings[b].with_rows(more)
        self._bases.pop(b, None)
        if basis is not None:
            self._bases[b] = basis.with_rows(len(planes))

    def _solver(self) -> QuickLp:
        of_thread: list[QuickLp] = self._of_thread.__dict__.setdefault("solver", [])
        if not of_thread:
            of_thread.append(QuickLp(self._seed))
        return of_thread[0]


def _with_planes(program: LinearProgram, planes: csr_array) -> LinearProgram:
    """A program with further rows plane·y ≤ 0."""
    count = planes.shape[0]
    return dataclasses.replace(
        program,
        matrix=csr_array(vstack([program.matrix, planes], format="csr")),
        row_lower=np.append(program.row_lower, np.full(count, -np.inf)),
        row_upper=np.append(program.row_upper, np.zeros(count)),
    )


def _proven(program: LinearProgram, answer: Answer) -> tuple[float, Answer]:
    """The cost that the prices of an answer prove, and the answer with these prices."""
    if answer.row_duals is None:
        return -np.inf, answer
    proven, duals = proven_by(program, answer.row_duals)
    return proven, dataclasses.replace(answer, row_duals=duals)


def _agree(program: LinearProgram, answer: Answer, proven: float) -> bool:
    """Whether the prices of an answer prove its cost, but for rounding."""
    return answer.columns is not None and answer.cost - proven <= cancelling(program, answer.columns)


def _own(block: Block, answer: Answer) -> FloatArray:
    """The block's own columns of an answer, failures of policies left out."""
    assert answer.columns is not None  # noqa: S101 - whoever asks has seen to it
    return answer.columns[: len(block.columns)]
