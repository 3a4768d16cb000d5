"""The engine that needs nothing: one unit after the other, in this process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any, Self

from friendshore.optimizer.engines.task import Task
from friendshore.optimizer.engines.worker import Held, Marks


class SerialEngine:
    """One unit after the other, in order."""

    name = "serial"
    workers = 1

    def __init__(self) -> None:
        self._held, self._marks = Held(), Marks()

    def map(self, task: Task, shared: Any, units: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        """Answers in order of the units.

        Parameters
        ----------
        task
            What is done with each unit.
        shared
            Data for all units; begun anew only where it is another object than in the last call.
        units
            Units of work, in order.

        Returns
        -------
        Iterator[tuple[int, Any]]
            Position in ``units``, from 0, and answer.
        """
        for index, unit in enumerate(units):
            mark, _ = self._marks.of(shared)
            yield index, task.work(self._held.state(task, mark, lambda: shared), unit)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._held, self._marks = Held(), Marks()
