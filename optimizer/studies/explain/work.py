"""Work: what all parts of an explanation share – its limits, its signals, and how far it has come."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from friendshore.models.plan import Outcome
from friendshore.models.problem import Problem
from friendshore.optimizer.search.limits import Limits
from friendshore.optimizer.solve import Hold, solve_problem
from friendshore.optimizer.system.interrupts import Signals, watching
from friendshore.optimizer.system.progress import OnProgress, Progress


class Enough(Exception):
    """The time is up, or someone asked to stop: what is known so far is kept."""


@dataclass(frozen=True, eq=False)
class Work:
    """Limits of an explanation; the time limit holds for all of it together."""

    limits: Limits
    signals: Signals
    on_progress: OnProgress | None = None
    begun: float = field(default_factory=time.monotonic)

    def go_on(self) -> None:
        """Raise ``Enough`` where it is time to stop."""
        if self.stopped:
            raise Enough

    @property
    def stopped(self) -> str:
        """Why the work has to end, empty where it may go on."""
        if self.signals.seen:
            return "interrupted"
        end = self.limits.time_limit
        return "time limit" if end is not None and time.monotonic() - self.begun >= end else ""

    def tell(self, phase: str) -> None:
        """Say what is being done."""
        if self.on_progress is not None:
            self.on_progress(Progress(phase, time.monotonic() - self.begun))

    def solve(self, problem: Problem, phase: str, hold: Hold | None = None) -> Outcome:
        """The plan of a problem within what is left of the time; ``Enough`` where nothing is left.

        Parameters
        ----------
        problem
            A valid problem.
        phase
            What is being done, in a few words.
        hold
            Tightens the program as a question asks.

        Returns
        -------
        Outcome
            As ``solve_problem`` gives it.
        """
        self.go_on()
        self.tell(phase)
        limits = self.limits
        return solve_problem(
            problem,
            gap=limits.gap,
            time_limit=limits.remaining,
            threads=limits.threads,
            seed=limits.seed,
            method=limits.method,
            hold=hold,
            on_progress=None if self.on_progress is None else lambda progress: self._told(phase, progress),
            memory=limits.memory,
        )

    def _told(self, phase: str, progress: Progress) -> None:
        if self.on_progress is not None:
            seconds = time.monotonic() - self.begun
            self.on_progress(Progress(phase, seconds, progress.objective, progress.bound, progress.gap))


@contextmanager
def working(limits: Limits, on_progress: OnProgress | None) -> Iterator[Work]:
    """Work in which the first Ctrl-C is noted, and what is known by then is kept."""
    with watching() as signals, signals.deferred():
        yield Work(limits, signals, on_progress)
        signals.taken = True
