"""QuickLp: thousands of small LPs one after the other, each from a basis of its own, without a word in between.

Handing an LP over takes half a millisecond, a solve from the basis it ended on before a few; so one HiGHS object serves
any number of LPs, and only their bases are kept. No callbacks, no log: whoever asks looks after time and signals
between solves. Not to be shared among threads: one object each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from highspy import HighsModelStatus, HighsStatus

from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.solver.answer import SolverFault
from friendshore.optimizer.solver.engine import SMALLEST, OptionValue, SilentHighs, pass_model, require
from friendshore.optimizer.solver.polish import WORST, solve_lp
from friendshore.optimizer.solver.scaling import objective_exponent

TOLERANCE = 1e-9


@dataclass(frozen=True, eq=False)
class QuickAnswer:
    """An LP solved: ``columns``, ``row_duals`` and ``objective``, or None for each where it is infeasible.

    ``start`` is the basis to give to the next solve of an LP of the same shape; only HiGHS can read it.
    """

    columns: FloatArray | None
    row_duals: FloatArray | None
    objective: float | None
    start: Any
    iterations: int


INFEASIBLE = QuickAnswer(None, None, None, None, 0)


class QuickLp:
    """One HiGHS object that solves one LP after another to 1e-9 on one thread."""

    def __init__(self, seed: int = 0) -> None:
        self._highs = SilentHighs()  # type: ignore[no-untyped-call]
        options: dict[str, OptionValue] = {
            "output_flag": False,
            "threads": 1,
            "parallel": "off",
            "random_seed": seed,
            "solver": "simplex",
            "simplex_dual_edge_weight_strategy": 1,  # devex: a fifth less time than the steepest edge
            "primal_feasibility_tolerance": TOLERANCE,
            "dual_feasibility_tolerance": TOLERANCE,
            "small_matrix_value": SMALLEST,
        }
        for name, value in options.items():
            require(self._highs.setOptionValue(name, value), f"setting {name}")

    def solve(self, program: LinearProgram, start: Any = None, *, sure: bool = False) -> QuickAnswer:
        """The optimum of an LP, or that it has none; SolverFault where it is unbounded or HiGHS gives up.

        ``sure`` is for those who cannot check the word "infeasible" by themselves: it is confirmed from the beginning.
        Whatever goes wrong is tried again the slow way (``solve_lp``).
        """
        exponent = objective_exponent(program.cost)
        pass_model(self._highs, program, exponent, relaxed=True)
        if start is not None:
            require(self._highs.setBasis(start), "starting from a basis")
        answer = self._run(program, exponent)
        if answer is not None:
            return answer
        if self._highs.getModelStatus() == HighsModelStatus.kInfeasible and not sure:
            return INFEASIBLE
        return _slowly(program)

    def _run(self, program: LinearProgram, exponent: int) -> QuickAnswer | None:
        status = self._highs.run()
        if status == HighsStatus.kError or self._highs.getModelStatus() != HighsModelStatus.kOptimal:
            return None
        solution = self._highs.getSolution()
        if not (solution.value_valid and solution.dual_valid):
            return None
        columns = np.clip(np.array(solution.col_value), program.column_lower, program.column_upper)
        if program.violation(columns) > WORST:
            return None
        duals = np.ldexp(np.array(solution.row_dual), -exponent)
        iterations = int(self._highs.getInfo().simplex_iteration_count)
        return QuickAnswer(columns, duals, program.objective(columns), self._highs.getBasis(), iterations)


def _slowly(program: LinearProgram) -> QuickAnswer:
    answer = solve_lp(program)
    if answer.status == "infeasible":
        return INFEASIBLE
    if answer.columns is None or answer.row_duals is None:
        raise SolverFault(f"a part of the problem could not be solved: {answer.status}")
    return QuickAnswer(answer.columns, answer.row_duals, answer.objective, None, 0)
