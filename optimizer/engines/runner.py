"""Runner: units of a task through an engine, in order, with a ledger of those that are done."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from friendshore.optimizer.engines.ledger import Ledger
from friendshore.optimizer.engines.serial import SerialEngine
from friendshore.optimizer.engines.task import Engine, Task
from friendshore.optimizer.system.progress import OnProgress, Progress


@dataclass
class Begun:
    """Of the searches that came to their end: how many there were, and how many began from what was known before."""

    searches: int = 0
    of_use: int = 0

    def count(self, answers: Iterable[Any]) -> None:
        """Count answers.

        Those that do not say ``begun`` are of no search, and one that was stopped may have had no time to begin.
        """
        for answer in answers:
            if isinstance(answer, dict) and "begun" in answer and (answer["begun"] or not answer["stopped"]):
                self.searches += 1
                self.of_use += bool(answer["begun"])


@dataclass(frozen=True)
class Runner:
    """An engine, and the ledger that keeps its answers; without one nothing is kept.

    ``begun``: how many of the searches that were answered began from what was known.
    """

    engine: Engine = field(default_factory=SerialEngine)
    ledger: Ledger | None = None
    begun: Begun = field(default_factory=Begun, compare=False)

    def run(self, task: Task, shared: Any, units: Sequence[Any], on_progress: OnProgress | None = None) -> list[Any]:
        """The answer for each unit, in the order of the units whatever the order they come in.

        Answers come as JSON gives them back (tuples are lists), from a worker and from the ledger alike.

        Parameters
        ----------
        task
            What is done with each unit.
        shared
            Data for all units.
        units
            Units of work, in order.
        on_progress
            Called each time a unit is done, with the name of the task as the phase.

        Returns
        -------
        list[Any]
            One answer a unit.

        Raises
        ------
        EngineFault
            FS702, FS704 or FS705: a lost cluster, a unit that ends its workers, a ledger that cannot be
            used.
        """
        started = time.monotonic()

        def tell() -> None:
            if on_progress is not None and answers:
                seconds = time.monotonic() - started
                on_progress(Progress(task.name, seconds, done=len(answers), total=len(units)))

        answers: dict[int, Any] = {}
        keys = [] if self.ledger is None else self.ledger.keys(task, shared, units)
        if self.ledger is not None:
            known = self.ledger.known(keys)
            answers.update((i, known[key]) for i, key in enumerate(keys) if key in known)
            tell()
        missing = [i for i in range(len(units)) if i not in answers]
        for place, answer in self.engine.map(task, shared, [units[i] for i in missing]) if missing else ():
            index, text = missing[place], json.dumps(answer)
            answers[index] = json.loads(text)
            if self.ledger is not None and task.final(answer):
                self.ledger.keep(keys[index], task, text)
            tell()
        self.begun.count(answers.values())
        return [answers[i] for i in range(len(units))]
