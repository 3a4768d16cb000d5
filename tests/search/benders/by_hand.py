"""A decomposition small enough to know: capacity decided once, and what a branch lacks of its need."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from friendshore.optimizer.program.linear_program import LinearProgram
from friendshore.optimizer.search.benders.block import Block, Places, failure_weights, with_failures
from friendshore.optimizer.search.benders.split import Parts

NONE: Places = np.array([], dtype=np.int64)
FIRST: Places = np.array([0], dtype=np.int64)


def column(cost: float, upper: float, *, at_least: float | None = None, integer: bool = False) -> LinearProgram:
    """One column, with a row of its own where it has to be ``at_least`` something."""
    rows = 0 if at_least is None else 1
    return LinearProgram(
        cost=np.array([cost]),
        offset=0.0,
        matrix=csr_array(np.ones((rows, 1))),
        row_lower=np.full(rows, at_least or 0.0),
        row_upper=np.full(rows, np.inf),
        column_lower=np.zeros(1),
        column_upper=np.array([upper]),
        integer=np.array([integer]),
    )


def buying(price: float, need: float, place: int) -> Block:
    """A branch that buys at ``price`` what capacity x lacks of its need: it costs price · max(0, need − x).

    Its column is the ``place``-th of the whole program, its row the one before.
    """
    return Block(
        f"buy {need:g}",
        lambda: column(price, np.inf, at_least=need),
        csr_array([[1.0]]),
        FIRST,
        np.array([place], dtype=np.int32),
        np.array([place - 1], dtype=np.int32),
        np.array([False]),
        np.zeros(0),
    )


def promised(need: float, place: int, price: float = 100.0) -> Block:
    """A branch whose policy fails where 1 that it may buy for nothing and capacity x are less than ``need``."""
    return promising(column(0.0, 1.0, at_least=need), place, price)


def promising(program: LinearProgram, place: int, price: float) -> Block:
    """A branch of one column, the ``place``-th of the whole program, and one row that may fail at ``price``."""
    policies = np.array([True])
    return Block(
        "promise",
        lambda: with_failures(program, policies, price),
        csr_array([[1.0]]),
        FIRST,
        np.array([place], dtype=np.int32),
        np.array([0], dtype=np.int32),
        policies,
        failure_weights(program, policies),
    )


def decided(*blocks: Block, integer: bool = False) -> Parts:
    """Capacity of 0 to 10 at 1 a unit, before the branches."""
    whole = LinearProgram(
        cost=np.concatenate([[1.0], *(block.program.cost[:1] for block in blocks)]),
        offset=0.0,
        matrix=csr_array(np.column_stack([np.ones(len(blocks)), np.eye(len(blocks))])),
        row_lower=np.concatenate([block.program.row_lower for block in blocks]),
        row_upper=np.concatenate([block.program.row_upper for block in blocks]),
        column_lower=np.zeros(1 + len(blocks)),
        column_upper=np.concatenate([[10.0], *(block.program.column_upper[:1] for block in blocks)]),
        integer=np.array([integer, *[False] * len(blocks)]),
    )
    return Parts(column(1.0, 10.0, integer=integer), FIRST, NONE, blocks, whole, np.array([-1]), NONE)
