"""The first master: cuts at the plan that the base path alone would choose, or those that an earlier run has left."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.benders.cuts import grouping, rescaled
from friendshore.optimizer.search.benders.evaluate import BlockValue, Evaluator
from friendshore.optimizer.search.benders.master import Master
from friendshore.optimizer.search.benders.rebuild import Tangent, cuts_of_tangents, cuts_that_forbid
from friendshore.optimizer.search.benders.recall import Known
from friendshore.optimizer.search.benders.split import Parts

Ask = Callable[[FloatArray, Sequence[int]], Sequence[BlockValue]]
"""What some blocks cost at a point of the master."""


def master_that_knows(
    parts: Parts, evaluator: Evaluator, known: Known, ask: Ask, threads: int | None, seed: int
) -> Master:
    """A master whose first cuts are made of what an earlier run has left.

    Blocks of which that proves nothing are asked at the points that it ended on.

    Parameters
    ----------
    parts, evaluator
        Master and blocks, and what solves these; they begin from the bases that are known.
    known
        What is known.
    ask
        Asks blocks.
    threads, seed
        Of the solver.

    Returns
    -------
    Master
        With its cuts.

    Raises
    ------
    friendshore.optimizer.solver.SolverFault
        Where a point that is known is beyond what a block can do now.
    """
    evaluator.begin_from(known.bases)
    groups = grouping(parts)
    tangents = [list(mine) for mine in known.tangents]
    lacking = [b for b, mine in enumerate(tangents) if groups.of_block[b] >= 0 and not mine]
    for point in (known.relaxed, known.best) if lacking else ():
        if point is not None:
            for b, value in zip(lacking, ask(point, lacking), strict=True):
                constant = value.proven - float(value.gradient @ point[parts.blocks[b].touched])
                tangents[b].append(Tangent(constant, value.gradient, value.row_duals))
    costs = [
        max((tangent.at(block, known.relaxed) for tangent in mine), default=0.0)
        for block, mine in zip(parts.blocks, tangents, strict=True)
    ]
    groups = rescaled(groups, costs)
    master = Master(parts.master, groups, threads, seed)
    master.add([*cuts_that_forbid(parts.blocks, known.failing), *cuts_of_tangents(parts.blocks, groups, tangents)])
    return master
