"""Rounds of units: in order, told as they go, and ended by an interrupt with what was done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from friendshore.optimizer.engines.rounds import Rounds
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.engines.serial import SerialEngine
from friendshore.optimizer.engines.task import Task, as_it_is
from friendshore.optimizer.system.interrupts import watching
from friendshore.optimizer.system.progress import Progress


def _times(shared: int, unit: int) -> int:
    return shared * unit


TIMES = Task("times", 1, as_it_is, _times)


class UpTo(SerialEngine):
    """Is interrupted once so many units are done."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.left = most

    def map(self, task: Task, shared: Any, units: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        """One after the other."""
        for answered in super().map(task, shared, units):
            if not self.left:
                raise KeyboardInterrupt
            self.left -= 1
            yield answered


def test_answers_in_order_with_progress() -> None:
    told: list[Progress] = []
    with watching() as signals:
        rounds = Rounds(Runner(), told.append, signals)
        assert rounds.of("first", TIMES, 3, [1, 2, 3]) == [3, 6, 9]
        assert rounds.of("second", TIMES, 5, [1]) == [5]
    assert rounds.done == 4 and not rounds.stopped
    assert [(each.phase, each.done, each.total) for each in told] == [
        ("first", 0, 3),
        ("first", 1, 3),
        ("first", 2, 3),
        ("second", 0, 1),
    ]


def test_an_interrupt_ends_all_rounds_with_what_was_done() -> None:
    with watching() as signals:
        rounds = Rounds(Runner(UpTo(2)), None, signals)
        assert rounds.of("first", TIMES, 3, [1, 2, 3]) == [3, 6]
        assert rounds.stopped and rounds.of("second", TIMES, 3, [1]) == []
    assert rounds.done == 2
