"""Rounds of units, each known in whole before the next begins, that an interrupt ends with what was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.engines.task import Task
from friendshore.optimizer.system.interrupts import Abandoned, Signals
from friendshore.optimizer.system.progress import OnProgress, Progress


class Rounds:
    """Rounds of units; one that is interrupted answers those that were done, in order.

    Parameters
    ----------
    runner
        The engine, and the ledger of what is done.
    on_progress
        Called with the phase, how much of it is ``done`` and of how much (``total``).
    signals
        Whether someone asked to stop.
    """

    def __init__(self, runner: Runner, on_progress: OnProgress | None, signals: Signals) -> None:
        self.done, self.stopped = 0, False
        self._runner, self._on_progress, self._signals = runner, on_progress, signals

    def of(self, phase: str, task: Task, shared: Any, units: Sequence[Any]) -> list[Any]:
        """The answers of a round, fewer where it is interrupted, none once one was.

        Parameters
        ----------
        phase
            What is told to be done.
        task
            What is done with each unit.
        shared
            Data for all units.
        units
            Units of work, in order.

        Returns
        -------
        list[Any]
            One answer a unit, in their order.
        """
        answers: list[Any] = []
        at_once = max(1, self._runner.engine.workers)
        for first in range(0, len(units), at_once):
            if self.stopped:
                break
            if self._on_progress is not None:
                self._on_progress(Progress(phase, done=len(answers), total=len(units)))
            try:
                answers += self._runner.run(task, shared, units[first : first + at_once])
            except Abandoned:
                raise
            except KeyboardInterrupt:
                self.stopped = True
            self.stopped = self.stopped or self._signals.seen > 0
        self.done += len(answers)
        return answers
