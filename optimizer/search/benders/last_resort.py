"""A plan where the run was stopped before it had one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.benders.incumbent import Incumbent
from friendshore.optimizer.search.benders.integers import rounded_units, up
from friendshore.optimizer.search.benders.l_shaped import LShaped

RESORTS = 5
"""So often the branches are asked at whole numbers that are a last resort, until none of their policies fails."""


def last_resort(l_shaped: LShaped, untried: Sequence[FloatArray]) -> bool:
    """Whole numbers that a search came upon and did not try, or those of the last LP, rounded.

    It takes a few LPs of the master and of each branch; where a budget or policy forbids them all there is no plan.

    Parameters
    ----------
    l_shaped
        Master and branches; its incumbent is the plan.
    untried
        Whole numbers, shape (integer columns) each; the first is tried.

    Returns
    -------
    bool
        Whether there is a plan.
    """
    if l_shaped.last is None:
        return False
    x, parts = l_shaped.last.x, l_shaped.parts
    rounded = [rounded_units(x, parts.master.integer, parts.before, rounding) for rounding in (np.round, up)]
    for integers in (*untried[:1], *rounded):
        l_shaped.master.fix_integers(integers)
        for _ in range(RESORTS):
            l_shaped.converge_fixed(np.inf, np.inf, Incumbent(), rounds=1)
            if l_shaped.incumbent.point is not None:
                return True
    return False
