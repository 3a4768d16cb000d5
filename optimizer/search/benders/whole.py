"""Whole numbers for the master: searched for with all its cuts, or next to a point, or a point's own, rounded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from friendshore.optimizer.program.linear_program import BoolArray, FloatArray, LinearProgram
from friendshore.optimizer.search.benders.block import Places
from friendshore.optimizer.search.benders.linear import Linear
from friendshore.optimizer.search.benders.master import rounded
from friendshore.optimizer.search.benders.split import Parts
from friendshore.optimizer.search.cumulative_units import Cumulative, cumulative, decided, running_totals
from friendshore.optimizer.solver import LOOSE, solve_program
from friendshore.optimizer.system.progress import Progress


@dataclass(frozen=True)
class WholeNumbers:
    """The different whole numbers that a search came upon, those that the master takes for the cheapest first.

    ``none``: the master as it stands allows no whole numbers at all; ``stopped``: the time is up or someone asked to
    stop.
    """

    whole: list[FloatArray]
    none: bool = False
    stopped: bool = False


def search_whole_numbers(linear: Linear, asked: float, gap: float, near: FloatArray | None = None) -> WholeNumbers:
    """Search the master to a relative ``gap``; ``asked`` is the gap of the whole run.

    Without ``near`` all cuts are taken, for with too few it branches for long, and what it proves is a bound of the
    run; it ends where that closes the gap asked for. Otherwise whole numbers are next to those of that point, and
    prove nothing.
    """
    clock = linear.clock
    program = linear.master.searched(everything=near is None)
    stated = _stated(linear.parts, program if near is None else rounded(program, near))
    found: list[FloatArray] = []

    def report(progress: Progress) -> None:
        if near is None and progress.bound is not None:
            linear.bound = max(linear.bound, progress.bound)
        clock.report(linear.best.cost, linear.bound)

    def enough() -> bool:
        return bool(clock.reason) or linear.best.within(linear.bound, asked)

    answer = solve_program(
        stated.program,
        gap=gap,
        time_limit=None if np.isinf(clock.remaining) else clock.remaining,
        threads=linear.threads,
        seed=linear.seed,
        interrupt=enough,
        on_progress=report,
        tolerances=LOOSE,
        found=found.append,
    )
    if answer.status == "infeasible":
        return WholeNumbers([], none=True)
    if answer.bound is not None and near is None:
        linear.bound = max(linear.bound, answer.bound)
    if answer.columns is not None:
        found.append(answer.columns)
    stopped = bool(answer.stopped) and not linear.best.within(linear.bound, asked)
    return WholeNumbers(_different(linear.parts, stated, found), stopped=stopped)


Rounding = Callable[[FloatArray], FloatArray]

UP_FROM = 0.01
"""What a relaxation has less of than this it does not mean."""


def up(units: FloatArray) -> FloatArray:
    """Up, where there is enough to speak of."""
    return np.asarray(np.ceil(units - UP_FROM))


def rounded_units(x: FloatArray, integer: BoolArray, before: Places, rounding: Rounding = np.round) -> FloatArray:
    """The whole numbers next to a point's ``integer`` columns, units as they cumulate along ``before``.

    So none is taken back, and none stands before what it requires.
    """
    return decided(rounding(running_totals(x, before)), before)[integer]


def _stated(parts: Parts, program: LinearProgram) -> Cumulative:
    """A program of the master and its θ with units as they cumulate."""
    thetas = np.full(program.columns - len(parts.before), -1, dtype=np.int64)
    return cumulative(program, np.concatenate([parts.before, thetas]))


def _different(parts: Parts, stated: Cumulative, found: list[FloatArray]) -> list[FloatArray]:
    integer = parts.master.integer
    cheapest = sorted(found, key=stated.program.objective)
    whole = (np.round(stated.plan(columns)[: len(integer)][integer]) for columns in cheapest)
    return list({one.tobytes(): one for one in whole}.values())
