"""Bounds as units of work: least and most of some questions over all that costs no more than the limit.

What they prove holds for every plan: a linear relaxation has every plan among its solutions. Each bound comes with the
solution of a dive, which a plan may have as its own.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cached_property
from math import inf, isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from friendshore.models.clauses.rule import Disruptions
from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.problem import Problem
from friendshore.models.rules import every_disruption, every_member
from friendshore.optimizer.engines.task import INTERRUPTED, Task, unless_interrupted
from friendshore.optimizer.program.assemble import Assembled, assemble
from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.adversary import branch_name
from friendshore.optimizer.search.benders.l_shaped import MasterInfeasible
from friendshore.optimizer.search.hold import decided_in, hold
from friendshore.optimizer.search.limits import Limits
from friendshore.optimizer.search.relax import relaxation_of
from friendshore.optimizer.studies.alternatives.extremes import Extremes, Stopped
from friendshore.optimizer.studies.alternatives.measures import Measure, measure_of
from friendshore.optimizer.studies.alternatives.plans import Aim, PlansShared
from friendshore.optimizer.studies.alternatives.questions import Question
from friendshore.optimizer.system.interrupts import Signals, watching

ROUNDS = 12
"""Programs solved for a share at most."""

REACHED = 1e-6
"""Of a number, or of 1: how near to a bound a plan's value has to be to be as good."""


@dataclass(eq=False)
class State:
    """What a worker holds: the relaxation, made when it is first asked."""

    problem: Problem
    how: dict[str, Any]
    known: dict[str, Any]
    ends: float = inf
    signals: Signals | None = None

    @property
    def limits(self) -> Limits:
        """Those of a search."""
        settings, how = self.problem.settings, self.how
        gap = settings.mip_gap if how["gap"] is None else how["gap"]
        return Limits(gap, self.time_limit, how["threads"], how["seed"])

    @property
    def time_limit(self) -> float | None:
        """Seconds for the relaxation, and for each unit."""
        limit: float | None = self.how["time_limit"]
        return self.problem.settings.time_limit if limit is None else limit

    def over(self) -> bool:
        """Whether to stop."""
        return time.monotonic() >= self.ends or (self.signals is not None and self.signals.seen > 0)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions."""
        return tuple(map(Question.of_list, self.known["questions"]))

    @cached_property
    def assembled(self) -> Assembled:
        """The program, with the stops that the best plan was tested by."""
        return assemble(build_model_data(self.problem, _stops(self.problem, self.known["stops"])))

    @cached_property
    def extremes(self) -> Extremes | None:
        """The relaxation within the limit; None where the time was over first."""
        try:
            relaxation = relaxation_of(self.assembled, self.limits)
            if relaxation is None:
                return None
            return Extremes(relaxation, self.known["limit"], self.how["threads"], self.how["seed"], self.over)
        except (Stopped, MasterInfeasible):  # a plan is known: the latter is a matter of tolerances
            return None

    @cached_property
    def best(self) -> tuple[FloatArray, FloatArray]:
        """Bounds of the whole numbers with those of the best plan held."""
        held = Aim.of_dict(self.known["aim"]).held
        if self.extremes is None or held is None:
            raise ValueError("there is no relaxation, or no plan")
        program = hold(self.assembled, held, whole_alone=True).program
        places = self.extremes.relaxation.places[self.extremes.integers]
        return program.column_lower[places], program.column_upper[places]


def _stops(problem: Problem, names: list[str]) -> Disruptions:
    """Every member that policies test one by one, and of what they test together what the best plan was tested by."""
    chosen = set(names)
    tested = {
        policy: tuple(members for members in sets if branch_name(policy, members) in chosen)
        for policy, sets in every_disruption(problem).items()
    }
    return {**tested, **every_member(problem)}


def _begin(shared: PlansShared) -> State:
    return State(*shared)


def _work(state: State, unit: dict[str, Any]) -> dict[str, Any]:
    """Bounds of some questions, and of the sums of some pairs of them."""
    told: dict[str, Any] = {"bounds": [], "found": [], "pairs": [], "stopped": ""}
    with watching() as signals, signals.deferred():
        state.signals = signals
        limit = state.time_limit
        state.ends = inf if limit is None else time.monotonic() + limit
        extremes = state.extremes
        if extremes is None or extremes.cheapest is None or signals.seen:
            return told | {"stopped": INTERRUPTED if signals.seen else "time limit"}
        state.ends = inf if limit is None else time.monotonic() + limit
        extremes.begin()
        try:
            for place in unit["questions"]:
                _ask(state, extremes, place, told)
            for first, second in unit["pairs"]:
                told["pairs"].append([first, second, _together(state, extremes, (first, second))])
        except Stopped:
            told["stopped"] = INTERRUPTED if signals.seen else "time limit"
    return told


def _together(state: State, extremes: Extremes, places: tuple[int, int]) -> float:
    """No plan has less of two amounts together."""
    measures = [measure_of(state.assembled, state.questions[place]) for place in places]
    row = extremes.relaxation.row(sum((measure.slope for measure in measures), np.zeros(extremes.relaxation.width)))
    extremes.free()
    answer = extremes.least(row)
    return -inf if answer is None or answer.columns is None else float(row @ answer.columns)


def _ask(state: State, extremes: Extremes, place: int, told: dict[str, Any]) -> None:
    """Bounds of one question on both sides, and what dives find there."""
    question = state.questions[place]
    asked = _Asked(extremes, question, measure_of(state.assembled, question), state.known["values"][place])
    for side, sign in (("least", 1.0), ("most", -1.0)):
        extremes.free()
        bound = asked.extreme(sign)
        told["bounds"].append([place, side, bound if bound is not None and isfinite(bound) else None])
        if bound is None or asked.reached(sign, bound, asked.best):
            continue
        found = asked.found(sign, bound, state.best)
        if found is not None:
            told["found"].append(_candidate(state, extremes, place, side, found, decides=asked.decides))


@dataclass(eq=False)
class _Asked:
    """One question put to a relaxation; ``best`` is its value in the best plan."""

    extremes: Extremes
    question: Question
    measure: Measure
    best: float

    @cached_property
    def _own(self) -> NDArray[np.bool_]:
        """Which whole numbers the amount is made of."""
        return np.asarray(self.row(1.0, 0.0)[self.extremes.integers] != 0)

    @property
    def decides(self) -> bool:
        """Whether it is made of whole numbers."""
        return bool(self._own.any())

    def row(self, sign: float, level: float) -> FloatArray:
        """What is to be least."""
        return self.extremes.relaxation.row(sign * self.measure.beyond(level))

    def value(self, x: FloatArray) -> float:
        """The amount in a solution."""
        return self.measure.value(self.extremes.relaxation.lifted(x))

    def extreme(self, sign: float) -> float | None:
        """The least amount (``sign`` 1) or the most (-1) within the bounds of columns; None where there is none.

        A share by W. Dinkelbach, On nonlinear fractional programming, Management Science 13(7), 1967.
        """
        return None if (found := self.solution(sign)) is None else found[0]

    def solution(self, sign: float) -> tuple[float, FloatArray] | None:
        """``extreme`` with the columns in which it is reached."""
        level = self.best
        for _ in range(ROUNDS):
            answer = self.extremes.least(self.row(sign, level))
            if answer is None or answer.columns is None:
                return None
            value = self.value(answer.columns)
            if self.measure.of is None:
                return float(self.measure.slope @ self.extremes.relaxation.lifted(answer.columns)), answer.columns
            if sign * (level - value) <= REACHED * 1e-3:
                return level, answer.columns
            level = value
        return None

    def reached(self, sign: float, bound: float, value: float) -> bool:
        """Whether a value is as good as a bound on that side."""
        if self.question.whole:
            whole = np.ceil(bound - 1e-4) if sign > 0 else np.floor(bound + 1e-4)
            return bool(sign * (value - whole) <= 0.5)
        return sign * (value - bound) <= REACHED * max(1.0, abs(bound))

    def found(self, sign: float, bound: float, best: tuple[FloatArray, FloatArray]) -> FloatArray | None:
        """A solution in whole numbers near a bound: those of the best plan but for what is asked about, then any."""
        lower, upper = best[0].copy(), best[1].copy()
        free = self.extremes.bounds
        own = self._own
        if not self.decides:
            self.extremes.bound(lower, upper)
            solution = self.solution(sign)
            return None if solution is None else solution[1]
        lower[own], upper[own] = free[0][own], free[1][own]
        row = self.row(sign, self.best)
        near = self.extremes.dive(row, lower, upper)
        if near is not None and self.reached(sign, bound, self.value(near)):
            return near
        far = self.extremes.dive(row, *free)
        both = [x for x in (near, far) if x is not None]
        return min(both, key=lambda x: sign * self.value(x), default=None)


def _candidate(
    state: State, extremes: Extremes, place: int, side: str, x: FloatArray, *, decides: bool
) -> dict[str, Any]:
    """What a solution in whole numbers decides, and every amount in it; ``decides``: otherwise than the best plan."""
    whole = extremes.relaxation.lifted(x)
    values = [measure_of(state.assembled, question).value(whole) for question in state.questions]
    held = decided_in(state.assembled, whole)[0].as_lists() if decides else state.known["aim"]["held"]
    return {"question": place, "side": side, "values": values, "held": held}


BOUNDS = Task("bounds of alternatives", 1, _begin, _work, unless_interrupted)
