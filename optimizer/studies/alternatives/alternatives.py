"""alternatives: what all plans have in common that cost no more than a limit, and how far they can differ.

Every answer is known from two sides. What is *proven* holds for every plan within the limit: the least and the most of
a linear relaxation, for whole numbers rounded inward. What is *found* is reached by certified plans within it. (J.
DeCarolis, Using modeling to generate alternatives to expand our thinking on energy futures, Energy Economics 33(2),
2011; F. Neumann and T. Brown, The near-optimal feasible space of a renewable power system model, Electric Power Systems
Research 190, 2021.)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from math import inf
from typing import Any

from friendshore.models.plan import Plan
from friendshore.models.plan.baselines import Interval
from friendshore.models.problem import Problem
from friendshore.optimizer.search.benders.pool import Memory, begun_from
from friendshore.optimizer.solver import SolverFault
from friendshore.optimizer.studies.alternatives.plans import Aim, again
from friendshore.optimizer.studies.alternatives.questions import Question

WITHIN = 0.02
"""Share of the best plan's cost by which plans may cost more."""

MOST_PLANS = 16
"""Plans made to reach what dives found, at most."""

SEARCHES = 4
"""Searches for what bounds and dives leave open, at most."""

LARGE = 50_000
"""Columns of a program from which on ``FEWER`` plans are made, and ``FEWEST`` searches: each takes as long as a good
part of the first one."""

FEWER = 5

FEWEST = 1

SHOWN = 8
"""Plans that are shown, those that differ most."""


@dataclass(frozen=True)
class Asks:
    """How it is worked out.

    ``within``: share of the best plan's cost by which plans may cost more; ``plans``: how many are made to reach what
    dives found, at most, ``searches``: for what is open then, None: as suits the size; ``gap`` and ``time_limit`` of
    each search, None as in Settings; ``threads`` None: one; ``seed`` of the solver; ``memory``: what a
    search of the same workbook has learnt, from which each begins.
    """

    within: float = WITHIN
    plans: int | None = None
    searches: int | None = None
    gap: float | None = None
    time_limit: float | None = None
    threads: int | None = None
    seed: int = 0
    memory: Memory | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if not 0 <= self.within < 1:
            raise ValueError(f"within {self.within:g} of the cost: wanted a share from 0 to below 1")
        if min(0 if self.searches is None else self.searches, 0 if self.plans is None else self.plans) < 0:
            raise ValueError("a number of searches or plans below 0: wanted 0 or more")
        if self.gap is not None and not 0 <= self.gap < inf:
            raise ValueError(f"a gap of {self.gap}: wanted a share from 0 upwards")
        if self.time_limit is not None and not 0 < self.time_limit < inf:
            raise ValueError(f"a time limit of {self.time_limit}: wanted a number of seconds above 0")

    def most_plans(self, columns: int) -> int:
        """Plans made at most for a program of so many columns."""
        return (MOST_PLANS if columns < LARGE else FEWER) if self.plans is None else self.plans

    def most_searches(self, columns: int) -> int:
        """Searches at most, after the first one, for a program of so many columns."""
        return (SEARCHES if columns < LARGE else FEWEST) if self.searches is None else self.searches

    @property
    def how(self) -> dict[str, Any]:
        """Options of each solve; one thread, so that the answer does not depend on how many run side by side."""
        how = {"gap": self.gap, "time_limit": self.time_limit, "threads": self.threads or 1, "seed": self.seed}
        return {**how, **begun_from(self.memory)}


class Verdict(StrEnum):
    """What is known of a decision in the plans within the limit."""

    ALL = "in all plans"
    NONE = "in none"
    OPEN = "open"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Alternative:
    """A certified plan within the limit.

    ``cost`` is its objective, ``values`` are the answers to all questions in it, ``aim`` what it was made for.
    """

    cost: float
    values: tuple[float, ...]
    aim: Aim


@dataclass(frozen=True)
class Answer:
    """What is known of one question over all plans within the limit.

    Parameters
    ----------
    question
        What was asked.
    proven
        No plan within the limit lies outside; its ends are -inf or inf where nothing is proven.
    found
        Certified plans within the limit reach both ends.
    best
        The value in the best plan.
    verdict
        Of a decision: *in all plans* and *in none* are proven; *open*: one certified plan has it, another has not;
        *undecided*: neither is known. None for amounts that follow from decisions.
    instead
        Of an open decision, others of which each does for it: every plan within the limit has one of the two, as is
        proven, and for either there is a certified plan that has it and not the other.
    """

    question: Question
    proven: Interval
    found: Interval
    best: float
    verdict: Verdict | None = None
    instead: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Alternatives:
    """The study.

    ``cost`` of the best plan, from what is proven to what it costs; ``limit``: what plans may cost; ``answers`` in the
    order of the questions; ``plans`` that differ most, the best one first, of ``made`` certified ones within the limit,
    of which the ``cheapest`` may cost less than the one that was searched for, within the gap of that search;
    ``searches`` how many there were, the first one and those for what bounds left open; ``unbounded``: questions of
    which no bound was proven in the time; ``status`` and ``why``: how the first search ended;
    ``stopped``: interrupted, what is known is told.
    """

    problem: Problem
    asks: Asks
    status: str
    cost: Interval | None = None
    limit: float = inf
    answers: tuple[Answer, ...] = ()
    plans: tuple[Alternative, ...] = ()
    made: int = 0
    cheapest: float = inf
    searches: int = 0
    unbounded: int = 0
    why: str = ""
    stopped: bool = False

    @property
    def currency(self) -> str:
        """The currency of Settings, in which all money of the study is."""
        return self.problem.settings.currency

    def plan(self, alternative: Alternative) -> Plan:
        """One of the plans, made again with what it decides held, and certified.

        Raises
        ------
        SolverFault
            Where it does not come out again.
        """
        enough = -inf if alternative.aim.question is None else self.limit
        plan = again(self.problem, self.asks.how, alternative.aim, enough)
        if plan is None:
            raise SolverFault("a plan does not come out again")
        return plan
