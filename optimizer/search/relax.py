"""relaxation_of: the linear relaxation of a program, by parts where its tree is searched by parts."""

from __future__ import annotations

import numpy as np

from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.risk_floor import with_risk_floor
from friendshore.optimizer.search.benders.relaxation import relaxed_by_parts
from friendshore.optimizer.search.benders.search import should_decompose
from friendshore.optimizer.search.limits import Limits, Stopwatch
from friendshore.optimizer.search.relaxation import Relaxation
from friendshore.optimizer.search.tangent_planes import with_relaxation_planes
from friendshore.optimizer.solver import solve_lp


def relaxation_of(assembled: Assembled, limits: Limits) -> Relaxation | None:
    """The linear relaxation of a program.

    Parameters
    ----------
    assembled
        The program of the whole tree.
    limits
        Gap, time, threads, seed and method, as for a search of it.

    Returns
    -------
    Relaxation | None
        With the tangent planes of the cones of max_hhi that its own optimum needs; None where the time was over first.

    Raises
    ------
    friendshore.optimizer.search.benders.stopping.MasterInfeasible
        Where a tree that is searched by parts has no plan.
    """
    if should_decompose(assembled, limits, Stopwatch()):
        try:
            return relaxed_by_parts(assembled, limits)
        except ValueError:  # a branch that chooses whole numbers by itself
            pass
    whole = with_relaxation_planes(
        with_risk_floor(assembled), lambda each: solve_lp(each.program, interrupt=lambda: limits.passed)
    )
    return Relaxation(whole.program, np.arange(whole.program.columns), whole.program.columns)
