"""The unit of work once the best plan is known: bounds, or a plan; a worker keeps its relaxation between them."""

from __future__ import annotations

from typing import Any

from friendshore.models.problem import Problem
from friendshore.optimizer.engines.task import Task, unless_interrupted
from friendshore.optimizer.studies.alternatives.bounds import bounds_of
from friendshore.optimizer.studies.alternatives.plans import plan_of
from friendshore.optimizer.studies.alternatives.state import State

Shared = tuple[Problem, dict[str, Any], dict[str, Any]]
"""Problem, options of each solve, and what is known: questions, limit, and the best plan's cost, values and aim."""


def _begin(shared: Shared) -> State:
    return State(*shared)


def _work(state: State, unit: dict[str, Any]) -> dict[str, Any]:
    """A plan where the unit has an ``aim``, else bounds."""
    if "aim" in unit:
        return plan_of(state.problem, state.how, state.known, unit["aim"])
    return bounds_of(state, unit)


NEARBY = Task("alternatives", 3, _begin, _work, unless_interrupted)
