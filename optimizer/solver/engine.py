"""One HiGHS instance: created silent, every option and every returned status checked, its callbacks listened to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

import highspy
import numpy as np
from highspy import HighsStatus

from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.solver.answer import OnSolution, SolverFault
from friendshore.optimizer.solver.basis import Basis

OptionValue = bool | int | float | str

SMALLEST = 1e-12
"""Entries of the matrix below this are left out; HiGHS by itself drops those below 1e-9."""

MOST_ENTRIES = 2**31 - 2
MOST_LINES = 5000


class SilentHighs(highspy.Highs):
    """HiGHS that writes nothing to stdout, not even the banner of the first instance."""

    def enableCallbacks(self) -> None:  # noqa: N802 - the name that highspy calls while it is being created
        """Turn the console off before the first thing that logs."""
        require(self.setOptionValue("log_to_console", False), "setting log_to_console")
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def require(status: HighsStatus, doing: str) -> None:
    """Raise SolverFault unless HiGHS says that it did what was wanted; a warning means that it did something else."""
    if status != HighsStatus.kOk:
        raise SolverFault(f"HiGHS returned {status.name} on {doing}")


def load(program: LinearProgram, options: Mapping[str, OptionValue], *, relaxed: bool) -> SilentHighs:
    """A HiGHS instance that holds a program.

    Parameters
    ----------
    program
        What it is to hold, scaled as it is to be solved; it stays as it is.
    options
        HiGHS options by name.
    relaxed
        Without integrality.

    Returns
    -------
    SilentHighs
        Ready to run.

    Raises
    ------
    SolverFault
        Where the program is too large for HiGHS, or it refuses an option or the program.
    """
    if max(program.rows, program.columns, program.nonzeros) > MOST_ENTRIES:
        raise SolverFault(
            f"{program.rows:,} rows, {program.columns:,} columns, {program.nonzeros:,} nonzeros: "
            "HiGHS counts in 32 bits and cannot hold them"
        )
    highs = SilentHighs()  # type: ignore[no-untyped-call]
    for name, value in options.items():
        require(highs.setOptionValue(name, value), f"setting {name} to {value}")
    require(highs.setOptionValue("small_matrix_value", SMALLEST), "setting small_matrix_value")
    pass_model(highs, program, relaxed=relaxed)
    return highs


def pass_model(highs: SilentHighs, program: LinearProgram, *, relaxed: bool) -> None:
    """Hand a program over, in place of whatever the instance holds.

    Parameters
    ----------
    highs
        The instance.
    program
        What it is to hold, scaled as it is to be solved; it stays as it is.
    relaxed
        Without integrality.

    Raises
    ------
    SolverFault
        Where HiGHS refuses it.
    """
    matrix = _without_dust(program.matrix)
    integer = np.zeros(program.columns, dtype=np.int32) if relaxed else program.integer.astype(np.int32)
    status = highs.passModel(
        program.columns,
        program.rows,
        int(matrix.nnz),
        2 if matrix.format == "csr" else 1,
        1,
        float(program.offset),
        _floats(program.cost),
        _floats(program.column_lower),
        _floats(program.column_upper),
        _floats(program.row_lower),
        _floats(program.row_upper),
        matrix.indptr.astype(np.int32, copy=False),
        matrix.indices.astype(np.int32, copy=False),
        _floats(matrix.data),
        integer,
    )
    require(status, "taking over the model")


def _floats(values: Any) -> FloatArray:
    return np.ascontiguousarray(values, dtype=np.float64)


def _without_dust(matrix: Any) -> Any:
    """The matrix without repeated entries and without those too small to be told from rounding errors."""
    if not matrix.has_canonical_format:
        matrix = matrix.copy()
        matrix.sum_duplicates()
    dust = (matrix.data <= SMALLEST) & (matrix.data >= -SMALLEST)
    if dust.any():
        matrix = matrix.copy()
        matrix.data[dust] = 0.0
        matrix.eliminate_zeros()
    return matrix


def get_basis(highs: SilentHighs) -> Basis | None:
    """The basis HiGHS ended on, where it has one."""
    basis = highs.getBasis()
    return Basis(basis) if basis.valid else None


def set_basis(highs: SilentHighs, basis: Basis) -> None:
    """Start from a basis; one of other shape is refused by HiGHS and so by us."""
    require(highs.setBasis(basis.to_check()), "starting from a basis")


class Listener:
    """What HiGHS tells while it runs: best plan, bound and log; and the word to stop that it is told.

    Its methods are called from HiGHS' own threads: they only store, and never raise. The figures that come with a
    log line are not initialised by HiGHS 1.16 and so never read.

    Parameters
    ----------
    highs
        The instance listened to.
    on_solution
        Called with every plan that it comes upon.
    enough
        Whether a search has proven enough with this bound, as HiGHS counts it. Asked at the places where HiGHS looks
        for a word to stop, which are the same in every run: whatever the load of the machine, it ends at the same one.
    """

    def __init__(
        self, highs: SilentHighs, on_solution: OnSolution | None = None, enough: Callable[[float], bool] | None = None
    ) -> None:
        self.on_solution = on_solution
        self._enough = enough
        self.stop = threading.Event()
        self.best = np.inf
        self.bound = -np.inf
        self.plan: FloatArray | None = None
        self.lines: list[str] = []
        highs.cbLogging += self._line
        highs.cbMipLogging += self._figures
        highs.cbMipImprovingSolution += self._improved
        if on_solution is not None:
            highs.cbMipSolution += self._solution
        highs.cbMipInterrupt += self._stop_search
        highs.cbSimplexInterrupt += self._stop
        highs.cbIpmInterrupt += self._stop

    def _line(self, event: Any) -> None:
        if len(self.lines) < MOST_LINES:
            self.lines.extend(line.rstrip() for line in event.message.splitlines() if line.strip())

    def _figures(self, event: Any) -> None:
        self.best = min(self.best, event.data_out.mip_primal_bound)
        self.bound = max(self.bound, event.data_out.mip_dual_bound)

    def _improved(self, event: Any) -> None:
        if event.data_out.objective_function_value <= self.best or self.plan is None:
            self.plan = np.array(event.data_out.mip_solution, dtype=np.float64)
            self.best = min(self.best, event.data_out.objective_function_value)

    def _solution(self, event: Any) -> None:
        if self.on_solution is not None:
            self.on_solution(np.array(event.data_out.mip_solution, dtype=np.float64))

    def _stop_search(self, event: Any) -> None:
        if self._enough is not None and self._enough(event.data_out.mip_dual_bound):
            event.data_in.user_interrupt = True
        self._stop(event)

    def _stop(self, event: Any) -> None:
        if self.stop.is_set():
            event.data_in.user_interrupt = True
