"""polish and solve_lp: LPs solved to 1e-9, the whole numbers of a plan held where they are."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import numpy as np
from highspy import HighsModelStatus

from friendshore.optimizer.program.linear_program import LinearProgram
from friendshore.optimizer.solver.answer import Answer, Interrupt, SolverFault
from friendshore.optimizer.solver.basis import Basis
from friendshore.optimizer.solver.conclude import conclude, with_gap_and_status
from friendshore.optimizer.solver.engine import OptionValue
from friendshore.optimizer.solver.highs_search import HighsRun, HighsSearch
from friendshore.optimizer.solver.run import Clock
from friendshore.optimizer.solver.scaling import scaling_of
from friendshore.optimizer.solver.solve_program import search_options, signalled
from friendshore.optimizer.system.interrupts import watching
from friendshore.optimizer.system.progress import OnProgress

TOLERANCES = (1e-9, 1e-8, 1e-7)
WAYS: tuple[dict[str, OptionValue], ...] = (
    {"solver": "simplex"},
    {"solver": "simplex", "presolve": "off"},
    {"solver": "ipx"},
    {"solver": "simplex", "simplex_strategy": 4},
)
CLEAR = {HighsModelStatus.kInfeasible, HighsModelStatus.kUnbounded, HighsModelStatus.kUnboundedOrInfeasible}
WORST = 1e-6
"""No plan violated by more leaves this room."""


def polish(
    program: LinearProgram,
    answer: Answer,
    *,
    threads: int | None = None,
    seed: int = 0,
    on_progress: OnProgress | None = None,
) -> Answer:
    """The same plan to 1e-9, with the prices of its rows.

    Whole numbers are rounded and held, and the LP that is left is solved again. An LP is solved again from its basis;
    one that was stopped early is returned as it is, for solving it would overrun what stopped it. A first signal is
    noted (``stopped``) but not obeyed: a plan is worth the short time this takes.

    Parameters
    ----------
    program
        What was solved.
    answer
        How that ended; without a plan it is returned as it is.
    threads, seed
        Threads of the solver (None: its own choice) and its random seed.
    on_progress
        Called a few times a second.

    Returns
    -------
    Answer
        Bound and stop are those of the search, gap and status follow the objective.

    Raises
    ------
    SolverFault
        Where the LP has no plan, or a row of it is violated by more than WORST.
    """
    if answer.columns is None or (answer.stopped and not program.integers):
        return answer
    fixed = fix_integers(program, answer)
    with watching() as signals, signals.deferred():
        clock = Clock(on_progress=on_progress, signals=signals, phase="polish", patient=True)
        search = HighsSearch(fixed, clock, search_options(fixed, 0.0, threads, seed), scaling_of(program))
        finished = tightest(search, answer.basis, known_feasible=True)
        stopped = answer.stopped or signalled(signals)
        signals.taken = True
    if finished.columns is None:
        raise SolverFault(f"the plan could not be polished: {_reason(finished)}")
    columns = np.clip(finished.columns, fixed.column_lower, fixed.column_upper)
    worst = search.scaling.violation(program, columns)
    if worst > WORST:
        raise SolverFault(f"the polished plan violates a row by {worst:.2g}")
    objective = program.objective(columns)
    polished = dataclasses.replace(
        answer,
        stopped=stopped,
        columns=columns,
        row_duals=finished.row_duals,
        objective=objective,
        bound=answer.bound if program.integers else objective,
        basis=finished.basis,
        log=answer.log + tuple(search.log),
    )
    return with_gap_and_status(polished, proven=answer.status == "optimal")


def fix_integers(program: LinearProgram, answer: Answer) -> LinearProgram:
    """The LP that is left when the whole numbers of a plan are rounded and held."""
    if answer.columns is None:
        raise ValueError("there is no plan whose whole numbers could be held")
    lower, upper = program.column_lower.copy(), program.column_upper.copy()
    held = np.round(answer.columns[program.integer])
    held = np.clip(held, np.ceil(lower[program.integer]), np.floor(upper[program.integer]))
    lower[program.integer] = upper[program.integer] = held + 0.0
    return dataclasses.replace(
        program, column_lower=lower, column_upper=upper, integer=np.zeros(program.columns, dtype=bool)
    )


def solve_lp(
    program: LinearProgram,
    *,
    basis: Basis | None = None,
    seed: int = 0,
    interrupt: Interrupt | None = None,
    confirm: bool = True,
) -> Answer:
    """Solve an LP to 1e-9 on one thread; integrality is ignored.

    Parameters
    ----------
    program
        The LP; it stays as it is.
    basis
        Where to start; None: from nothing.
    seed
        Random seed of the solver.
    interrupt
        Called several times a second: whether to stop. A first signal waits until it is solved.
    confirm
        Whether "infeasible" is said only after a second run, without presolve and in other units, has agreed.

    Returns
    -------
    Answer
        With prices of its rows and a basis where it has a plan.

    Raises
    ------
    SolverFault
        Where HiGHS gives up, or refuses the basis for its shape.
    ValueError
        For an LP without columns.
    """
    program.check()
    if program.columns == 0:
        raise ValueError("an LP without columns has nothing to solve")
    relaxed = dataclasses.replace(program, integer=np.zeros(program.columns, dtype=bool))
    with watching() as signals, signals.deferred():
        clock = Clock(interrupt=interrupt, signals=signals, patient=True)
        search = HighsSearch(relaxed, clock, search_options(relaxed, 0.0, 1, seed), scaling_of(relaxed))
        finished = tightest(search, basis, known_feasible=False)
        return dataclasses.replace(conclude(search, finished, 0.0, confirm=confirm), log=tuple(search.log))


def tightest(search: HighsSearch, basis: Basis | None, *, known_feasible: bool) -> HighsRun:
    """The first run that ends, from the tightest tolerance on.

    Parameters
    ----------
    search
        What is run.
    basis
        Where the first run starts; None: from nothing.
    known_feasible
        Whether "infeasible" is not to be believed.

    Returns
    -------
    HighsRun
        The last one where none ends with a plan.
    """
    finished = HighsRun(None)
    for attempt in _attempts():
        finished = search.run(attempt, relaxed=True, basis=basis)
        if finished.model_status == HighsModelStatus.kOptimal and finished.columns is not None:
            return finished
        if search.clock.reason:
            return finished
        if not known_feasible and finished.model_status in CLEAR:
            return finished
        basis = None
    return finished


def _attempts() -> Iterator[dict[str, OptionValue]]:
    for tolerance in TOLERANCES:
        for way in WAYS:
            yield {**strict(tolerance), **way}


def strict(tolerance: float) -> dict[str, OptionValue]:
    """HiGHS options that hold rows, bounds and reduced costs of an LP to a tolerance."""
    return {
        "primal_feasibility_tolerance": tolerance,
        "dual_feasibility_tolerance": tolerance,
        "ipm_optimality_tolerance": tolerance,
    }


def _reason(finished: HighsRun) -> str:
    if finished.model_status == HighsModelStatus.kInfeasible:
        return "with its whole numbers rounded nothing satisfies the rows"
    return "no answer" if finished.model_status is None else finished.model_status.name
