"""What a worker holds that is asked for bounds: the relaxation within the limit, made when it is first needed."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Any

import numpy as np

from friendshore.models.clauses.rule import Disruptions
from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.problem import Problem
from friendshore.models.rules import every_disruption, every_member
from friendshore.optimizer.program.assemble import Assembled, assemble
from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.adversary import branch_name
from friendshore.optimizer.search.benders.stopping import MasterInfeasible
from friendshore.optimizer.search.hold import hold
from friendshore.optimizer.search.limits import Limits
from friendshore.optimizer.search.relax import relaxation_of
from friendshore.optimizer.studies.alternatives.attained import Amounts, Attained, Kept
from friendshore.optimizer.studies.alternatives.extremes import Extremes, Options, Stopped
from friendshore.optimizer.studies.alternatives.measures import Measure, measure_of
from friendshore.optimizer.studies.alternatives.plans import Aim
from friendshore.optimizer.studies.alternatives.questions import Question
from friendshore.optimizer.system.interrupts import Signals


@dataclass(eq=False)
class State:
    """A problem, options of each solve, and what is known of its best plan."""

    problem: Problem
    how: dict[str, Any]
    known: dict[str, Any]
    ends: float = inf
    signals: Signals | None = None
    begun: bool = False
    _seen: tuple[tuple[Any, ...], Attained] | None = None

    def ready(self, signals: Signals) -> Extremes | None:
        """The relaxation, with the time of one unit before it; None where there was no time to make it."""
        self.signals = signals
        limit = self._time_limit
        if not self.begun:
            self.begun, self.ends = True, inf if limit is None else time.monotonic() + limit
        extremes = self.extremes
        self.ends = inf if limit is None else time.monotonic() + limit
        return extremes

    def over(self) -> bool:
        """Whether to stop."""
        return time.monotonic() >= self.ends or (self.signals is not None and self.signals.seen > 0)

    @property
    def _time_limit(self) -> float | None:
        limit: float | None = self.how["time_limit"]
        return self.problem.settings.time_limit if limit is None else limit

    @property
    def _limits(self) -> Limits:
        gap = self.problem.settings.mip_gap if self.how["gap"] is None else self.how["gap"]
        return Limits(gap, self._time_limit, self.how["threads"], self.how["seed"], memory=self.how.get("memory"))

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions."""
        return tuple(map(Question.of_list, self.known["questions"]))

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """What each of them measures, over the columns of the whole program."""
        return tuple(measure_of(self.assembled, question) for question in self.questions)

    @cached_property
    def decided(self) -> tuple[int, ...]:
        """Places of the questions about decisions in whole numbers."""
        return tuple(i for i, each in enumerate(self.questions) if each.decision and each.whole)

    @cached_property
    def assembled(self) -> Assembled:
        """The program, with the stops that the best plan was tested by."""
        return assemble(build_model_data(self.problem, _stops(self.problem, self.known["stops"])))

    @cached_property
    def extremes(self) -> Extremes | None:
        """The relaxation within the limit; None where the time was over first."""
        try:
            relaxation = relaxation_of(self.assembled, self._limits)
            if relaxation is None:
                return None
            amounts = [relaxation.row(self.measures[place].slope) for place in self.decided]
            options = Options(self.how["threads"], self.how["seed"], self.over)
            made = Extremes(relaxation, self.known["limit"], amounts, options)
        except (Stopped, MasterInfeasible):  # a plan is known: the latter is a matter of tolerances
            return None
        return None if made.cheapest is None else made

    @cached_property
    def _amounts(self) -> Amounts:
        if self.extremes is None:
            raise ValueError("there is no relaxation")
        return Amounts(self.extremes.relaxation, self.questions, self.measures)

    def attained(self, kept: Kept) -> Attained:
        """What solutions have of each question with some decisions kept; those of earlier units with the same too.

        What it makes known does not depend on them: a program that is not solved for an end has that end.
        """
        key = tuple(map(tuple, kept))
        if self._seen is None or self._seen[0] != key:
            before = [] if self._seen is None else self._seen[1].seen
            self._seen = key, Attained(self._amounts, self.problem, kept)
            if self.extremes is not None and self.extremes.cheapest is not None and not before:
                self._seen[1].see(np.asarray(self.extremes.cheapest.columns))
            for values in before:
                self._seen[1].see_values(values)
        return self._seen[1]

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
