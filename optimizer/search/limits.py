"""Limits of a solve, shared by all its searches, and its stopwatch: seconds of each phase, and the log."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf

from friendshore.optimizer.search.benders.pool import Memory
from friendshore.optimizer.search.method import Method
from friendshore.optimizer.system.memory import give_back
from friendshore.optimizer.system.progress import OnProgress, Progress

BUILDING = 10.0
"""Seconds after the time limit by which a model may be finished: without it there is no plan, even to do nothing."""


class OutOfTime(Exception):
    """The time limit has passed while something was made ready that no plan can be found without."""


@dataclass
class Limits:
    """How far, how long and how a problem is searched.

    Parameters
    ----------
    gap
        Relative gap (objective − bound) / |objective| at which to end.
    time_limit
        Longest time of all searches together in seconds; None for no limit.
    threads, seed
        Threads of the solver (None: its own choice) and its random seed.
    on_progress
        Called a few times a second during a search.
    method
        The extensive form, decomposition, or whichever fits.
    began
        When the work began, as ``time.monotonic`` tells it: the time runs from there. None: as this is made.
    memory
        Hands what a search has learnt to the next; None: each begins from nothing.
    enough
        A search by decomposition also ends at a plan that costs no more than this; -inf: none is cheap enough.
    bound_alone
        Whether only what no plan can be below is wanted: a search by decomposition ends with its relaxation.
    """

    gap: float
    time_limit: float | None = None
    threads: int | None = None
    seed: int = 0
    on_progress: OnProgress | None = None
    method: Method = Method.AUTO
    began: float | None = None
    memory: Memory | None = None
    enough: float = -inf
    bound_alone: bool = False

    def __post_init__(self) -> None:
        self._started = time.monotonic() if self.began is None else self.began

    @property
    def passed(self) -> bool:
        """Whether the time is over."""
        return self.time_limit is not None and time.monotonic() - self._started >= self.time_limit

    def checkpoint(self, late: float = 0.0) -> None:
        """Raise ``OutOfTime`` where the time has been over for ``late`` seconds."""
        if self.time_limit is not None and time.monotonic() - self._started >= self.time_limit + late:
            raise OutOfTime

    @property
    def remaining(self) -> float | None:
        """Seconds left, None where there is no limit."""
        if self.time_limit is None:
            return None
        return max(1e-3, self.time_limit - (time.monotonic() - self._started))


class Stopwatch:
    """Seconds of each phase, and a line in the log for each; ``on_progress`` is called as a phase begins."""

    def __init__(self, on_progress: OnProgress | None = None) -> None:
        self.seconds: dict[str, float] = {}
        self.log: list[str] = []
        self._on_progress = on_progress
        self._started = time.perf_counter()

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Time a phase, tell that it begins, and give back the memory that it has let go."""
        begun = time.perf_counter()
        if self._on_progress is not None:
            self._on_progress(Progress(name, begun - self._started))
        try:
            yield
        finally:
            give_back()
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begun

    def note(self, line: str) -> None:
        """Add a line to the log."""
        self.log.append(f"{time.perf_counter() - self._started:8.2f} s  {line}")
