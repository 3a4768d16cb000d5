"""PersistentLp: one LP handed over once and solved many times, each time from where the last ended."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import numpy as np
from highspy import HighsModelStatus, HighsStatus, SolutionStatus
from scipy.sparse import csr_array, vstack

from friendshore.optimizer.program.linear_program import LARGEST, BadNumber, FloatArray, LinearProgram
from friendshore.optimizer.solver.answer import Answer, Interrupt, SolverFault, cancelling
from friendshore.optimizer.solver.basis import Basis
from friendshore.optimizer.solver.bounds import Bound, Places, checked_bounds
from friendshore.optimizer.solver.engine import SMALLEST, Listener, OptionValue, get_basis, load, require, set_basis
from friendshore.optimizer.solver.polish import CLEAR, TOLERANCES, WAYS, WORST, strict
from friendshore.optimizer.solver.run import Clock, run
from friendshore.optimizer.solver.scaling import scaling_of
from friendshore.optimizer.solver.solve_program import search_options
from friendshore.optimizer.system.interrupts import watching


class PersistentLp:
    """An LP whose bounds and costs change between solves; integrality of the program is ignored.

    Every solve begins at the basis of the last one (dual simplex after a change of bounds, primal after one of costs),
    or at one given to ``set_basis`` (the ``basis`` of an earlier answer); ties are broken the same way in every run.
    Solved to 1e-9.

    Parameters
    ----------
    program
        The LP; its arrays are copied, so that it stays as it is.
    threads
        Threads of the solver.
    seed
        Random seed of the solver.
    interrupt
        Called several times a second: whether to stop. A signal (Ctrl-C) waits for the end of a solve.
    devex
        Devex pricing in place of the dual steepest edge: more pivots, each far cheaper where rows are dense.

    Raises
    ------
    BadNumber
        For numbers no solver may be given, here and in the setters.
    """

    def __init__(
        self,
        program: LinearProgram,
        threads: int = 1,
        *,
        seed: int = 0,
        interrupt: Interrupt | None = None,
        devex: bool = False,
    ) -> None:
        program.check()
        if program.columns == 0:
            raise ValueError("an LP without columns has nothing to solve")
        self.program = program.relaxed_copy()
        """The LP as it stands after all changes; to be looked at only."""
        self.solves = 0
        """How often the solver has run."""
        self._interrupt = interrupt
        self._scaling = scaling_of(self.program)
        options = search_options(self.program, 0.0, threads, seed)
        if devex:
            options["simplex_dual_edge_weight_strategy"] = 1
        self._options = options
        self._first_way = {"solver": options["solver"]}
        self._highs: Any = load(self._scaling.scaled(self.program), options, relaxed=True)
        self._listener = Listener(self._highs)

    # -- changes --------------------------------------------------------------------------------------------------

    def set_column_bounds(self, columns: Places, lower: Bound, upper: Bound) -> None:
        """Change bounds of columns.

        Parameters
        ----------
        columns
            Places of the columns, shape (k).
        lower, upper
            Their bounds, shape (k), −inf and inf for none; a single number stands for all of them.
        """
        places, low, high = checked_bounds("column", columns, lower, upper)
        self.program.column_lower[places], self.program.column_upper[places] = low, high
        if places.size:
            scaled = (self._scaling.scaled_bounds(places, bounds) for bounds in (low, high))
            done = self._highs.changeColsBounds(len(places), places.astype(np.int32), *scaled)
            require(done, "changing the bounds of columns")

    def set_row_bounds(self, rows: Places, lower: Bound, upper: Bound) -> None:
        """Change bounds of rows.

        Parameters
        ----------
        rows
            Places of the rows, shape (k).
        lower, upper
            Their bounds, shape (k), −inf and inf for none; a single number stands for all of them.
        """
        places, low, high = checked_bounds("row", rows, lower, upper)
        self.program.row_lower[places], self.program.row_upper[places] = low, high
        if places.size:
            scaled = (self._scaling.scaled_sides(places, sides) for sides in (low, high))
            done = self._highs.changeRowsBounds(len(places), places.astype(np.int32), *scaled)
            require(done, "changing the bounds of rows")

    def set_cost(self, columns: Places, cost: Bound) -> None:
        """Costs of some columns; a single number stands for all of them."""
        places = np.atleast_1d(np.asarray(columns, dtype=np.int64))
        values = np.broadcast_to(np.asarray(cost, dtype=np.float64), places.shape)
        if not (np.abs(values) < LARGEST).all():
            raise BadNumber(f"a cost is not a number below {LARGEST:g}")
        self.program.cost[places] = values
        self._scaling = self._scaling.with_cost(self.program.cost)
        everything = np.arange(self.program.columns, dtype=np.int32)
        scaled = self._scaling.scaled_cost(self.program.cost)
        require(self._highs.changeColsCost(len(everything), everything, scaled), "changing costs")
        offset = float(np.ldexp(self.program.offset, self._scaling.objective))
        require(self._highs.changeObjectiveOffset(offset), "changing the offset of the objective")

    def set_coefficient(self, row: int, column: int, value: float) -> None:
        """Change one entry of the matrix.

        Parameters
        ----------
        row, column
            Where it stands; there has to be an entry already.
        value
            What it becomes.
        """
        if not abs(value) < LARGEST or (abs(value) <= SMALLEST and value != 0.0):
            raise BadNumber(f"coefficient in row {row}, column {column} is {value}; a plain number is wanted")
        self.program.matrix[row, column] = value
        require(
            self._highs.changeCoeff(row, column, self._scaling.scaled_entry(row, column, value)),
            "changing a coefficient",
        )

    def add_rows(self, matrix: csr_array, lower: FloatArray, upper: FloatArray) -> None:
        """Add rows at the end; the basis stays, with the new rows basic.

        Parameters
        ----------
        matrix
            Their entries, shape (k, columns).
        lower, upper
            Their bounds, shape (k), −inf and inf for none.
        """
        _, low, high = checked_bounds("row", np.arange(matrix.shape[0]), lower, upper)
        if not (np.abs(matrix.data) < LARGEST).all():
            raise BadNumber(f"an entry of a new row is not a number below {LARGEST:g}")
        first = self.program.rows
        self._scaling = self._scaling.with_rows(matrix)
        data = self._scaling.scaled_rows(matrix, first)
        places = first + np.arange(matrix.shape[0])
        done = self._highs.addRows(
            matrix.shape[0],
            self._scaling.scaled_sides(places, low),
            self._scaling.scaled_sides(places, high),
            int(matrix.nnz),
            matrix.indptr.astype(np.int32),
            matrix.indices.astype(np.int32),
            np.where(np.abs(data) <= SMALLEST, 0.0, data),
        )
        require(done, "adding rows")
        self.program = dataclasses.replace(
            self.program,
            matrix=csr_array(vstack([self.program.matrix, matrix], format="csr")),
            row_lower=np.concatenate([self.program.row_lower, low]),
            row_upper=np.concatenate([self.program.row_upper, high]),
        )

    def remove_rows(self, rows: Places) -> None:
        """Take rows away, shape (k), that are basic where the last solve ended; the basis of the others stays."""
        basis = self.basis
        stay = np.ones(self.program.rows, dtype=bool)
        stay[rows] = False
        self._scaling = self._scaling.with_some_rows(stay)
        gone = np.flatnonzero(~stay).astype(np.int32)
        require(self._highs.deleteRows(len(gone), gone), "taking rows away")
        self.program = dataclasses.replace(
            self.program,
            matrix=csr_array(self.program.matrix[stay]),
            row_lower=self.program.row_lower[stay],
            row_upper=self.program.row_upper[stay],
        )
        if basis is not None:
            self.set_basis(basis.of_rows(stay))

    # -- basis ----------------------------------------------------------------------------------------------------

    @property
    def basis(self) -> Basis | None:
        """Where the next solve begins; None: from nothing."""
        return get_basis(self._highs)

    def set_basis(self, basis: Basis) -> None:
        """Begin the next solve at this basis; SolverFault where its shape is another."""
        set_basis(self._highs, basis)

    def start_over(self, basis: Basis | None) -> None:
        """Forget all that earlier solves left behind, and begin the next at this basis (None: from nothing).

        After it a solve depends on the LP and the basis alone, not on what was solved before.
        """
        require(self._highs.clearSolver(), "clearing the solver")
        for name, value in self._options.items():
            require(self._highs.setOptionValue(name, value), f"setting {name} to {value}")
        if basis is not None:
            self.set_basis(basis)

    # -- solving --------------------------------------------------------------------------------------------------

    def solve(self) -> Answer:
        """The optimum of the LP as it stands.

        Returns
        -------
        Answer
            ``optimal`` with plan, prices and basis; ``infeasible`` or ``unbounded`` only after a solve from the
            beginning has confirmed it; ``no_plan`` with ``stopped`` where ``interrupt`` ended it.

        Raises
        ------
        SolverFault
            Where HiGHS gives up.
        """
        status: HighsModelStatus | None = None
        with watching() as signals, signals.deferred():
            clock = Clock(interrupt=self._interrupt, signals=signals, patient=True)
            for attempt in self._attempts():
                status = self._run(clock, attempt)
                if clock.reason:
                    return Answer(status="no_plan", stopped=clock.reason)
                answer = self._read(status)
                if answer is not None:
                    return answer
        raise SolverFault(f"HiGHS gave up on an LP: {'no answer' if status is None else status.name}")

    def _attempts(self) -> Iterator[dict[str, OptionValue]]:
        """Options of one run after the other: from the basis there is, then from the beginning, then less strict."""
        warm = self._highs.getBasis().valid
        if warm:
            yield {**strict(TOLERANCES[0]), "solver": "simplex"}
            self._highs.clearSolver()
        yield {**strict(TOLERANCES[0]), **self._first_way}
        for tolerance in TOLERANCES:
            for way in WAYS:
                self._highs.clearSolver()
                yield {**strict(tolerance), "presolve": "choose", "simplex_strategy": 1, **way}

    def _run(self, clock: Clock, options: dict[str, OptionValue]) -> HighsModelStatus | None:
        for name, value in options.items():
            require(self._highs.setOptionValue(name, value), f"setting {name} to {value}")
        self._listener.stop.clear()
        self._listener.lines.clear()
        self._warm = self._highs.getBasis().valid
        self.solves += 1
        ended = run(self._highs, self._listener, clock, self._scaling.objective_value)
        return None if ended is None or ended == HighsStatus.kError else self._highs.getModelStatus()

    def _read(self, status: HighsModelStatus | None) -> Answer | None:
        """The answer that a run allows, None where another run has to look again."""
        if status == HighsModelStatus.kInfeasible and not self._warm:
            return Answer(status="infeasible")
        if status == HighsModelStatus.kUnbounded and not self._warm:
            return Answer(status="unbounded")
        if status != HighsModelStatus.kOptimal or status in CLEAR:
            return None
        solution = self._highs.getSolution()
        feasible = self._highs.getInfo().primal_solution_status == int(SolutionStatus.kSolutionStatusFeasible)
        if not feasible or not solution.value_valid:
            return None
        values = self._scaling.values(np.array(solution.col_value, dtype=np.float64))
        columns = np.clip(values, self.program.column_lower, self.program.column_upper)
        if self._scaling.violation(self.program, columns) > WORST:
            return None
        objective = self.program.objective(columns)
        return Answer(
            status="optimal",
            objective=objective,
            bound=objective,
            gap=0.0,
            precision=cancelling(self.program, columns),
            columns=columns,
            row_duals=self._scaling.duals(np.array(solution.row_dual, dtype=np.float64)),
            basis=get_basis(self._highs),
            iterations=int(self._highs.getInfo().simplex_iteration_count),
        )
