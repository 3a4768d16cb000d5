"""Runs of HiGHS on one program, and what each leaves behind before anyone has judged what it proves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from highspy import HighsModelStatus, HighsStatus, SolutionStatus

from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.solver.answer import OnSolution
from friendshore.optimizer.solver.basis import Basis
from friendshore.optimizer.solver.engine import Listener, OptionValue, get_basis, load, set_basis
from friendshore.optimizer.solver.run import Clock, run

ABSOLUTE = 1e-6
"""HiGHS takes objectives that differ by less for equal, as it sees them (scaled)."""


@dataclass(frozen=True, eq=False)
class HighsRun:
    """What one run of HiGHS left behind, in the units of the program, before anyone has judged what it proves.

    ``model_status`` is None where HiGHS was told to stop and did not answer.
    """

    model_status: HighsModelStatus | None
    columns: FloatArray | None = None
    row_duals: FloatArray | None = None
    bound: float = -np.inf
    basis: Basis | None = None


@dataclass
class HighsSearch:
    """A program, the limits of its search, and the log of all its runs.

    ``exponent`` scales the objective (scaling.py); ``on_solution`` is called with every plan that a run comes upon.
    """

    program: LinearProgram
    clock: Clock
    options: dict[str, OptionValue]
    exponent: int
    log: list[str] = field(default_factory=list)
    on_solution: OnSolution | None = None

    def run(self, extra: Mapping[str, OptionValue], *, relaxed: bool = False, basis: Basis | None = None) -> HighsRun:
        """One run.

        Parameters
        ----------
        extra
            HiGHS options besides those of the search.
        relaxed
            Without integrality.
        basis
            Where to start; None: from nothing.

        Returns
        -------
        HighsRun
            What it left behind.
        """
        integral = self.program.integers > 0 and not relaxed
        options = {**self.options, **extra}
        if np.isfinite(self.clock.remaining):
            options["time_limit"] = self.clock.remaining
        highs = load(self.program, self.exponent, options, relaxed=relaxed)
        if basis is not None:
            set_basis(highs, basis)
        listener = Listener(highs, self.on_solution)
        status = run(highs, listener, self.clock, self.unscale)
        self.log.extend(listener.lines)
        if status is None:
            return HighsRun(None, listener.plan, None, self.unscale(listener.bound))
        if status == HighsStatus.kError:
            return HighsRun(HighsModelStatus.kSolveError)
        info = highs.getInfo()
        feasible = info.primal_solution_status == int(SolutionStatus.kSolutionStatusFeasible)
        solution = highs.getSolution()
        columns = np.array(solution.col_value, dtype=np.float64) if feasible and solution.value_valid else None
        duals = None
        if not integral and solution.dual_valid:
            duals = np.ldexp(np.array(solution.row_dual, dtype=np.float64), -self.exponent)
        bound = self.unscale(info.mip_dual_bound) if integral else -np.inf
        return HighsRun(highs.getModelStatus(), columns, duals, bound, None if integral else get_basis(highs))

    def unscale(self, value: float) -> float:
        """A value of the objective as the program counts it."""
        return float(np.ldexp(value, -self.exponent))

    @property
    def precision(self) -> float:
        """Differences of the objective below this mean nothing."""
        return self.unscale(ABSOLUTE)
