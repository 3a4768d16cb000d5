"""Cuts made anew of prices that an earlier run has left, for the numbers that stand in the problem now.

For any prices y of the rows of a block, weak duality bounds its cost at a point x of the master from below by

    Σ over rows of y · (the bound on which y leans − T·x) + Σ over columns of d · (the bound on which d leans),

with d = c − Aᵀy: a tangent over x that holds whatever has become of costs, bounds and coefficients (formulation, W.4).
Failures of policies are priced only to keep them out, and no plan has any: here they are held at 0. Prices that lean on
a bound that is not there now prove nothing, and are left out.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.program.weak_duality import proven_by
from friendshore.optimizer.search.benders.block import Block
from friendshore.optimizer.search.benders.cuts import Cut, Grouping, forbidding, least_cost, members, optimality_cut
from friendshore.optimizer.search.benders.tangent import Tangent


def tangents(block: Block, prices: FloatArray, *, failures: bool = False) -> list[Tangent]:
    """The tangents that prices prove of a block now.

    Parameters
    ----------
    block
        The block.
    prices
        Of its rows, shape (any number, rows).
    failures
        Whether it is the failures of its policies that they price, not its cost.

    Returns
    -------
    list of Tangent
        Those that prove anything.
    """
    program = _program(block, failures=failures)
    found = []
    for row in prices:
        constant, duals = proven_by(program, row)
        if np.isfinite(constant):
            found.append(Tangent(constant, -np.asarray(block.coupling.T @ duals), duals))
    return found


def _program(block: Block, *, failures: bool) -> LinearProgram:
    program = block.program
    if failures:
        return dataclasses.replace(program, cost=block.failure_cost)
    none = np.where(block.failure_cost > 0, 0.0, program.column_upper)
    return dataclasses.replace(program, column_upper=none)


def cuts_of_tangents(blocks: Sequence[Block], groups: Grouping, known: Sequence[Sequence[Tangent]]) -> list[Cut]:
    """The cuts of each group: first those of the first tangent of each of its blocks, then of the second, and so on.

    Parameters
    ----------
    blocks
        All blocks.
    groups
        Which of them share a θ.
    known
        The tangents of each block; where it has fewer than the others its last stands for those it lacks, and what
        bounds of columns prove of it where it has none.

    Returns
    -------
    list of Cut
        They hold on to their multipliers.
    """
    cuts = []
    for group, mine in enumerate(members(groups)):
        for k in range(max((len(known[b]) for b in mine), default=0)):
            chosen = {b: known[b][min(k, len(known[b]) - 1)] if known[b] else _least(blocks[b]) for b in mine}
            cuts.append(optimality_cut(blocks, groups, group, chosen, keep=True))
    return cuts


def cuts_that_forbid(blocks: Sequence[Block], known: Sequence[Sequence[Tangent]]) -> list[Cut]:
    """The cuts that keep out where policies of blocks fail, of the tangents of each block."""
    return [forbidding(blocks[b], b, tangent, keep=True) for b, mine in enumerate(known) for tangent in mine]


def _least(block: Block) -> Tangent:
    return Tangent(least_cost(block.program), np.zeros(len(block.touched)), np.zeros(len(block.rows)))
