"""What the solver room hands back: status, limit, bound and plan kept apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from friendshore.optimizer.program.linear_program import FloatArray

AnswerStatus = Literal["optimal", "feasible", "infeasible", "unbounded", "no_plan"]

Interrupt = Callable[[], bool]
"""Asked several times a second whether to stop (``threading.Event().is_set`` will do)."""


Found = Callable[[FloatArray], None]
"""Given every plan that a search comes upon, better than the last or not, on a thread of HiGHS: it must only store."""


class SolverFault(RuntimeError):
    """The solver refused, gave up or contradicted itself: a fault of ours, never the planner's."""


@dataclass(frozen=True, eq=False)
class Basis:
    """A simplex basis: the status of every column and row, in the solver's own numbers."""

    columns: npt.NDArray[np.int8]
    rows: npt.NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class Answer:
    """How a search ended.

    ``columns`` is the best plan or None; ``row_duals`` what the objective grows by when a row's bound grows by one
    unit (None where the program has integers and was not polished); ``bound`` the proven lower bound on the objective
    or None; ``gap`` = (objective - bound) / |objective|; ``stopped`` why the search ended early (``time limit``,
    ``interrupted``) or empty; ``asked_gap`` the gap at which it was to end; ``precision`` the size below which a
    difference of objectives means nothing to the solver.
    """

    status: AnswerStatus
    stopped: str = ""
    columns: FloatArray | None = None
    row_duals: FloatArray | None = None
    objective: float | None = None
    bound: float | None = None
    gap: float | None = None
    asked_gap: float = 0.0
    precision: float = 0.0
    basis: Basis | None = None
    log: tuple[str, ...] = ()


def relative_gap(objective: float, bound: float | None, precision: float) -> float | None:
    """(objective - bound) / |objective|; an objective smaller than ``precision`` counts as that large."""
    if bound is None:
        return None
    return max(0.0, objective - bound) / max(abs(objective), precision)
