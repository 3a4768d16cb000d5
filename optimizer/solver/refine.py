"""Refinement: a plan brought nearer to its rows than the tolerance of the solver, by solving for what it lacks.

What a solver leaves of a row within its tolerance may be more than a plan is allowed, once it is recomputed. The
correction of a plan is a linear program of its own, whose right-hand sides are what the plan lacks; told 2**20 times as
large, the same tolerance means a millionth of it (Gleixner, Steffy & Wolter 2016, Iterative refinement for linear
programming).
"""

from __future__ import annotations

import dataclasses

import numpy as np

from friendshore.optimizer.program.linear_program import LARGEST, FloatArray, LinearProgram
from friendshore.optimizer.solver.answer import Answer, relative_gap
from friendshore.optimizer.solver.highs_search import HighsSearch
from friendshore.optimizer.solver.polish import fix_integers, tightest
from friendshore.optimizer.solver.run import Clock
from friendshore.optimizer.solver.scaling import Scaling, objective_exponent
from friendshore.optimizer.solver.solve_program import search_options
from friendshore.optimizer.system.interrupts import watching

MAGNIFIED = 20
"""A correction is counted in units of 2**-20."""


def refine(program: LinearProgram, answer: Answer, *, threads: int | None = None, seed: int = 0) -> Answer | None:
    """The plan of an answer, corrected; its whole numbers stay.

    Parameters
    ----------
    program
        What was solved.
    answer
        With a plan that is nearly one.
    threads, seed
        Threads of the solver (None: its own choice) and its random seed.

    Returns
    -------
    Answer or None
        The same with corrected columns; None where no correction brings the plan nearer to its rows.
    """
    fixed = fix_integers(program, answer)
    start = np.clip(answer.plan, fixed.column_lower, fixed.column_upper)
    correction = _correction(fixed, start)
    with watching() as signals, signals.deferred():
        clock = Clock(signals=signals, phase="polish", patient=True)
        scaling = Scaling(None, None, objective_exponent(correction.cost))
        search = HighsSearch(correction, clock, search_options(correction, 0.0, threads, seed), scaling)
        finished = tightest(search, None, known_feasible=True)
        signals.taken = True
    if finished.columns is None:
        return None
    columns = np.clip(start + np.ldexp(finished.columns, -MAGNIFIED), fixed.column_lower, fixed.column_upper)
    if program.violation(columns) >= program.violation(answer.plan):
        return None
    objective = program.objective(columns)
    gap = relative_gap(objective, answer.bound, answer.precision)
    return dataclasses.replace(answer, columns=columns, objective=objective, gap=gap, basis=None)


def _correction(program: LinearProgram, start: FloatArray) -> LinearProgram:
    """Minimise what a correction of ``start`` costs, magnified, within what it leaves of rows and bounds."""
    activity = program.matrix @ start
    return dataclasses.replace(
        program,
        offset=0.0,
        row_lower=_room(program.row_lower, activity),
        row_upper=_room(program.row_upper, activity),
        column_lower=_room(program.column_lower, start),
        column_upper=_room(program.column_upper, start),
    )


def _room(bounds: FloatArray, values: FloatArray) -> FloatArray:
    """What is left to a bound, magnified; none where it is too far away to matter."""
    room = np.ldexp(bounds - values, MAGNIFIED)
    return np.where(np.abs(room) < LARGEST, room, np.copysign(np.inf, room))
