"""HiGHS in a thread of its own, so that signals, limits and progress are looked after while it works.

Measured on HiGHS 1.16: told to stop, a search answers within 0.2 s and an LP at once, but the first LP of a search,
presolve and crossover do not listen until they end. Where it has not answered ``GRACE`` seconds later it is left
alone, and the last plan that it reported is taken. Every run has a fresh thread: HiGHS fixes its number of workers
once for each thread that calls it, so the number may change from run to run, and programs may run side by side.
"""

from __future__ import annotations

import atexit
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from highspy import HighsStatus

from friendshore.optimizer.solver.answer import Interrupt, SolverFault, StopReason
from friendshore.optimizer.solver.engine import Listener, SilentHighs
from friendshore.optimizer.system.interrupts import Signals
from friendshore.optimizer.system.progress import OnProgress, Progress

GRACE = 5.0
LATE = 0.1
TICK = 0.05
BETWEEN_REPORTS = 0.2

_left_running: list[threading.Thread] = []


@dataclass
class Clock:
    """Limits and listeners that the runs of one search share.

    Parameters
    ----------
    time_limit
        Longest time in seconds; None for no limit.
    on_progress
        Called a few times a second, under the name ``phase``.
    interrupt
        Called several times a second: whether to stop.
    signals
        Those that have arrived.
    patient
        Whether a first signal waits until the end (what is left to do is short, and a plan hangs on it).
    """

    time_limit: float | None = None
    on_progress: OnProgress | None = None
    interrupt: Interrupt | None = None
    signals: Signals = field(default_factory=Signals)
    phase: str = "solve"
    patient: bool = False

    def __post_init__(self) -> None:
        self.started = time.monotonic()
        self.reported = -np.inf

    @property
    def elapsed(self) -> float:
        """Seconds since the search began."""
        return time.monotonic() - self.started

    @property
    def remaining(self) -> float:
        """Seconds left, inf where there is no limit."""
        return np.inf if self.time_limit is None else max(0.0, self.time_limit - self.elapsed)

    @property
    def interrupted(self) -> bool:
        """Whether someone asked to stop."""
        if self.interrupt is not None and self.interrupt():
            return True
        return not self.patient and self.signals.seen > 0

    @property
    def late(self) -> bool:
        """Whether the time limit has passed by more than HiGHS needs to notice by itself."""
        return self.time_limit is not None and self.elapsed > self.time_limit * (1 + LATE) + GRACE

    @property
    def reason(self) -> StopReason:
        """Why to stop now; empty: go on."""
        if self.interrupted:
            return "interrupted"
        return "time limit" if self.late else ""

    def report(self, best: float, bound: float) -> None:
        """Tell ``on_progress`` how far it has come, a few times a second at most; ±inf for what is not known yet."""
        if self.on_progress is None or self.elapsed - self.reported < BETWEEN_REPORTS:
            return
        self.reported = self.elapsed
        known, proven = np.isfinite(best), np.isfinite(bound)
        gap = max(0.0, best - bound) / abs(best) if known and proven and best != 0 else None
        self.on_progress(Progress(self.phase, self.elapsed, best if known else None, bound if proven else None, gap))


@dataclass
class _Run:
    """One run: what HiGHS returned, or why it could not."""

    status: HighsStatus | None = None
    error: BaseException | None = None


def run(highs: SilentHighs, listener: Listener, clock: Clock, unscale: Callable[[float], float]) -> HighsStatus | None:
    """Let HiGHS work until it ends.

    Parameters
    ----------
    highs, listener
        The instance, and who listens to it.
    clock
        When to stop.
    unscale
        From the objective as HiGHS counts it to that of the program.

    Returns
    -------
    HighsStatus or None
        None where it was told to stop and did not answer in time.

    Raises
    ------
    SolverFault
        Where HiGHS failed.
    """
    outcome, done = _Run(), threading.Event()

    def work() -> None:
        try:
            outcome.status = highs.run()
        except BaseException as error:
            outcome.error = error
        finally:
            highs.resetThreadScheduler(False)
            done.set()

    thread = threading.Thread(target=work, daemon=True, name="highs")
    _left_running.append(thread)
    thread.start()
    ended = _wait(done, listener, clock, unscale)
    if not ended:
        return None
    thread.join()
    _left_running.remove(thread)
    if outcome.error is not None or outcome.status is None:
        raise SolverFault(f"HiGHS failed: {outcome.error}") from outcome.error
    return outcome.status


def _wait(done: threading.Event, listener: Listener, clock: Clock, unscale: Callable[[float], float]) -> bool:
    stopped_at = np.inf
    try:
        while not done.wait(TICK):
            now = time.monotonic()
            if now - stopped_at > GRACE:
                return False
            if stopped_at == np.inf and clock.reason:
                listener.stop.set()
                stopped_at = now
            clock.report(unscale(listener.best), unscale(listener.bound))
    except BaseException:
        listener.stop.set()
        raise
    return True


def left_running() -> bool:
    """Whether a HiGHS that did not answer is still at work in this process."""
    return any(thread.is_alive() for thread in _left_running)


@atexit.register
def _let_them_end() -> None:
    """A HiGHS at work while the interpreter is taken down would crash it: give those told to stop time to do so."""
    for thread in tuple(_left_running):
        thread.join(GRACE)
