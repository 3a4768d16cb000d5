"""The answer of a run of the decomposition, in the places of the whole program."""

from __future__ import annotations

import numpy as np

from friendshore.optimizer.search.benders.incumbent import PRECISION
from friendshore.optimizer.search.benders.l_shaped import LShaped
from friendshore.optimizer.search.benders.master import MasterPlan
from friendshore.optimizer.search.benders.prices import row_prices
from friendshore.optimizer.solver import Answer
from friendshore.optimizer.solver.answer import StopReason
from friendshore.optimizer.solver.conclude import with_gap_and_status


def concluded(
    l_shaped: LShaped, relaxed: MasterPlan | None, gap: float, stopped: StopReason, log: tuple[str, ...]
) -> Answer:
    """The answer of a run.

    Parameters
    ----------
    l_shaped
        Master and branches at its end.
    relaxed
        Where the linear relaxation ended; None where it was not solved.
    gap
        The target gap.
    stopped, log
        Why it was stopped, and its log.

    Returns
    -------
    Answer
        Columns and rows of the whole program, further rows being the planes the master took in.
    """
    parts, incumbent = l_shaped.parts, l_shaped.incumbent
    if incumbent.settled or incumbent.hopeless(l_shaped.bound):  # whatever gap that leaves was asked for
        gap = max(gap, incumbent.gap(l_shaped.bound, np.inf))
    bound = l_shaped.bound if np.isfinite(l_shaped.bound) else None
    if incumbent.point is None:
        return Answer(status="no_plan", stopped=stopped, bound=bound, target_gap=gap, log=log)
    columns = parts.joined(incumbent.point, [value.columns for value in incumbent.values])
    last = None if stopped else l_shaped.last
    answer = Answer(
        status="feasible",
        stopped=stopped,
        objective=parts.whole.objective(columns),
        bound=bound,
        target_gap=gap,
        precision=PRECISION,
        columns=columns,
        row_duals=None if last is None else row_prices(parts, l_shaped.master, last),
        dual_bound=_proven(l_shaped, relaxed),
        log=log,
    )
    return with_gap_and_status(answer, proven=bound is not None)


def _proven(l_shaped: LShaped, relaxed: MasterPlan | None) -> float | None:
    """The bound of the relaxation recomputed from prices of the master, whose cuts are made of its blocks'."""
    if relaxed is None:
        return None
    proven = l_shaped.master.dual_bound(relaxed, l_shaped.incumbent.cost)
    return proven if np.isfinite(proven) else None
