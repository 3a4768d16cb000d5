"""A coarser tree first: each danger by a few of its branches, which stand for the others with their weight.

Of a danger that may begin in any year the branches are much alike, and while the master is far from its optimum one of
them says nearly what all say. The coarse tree is a guess, and bounds nothing; but the prices of the branches that were
solved prove tangents of the whole one, and its optimum is near (scenario reduction: Dupačová, Gröwe-Kuska & Römisch
2003, Scenario reduction in stochastic programming; here only to begin from).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np

from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.benders.block import Block
from friendshore.optimizer.search.benders.cuts import Cut
from friendshore.optimizer.search.benders.incumbent import Incumbent
from friendshore.optimizer.search.benders.l_shaped import LShaped
from friendshore.optimizer.search.benders.rebuild import tangents
from friendshore.optimizer.search.benders.recall import Known

ONE_OF = 6
"""A danger is stood for by one of so many of its branches."""

WORTH = 0.5
"""Where more than this share of all branches would be needed, all of them are."""

FEWEST = 24
"""With fewer branches there is no coarser tree."""

COARSE = 20.0
"""To this many times the gap of the whole relaxation the coarse one is brought."""


def representatives(blocks: Sequence[Block]) -> dict[int, float]:
    """Which blocks stand for all, and how often each is counted.

    Parameters
    ----------
    blocks
        All blocks; those of one danger go by its name and their onset (``danger@2030``).

    Returns
    -------
    dict
        Weight by place; empty where there is nothing to gain.
    """
    families: dict[str, list[int]] = {}
    for b, block in enumerate(blocks):
        danger, dated, _ = block.name.rpartition("@")
        families.setdefault(danger if dated else block.name, []).append(b)
    chosen: dict[int, float] = {}
    for mine in families.values():
        count = -(-len(mine) // ONE_OF)
        for some in np.array_split(np.array(mine), count):
            one = int(some[len(some) // 2])
            own = _size(blocks[one])
            chosen[one] = sum(_size(blocks[b]) for b in some.tolist()) / own if own > 0 else 1.0
    few = len(blocks) >= FEWEST and len(chosen) <= WORTH * len(blocks)
    return chosen if few else {}


def _size(block: Block) -> float:
    """Of its costs, by which a branch counts among its like: probability, discount and length."""
    own = block.program.cost[: len(block.columns)]
    return float(np.abs(own).sum())


def known_of_coarse(l_shaped: LShaped, gap: float) -> Known | None:
    """What a coarser tree teaches of a program.

    Parameters
    ----------
    l_shaped
        The whole program, not begun.
    gap
        To which its relaxation will be brought.

    Returns
    -------
    Known or None
        None where there is no coarser tree.
    """
    parts = l_shaped.parts
    chosen = representatives(parts.blocks)
    if not chosen:
        return None
    coarse = dataclasses.replace(
        l_shaped,
        parts=dataclasses.replace(parts, blocks=tuple(_weighted(parts.blocks[b], w) for b, w in chosen.items())),
        planes=_none,
        incumbent=Incumbent(),
        keep=True,
    )
    try:
        coarse.begin()
        center = coarse.converge(COARSE * gap, np.inf, Incumbent())
    finally:
        coarse.evaluator.close()
    return None if coarse.last is None else _known(l_shaped, coarse, chosen, center)


def _none(x: FloatArray) -> tuple[Cut, ...]:
    """No tangent planes: the coarse tree is a guess in any case."""
    del x
    return ()


def _weighted(block: Block, weight: float) -> Block:
    return dataclasses.replace(block, program=dataclasses.replace(block.program, cost=weight * block.program.cost))


def _known(l_shaped: LShaped, coarse: LShaped, chosen: Mapping[int, float], center: Incumbent) -> Known | None:
    """Prices and bases of the coarse tree in the places of the whole one."""
    if coarse.last is None:
        return None
    places, weights = list(chosen), list(chosen.values())
    costs: dict[int, list[FloatArray]] = {}
    for cut in coarse.master.tight(coarse.last):
        for k, duals in cut.multipliers if cut.group >= 0 else ():
            costs.setdefault(places[k], []).append(duals / weights[k])
    blocks = l_shaped.parts.blocks
    return Known(
        coarse.last.x if center.point is None else center.point,
        None,
        tuple(tuple(tangents(block, np.array(costs[b]))) if b in costs else () for b, block in enumerate(blocks)),
        tuple(() for _ in blocks),
        {places[k]: basis for k, basis in coarse.evaluator.bases.items() if basis.shape == _shape(blocks[places[k]])},
    )


def _shape(block: Block) -> tuple[int, int]:
    return block.program.rows, block.program.columns
