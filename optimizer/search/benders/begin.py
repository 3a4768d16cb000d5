"""A run that begins from what an earlier one has left: its first master, of cuts that its prices prove."""

from __future__ import annotations

from collections.abc import Sequence

from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.benders.block import Block
from friendshore.optimizer.search.benders.cuts import grouping, rescaled
from friendshore.optimizer.search.benders.l_shaped import LShaped
from friendshore.optimizer.search.benders.master import Master
from friendshore.optimizer.search.benders.rebuild import cuts_of_tangents, cuts_that_forbid
from friendshore.optimizer.search.benders.recall import Known
from friendshore.optimizer.search.benders.tangent import Tangent
from friendshore.optimizer.solver import SolverFault


def begin_with(l_shaped: LShaped, known: Known) -> str:
    """A first master whose cuts are made of what an earlier run has left.

    Blocks of which that proves nothing are asked at the points that it ended on.

    Parameters
    ----------
    l_shaped
        Master and branches.
    known
        What is known.

    Returns
    -------
    str
        Why it could not be, as where a point that is known is beyond what a block can do now; blank: it has begun.
    """
    try:
        _begin(l_shaped, known)
    except SolverFault as fault:
        return str(fault)
    return ""


def _begin(l_shaped: LShaped, known: Known) -> None:
    parts, blocks = l_shaped.parts, l_shaped.parts.blocks
    l_shaped.evaluator.begin_from(known.bases, known.dearer)
    groups = grouping(parts)
    tangents = [list(mine) for mine in known.tangents]
    lacking = [b for b, mine in enumerate(tangents) if groups.of_block[b] >= 0 and not mine]
    for point in (known.relaxed, known.best) if lacking else ():
        if point is not None:
            for b, value in zip(lacking, l_shaped.asked(point, lacking), strict=True):
                tangents[b].append(Tangent.of(blocks[b], point, value))
    groups = rescaled(groups, _costs(blocks, tangents, known.relaxed))
    master = Master(parts.master, groups, l_shaped.threads, l_shaped.seed)
    master.add([*cuts_that_forbid(blocks, known.failing), *cuts_of_tangents(blocks, groups, tangents)])
    l_shaped.master = master


def _costs(blocks: Sequence[Block], tangents: Sequence[Sequence[Tangent]], point: FloatArray) -> list[float]:
    """What tangents say that each block costs at a point."""
    pairs = zip(blocks, tangents, strict=True)
    return [max((tangent.at(block, point) for tangent in mine), default=0.0) for block, mine in pairs]
