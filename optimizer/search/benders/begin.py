"""A run that begins from what an earlier one has left: its first master, points near those that the other ended on."""

from __future__ import annotations

from collections.abc import Sequence

from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.benders.block import Block
from friendshore.optimizer.search.benders.cuts import grouping, rescaled
from friendshore.optimizer.search.benders.evaluate import BlockValue
from friendshore.optimizer.search.benders.incumbent import Incumbent
from friendshore.optimizer.search.benders.l_shaped import LShaped
from friendshore.optimizer.search.benders.master import Master
from friendshore.optimizer.search.benders.nearest import nearest, with_integers
from friendshore.optimizer.search.benders.rebuild import Tangent, cuts_of_tangents, cuts_that_forbid
from friendshore.optimizer.search.benders.recall import Known
from friendshore.optimizer.solver import SolverFault

DEARER_TIMES = 4
"""So often failing is made dearer at most where a point may not need it."""


def begin_with(l_shaped: LShaped, known: Known) -> None:
    """A first master whose cuts are made of what an earlier run has left.

    Blocks of which that proves nothing are asked at the points that it ended on.

    Parameters
    ----------
    l_shaped
        Master and branches.
    known
        What is known.

    Raises
    ------
    friendshore.optimizer.solver.SolverFault
        Where a point that is known is beyond what a block can do now.
    """
    parts, blocks = l_shaped.parts, l_shaped.parts.blocks
    l_shaped.evaluator.begin_from(known.bases, known.dearer)
    groups = grouping(parts)
    tangents = [list(mine) for mine in known.tangents]
    lacking = [b for b, mine in enumerate(tangents) if groups.of_block[b] >= 0 and not mine]
    for point in (known.relaxed, known.best) if lacking else ():
        if point is not None:
            for b, value in zip(lacking, l_shaped.asked(point, lacking), strict=True):
                constant = value.proven - float(value.gradient @ point[blocks[b].touched])
                tangents[b].append(Tangent(constant, value.gradient, value.row_duals))
    groups = rescaled(groups, _costs(blocks, tangents, known.relaxed))
    master = Master(parts.master, groups, l_shaped.threads, l_shaped.seed)
    master.add([*cuts_that_forbid(blocks, known.failing), *cuts_of_tangents(blocks, groups, tangents)])
    l_shaped.master = master


def _costs(blocks: Sequence[Block], tangents: Sequence[Sequence[Tangent]], point: FloatArray) -> list[float]:
    """What tangents say that each block costs at a point."""
    pairs = zip(blocks, tangents, strict=True)
    return [max((tangent.at(block, point) for tangent in mine), default=0.0) for block, mine in pairs]


def center_near(l_shaped: LShaped, point: FloatArray, integers: FloatArray | None = None) -> Incumbent:
    """A centre near a point that is known: the nearest that the master allows, and what the branches cost there.

    Where policies fail there failing is made dearer, a few times, as some of it may be a choice.

    Parameters
    ----------
    l_shaped
        Master and branches; its best plan is this one where it is a plan and better, and the master takes its cuts.
    point
        Shape (columns of the master).
    integers
        Whole numbers that are held, shape (integer columns); None: none are.

    Returns
    -------
    Incumbent
        Empty where the master allows no point, and where the nearest leaves a cone or is beyond what a block can do.
    """
    center, program = Incumbent(), l_shaped.parts.master
    allowed = nearest(program if integers is None else with_integers(program, integers), point, l_shaped.seed)
    if allowed is None:
        return center
    lacking = l_shaped.planes(allowed)
    l_shaped.master.add(lacking)
    if lacking:
        return center
    try:
        values = _dearly(l_shaped, allowed)
    except SolverFault:
        return center
    l_shaped.master.add(l_shaped.taken(allowed, tuple(values), center))
    return center


def _dearly(l_shaped: LShaped, point: FloatArray) -> list[BlockValue]:
    """What every block costs at a point, failures priced so high that none is a choice, as far as prices go."""
    values = l_shaped.asked(point, range(len(l_shaped.parts.blocks)))
    for _ in range(DEARER_TIMES):
        failing = [b for b, value in enumerate(values) if value.within and not value.feasible]
        if not failing or not l_shaped.evaluator.price_failures_higher(failing):
            break
        for b, value in zip(failing, l_shaped.asked(point, failing), strict=True):
            values[b] = value
    return values
