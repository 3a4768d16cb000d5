"""proven_by_prices: what can be proven of the optimum of a whole tree without believing the solver.

The relaxation is solved once more from the basis on which the plan was polished, which takes a few pivots, and its
prices prove a bound by weak duality. What branch and bound has proven beyond it remains the solver's word.
"""

from __future__ import annotations

import dataclasses

import numpy as np

from friendshore.optimizer.program.linear_program import LinearProgram
from friendshore.optimizer.program.weak_duality import dual_bound
from friendshore.optimizer.search.limits import Limits
from friendshore.optimizer.solver import Answer, Interrupt, SolverFault, solve_lp
from friendshore.optimizer.solver.conclude import with_gap_and_status
from friendshore.optimizer.solver.solve_program import signalled
from friendshore.optimizer.system.interrupts import watching

SMALL = 15_000
"""Up to so many columns the relaxation is solved from nothing where there is no basis to start from."""


def proven_by_prices(program: LinearProgram, answer: Answer, limits: Limits) -> Answer:
    """The answer with the bound that prices of rows prove.

    Parameters
    ----------
    program
        The program of the whole tree.
    answer
        A polished plan of it.
    limits
        Time and seed; a first signal ends the work as it would a search.

    Returns
    -------
    Answer
        With its ``dual_bound``, and its bound no lower than that, gap and status accordingly. As it is where it was
        stopped, and where there is no basis to start from and the program is large.
    """
    if answer.columns is None or answer.stopped or (answer.basis is None and program.columns > SMALL):
        return answer
    with watching() as signals, signals.deferred():
        proven = _relaxation_bound(program, answer, limits, lambda: limits.passed or bool(signals.seen))
        answer = dataclasses.replace(answer, stopped=signalled(signals))
        signals.taken = True
    if not np.isfinite(proven):
        return answer
    bound = proven if answer.bound is None else max(answer.bound, proven)
    better = dataclasses.replace(answer, dual_bound=proven, bound=bound)
    return with_gap_and_status(better, proven=True)


def _relaxation_bound(program: LinearProgram, answer: Answer, limits: Limits, interrupt: Interrupt) -> float:
    if not program.integers and answer.row_duals is not None:
        return dual_bound(program, answer.row_duals)
    try:
        relaxed = solve_lp(program, basis=answer.basis, seed=limits.seed, interrupt=interrupt)
    except SolverFault:  # the plan stands, whatever becomes of the proof
        return -np.inf
    return -np.inf if relaxed.row_duals is None else dual_bound(program, relaxed.row_duals)
