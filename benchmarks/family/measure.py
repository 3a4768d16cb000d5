"""One way on one problem, in this process: what it found, held by the certificate, and what it took."""

from __future__ import annotations

import resource
import time
from dataclasses import asdict, dataclass, replace
from typing import Any

import highspy
import numpy as np
from highspy import HighsStatus

from benchmarks.cylinders import HEDGING, L_SHAPED, cylinders
from benchmarks.family.catalogue import Definition, define
from benchmarks.family.judge import judge
from benchmarks.family.names import column_meanings, unique
from friendshore.optimizer.engines.available import mpiexec
from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.search.benders.search import search_by_decomposition
from friendshore.optimizer.search.extensive import search_extensive_form
from friendshore.optimizer.search.limits import Limits, Stopwatch
from friendshore.optimizer.search.method import Method
from friendshore.optimizer.search.stress_recourse import solve_stress_recourse
from friendshore.optimizer.solver import SolverFault
from friendshore.optimizer.solver.engine import load
from friendshore.optimizer.system.version import installed

WAYS = {
    "ours": "as solve decides: Benders decomposition of large trees, else the extensive form",
    "tree": "the extensive form as solve searches it: units cumulated, scaled, polished",
    "highs": "HiGHS on the extensive form as it is, as on the MPS file",
    "mpi-sppy": "mpi-sppy's L-shaped method, or progressive hedging, over MPI",
}


@dataclass(frozen=True)
class Case:
    """What a way found.

    ``objective`` is that of the certified plan where there is one, else what the way told itself (``violation`` is
    then None); ``bound`` is what it has proven; ``seconds`` are of the processor, from the arrays to the answer;
    ``peak`` is the memory in MB of the whole process; ``whole`` the whole numbers that are not 0, by column.
    """

    name: str
    way: str
    objective: float | None = None
    bound: float | None = None
    seconds: float = 0.0
    peak: float = 0.0
    violation: float | None = None
    where: str = ""
    note: str = ""
    whole: tuple[tuple[str, int], ...] = ()

    @property
    def gap(self) -> float | None:
        """(objective − bound) / |objective|."""
        if self.objective is None or self.bound is None:
            return None
        return (self.objective - self.bound) / max(abs(self.objective), 1e-9)

    def as_json(self) -> dict[str, Any]:
        """Plain values, to be told by one process to another."""
        return asdict(self)


def measure(name: str, way: str, gap: float, seconds: float) -> Case:
    """Solve one problem one way in this process; the certificate is made outside the clock."""
    definition = define(name)
    began, used = time.monotonic(), processor_seconds()
    if way == "mpi-sppy":
        return by_mpi_sppy(definition, Case(name, way), gap, seconds)
    program = definition.assembled.program
    built = processor_seconds() - used
    case = Case(name, way, note=f"{program.columns:,} columns built in {built:.1f} s")
    used = processor_seconds()
    if way == "highs":
        x, bound = bare_highs(program, gap, seconds)
        at = definition.assembled
    else:
        method = Method.AUTO if way == "ours" else Method.EXTENSIVE
        limits = Limits(gap, seconds, threads=1, method=method, began=began)
        watch, assembled = Stopwatch(), definition.assembled
        found = search_by_decomposition(assembled, limits, watch) or search_extensive_form(assembled, limits, watch)
        x, bound, at = found.answer.columns, found.answer.bound, found.assembled
        if x is not None:
            x = solve_stress_recourse(at, x)
    case = replace(case, bound=bound, seconds=processor_seconds() - used, peak=peak())
    if x is None:
        return case
    judged = judge(at, x)
    whole = whole_numbers(definition, x)
    return replace(case, objective=judged.objective, violation=judged.violation, where=judged.where, whole=whole)


def by_mpi_sppy(definition: Definition, case: Case, gap: float, seconds: float) -> Case:
    """A method of mpi-sppy: what it tells of itself, which no certificate holds; memory of its largest rank."""
    lacking = [library for library in ("mpi-sppy", "mpi4py") if not installed(library)]
    if lacking or not mpiexec() or definition.cone:
        reason = "it takes no cone" if definition.cone else "not installed: pip install 'friendshore[mpi]'"
        return replace(case, note=reason)
    whole = definition.problem.settings.branch_investment == "integer"
    told = cylinders(
        "benchmarks.family.scenarios", ["--problem", definition.name], HEDGING if whole else L_SHAPED, gap, seconds
    )
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    ended = told.tail.strip().splitlines()[-1:] if told.objective is None and told.took < seconds else []
    note = ended[0] if ended else "no plan within the cap" if told.objective is None else ""
    return replace(case, objective=told.objective, bound=told.bound, seconds=told.used, peak=largest, note=note)


def bare_highs(program: LinearProgram, gap: float, seconds: float) -> tuple[FloatArray | None, float | None]:
    """HiGHS with its own defaults, one thread: columns of the best plan, and the bound.

    Raises
    ------
    friendshore.optimizer.solver.SolverFault
        Where HiGHS refuses or breaks off.
    """
    highspy.Highs.resetGlobalScheduler(True)  # else it refuses another number of threads than it ran with before
    highs = load(program, {"threads": 1, "mip_rel_gap": gap, "time_limit": seconds}, relaxed=False)
    if highs.run() == HighsStatus.kError:
        raise SolverFault("HiGHS ended with an error")
    info = highs.getInfo()
    optimal = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    of_lp = info.objective_function_value if optimal else -np.inf
    bound = info.mip_dual_bound if program.integers else of_lp
    solved = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    columns = np.array(highs.getSolution().col_value) if solved else None
    return columns, float(bound) if np.isfinite(bound) else None


def whole_numbers(definition: Definition, x: FloatArray) -> tuple[tuple[str, int], ...]:
    """The whole numbers of a solution that are not 0, by the names of their columns."""
    assembled = definition.assembled
    names = unique(meaning.name for meaning in column_meanings(assembled))
    places = np.flatnonzero(assembled.program.integer)
    return tuple((names[i], round(float(x[i]))) for i in places if round(float(x[i])))


def processor_seconds() -> float:
    """Of this process so far, all of its threads together."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def peak() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
