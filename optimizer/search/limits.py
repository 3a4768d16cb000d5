"""What was asked of a solve, and what it takes: limits shared by all its searches, seconds by phase, the log."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from friendshore.optimizer.search.method import Method
from friendshore.optimizer.system.progress import OnProgress, Progress


@dataclass
class Asked:
    """What the planner asked of the search; the time limit is that of all searches together."""

    gap: float
    time_limit: float | None
    threads: int | None
    seed: int
    on_progress: OnProgress | None
    method: Method = Method.AUTO

    def __post_init__(self) -> None:
        self._started = time.monotonic()

    @property
    def left(self) -> float | None:
        """Seconds left, None where there is no limit."""
        if self.time_limit is None:
            return None
        return max(1e-3, self.time_limit - (time.monotonic() - self._started))


class Stopwatch:
    """Seconds of each phase, and a line in the log for each."""

    def __init__(self, on_progress: OnProgress | None = None) -> None:
        self.seconds: dict[str, float] = {}
        self.log: list[str] = []
        self._on_progress = on_progress
        self._started = time.perf_counter()

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Time a phase and tell that it begins."""
        begun = time.perf_counter()
        if self._on_progress is not None:
            self._on_progress(Progress(name, begun - self._started))
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begun

    def note(self, line: str) -> None:
        """Add a line to the log."""
        self.log.append(f"{time.perf_counter() - self._started:8.2f} s  {line}")
