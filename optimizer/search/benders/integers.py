"""Whole numbers for the master: searched for with all its cuts, or next to a point, or a point's own, rounded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from friendshore.optimizer.program.linear_program import BoolArray, FloatArray, LinearProgram
from friendshore.optimizer.search.benders.block import Places
from friendshore.optimizer.search.benders.l_shaped import LShaped
from friendshore.optimizer.search.benders.master import rounded
from friendshore.optimizer.search.benders.split import Parts
from friendshore.optimizer.search.cumulative_units import Cumulative, cumulative, increments, running_totals
from friendshore.optimizer.solver import LOOSE, solve_program
from friendshore.optimizer.system.memory import give_back
from friendshore.optimizer.system.progress import Progress


@dataclass(frozen=True, eq=False)
class IntegerPoints:
    """Values of the master's integer columns that a search came upon.

    Parameters
    ----------
    points
        Those that differ, shape (integer columns) each; those that the master takes for the cheapest first.
    infeasible
        Whether the master as it stands allows none at all.
    stopped
        Whether the time is up or someone asked to stop.
    """

    points: list[FloatArray]
    infeasible: bool = False
    stopped: bool = False


def search_integers(l_shaped: LShaped, target_gap: float, gap: float, near: FloatArray | None = None) -> IntegerPoints:
    """Search the master for whole numbers.

    Without ``near`` all cuts are taken, for with too few it branches for long, and what it proves is a bound of the
    run; it ends where that closes the target gap.

    Parameters
    ----------
    l_shaped
        The master and what is known so far; its bound is raised where this proves a better one.
    target_gap
        Relative gap of the whole run.
    gap
        Relative gap to which this search goes.
    near
        A point of the master; whole numbers are then next to it, and the search proves nothing.

    Returns
    -------
    IntegerPoints
        With points also where the search was stopped, as far as it came; with none where its bound closes the gap.
    """
    give_back()  # of the branches solved so far, and then of the search
    clock = l_shaped.clock
    program = l_shaped.master.integer_program(all_cuts=near is None)
    cumulated = _cumulated(l_shaped.parts, program if near is None else rounded(program, near))
    solutions: list[FloatArray] = []

    def on_progress(progress: Progress) -> None:  # only told: what is told by then depends on the load of the machine
        proven = -np.inf if progress.bound is None or near is not None else progress.bound
        clock.report(l_shaped.incumbent.cost, max(l_shaped.bound, proven))

    answer = solve_program(
        cumulated.program,
        gap=gap,
        time_limit=None if np.isinf(clock.remaining) else clock.remaining,
        threads=l_shaped.threads,
        seed=l_shaped.seed,
        interrupt=lambda: bool(clock.reason),
        enough_bound=l_shaped.incumbent.enough_bound(target_gap) if near is None else np.inf,
        on_progress=on_progress,
        tolerances=LOOSE,
        on_solution=solutions.append,
        confirm=near is None,  # next to a point it proves nothing in any case
    )
    give_back()
    if answer.status == "infeasible":
        return IntegerPoints([], infeasible=True)
    if answer.bound is not None and near is None:
        l_shaped.bound = max(l_shaped.bound, answer.bound)
    if l_shaped.incumbent.within(l_shaped.bound, target_gap):
        return IntegerPoints([])  # what it came upon by then depends on when it was stopped
    if answer.columns is not None:
        solutions.append(answer.columns)
    return IntegerPoints(_distinct(l_shaped.parts, cumulated, solutions), stopped=bool(answer.stopped))


Rounding = Callable[[FloatArray], FloatArray]

UP_FROM = 0.01
"""What a relaxation has less of than this it does not mean."""


def up(units: FloatArray) -> FloatArray:
    """Up, where there is enough to speak of."""
    return np.asarray(np.ceil(units - UP_FROM))


def rounded_units(x: FloatArray, integer: BoolArray, before: Places, rounding: Rounding = np.round) -> FloatArray:
    """The whole numbers next to a point, units as they cumulate.

    So none is taken back, and none stands before what it requires.

    Parameters
    ----------
    x
        The point, shape (columns).
    integer
        Which columns are wanted, shape (columns).
    before
        For each column the one that it is cumulated upon, shape (columns), −1 for none.
    rounding
        From numbers to whole numbers, element by element.

    Returns
    -------
    FloatArray
        Shape (integer columns).
    """
    return increments(rounding(running_totals(x, before)), before)[integer]


def _cumulated(parts: Parts, program: LinearProgram) -> Cumulative:
    """A program of the master and its θ with units as they cumulate."""
    thetas = np.full(program.columns - len(parts.before), -1, dtype=np.int64)
    return cumulative(program, np.concatenate([parts.before, thetas]))


def _distinct(parts: Parts, cumulated: Cumulative, solutions: list[FloatArray]) -> list[FloatArray]:
    integer = parts.master.integer
    cheapest = sorted(solutions, key=cumulated.program.objective)
    points = (np.round(cumulated.original_columns(columns)[: len(integer)][integer]) for columns in cheapest)
    return list({one.tobytes(): one for one in points}.values())
