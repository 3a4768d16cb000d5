"""Pool: what one run of the decomposition leaves for the next, of the same problem or of one with other numbers.

It has points of the master, and of every branch the prices of its rows that cuts were made of and the basis that it
ended on. None of it has to be believed: a point is only looked at, a basis only begun from, and prices prove by weak
duality what they prove of the numbers that stand in the problem now (``rebuild``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.benders.names import Called, Names, OfNode, named
from friendshore.optimizer.solver import Basis


@dataclass(frozen=True, eq=False)
class BranchPool:
    """What is known of a branch.

    Parameters
    ----------
    structure
        Which rows and columns it has, as a hash.
    prices
        Prices of its rows, of which tangents of its cost are made; shape (tangents, rows).
    failing
        The same for cuts that keep out where its policies fail; shape (cuts, rows).
    basis
        The basis it ended on; None where there is none.
    dearer
        How many times dearer than at first its policies' failures had to be.
    called
        What the names of its rows and columns are made of, by which they are found again; None: they are not known.
    """

    structure: str
    prices: FloatArray
    failing: FloatArray
    basis: Basis | None = None
    dearer: float = 1.0
    called: Called | None = None


@dataclass(frozen=True, eq=False)
class Pool:
    """What is known of a problem.

    Parameters
    ----------
    structure
        Which columns the master has, as a hash.
    relaxed
        Where its linear relaxation ended, shape (columns of the master).
    best
        The best plan, shape (columns of the master); None where there was none.
    branches
        By name.
    columns
        Names of the columns of the master; empty where they are not known.
    of_node
        Names of the columns and rows of a node.
    """

    structure: str
    relaxed: FloatArray
    best: FloatArray | None
    branches: Mapping[str, BranchPool] = field(default_factory=dict)
    columns: Names = field(default_factory=lambda: named(()))
    of_node: OfNode = field(default_factory=lambda: OfNode(named(()), named(())))

    @property
    def bytes(self) -> int:
        """About how large it is."""
        prices = sum(branch.prices.nbytes + branch.failing.nbytes for branch in self.branches.values())
        return prices + 2 * self.relaxed.nbytes


@dataclass
class Memory:
    """Hands a pool from one search to the next: each begins from it, and leaves what it has learnt.

    Parameters
    ----------
    pool
        What is known; None: nothing.
    keep
        Whether a search leaves in it what it has learnt; else each begins from the same.
    begun
        Whether a search began from it.
    learnt
        Whether a search has left anything.
    """

    pool: Pool | None = field(default=None, compare=False)  # what is proven is the same whatever it begins from
    keep: bool = field(default=True, compare=False)
    begun: bool = field(default=False, compare=False)
    learnt: bool = field(default=False, compare=False)

    def fixed(self) -> Memory:
        """The same for searches of which each begins from it and none from another, in whatever order they come."""
        return Memory(self.pool, keep=False)

    def take(self, left: Pool | None, *, begun: bool) -> None:
        """What a search has learnt, and whether it began from what was known."""
        self.begun = self.begun or begun
        if left is not None and self.keep:
            self.pool, self.learnt = left, True


def begun_from(memory: Memory | None) -> dict[str, Memory]:
    """The option of ``solve_problem`` for searches that all begin from what is known; none where nothing is."""
    return {} if memory is None or memory.pool is None else {"memory": memory.fixed()}


def stacked(prices: list[FloatArray], width: int) -> FloatArray:
    """Prices as an array, shape (as many as there are, ``width``); each but once."""
    once = list({one.tobytes(): one for one in prices}.values())
    return np.array(once) if once else np.zeros((0, width))
