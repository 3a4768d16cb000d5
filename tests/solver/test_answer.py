"""An answer cannot contradict itself, and having no plan is not having an empty one."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from friendshore.optimizer.solver import Answer, SolverFault
from friendshore.optimizer.solver.answer import AnswerStatus, relative_gap


def test_it_is_frozen() -> None:
    answer = Answer(status="no_plan")
    with pytest.raises(dataclasses.FrozenInstanceError):
        answer.status = "optimal"  # type: ignore[misc]


@pytest.mark.parametrize("status", ["optimal", "feasible"])
def test_with_these_there_is_a_plan_and_its_objective(status: AnswerStatus) -> None:
    answer = Answer(status=status, columns=np.zeros(2), objective=0.0)
    assert answer.plan.tolist() == [0, 0]
    assert answer.cost == 0
    with pytest.raises(ValueError, match=status):
        Answer(status=status)
    with pytest.raises(ValueError, match=status):
        Answer(status=status, columns=np.zeros(2))
    with pytest.raises(ValueError, match=status):
        dataclasses.replace(answer, columns=None)


@pytest.mark.parametrize("status", ["infeasible", "unbounded", "no_plan"])
def test_with_these_there_is_none(status: AnswerStatus) -> None:
    """A plan of zeros is one, also a plan of no columns at all."""
    answer = Answer(status=status, bound=3.0, stopped="time limit")
    assert (answer.columns, answer.objective) == (None, None)
    for plan in (np.zeros(2), np.zeros(0)):
        with pytest.raises(ValueError, match=status):
            Answer(status=status, columns=plan, objective=0.0)
    with pytest.raises(ValueError, match=status):
        Answer(status=status, objective=0.0)
    with pytest.raises(SolverFault, match=f"{status} has no plan"):
        _ = answer.plan
    with pytest.raises(SolverFault, match=f"{status} has no objective"):
        _ = answer.cost


@pytest.mark.parametrize(
    ("objective", "bound", "gap"),
    [
        (80.0, 60.0, 0.25),
        (-60.0, -90.0, 0.5),
        (80.0, 90.0, 0.0),
        (80.0, None, None),
        (0.0, -0.001, 0.1),
        (0.0, 0.0, 0.0),
    ],
)
def test_gaps_by_hand(objective: float, bound: float | None, gap: float | None) -> None:
    """(80 - 60) / 80; a bound above the plan closes it; an objective of 0 counts as large as the precision, 0.01."""
    assert relative_gap(objective, bound, 0.01) == (None if gap is None else pytest.approx(gap))
