"""Runs of HiGHS on one program, and what each leaves behind before anyone has judged what it proves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from highspy import HighsModelStatus, HighsStatus, SolutionStatus

from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.solver.answer import OnSolution
from friendshore.optimizer.solver.basis import Basis
from friendshore.optimizer.solver.engine import Listener, OptionValue, get_basis, load, set_basis
from friendshore.optimizer.solver.run import Clock, run
from friendshore.optimizer.solver.scaling import Scaling

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

    ``scaling`` brings the program to the units that HiGHS works in (scaling.py); ``on_solution`` is called with every
    plan that a run comes upon, in the units of the program. A search for whole numbers ends where its bound reaches
    ``enough_bound``.
    """

    program: LinearProgram
    clock: Clock
    options: dict[str, OptionValue]
    scaling: Scaling
    log: list[str] = field(default_factory=list)
    on_solution: OnSolution | None = None
    enough_bound: float = np.inf

    @cached_property
    def scaled(self) -> LinearProgram:
        """The program as HiGHS gets it."""
        return self.scaling.scaled(self.program)

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
        highs = load(self.scaled, options, relaxed=relaxed)
        if basis is not None:
            set_basis(highs, basis)
        listener = Listener(highs, self._on_solution, self._proven if np.isfinite(self.enough_bound) else None)
        status = run(highs, listener, self.clock, self.scaling.objective_value)
        self.log.extend(listener.lines)
        if status is None:
            plan = None if listener.plan is None else self.scaling.values(listener.plan)
            return HighsRun(None, plan, None, self.scaling.objective_value(listener.bound))
        if status == HighsStatus.kError:
            return HighsRun(HighsModelStatus.kSolveError)
        info = highs.getInfo()
        feasible = info.primal_solution_status == int(SolutionStatus.kSolutionStatusFeasible)
        solution = highs.getSolution()
        columns = self.scaling.values(_array(solution.col_value)) if feasible and solution.value_valid else None
        duals = None
        if not integral and solution.dual_valid:
            duals = self.scaling.duals(_array(solution.row_dual))
        bound = self.scaling.objective_value(info.mip_dual_bound) if integral else -np.inf
        return HighsRun(highs.getModelStatus(), columns, duals, bound, None if integral else get_basis(highs))

    def _proven(self, bound: float) -> bool:
        return self.scaling.objective_value(bound) >= self.enough_bound

    @property
    def _on_solution(self) -> OnSolution | None:
        tell, scaling = self.on_solution, self.scaling
        return None if tell is None else lambda columns: tell(scaling.values(columns))


def _array(values: Any) -> FloatArray:
    return np.array(values, dtype=np.float64)
