"""The linear relaxation of a tree that is decomposed: its base path, and cuts for what its branches cost.

Cuts hold for every plan, so that what the master proves of the base path holds for every plan, however few there are.
"""

from __future__ import annotations

import os

from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.search.benders.before import PlanBefore
from friendshore.optimizer.search.benders.begin import begin_with
from friendshore.optimizer.search.benders.benders import RELAXED
from friendshore.optimizer.search.benders.incumbent import Incumbent
from friendshore.optimizer.search.benders.l_shaped import LShaped
from friendshore.optimizer.search.benders.planes import MasterPlanes
from friendshore.optimizer.search.benders.recall import recalled
from friendshore.optimizer.search.benders.split import split
from friendshore.optimizer.search.benders.stopping import SearchStopped
from friendshore.optimizer.search.benders.structure import structure_of
from friendshore.optimizer.search.limits import Limits, OutOfTime
from friendshore.optimizer.search.relaxation import Relaxation
from friendshore.optimizer.solver.run import Clock
from friendshore.optimizer.system.interrupts import watching


def relaxed_by_parts(assembled: Assembled, limits: Limits) -> Relaxation | None:
    """The relaxation of a program that is decomposed.

    Parameters
    ----------
    assembled
        The program of the whole tree.
    limits
        Gap, time, threads and seed; where the time is over there are fewer cuts. Its memory is begun from.

    Returns
    -------
    Relaxation | None
        None where the time was over before the first cuts.

    Raises
    ------
    ValueError
        Where a branch chooses whole numbers by itself, so that it cannot be split off.
    friendshore.optimizer.search.benders.stopping.MasterInfeasible
        Where there is no plan.
    """
    try:
        parts = split(assembled, limits.checkpoint)
    except OutOfTime:
        return None
    workers = limits.threads or os.cpu_count() or 1
    pool = None if limits.memory is None else limits.memory.pool
    known = None if pool is None else recalled(pool, structure_of(assembled, parts), parts)
    with watching() as signals, signals.deferred():
        clock = Clock(limits.remaining, limits.on_progress, None, signals)
        l_shaped = LShaped(parts, clock, MasterPlanes(assembled, parts).lacking, limits.threads, workers, limits.seed)
        try:
            if known is not None and begin_with(l_shaped, known):
                known = None  # nothing that can be begun from
            if known is None:
                l_shaped.begin()
        except SearchStopped:
            return None
        fine = RELAXED * limits.gap
        try:
            center = Incumbent() if known is None else PlanBefore(l_shaped, known).center_of_relaxation()
            l_shaped.converge(fine, float("inf"), center, bounding=True, rising=fine)
        except SearchStopped:
            pass  # the cuts so far hold
        finally:
            l_shaped.evaluator.close()
    return Relaxation(l_shaped.master.integer_program(all_cuts=True), parts.columns, assembled.program.columns)
