"""A solve in a process of its own, which can be given up without harm to who started it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from typing import Any

import msgspec

from friendshore.optimizer.commands.schema.outcome import without_plan
from friendshore.optimizer.commands.schema.record import notice
from friendshore.optimizer.commands.schema.solve import Solved

PROGRAM: tuple[str, ...] = (sys.executable, "-m", "friendshore")
GRACE = 15.0
"""Seconds that a solve has to end with what it has found, once it is asked to."""
LISTENING = 2.0
"""Seconds between an interrupt and the next means, where it is to end at once."""
POSIX = os.name == "posix"


@dataclass
class Child:
    """``friendshore solve … --json`` as a process: its messages go to our stderr, its answer is read at the end."""

    arguments: tuple[str, ...]
    process: subprocess.Popen[str] = field(init=False)

    def __post_init__(self) -> None:
        away: dict[str, Any] = {"start_new_session": True} if POSIX else {}  # Ctrl-C is for us to pass on
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            [*PROGRAM, "solve", *self.arguments, "--json"], stdout=subprocess.PIPE, text=True, encoding="utf-8", **away
        )

    def done(self, within: float) -> bool:
        """Wait for at most so many seconds; whether it has ended."""
        try:
            self._said, _ = self.process.communicate(timeout=within)
        except subprocess.TimeoutExpired:
            return False
        return True

    def give_up(self) -> None:
        """Ask it to end with what it has; end it where it does not in time."""
        self._interrupt()
        if not self.done(GRACE):
            self.end()

    def end(self) -> None:
        """End it at once, half-written files cleared away where it still listens."""
        for _ in range(2):
            self._interrupt()
            if self.done(LISTENING):
                return
        self.process.kill()
        self.done(GRACE)

    def _interrupt(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT) if POSIX else self.process.terminate()

    @property
    def code(self) -> int:
        """The exit code of the solve, known once it is done."""
        return int(self.process.returncode)

    def answer(self) -> Solved:
        """Its JSON; one problem that says so where it died without any."""
        try:
            return msgspec.json.decode(self._said, type=Solved)
        except msgspec.DecodeError:
            return without_plan("no_plan", (notice(f"the solve ended without an answer (exit code {self.code})"),))
