"""Cuts: what the master knows of its branches so far, as rows over its columns.

For a block of value Q(x̂) and gradient g at x̂ the tangent θ ≥ Q(x̂) + g·(x − x̂) holds for every x, Q being convex
(Benders 1962; Van Slyke & Wets 1969, L-shaped linear programs, section 3). Q(x̂) is what the prices of the block
prove by weak duality, so that no cut rests on the solver's word. Blocks that fail their policies by F(x̂) give
F(x̂) + g·(x − x̂) ≤ 0. With many blocks the θ of some are summed to one (Birge & Louveaux 1988, A multicut algorithm).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import coo_array, csr_array

from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.search.benders.block import Block, Places
from friendshore.optimizer.search.benders.evaluate import BlockValue
from friendshore.optimizer.search.benders.split import Parts
from friendshore.optimizer.search.benders.tangent import Tangent

ENTRIES = 70_000
"""So many entries in the cuts of one round at most, as far as ``LEAST_GROUPS`` allow; more blocks share a θ.

Measured: with entries to spare few θ cost rounds (tutorial of 5,000 branches: 118, 77 s with 200, 1,000 of them); where
a block touches 340 columns of the master, 48 and 200 of them take 49 and 50 s at 200 branches.
"""

LEAST_GROUPS = 48

DUST = 1e-12
"""What is smaller than this beside the largest term of its cut is what rounding has left of terms that cancel.

Nothing lies between: on the rare earth workbook a thousandth of the entries is below 1e-12, none from there to 1e-10. A
solver that brings all entries to like sizes counts by them in units in which nothing else can be seen, and has said
infeasible where a plan was known."""


@dataclass(frozen=True, eq=False)
class Cut:
    """slope·x[places] − θ[group]/scale ≤ right, scaled to entries near 1.

    Parameters
    ----------
    places, slope
        Columns of the master and their entries, shape (k) each.
    right
        The upper bound of the row.
    group
        Which θ; −1 for none, as in a feasibility cut and a tangent plane.
    prices
        For each block that it comes from its place and the duals of its policies' rows, for the scorecard.
    lasting
        Whether it is never left out, however long it is slack.
    multipliers
        For each block that it comes from its place and the prices of all its rows, for a run to come; empty where none
        is to.
    """

    places: Places
    slope: FloatArray
    right: float
    group: int
    prices: tuple[tuple[int, FloatArray], ...] = ()
    lasting: bool = False
    multipliers: tuple[tuple[int, FloatArray], ...] = ()

    def without_dust(self, sizes: FloatArray) -> Cut:
        """The cut without what rounding has left; ``sizes`` are the typical values of the master's columns."""
        terms = np.abs(self.slope) * sizes[self.places]
        worth = terms > DUST * terms.max(initial=0.0)
        return self if worth.all() else replace(self, places=self.places[worth], slope=self.slope[worth])


@dataclass(frozen=True, eq=False)
class Grouping:
    """Which blocks share a θ, and its unit.

    Parameters
    ----------
    of_block
        The group of each block, shape (blocks); −1 for those without any cost and any policy, which have no θ.
    scale
        What one of θ is worth in money, a power of two, shape (groups).
    lower
        Lower bound of θ in money, shape (groups).
    """

    of_block: Places
    scale: FloatArray
    lower: FloatArray

    @property
    def count(self) -> int:
        """Number of θ."""
        return len(self.scale)


def grouping(parts: Parts) -> Grouping:
    """Groups of blocks in their order, as even as can be; each θ bounded below by what bounds of columns prove."""
    programs = (block.program for block in parts.blocks)  # failures cost too
    least = [least_cost(program) if program.cost.any() else None for program in programs]
    costly = np.array([cost is not None for cost in least], dtype=bool)
    of_block = np.full(len(parts.blocks), -1, dtype=np.int64)
    count = int(costly.sum())
    touched = sum(len(block.touched) for block, costs in zip(parts.blocks, costly, strict=True) if costs)
    groups = min(count, max(LEAST_GROUPS, ENTRIES * count // max(1, touched)))
    if groups:
        of_block[costly] = np.arange(count) * groups // count
    lower = np.zeros(groups)
    for group, cost in zip(of_block, least, strict=True):
        if cost is not None:
            lower[group] += cost
    if not np.isfinite(lower).all():
        raise ValueError("a branch whose cost has no end below cannot be split off")
    return Grouping(of_block, np.ones(groups), lower)


def least_cost(program: LinearProgram) -> float:
    """What a program costs at least, by the bounds of its columns alone."""
    used = program.cost != 0
    bounds = np.where(program.cost > 0, program.column_lower, program.column_upper)[used]
    return float(np.sum(program.cost[used] * bounds))


def rescaled(groups: Grouping, costs: Sequence[float]) -> Grouping:
    """The grouping with its units taken from what each block costs at first."""
    size = np.ones(groups.count)
    for b, cost in enumerate(costs):
        if groups.of_block[b] >= 0:
            size[groups.of_block[b]] += abs(cost)
    return Grouping(groups.of_block, np.exp2(np.round(np.log2(size))), groups.lower)


def optimality_cuts(
    blocks: Sequence[Block], groups: Grouping, x: FloatArray, values: Sequence[BlockValue], *, keep: bool = False
) -> Iterator[Cut]:
    """The tangent that each group of blocks gives at a point.

    Parameters
    ----------
    blocks, values
        All blocks, and each at the point.
    groups
        Which of them share a θ.
    x
        The point, shape (columns of the master).
    keep
        Whether they hold on to their multipliers.

    Yields
    ------
    Cut
        One a group, in the order of the groups.
    """
    for group, mine in enumerate(members(groups)):
        tangents = {b: Tangent.of(blocks[b], x, values[b]) for b in mine}
        yield optimality_cut(blocks, groups, group, tangents, keep=keep)


def members(groups: Grouping) -> list[list[int]]:
    """The places of the blocks of each group."""
    mine: list[list[int]] = [[] for _ in range(groups.count)]
    for b, group in enumerate(groups.of_block):
        if group >= 0:
            mine[group].append(b)
    return mine


def optimality_cut(
    blocks: Sequence[Block], groups: Grouping, group: int, tangents: Mapping[int, Tangent], *, keep: bool
) -> Cut:
    """The cut of a group of blocks: the sum of a tangent of each.

    Parameters
    ----------
    blocks
        All blocks.
    groups, group
        Which of them share a θ, and which θ it is about.
    tangents
        By the place of a block one of its tangents; of all blocks of the group.
    keep
        Whether it holds on to its multipliers.

    Returns
    -------
    Cut
        In the unit of the θ.
    """
    places = np.unique(np.concatenate([blocks[b].touched for b in tangents]))
    slope = np.zeros(len(places))
    for b, tangent in tangents.items():
        slope[np.searchsorted(places, blocks[b].touched)] += tangent.gradient
    unit = groups.scale[group]
    right = -sum(tangent.constant for tangent in tangents.values()) / unit
    prices = tuple((b, one.duals[blocks[b].policies]) for b, one in tangents.items() if blocks[b].policies.any())
    kept = tuple((b, one.duals) for b, one in tangents.items()) if keep else ()
    return Cut(places, slope / unit, right, group, prices, multipliers=kept)


def feasibility_cut(blocks: Sequence[Block], x: FloatArray, b: int, value: BlockValue, *, keep: bool = False) -> Cut:
    """The cut that a block gives whose policies fail at a point.

    Parameters
    ----------
    blocks
        All blocks.
    x
        The point, shape (columns of the master).
    b
        Place of the block.
    value
        The block at the point with nothing but failures priced.
    keep
        Whether it holds on to its multipliers.

    Returns
    -------
    Cut
        F(x̂) + g·(x − x̂) ≤ 0, scaled by a power of two.
    """
    return forbidding(blocks[b], b, Tangent.of(blocks[b], x, value), keep=keep)


def forbidding(block: Block, b: int, tangent: Tangent, *, keep: bool) -> Cut:
    """The cut constant + gradient·x ≤ 0 over what a block touches, scaled by a power of two.

    Parameters
    ----------
    block, b
        The block and its place.
    tangent
        A lower bound on its failures.
    keep
        Whether it holds on to its multipliers.

    Returns
    -------
    Cut
        Without a θ.
    """
    steepest = float(np.abs(tangent.gradient).max(initial=0.0))
    unit = float(np.exp2(-np.round(np.log2(steepest)))) if steepest > 0 else 1.0
    prices, kept = ((b, tangent.duals[block.policies] * unit),), ((b, tangent.duals),) if keep else ()
    return Cut(block.touched, tangent.gradient * unit, -tangent.constant * unit, -1, prices, multipliers=kept)


def cut_rows(cuts: Sequence[Cut], first_theta: int, width: int) -> csr_array:
    """Cuts as rows of a matrix.

    Parameters
    ----------
    cuts
        One or more.
    first_theta
        The column of the first θ.
    width
        Number of columns.

    Returns
    -------
    csr_array
        Shape (cuts, width).
    """
    rows, columns, data = [], [], []
    for i, cut in enumerate(cuts):
        rows.append(np.full(len(cut.places), i))
        columns.append(cut.places)
        data.append(cut.slope)
        if cut.group >= 0:
            rows.append(np.array([i]))
            columns.append(np.array([first_theta + cut.group]))
            data.append(np.array([-1.0]))
    filled = (np.concatenate(data), (np.concatenate(rows), np.concatenate(columns)))
    return csr_array(coo_array(filled, shape=(len(cuts), width)))
