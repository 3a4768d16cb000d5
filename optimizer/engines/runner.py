"""Runner: units of a task through an engine, in order, with a ledger of those that are done."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from friendshore.optimizer.engines.ledger import Ledger
from friendshore.optimizer.engines.serial import SerialEngine
from friendshore.optimizer.engines.task import Engine, Task

Told = Callable[[int, int], None]
"""Called with how many units are done, and of how many."""


@dataclass(frozen=True)
class Runner:
    """An engine, and where what is done is kept (None: nowhere)."""

    engine: Engine = field(default_factory=SerialEngine)
    ledger: Ledger | None = None

    def run(self, task: Task, shared: Any, units: Sequence[Any], told: Told | None = None) -> list[Any]:
        """The answer for each unit, in the order of the units whatever the order they come in.

        Answers come as JSON gives them back (tuples are lists), from a worker and from the ledger alike.
        """
        answers: dict[int, Any] = {}
        keys = [] if self.ledger is None else self.ledger.keys(task, shared, units)
        if self.ledger is not None:
            known = self.ledger.known(keys)
            answers.update((i, known[key]) for i, key in enumerate(keys) if key in known)
            _tell(told, len(answers), len(units))
        missing = [i for i in range(len(units)) if i not in answers]
        for place, answer in self.engine.map(task, shared, [units[i] for i in missing]) if missing else ():
            index, text = missing[place], json.dumps(answer)
            answers[index] = json.loads(text)
            if self.ledger is not None and task.final(answer):
                self.ledger.keep(keys[index], task, text)
            _tell(told, len(answers), len(units))
        return [answers[i] for i in range(len(units))]


def _tell(told: Told | None, done: int, count: int) -> None:
    if told is not None and done:
        told(done, count)
