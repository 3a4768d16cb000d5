"""solve_program: the best plan HiGHS finds, with a status no better than what it has proven."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np

from friendshore.optimizer.program.linear_program import LinearProgram
from friendshore.optimizer.solver.answer import Answer, Interrupt, OnSolution, StopReason
from friendshore.optimizer.solver.conclude import conclude
from friendshore.optimizer.solver.engine import OptionValue
from friendshore.optimizer.solver.highs_search import ABSOLUTE, HighsSearch
from friendshore.optimizer.solver.run import Clock
from friendshore.optimizer.solver.scaling import other_scaling, scaling_of
from friendshore.optimizer.system.interrupts import Signals, watching
from friendshore.optimizer.system.progress import OnProgress

MANY_COLUMNS = 50_000
"""From here on the first LP goes by interior point: at 109,000 columns 37 processor seconds against 54 by simplex."""

USUAL: dict[str, OptionValue] = {}
"""HiGHS' own: rows may give way by 1e-6."""

LOOSE: dict[str, OptionValue] = {"mip_feasibility_tolerance": 1e-5, "primal_feasibility_tolerance": 1e-7}
"""Where only the whole numbers count and are judged by others: HiGHS then keeps plans that presolve has blurred."""

EXACT: dict[str, OptionValue] = {
    "primal_feasibility_tolerance": 1e-9,
    "dual_feasibility_tolerance": 1e-9,
    "mip_feasibility_tolerance": 1e-9,
}
"""Where what the rows give way by 1e-6 is worth more than the target gap."""


def solve_program(
    program: LinearProgram,
    *,
    gap: float = 1e-3,
    time_limit: float | None = None,
    threads: int | None = None,
    seed: int = 0,
    on_progress: OnProgress | None = None,
    interrupt: Interrupt | None = None,
    enough_bound: float = np.inf,
    tolerances: Mapping[str, OptionValue] = USUAL,
    on_solution: OnSolution | None = None,
    other_units: bool = False,
    confirm: bool = True,
) -> Answer:
    """Minimise a program to a relative gap.

    A time limit, ``interrupt`` returning true, Ctrl-C or SIGTERM end the search with the best plan so far; a second
    Ctrl-C raises ``Abandoned``.

    Parameters
    ----------
    program
        What to minimise; it stays as it is.
    gap
        The search ends where (objective − bound) / |objective| is no larger.
    time_limit
        Longest search in seconds; None for no limit.
    threads, seed
        Threads of the solver (None: its own choice) and its random seed.
    on_progress
        Called with the best plan's objective, bound and gap a few times a second.
    interrupt
        Called several times a second: whether to stop.
    enough_bound
        A search for whole numbers ends as ``interrupted`` where its bound reaches this, at the same place in every run.
    tolerances
        USUAL, EXACT (rows held to 1e-9, slower) or LOOSE.
    on_solution
        Called with every plan that the search comes upon, within those tolerances.
    other_units
        Whether the program is scaled another way than usual.
    confirm
        Whether "infeasible" is said only after a second run, without presolve and in other units, has agreed.

    Returns
    -------
    Answer
        ``optimal`` only where HiGHS has proven that no plan is better by more than ``gap`` (or by more than its
        precision).

    Raises
    ------
    SolverFault
        Where HiGHS gives up or contradicts itself.
    BadNumber
        For a number in the program that no solver may be given.
    ValueError
        For a gap or time limit below 0 or that is no number.
    """
    program.check()
    if not (gap >= 0 and np.isfinite(gap)) or (time_limit is not None and not time_limit >= 0):
        raise ValueError(f"gap {gap} or time limit {time_limit} is not a number from 0 upwards")
    if program.columns == 0:
        return _answer_without_columns(program)
    with watching() as signals, signals.deferred():
        clock = Clock(time_limit, on_progress, interrupt, signals)
        options = search_options(program, gap, threads, seed)
        scaling = other_scaling(program) if other_units else scaling_of(program)
        search = HighsSearch(program, clock, options, scaling, on_solution=on_solution, enough_bound=enough_bound)
        answer = conclude(search, search.run(tolerances), gap, confirm=confirm)
        signals.taken = True
        return dataclasses.replace(answer, stopped=answer.stopped or signalled(signals), log=tuple(search.log))


def signalled(signals: Signals) -> StopReason:
    """Why a search stopped that goes by signals alone."""
    return "interrupted" if signals.seen else ""


def search_options(program: LinearProgram, gap: float, threads: int | None, seed: int) -> dict[str, OptionValue]:
    """The options of a search; every one that matters is said, none left to the version of HiGHS.

    Parameters
    ----------
    program
        Large ones get their first LP solved by interior point.
    gap
        Relative gap at which to end.
    threads, seed
        None threads are HiGHS' own choice.

    Returns
    -------
    dict of str to OptionValue
        HiGHS options by name.
    """
    large = program.columns >= MANY_COLUMNS
    return {
        "output_flag": True,  # without it no callback comes
        "random_seed": seed,
        "threads": threads or 0,
        "mip_rel_gap": gap,
        "mip_abs_gap": ABSOLUTE,
        "mip_min_logging_interval": 0.5,
        "mip_lp_solver": "ipx" if large and program.integers else "choose",
        "solver": "ipx" if large and not program.integers else "choose",
    }


def _answer_without_columns(program: LinearProgram) -> Answer:
    """HiGHS calls every program without columns empty, also one whose rows cannot hold."""
    if program.rows and program.violation(np.zeros(0)) > 0:
        return Answer(status="infeasible")
    return Answer(
        status="optimal",
        objective=program.offset,
        bound=program.offset,
        gap=0.0,
        columns=np.zeros(0),
        row_duals=np.zeros(program.rows),
    )
