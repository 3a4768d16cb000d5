"""Refinement: a plan brought nearer to its rows than the tolerance of the solver, by solving for what it lacks.

What a solver leaves of a row within its tolerance may be more than a plan is allowed, once it is recomputed. The
correction of a plan is a linear program of its own, whose right-hand sides are what the plan lacks; told 2**20 times as
large, the same tolerance means a millionth of it (Gleixner, Steffy & Wolter 2016, Iterative refinement for linear
programming).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import numpy as np
from scipy.sparse import csc_array, csr_array

from friendshore.optimizer.program.linear_program import LARGEST, BoolArray, FloatArray, LinearProgram
from friendshore.optimizer.solver.answer import Answer, relative_gap
from friendshore.optimizer.solver.highs_search import HighsSearch
from friendshore.optimizer.solver.polish import fix_integers, tightest
from friendshore.optimizer.solver.run import Clock
from friendshore.optimizer.solver.scaling import Scaling, objective_exponent
from friendshore.optimizer.solver.solve_program import search_options
from friendshore.optimizer.system.interrupts import watching

MAGNIFIED = 20
"""A correction is counted in units of 2**-20."""

AT_ONCE = 30_000
"""Columns of a program up to which all of them may move from the start; of more those near the rows come first."""

LARGE = 300_000
"""Columns of a program from which on not all of them may move: a linear program of a million comes to no end."""

MOST_MOVED = 100_000
"""So many columns of such a program move at most."""

NEAR_ENOUGH = 1e-10
"""A plan that meets its rows to this, a ten-thousandth of what is allowed, is brought no nearer: a linear program of
tens of thousands of columns took minutes over what rounding had left."""

LEAST = 1e-9
"""What a row of it lacks below that is not looked at."""

ROUNDING = 1e-14
"""Nor what is below this share of what its terms come to: adding up the terms of a budget over all branches leaves more
than a billionth of a unit, and to look at it would be to move the whole plan."""

WORTH = 1e-3
"""Nor what is less than this share of what the worst of them lacks."""


def refine(program: LinearProgram, answer: Answer, *, threads: int | None = None, seed: int = 0) -> Answer | None:
    """The plan of an answer, corrected; its whole numbers stay.

    Of a large program only what stands near the rows that it does not meet is moved, further and further from them. A
    plan that is near enough stays as it is.

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
    before = program.violation(answer.plan)
    if before <= NEAR_ENOUGH:
        return None
    for near in _near(fixed, start):
        change = _changed(fixed, start, near, threads, seed)
        if change is None:
            continue
        columns = np.clip(start + change, fixed.column_lower, fixed.column_upper)
        if program.violation(columns) < before:
            objective = program.objective(columns)
            gap = relative_gap(objective, answer.bound, answer.precision)
            return dataclasses.replace(answer, columns=columns, objective=objective, gap=gap, basis=None)
    return None


def _near(program: LinearProgram, start: FloatArray) -> Iterator[BoolArray]:
    """Which columns may move: all of them where the program is small, else those near the rows first.

    Where it is large, only as many as are soon brought nearer.
    """
    if program.columns > AT_ONCE:
        yield from _rings(program, start)
    if program.columns <= LARGE:
        yield np.ones(program.columns, dtype=bool)


def _rings(program: LinearProgram, start: FloatArray) -> Iterator[BoolArray]:
    """Columns in rows that are not met, then those that share a row with them, and so on."""
    activity = program.matrix @ start
    lacking = np.maximum(program.row_lower - activity, activity - program.row_upper)
    rows = lacking > np.maximum(_next_to_nothing(program, start), WORTH * lacking.max(initial=0.0))
    free = program.column_lower < program.column_upper
    by_column, near = csc_array(program.matrix), np.zeros(program.columns, dtype=bool)
    while rows.any():
        near = near | (free & (np.asarray(abs(by_column.T) @ rows.astype(float)) > 0))
        if near.sum() > MOST_MOVED:
            return
        yield near
        wider = np.asarray(abs(program.matrix) @ near.astype(float)) > 0
        if not (wider & ~rows).any():
            return
        rows = rows | wider


def _changed(
    program: LinearProgram, start: FloatArray, near: BoolArray, threads: int | None, seed: int
) -> FloatArray | None:
    """By how much to move each column, none but those that are ``near``; None where that is no help."""
    places = np.flatnonzero(near)
    correction = _correction(program, start)
    if len(places) < program.columns:
        met = _met(correction, np.ldexp(_next_to_nothing(program, start), MAGNIFIED))
        body = csr_array(csc_array(program.matrix)[:, places])
        touched = np.diff(body.indptr) > 0
        correction = LinearProgram(
            cost=program.cost[places],
            offset=0.0,
            matrix=csr_array(body[touched]),
            row_lower=met.row_lower[touched],
            row_upper=met.row_upper[touched],
            column_lower=correction.column_lower[places],
            column_upper=correction.column_upper[places],
            integer=np.zeros(len(places), dtype=bool),
        )
    with watching() as signals, signals.deferred():
        clock = Clock(signals=signals, phase="polish", patient=True)
        scaling = Scaling(None, None, objective_exponent(correction.cost))
        search = HighsSearch(correction, clock, search_options(correction, 0.0, threads, seed), scaling)
        finished = tightest(search, None, known_feasible=len(places) == program.columns)
        signals.taken = True
    if finished.columns is None:
        return None
    change = np.zeros(program.columns)
    change[places] = np.ldexp(finished.columns, -MAGNIFIED)
    return change


def _next_to_nothing(program: LinearProgram, start: FloatArray) -> FloatArray:
    """What each row may lack without being looked at, shape (rows)."""
    return np.asarray(np.maximum(LEAST, ROUNDING * (abs(program.matrix) @ np.abs(start))))


def _met(correction: LinearProgram, none: FloatArray) -> LinearProgram:
    """A correction in which rows that lack no more than ``none``, shape (rows), lack nothing."""
    return dataclasses.replace(
        correction,
        row_lower=np.where((correction.row_lower > 0) & (correction.row_lower <= none), 0.0, correction.row_lower),
        row_upper=np.where((correction.row_upper < 0) & (correction.row_upper >= -none), 0.0, correction.row_upper),
    )


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
