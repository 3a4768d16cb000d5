"""What a worker does, in whichever process or thread it lives: hold the state of one task, and answer for units."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from friendshore.optimizer.engines.task import Task


class Marks:
    """A name for the shared data of the last call: the same name as long as it is the same object."""

    def __init__(self) -> None:
        self._last: Any = None
        self._mark = ""

    def of(self, shared: Any) -> tuple[str, bool]:
        """The name, and whether it is a new one."""
        new = not self._mark or shared is not self._last
        if new:
            self._last, self._mark = shared, uuid4().hex
        return self._mark, new


class Held:
    """The state of the task last worked on, made from its shared data once; each thread has its own."""

    def __init__(self) -> None:
        self._here = threading.local()
        self._here.known = None

    def state(self, task: Task, mark: str, load: Callable[[], Any]) -> Any:
        """The state of a task for shared data of a name, made where it is not the one last worked on.

        Parameters
        ----------
        task
            Its ``begin`` makes the state.
        mark
            Name of the shared data, as ``Marks`` gives it.
        load
            Gives the shared data; called only where the state has to be made.

        Returns
        -------
        Any
            What ``begin`` made of the shared data.
        """
        known = vars(self._here).get("known")
        if known is not None and known[:2] == (task, mark):
            return known[2]
        self._here.known = known = None  # what was held before goes first, so that there are never two in memory
        state = task.begin(load())
        self._here.known = (task, mark, state)
        return state
