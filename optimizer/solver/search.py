"""solve_program: the best plan HiGHS finds, with a status no better than what it has proven."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from highspy import HighsModelStatus, HighsStatus, SolutionStatus

from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.solver.answer import Answer, AnswerStatus, Basis, Found, Interrupt, SolverFault, relative_gap
from friendshore.optimizer.solver.engine import Listener, OptionValue, get_basis, load, set_basis
from friendshore.optimizer.solver.run import Clock, run
from friendshore.optimizer.solver.scaling import objective_exponent
from friendshore.optimizer.system.interrupts import watching
from friendshore.optimizer.system.progress import OnProgress

ABSOLUTE = 1e-6
"""HiGHS takes objectives that differ by less for equal, as it sees them (scaled)."""

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
"""Where what the rows give way by 1e-6 is worth more than the gap asked for."""

_ENDED = {HighsModelStatus.kOptimal, HighsModelStatus.kInfeasible}
_STOPPED = {HighsModelStatus.kTimeLimit: "time limit", HighsModelStatus.kInterrupt: "interrupted"}
_UNCLEAR = {HighsModelStatus.kUnbounded, HighsModelStatus.kUnboundedOrInfeasible}


@dataclass(frozen=True)
class Finished:
    """What one run of HiGHS left behind, in the units of the program."""

    status: HighsModelStatus | None
    columns: FloatArray | None = None
    row_duals: FloatArray | None = None
    bound: float = -np.inf
    basis: Basis | None = None


@dataclass
class Search:
    """A program, the limits of its search, and the log of all its runs."""

    program: LinearProgram
    clock: Clock
    options: dict[str, OptionValue]
    exponent: int
    log: list[str] = field(default_factory=list)
    found: Found | None = None

    def run(self, extra: Mapping[str, OptionValue], *, relaxed: bool = False, basis: Basis | None = None) -> Finished:
        """One run with further options."""
        integral = self.program.integers > 0 and not relaxed
        options = {**self.options, **extra}
        if np.isfinite(self.clock.remaining):
            options["time_limit"] = self.clock.remaining
        highs = load(self.program, self.exponent, options, relaxed=relaxed)
        if basis is not None:
            set_basis(highs, basis)
        listener = Listener(highs, self.found)
        status = run(highs, listener, self.clock, self.unscale)
        self.log.extend(listener.lines)
        if status is None:
            return Finished(None, listener.plan, None, self.unscale(listener.bound))
        if status == HighsStatus.kError:
            return Finished(HighsModelStatus.kSolveError)
        info, ended = highs.getInfo(), highs.getModelStatus()
        feasible = info.primal_solution_status == int(SolutionStatus.kSolutionStatusFeasible)
        solution = highs.getSolution()
        columns = np.array(solution.col_value, dtype=np.float64) if feasible and solution.value_valid else None
        duals = None
        if not integral and solution.dual_valid:
            duals = np.ldexp(np.array(solution.row_dual, dtype=np.float64), -self.exponent)
        bound = self.unscale(info.mip_dual_bound) if integral else -np.inf
        return Finished(ended, columns, duals, bound, None if integral else get_basis(highs))

    def unscale(self, value: float) -> float:
        """A value of the objective as the program counts it."""
        return float(np.ldexp(value, -self.exponent))

    @property
    def precision(self) -> float:
        """Differences of the objective below this mean nothing."""
        return self.unscale(ABSOLUTE)


def solve_program(
    program: LinearProgram,
    *,
    gap: float = 1e-3,
    time_limit: float | None = None,
    threads: int | None = None,
    seed: int = 0,
    on_progress: OnProgress | None = None,
    interrupt: Interrupt | None = None,
    tolerances: Mapping[str, OptionValue] = USUAL,
    found: Found | None = None,
) -> Answer:
    """Minimise a program to a relative gap; ``tolerances`` are USUAL, EXACT (rows held to 1e-9, slower) or LOOSE.

    ``found`` is given every plan that the search comes upon, within those tolerances. The status is ``optimal`` only
    where HiGHS has proven that no plan is better by more than ``gap`` (or by more than its precision). A time limit,
    ``interrupt`` returning true, Ctrl-C or SIGTERM end the search with the best plan so far; a second Ctrl-C raises
    ``Abandoned``. SolverFault is our fault, BadNumber a number that no solver may be given.
    """
    program.check()
    if not (gap >= 0 and np.isfinite(gap)) or (time_limit is not None and not time_limit >= 0):
        raise ValueError(f"gap {gap} or time limit {time_limit} is not a number from 0 upwards")
    if program.columns == 0:
        return _without_columns(program)
    with watching() as signals, signals.deferred():
        clock = Clock(time_limit, on_progress, interrupt, signals)
        options = search_options(program, gap, threads, seed)
        search = Search(program, clock, options, objective_exponent(program.cost), found=found)
        answer = settle(search, search.run(tolerances), gap)
        signals.taken = True
        stopped = answer.stopped or ("interrupted" if signals.seen else "")
        return dataclasses.replace(answer, stopped=stopped, log=tuple(search.log))


def search_options(program: LinearProgram, gap: float, threads: int | None, seed: int) -> dict[str, OptionValue]:
    """The options of a search; every one that matters is said, none left to the version."""
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


def settle(search: Search, finished: Finished, gap: float) -> Answer:
    """The answer that a run allows, after further runs where it allows none."""
    if finished.status not in {*_ENDED, *_STOPPED, *_UNCLEAR, None}:
        finished = search.run({"presolve": "off"})
    if finished.status in _UNCLEAR:
        return _clear_up(search, finished, gap)
    return read_answer(search, finished, gap)


def _clear_up(search: Search, finished: Finished, gap: float) -> Answer:
    """Tell unbounded from infeasible: without presolve, then by whether there is any plan at all."""
    if finished.status == HighsModelStatus.kUnboundedOrInfeasible:
        finished = search.run({"presolve": "off"})
    if finished.status not in _UNCLEAR:
        return read_answer(search, finished, gap)
    if finished.status == HighsModelStatus.kUnbounded and finished.columns is not None:
        return Answer("unbounded", asked_gap=gap)
    any_plan = dataclasses.replace(search.program, cost=np.zeros(search.program.columns), offset=0.0)
    feasibility = Search(any_plan, search.clock, search.options, 0, search.log)
    found = feasibility.run({})
    if found.status == HighsModelStatus.kOptimal or found.columns is not None:
        return Answer("unbounded", asked_gap=gap)
    return dataclasses.replace(read_answer(feasibility, found, gap), bound=None)


def read_answer(search: Search, finished: Finished, gap: float) -> Answer:
    """The answer that a finished run allows."""
    if finished.status == HighsModelStatus.kInfeasible:
        return Answer("infeasible", asked_gap=gap)
    if finished.status == HighsModelStatus.kOptimal and finished.columns is None:
        raise SolverFault("HiGHS says optimal and has no feasible plan")
    if finished.status not in {*_ENDED, *_STOPPED, None}:
        word = "" if finished.status is None else finished.status.name
        last = next((line for line in reversed(search.log) if line.startswith("ERROR")), "")
        raise SolverFault(f"HiGHS gave up: {word} {last}".rstrip())
    stopped = _why(search, finished)
    bound = _bound(search, finished)
    if finished.columns is None:
        return Answer("no_plan", stopped, bound=bound, asked_gap=gap, precision=search.precision)
    objective = search.program.objective(finished.columns)
    if bound is None and finished.status == HighsModelStatus.kOptimal:
        bound = objective
    answer = Answer(
        "feasible",
        stopped,
        finished.columns,
        finished.row_duals,
        objective,
        bound,
        None,
        gap,
        search.precision,
        finished.basis,
    )
    return graded(answer, proven=finished.status == HighsModelStatus.kOptimal)


def _why(search: Search, finished: Finished) -> str:
    if finished.status is None or finished.status == HighsModelStatus.kInterrupt:
        return search.clock.reason or "interrupted"
    return _STOPPED.get(finished.status, "")


def _bound(search: Search, finished: Finished) -> float | None:
    """The proven bound: of a search what HiGHS says, of an LP cut short what its dual prices prove."""
    bound = finished.bound
    if not np.isfinite(bound) and finished.row_duals is not None and finished.status != HighsModelStatus.kOptimal:
        bound = dual_bound(search.program, finished.row_duals)
    return float(bound) if np.isfinite(bound) else None


def dual_bound(program: LinearProgram, duals: FloatArray) -> float:
    """The lower bound that prices of the rows prove for the LP, -inf where they prove none (weak duality)."""
    reduced = program.cost - program.matrix.T @ duals
    return (
        program.offset
        + _least(duals, program.row_lower, program.row_upper)
        + _least(reduced, program.column_lower, program.column_upper)
    )


def _least(prices: FloatArray, lower: FloatArray, upper: FloatArray) -> float:
    bounds = np.where(prices > 0, lower, upper)
    used = prices != 0
    return float(np.sum(prices[used] * bounds[used]))


def graded(answer: Answer, *, proven: bool) -> Answer:
    """The same answer with its gap, bound no higher than the plan, and the status they allow."""
    if answer.objective is None:
        return answer
    bound = None if answer.bound is None else min(answer.bound, answer.objective)
    gap = relative_gap(answer.objective, bound, answer.precision)
    close = bound is not None and answer.objective - bound <= answer.precision
    within = gap is not None and (gap <= answer.asked_gap * (1 + 1e-9) or close)
    status: AnswerStatus = "optimal" if proven and within else "feasible"
    return dataclasses.replace(answer, status=status, bound=bound, gap=gap)


def _without_columns(program: LinearProgram) -> Answer:
    """HiGHS calls every program without columns empty, also one whose rows cannot hold."""
    if program.rows and program.violation(np.zeros(0)) > 0:
        return Answer("infeasible")
    return Answer("optimal", "", np.zeros(0), np.zeros(program.rows), program.offset, program.offset, 0.0)
