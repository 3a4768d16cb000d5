"""Working the study out: the best plan, bounds and dives, plans that reach what dives found, then searches.

What a round is asked depends on the answers of earlier rounds alone, not on how many workers there are.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Sequence
from math import inf
from typing import Any, cast

from friendshore.models.plan.baselines import Interval
from friendshore.models.problem import Problem
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.engines.task import Task
from friendshore.optimizer.search.hold import Held
from friendshore.optimizer.studies.alternatives.alternatives import (
    LARGE,
    SHOWN,
    Alternative,
    Alternatives,
    Answer,
    Asks,
)
from friendshore.optimizer.studies.alternatives.choose import Candidate, Toward, directions, gains, most_different
from friendshore.optimizer.studies.alternatives.plans import BEST, SAME, Aim, Made, Side, made_of
from friendshore.optimizer.studies.alternatives.questions import Question, in_order_of_worth
from friendshore.optimizer.studies.alternatives.task import NEARBY
from friendshore.optimizer.studies.alternatives.verdicts import (
    answers_of,
    pairs_to_prove,
    undecided,
    with_instead,
    within_decisions,
)
from friendshore.optimizer.studies.learnt import memory_after
from friendshore.optimizer.system.interrupts import Abandoned, Signals, watching
from friendshore.optimizer.system.progress import OnProgress, Progress

CHUNK = 5
"""Questions of one unit of work: so many go from where the one before ended."""

WAVE = 2
"""Plans that are chosen at once, so that as many may be made side by side; not by the number of workers."""

MOST_PAIRS = 40
"""Pairs of decisions of which it is proven whether they do for each other, at most."""

USELESS = 1e-6
"""A candidate that widens what plans reach by no more than this is no plan's worth."""

TRIES = 4
"""Candidates looked for at most, by how many plans are made at most."""

PART = 0.85
"""Of what may be spent beyond the best plan, what a candidate spends of whose cost the bounds tell less than all."""

DEARER = 0.7
"""By what that is multiplied each time a plan turns out to cost too much."""

TIMES = 4
"""Time limits that all but the first search may take together."""

Found = dict[str, Any]


def work_out(
    problem: Problem, asks: Asks | None = None, *, runner: Runner | None = None, on_progress: OnProgress | None = None
) -> Alternatives:
    """What the plans of a problem have in common that cost little more than the best.

    Parameters
    ----------
    problem
        A valid problem.
    asks
        How much more, and how it is worked out.
    runner
        The engine that works, and the ledger of what is done.
    on_progress
        Called with the phase, how much of it is ``done`` and of how much (``total``).

    Returns
    -------
    Alternatives
        With what was known when it was interrupted, where it was; without answers where no plan was found.

    Raises
    ------
    KeyboardInterrupt
        Where it is interrupted before the best plan is known.
    friendshore.optimizer.solver.SolverFault
        Where the solver contradicts itself.
    friendshore.optimizer.engines.EngineFault
        Where the engine fails.
    """
    with watching() as signals:
        work = _Work(problem, asks or Asks(), runner or Runner(), on_progress, signals)
        study = work.run()
        signals.taken = signals.taken or work.stopped
    return study


def _candidate(found: Found) -> Candidate:
    """A candidate of an answer, read."""
    return Candidate(found["question"], found["side"], tuple(found["values"]), found["held"])


class _Work:
    """One study under way: what is proven, and the plans so far."""

    def __init__(
        self, problem: Problem, asks: Asks, runner: Runner, on_progress: OnProgress | None, signals: Signals
    ) -> None:
        self.problem, self.asks = problem, asks
        self.stopped = False
        self.searches = self.tried = 0
        self.bounds: dict[tuple[int, str], float] = {}
        self.plans: list[Alternative] = []
        self.questions: tuple[Question, ...] = ()
        self.limit = inf
        self._ends = inf
        self._runner, self._on_progress, self._signals = runner, on_progress, signals

    def run(self) -> Alternatives:
        """All rounds."""
        first = next(iter(self._round("best plan", BEST, (self.problem, self.asks.how), [["best"]])), None)
        if first is None:
            raise KeyboardInterrupt
        self.searches = 1
        self.asks = dataclasses.replace(self.asks, memory=memory_after(first, self.asks.memory))
        best = made_of(first)
        if best.cost is None or best.values is None:
            return Alternatives(self.problem, self.asks, first["status"], why=best.stopped, searches=1)
        self.questions = tuple(map(Question.of_list, first["questions"]))
        self.limit = best.cost + self.asks.within * abs(best.cost)
        self.plans.append(Alternative(best.cost, best.values, best.aim))
        time_limit = self.asks.time_limit or self.problem.settings.time_limit
        self._ends = inf if time_limit is None else time.monotonic() + TIMES * time_limit
        known = {name: first[name] for name in ("questions", "stops", "cost", "values", "aim")} | {"limit": self.limit}
        shared = (self.problem, self.asks.how, known)
        columns = int(first["columns"])
        candidates = self._bounded(shared, dives=columns < LARGE)
        most = self.asks.most_plans(columns)
        self._spread(shared, most // 2 if candidates else most)
        self._reach(shared, candidates, most)
        self._search(shared, self.asks.most_searches(columns))
        answers = with_instead(self.answers, self._together(shared))
        bound = best.bound if best.bound is not None else -inf
        low = min(bound, *(plan.cost for plan in self.plans))
        return Alternatives(
            problem=self.problem,
            asks=self.asks,
            status=first["status"],
            cost=Interval(low, best.cost),
            limit=self.limit,
            answers=answers,
            plans=most_different(answers, self.plans, SHOWN),
            made=len(self.plans),
            cheapest=min(plan.cost for plan in self.plans),
            searches=self.searches,
            unbounded=len(self.questions) - len({place for place, _ in self.bounds}),
            why=best.stopped,
            stopped=self.stopped,
        )

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What is known so far."""
        return within_decisions(self.problem, answers_of(self.questions, self.bounds, self.plans))

    # -- rounds ------------------------------------------------------------------------------------------------------

    def _bounded(self, shared: Any, *, dives: bool) -> list[Candidate]:
        """Bounds of all questions, and what dives found."""
        found: list[Candidate] = []
        order = in_order_of_worth(self.problem, self.questions)
        for decisions in (True, False):  # amounts within what is proven of decisions
            places = [i for i in order if self.questions[i].decision is decisions]
            kept = self._kept()
            units = [
                {"questions": places[i : i + CHUNK], "dives": dives, "units": kept}
                for i in range(0, len(places), CHUNK)
            ]
            for answer in self._round("bounds", NEARBY, shared, units):
                self.bounds |= {(place, side): bound for place, side, bound in answer["bounds"] if bound is not None}
                found += map(_candidate, answer["found"])
        return found

    def _kept(self) -> list[list[float]]:
        """Decisions in whole numbers with what is proven of them, where that is more than the relaxation knows."""
        kept: list[list[float]] = []
        for place, each in enumerate(self.answers):
            raw = self.bounds.get((place, "least")), self.bounds.get((place, "most"))
            if each.question.decision and each.question.whole and None not in raw:
                kept.append([place, each.proven.low, each.proven.high])
        return kept

    def _spread(self, shared: Any, most: int) -> None:
        """Plans as far as can be from those known, in many decisions at once where that is possible."""
        tried: set[tuple[Toward, ...]] = set()
        part = PART
        while self.tried < most and len(tried) < TRIES * most and not self.stopped:
            untried = ((each, anew) for each, anew in directions(self.answers) if each and each not in tried)
            toward, decides = next(untried, ((), False))
            if not toward:
                return
            tried.add(toward)
            unit = {"toward": [list(each) for each in toward], "decides": decides, "part": part, "units": self._kept()}
            answers = self._round("plans", NEARBY, shared, [unit], most, self.tried)
            known = len(self.plans)
            tried_now = self._make(shared, [_candidate(each) for answer in answers for each in answer["found"]], most)
            part *= DEARER if tried_now and len(self.plans) == known else 1.0

    def _reach(self, shared: Any, candidates: list[Candidate], most: int) -> None:
        """Plans for the candidates that widen most what plans reach, a few at a time."""
        left = list(candidates)
        while left and self.tried < most and not self.stopped:
            gained = gains(self.answers, self.plans, left)
            order = sorted(range(len(left)), key=lambda i: (-gained[i], i))[: min(WAVE, most - self.tried)]
            chosen = [left[i] for i in order]
            left = [each for each in left if each not in chosen]
            if not self._make(shared, chosen, most):
                return

    def _make(self, shared: Any, candidates: Sequence[Candidate], most: int) -> int:
        """Plans for those candidates that widen what plans reach; how many were tried."""
        gained = gains(self.answers, self.plans, candidates)
        worth = [each for each, gain in zip(candidates, gained, strict=True) if gain > USELESS]
        units = [self._aim(each.place, each.side, each.values[each.place], each.held) for each in worth]
        self._take(self._round("plans", NEARBY, shared, units, most, self.tried))
        self.tried += len(worth)
        return len(worth)

    def _search(self, shared: Any, most: int) -> None:
        """Searches for decisions of which it is not known whether a plan can do with, or without."""
        asked: set[tuple[int, str]] = set()
        while len(asked) < most and not self.stopped:
            left = [each for each in undecided(self.answers) if each not in asked]
            wave = left[: min(WAVE, most - len(asked))]
            if not wave:
                return
            units = [self._aim(place, side, float(side == "most"), None) for place, side in wave]
            answers = self._round("searches", NEARBY, shared, units, most, len(asked))
            self.searches += len(answers)
            asked.update(wave)
            for (place, side), made in zip(wave, self._take(answers), strict=False):
                excess = SAME * abs(self.limit)
                if not made.possible or (made.bound is not None and made.bound > self.limit + excess):
                    self.bounds[place, side] = float(side == "least")

    def _together(self, shared: Any) -> list[tuple[int, int, float]]:
        """Pairs of decisions with the least that plans have of both."""
        pairs = pairs_to_prove(self.answers, self.plans, MOST_PAIRS)
        units = [{"pairs": pairs[i : i + CHUNK], "units": self._kept()} for i in range(0, len(pairs), CHUNK)]
        answers = self._round("pairs", NEARBY, shared, units)
        return [(first, second, least) for answer in answers for first, second, least in answer["pairs"]]

    def _aim(self, place: int, side: str, level: float, held: Any) -> Found:
        question = self.questions[place]
        level = float(round(level)) if question.whole else level
        kept = None if held is None else Held.of_lists(held)
        return {"aim": Aim(question, cast(Side, side), level, kept).as_dict()}

    def _take(self, answers: Sequence[Found]) -> list[Made]:
        """Read answers, and keep the plans that are within the limit."""
        made = [made_of(answer) for answer in answers]
        for each in made:
            within = each.cost is not None and each.cost <= self.limit + SAME * abs(self.limit)
            if within and each.cost is not None and each.values is not None:
                self.plans.append(Alternative(each.cost, each.values, each.aim))
        return made

    def _round(
        self, phase: str, task: Task, shared: Any, units: Sequence[Any], most: int | None = None, before: int = 0
    ) -> list[Found]:
        """The answers of a round, fewer where it is interrupted or the time is over."""
        answers: list[Found] = []
        at_once = max(1, self._runner.engine.workers)
        for first in range(0, len(units), at_once):
            if self.stopped or time.monotonic() >= self._ends:
                break
            if self._on_progress is not None:
                done, total = before + len(answers), len(units) if most is None else most
                self._on_progress(Progress(phase, done=done, total=total))
            try:
                answers += self._runner.run(task, shared, units[first : first + at_once])
            except Abandoned:
                raise
            except KeyboardInterrupt:
                self.stopped = True
            self.stopped = self.stopped or self._signals.seen > 0
        return answers
