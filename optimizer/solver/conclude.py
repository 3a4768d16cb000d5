"""conclude: the answer that the runs of HiGHS allow, with a status no better than what they have proven."""

from __future__ import annotations

import dataclasses

import numpy as np
from highspy import HighsModelStatus

from friendshore.optimizer.program.weak_duality import dual_bound
from friendshore.optimizer.solver.answer import (
    ROUNDING,
    Answer,
    AnswerStatus,
    SolverFault,
    StopReason,
    cancelling,
    relative_gap,
)
from friendshore.optimizer.solver.highs_search import HighsRun, HighsSearch
from friendshore.optimizer.solver.scaling import other_scaling, scaling_of

_ENDED = {HighsModelStatus.kOptimal, HighsModelStatus.kInfeasible}
_STOPPED: dict[HighsModelStatus, StopReason] = {
    HighsModelStatus.kTimeLimit: "time limit",
    HighsModelStatus.kInterrupt: "interrupted",
}
_UNCLEAR = {HighsModelStatus.kUnbounded, HighsModelStatus.kUnboundedOrInfeasible}


def conclude(search: HighsSearch, finished: HighsRun, gap: float, *, confirm: bool = True) -> Answer:
    """The answer that a run allows, after further runs where it allows none.

    Parameters
    ----------
    search
        What was run, and can be run again.
    finished
        Its first run.
    gap
        The target gap.
    confirm
        Whether "infeasible" needs a second opinion.

    Returns
    -------
    Answer
        With a status that is proven.

    Raises
    ------
    SolverFault
        Where HiGHS gives up or contradicts itself.
    """
    if finished.model_status not in {*_ENDED, *_STOPPED, *_UNCLEAR, None}:
        finished = search.run({"presolve": "off"})
    if finished.model_status == HighsModelStatus.kInfeasible and confirm:
        search, finished = _second_opinion(search, finished)
    if finished.model_status in _UNCLEAR:
        return _infeasible_or_unbounded(search, finished, gap)
    return _read_answer(search, finished, gap)


def _second_opinion(search: HighsSearch, finished: HighsRun) -> tuple[HighsSearch, HighsRun]:
    """Infeasible is never the word of one run: a second, without presolve and in other units, has to agree.

    Its relaxation is asked first, which is quicker and most often infeasible as well.
    """
    second = dataclasses.replace(search, scaling=other_scaling(search.program))
    if search.program.integers:
        relaxed = second.run({"presolve": "off"}, relaxed=True)
        if relaxed.model_status == HighsModelStatus.kInfeasible:
            return search, finished
    agreeing = second.run({"presolve": "off"})
    differs = agreeing.columns is not None or agreeing.model_status in {*_STOPPED, None}
    return (second, agreeing) if differs else (search, finished)


def _infeasible_or_unbounded(search: HighsSearch, finished: HighsRun, gap: float) -> Answer:
    """Tell unbounded from infeasible: without presolve, then by whether there is any plan at all."""
    if finished.model_status == HighsModelStatus.kUnboundedOrInfeasible:
        finished = search.run({"presolve": "off"})
    if finished.model_status not in _UNCLEAR:
        return _read_answer(search, finished, gap)
    if finished.model_status == HighsModelStatus.kUnbounded and finished.columns is not None:
        return Answer(status="unbounded", target_gap=gap)
    any_plan = dataclasses.replace(search.program, cost=np.zeros(search.program.columns), offset=0.0)
    feasibility = HighsSearch(any_plan, search.clock, search.options, scaling_of(any_plan), search.log)
    any_run = feasibility.run({})
    if any_run.model_status == HighsModelStatus.kOptimal or any_run.columns is not None:
        return Answer(status="unbounded", target_gap=gap)
    return dataclasses.replace(_read_answer(feasibility, any_run, gap), bound=None)


def _read_answer(search: HighsSearch, finished: HighsRun, gap: float) -> Answer:
    """The answer that a finished run allows; SolverFault where it allows none. ``gap`` is the target."""
    if finished.model_status == HighsModelStatus.kInfeasible:
        return Answer(status="infeasible", target_gap=gap)
    if finished.model_status == HighsModelStatus.kOptimal and finished.columns is None:
        raise SolverFault("HiGHS says optimal and has no feasible plan")
    if finished.model_status not in {*_ENDED, *_STOPPED, None}:
        name = "" if finished.model_status is None else finished.model_status.name
        last = next((line for line in reversed(search.log) if line.startswith("ERROR")), "")
        raise SolverFault(f"HiGHS gave up: {name} {last}".rstrip())
    stopped = _stop_reason(search, finished)
    bound = _bound(search, finished)
    if finished.columns is None:
        return Answer(status="no_plan", stopped=stopped, bound=bound, target_gap=gap)
    objective = search.program.objective(finished.columns)
    if bound is None and finished.model_status == HighsModelStatus.kOptimal:
        bound = objective
    answer = Answer(
        status="feasible",
        stopped=stopped,
        objective=objective,
        bound=bound,
        target_gap=gap,
        precision=cancelling(search.program, finished.columns),
        columns=finished.columns,
        row_duals=finished.row_duals,
        basis=finished.basis,
    )
    return with_gap_and_status(answer, proven=finished.model_status == HighsModelStatus.kOptimal)


def _stop_reason(search: HighsSearch, finished: HighsRun) -> StopReason:
    if finished.model_status is None or finished.model_status == HighsModelStatus.kInterrupt:
        return search.clock.reason or "interrupted"
    return _STOPPED.get(finished.model_status, "")


def _bound(search: HighsSearch, finished: HighsRun) -> float | None:
    """The proven bound: of a search what HiGHS says, of an LP cut short what its dual prices prove."""
    bound = finished.bound
    if not np.isfinite(bound) and finished.row_duals is not None and finished.model_status != HighsModelStatus.kOptimal:
        bound = dual_bound(search.program, finished.row_duals)
    return float(bound) if np.isfinite(bound) else None


def with_gap_and_status(answer: Answer, *, proven: bool) -> Answer:
    """The same answer with its gap, bound no higher than the plan, and the status they allow."""
    if answer.objective is None:
        return answer
    bound = None if answer.bound is None else min(answer.bound, answer.objective)
    gap = relative_gap(answer.objective, bound, answer.precision)
    within = gap is not None and gap <= max(answer.target_gap * (1 + 1e-9), ROUNDING)
    status: AnswerStatus = "optimal" if proven and within else "feasible"
    return dataclasses.replace(answer, status=status, bound=bound, gap=gap)
