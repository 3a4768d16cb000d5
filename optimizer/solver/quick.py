"""QuickLp: thousands of small LPs one after the other, each from a basis of its own, without a word in between.

Handing an LP over takes half a millisecond, a solve from the basis it ended on before a few; so one HiGHS object serves
any number of LPs, and only their bases are kept. No callbacks, no log: whoever asks looks after time and signals
between solves. Not to be shared among threads: one object each.
"""

from __future__ import annotations

import dataclasses

import numpy as np
from highspy import HighsModelStatus, HighsStatus

from friendshore.optimizer.program.linear_program import LinearProgram
from friendshore.optimizer.solver.answer import Answer, SolverFault
from friendshore.optimizer.solver.basis import Basis
from friendshore.optimizer.solver.engine import SMALLEST, OptionValue, SilentHighs, pass_model, require
from friendshore.optimizer.solver.polish import WORST, solve_lp
from friendshore.optimizer.solver.scaling import Scaling, scaling_of

TOLERANCE = 1e-9

UNLIMITED = 2**31 - 1
"""Pivots, as many as it takes."""


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

    def solve(
        self,
        program: LinearProgram,
        basis: Basis | None = None,
        *,
        confirm: bool = False,
        scaling: Scaling | None = None,
        pivots: int = UNLIMITED,
    ) -> Answer:
        """The optimum of an LP, or that it has none. Whatever goes wrong is tried again the slow way (``solve_lp``).

        Parameters
        ----------
        program
            The LP; integrality is ignored.
        basis
            Where to start: the ``basis`` of an answer about an LP of the same shape; None: from nothing.
        confirm
            Whether "infeasible" is said only after a solve from nothing has confirmed it, for those who cannot check
            it by themselves.
        scaling
            That of a program with the same matrix, for those who solve many of them; None: its own.
        pivots
            So many at most from the basis, before it is let go and the LP is solved from nothing.

        Returns
        -------
        Answer
            ``optimal`` with plan, prices, basis (None after the slow way) and iterations, or ``infeasible``.

        Raises
        ------
        SolverFault
            Where the LP is unbounded or HiGHS gives up.
        """
        scaling = scaling_of(program) if scaling is None else scaling.with_cost(program.cost)
        scaled = scaling.scaled(program)
        pass_model(self._highs, scaled, relaxed=True)
        if basis is not None:
            require(self._highs.setBasis(basis.of_highs), "starting from a basis")
            if pivots < UNLIMITED:
                require(self._highs.setOptionValue("simplex_iteration_limit", pivots), "setting the most pivots")
        answer = self._run(program, scaling)
        if basis is not None and pivots < UNLIMITED:
            require(self._highs.setOptionValue("simplex_iteration_limit", UNLIMITED), "setting the most pivots")
            if self._highs.getModelStatus() == HighsModelStatus.kIterationLimit:
                pass_model(self._highs, scaled, relaxed=True)
                answer = self._run(program, scaling)
        if answer is not None:
            return answer
        if self._highs.getModelStatus() == HighsModelStatus.kInfeasible and not confirm:
            return Answer(status="infeasible")
        return _slowly(program)

    def _run(self, program: LinearProgram, scaling: Scaling) -> Answer | None:
        status = self._highs.run()
        if status == HighsStatus.kError or self._highs.getModelStatus() != HighsModelStatus.kOptimal:
            return None
        solution = self._highs.getSolution()
        if not (solution.value_valid and solution.dual_valid):
            return None
        values = scaling.values(np.array(solution.col_value))
        columns = np.clip(values, program.column_lower, program.column_upper)
        if scaling.violation(program, columns) > WORST:
            return None
        objective = program.objective(columns)
        return Answer(
            status="optimal",
            objective=objective,
            bound=objective,
            gap=0.0,
            columns=columns,
            row_duals=scaling.duals(np.array(solution.row_dual)),
            basis=Basis(self._highs.getBasis()),
            iterations=int(self._highs.getInfo().simplex_iteration_count),
        )


def _slowly(program: LinearProgram) -> Answer:
    answer = solve_lp(program)
    if answer.status != "infeasible" and (answer.columns is None or answer.row_duals is None):
        raise SolverFault(f"a part of the problem could not be solved: {answer.status}")
    return dataclasses.replace(answer, basis=None)
