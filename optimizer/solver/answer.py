"""Answer: what every solve hands back, with status, reason, bound and plan kept apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram, inner_product
from friendshore.optimizer.solver.basis import Basis

AnswerStatus = Literal["optimal", "feasible", "infeasible", "unbounded", "no_plan"]

StopReason = Literal["", "time limit", "interrupted"]

Interrupt = Callable[[], bool]
"""Called several times a second: whether to stop (``threading.Event().is_set`` will do)."""

OnSolution = Callable[[FloatArray], None]
"""Called with the columns of every plan that a search comes upon, better than the last or not, on a thread of HiGHS:
it must only store them."""

WITH_A_PLAN = ("optimal", "feasible")


class SolverFault(RuntimeError):
    """The solver refused, gave up or contradicted itself: a fault of ours, never the planner's."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Answer:
    """How a solve ended: of a linear program or one with integers, cold or from a basis, whole or by parts.

    Parameters
    ----------
    status
        ``optimal`` where no plan is better by more than ``target_gap``, as far as proven; ``feasible`` where that is
        not proven; ``infeasible`` and ``unbounded`` where they are; ``no_plan`` where the search ended with none and
        proved nothing. There is a plan, and its objective, with the first two and with no other.
    stopped
        Why it ended before it was done; empty where it was not stopped.
    objective
        Value of the plan, in the money of the program; None without a plan.
    bound
        Proven lower bound on the objective of every plan; None where nothing is proven.
    gap
        (objective − bound) / |objective|; None where either is missing.
    target_gap
        The gap at which the search was to end.
    precision
        An objective smaller than this counts as that large where the gap is told: it is what is left of terms that
        cancel out (``cancelling``).
    columns
        The plan, shape (columns of the program); None without one, which is not a plan of zeros.
    row_duals
        What the objective grows by when a row's bound grows by one unit, shape (rows of the program); None where there
        are integers and the plan was not polished.
    basis
        The simplex basis it ended on, to start another solve from; None where there is none.
    iterations
        Simplex iterations, where they were counted.
    dual_bound
        What prices of rows prove of the objective of every plan by weak duality, recomputed outside the solver
        (``program.weak_duality``); None where it was not worked out.
    log
        Lines for the log of the run.

    Raises
    ------
    ValueError
        Where status, plan and objective contradict each other.
    """

    status: AnswerStatus
    stopped: StopReason = ""
    objective: float | None = None
    bound: float | None = None
    gap: float | None = None
    target_gap: float = 0.0
    precision: float = 0.0
    columns: FloatArray | None = None
    row_duals: FloatArray | None = None
    basis: Basis | None = None
    iterations: int = 0
    dual_bound: float | None = None
    log: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        planned = self.status in WITH_A_PLAN
        if (self.columns is not None) != planned or (self.objective is not None) != planned:
            raise ValueError(f"an answer that is {self.status} has a plan and its objective if and only if it says so")

    @property
    def plan(self) -> FloatArray:
        """``columns``, for those who know that there is a plan; SolverFault where there is none."""
        if self.columns is None:
            raise SolverFault(f"an answer that is {self.status} has no plan")
        return self.columns

    @property
    def cost(self) -> float:
        """``objective``, for those who know that there is a plan; SolverFault where there is none."""
        if self.objective is None:
            raise SolverFault(f"an answer that is {self.status} has no objective")
        return self.objective


ROUNDING = 1e-6
"""A relative gap that is not larger is what solvers leave of none; and the share of its terms below which an objective
is what is left of them."""


def cancelling(program: LinearProgram, columns: FloatArray) -> float:
    """The size below which the objective of a plan, shape (columns), is what is left of terms that cancel out."""
    return ROUNDING * (inner_product(np.abs(program.cost), np.abs(columns)) + abs(program.offset))


def relative_gap(objective: float, bound: float | None, precision: float) -> float | None:
    """(objective − bound) / |objective|; an objective smaller than ``precision`` counts as that large.

    Parameters
    ----------
    objective, bound
        Of a plan, and proven for all plans, in the same money; a bound of None is one that is not known.
    precision
        Size below which an objective is taken for this size.

    Returns
    -------
    float or None
        At least 0; None without a bound.
    """
    if bound is None:
        return None
    lacking = max(0.0, objective - bound)
    return lacking / max(abs(objective), precision) if lacking else 0.0
