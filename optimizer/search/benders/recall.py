"""What a pool means for the problem at hand, and the pool that a run leaves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.benders.block import Block
from friendshore.optimizer.search.benders.carry import carried
from friendshore.optimizer.search.benders.cuts import Cut
from friendshore.optimizer.search.benders.pool import BranchPool, Pool, stacked
from friendshore.optimizer.search.benders.rebuild import tangents
from friendshore.optimizer.search.benders.split import Parts
from friendshore.optimizer.search.benders.structure import Structure
from friendshore.optimizer.search.benders.tangent import Tangent
from friendshore.optimizer.solver import Basis


@dataclass(frozen=True, eq=False)
class Known:
    """What is known before a run begins, in the places of its master and blocks.

    Parameters
    ----------
    relaxed
        Where an earlier relaxation ended, shape (columns of the master).
    best
        An earlier plan, likewise; None where there was none.
    tangents, failing
        Of each block's cost, and of the failures of its policies.
    bases, dearer
        By block, where it begins, and how much dearer its failures are than at first.
    """

    relaxed: FloatArray
    best: FloatArray | None
    tangents: tuple[tuple[Tangent, ...], ...]
    failing: tuple[tuple[Tangent, ...], ...]
    bases: dict[int, Basis]
    dearer: dict[int, float]


def recalled(pool: Pool | None, structure: Structure, parts: Parts) -> Known | None:
    """What a pool says of a program.

    Parameters
    ----------
    pool
        What an earlier run has left; None: nothing.
    structure, parts
        The program by parts.

    Returns
    -------
    Known or None
        None where its master has hardly a column in common; nothing is known of branches that are new.
    """
    pool = None if pool is None else carried(pool, structure, [block.name for block in parts.blocks])
    if pool is None:
        return None
    points = [pool.relaxed] if pool.best is None else [pool.relaxed, pool.best]
    if any(point.shape != (parts.master.columns,) for point in points):
        return None
    alike: dict[int, BranchPool] = {}
    for b, block in enumerate(parts.blocks):
        branch = pool.branches.get(block.name)
        if branch is not None and branch.prices.shape[1] == len(block.rows):
            alike[b] = branch
    return Known(
        pool.relaxed,
        pool.best,
        _each(parts.blocks, {b: branch.prices for b, branch in alike.items()}, failures=False),
        _each(parts.blocks, {b: branch.failing for b, branch in alike.items()}, failures=True),
        {b: branch.basis for b, branch in alike.items() if branch.basis is not None},
        {b: branch.dearer for b, branch in alike.items() if branch.dearer != 1.0},
    )


def _each(blocks: Sequence[Block], prices: dict[int, FloatArray], *, failures: bool) -> tuple[tuple[Tangent, ...], ...]:
    return tuple(
        tuple(tangents(block, prices[b], failures=failures)) if b in prices else () for b, block in enumerate(blocks)
    )


def kept(
    structure: Structure,
    blocks: Sequence[Block],
    cuts: Iterable[Cut],
    ended: dict[int, tuple[Basis | None, float]],
    points: tuple[FloatArray, FloatArray | None],
) -> Pool:
    """The pool that a run leaves.

    Parameters
    ----------
    structure, blocks
        Of the program.
    cuts
        Those that are worth keeping, with their multipliers.
    ended
        By block the basis it ended on, and how much dearer its failures had become.
    points
        Where the relaxation ended, and the best plan, shape (columns of the master) each.

    Returns
    -------
    Pool
        Of everything.
    """
    prices: list[list[FloatArray]] = [[] for _ in blocks]
    failing: list[list[FloatArray]] = [[] for _ in blocks]
    for cut in cuts:
        for b, duals in cut.multipliers:
            (prices if cut.group >= 0 else failing)[b].append(duals)
    branches = {}
    for b, (block, made_of, called) in enumerate(zip(blocks, structure.blocks, structure.called, strict=True)):
        basis, dearer = ended[b]
        fits = basis is not None and basis.shape == block.shape
        of_cost, of_failing = (stacked(kind[b], len(block.rows)) for kind in (prices, failing))
        branches[block.name] = BranchPool(made_of, of_cost, of_failing, basis if fits else None, dearer, called)
    relaxed, best = points
    points_kept = np.array(relaxed), None if best is None else np.array(best)
    return Pool(structure.master, *points_kept, branches, structure.columns, structure.of_node)
