"""Ctrl-C and SIGTERM: the first asks to stop with what there is, the second abandons the work.

Outside a ``deferred`` stretch the first signal raises KeyboardInterrupt at once; within one it is only noted, for
whoever runs the stretch to look at ``seen``. The second raises ``Abandoned`` wherever it arrives. Handlers are
installed in the main thread alone and put back afterwards. A signal that nobody has ``taken`` raises KeyboardInterrupt
at the end of the outermost stretch: none is lost. What comes while the program is still being loaded is noted, and
the first stretch begins with it seen.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from types import FrameType
from typing import Any


class Abandoned(KeyboardInterrupt):
    """A second signal: stop at once and keep nothing."""


class Signals:
    """The signals that have arrived since the outermost ``watching`` began.

    ``number`` is that of the last one; ``taken``: someone has acted on them; ``raised``: one was raised as
    KeyboardInterrupt, which a library may have made another error of.
    """

    def __init__(self) -> None:
        self.seen = 0
        self.number = 0
        self.depth = 0
        self.taken = False
        self.raised = False

    def handle(self, number: int, frame: FrameType | None) -> None:
        """Note a signal, or act on it."""
        self.seen += 1
        self.number = number
        if self.seen > 1:
            raise Abandoned
        if self.depth == 0:
            self.raised = True
            raise KeyboardInterrupt

    @contextmanager
    def deferred(self) -> Iterator[None]:
        """A stretch in which the first signal is only noted."""
        self.depth += 1
        try:
            yield
        finally:
            self.depth -= 1

    @contextmanager
    def raising(self) -> Iterator[None]:
        """A stretch within a deferred one in which the first signal is raised at once; one that was noted stays so."""
        depth, self.depth = self.depth, 0
        try:
            yield
        finally:
            self.depth = depth


_active: list[Signals] = []
_early: list[int] = []


def note_early() -> None:
    """From here to the first watch only note signals, where this process is the program: there is nothing to stop yet.

    A library that is imported by another program changes nothing of how that one meets signals.
    """
    if threading.current_thread() is threading.main_thread() and _is_program():
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _note)


def _note(number: int, frame: FrameType | None) -> None:
    _early.append(number)


def _is_program() -> bool:
    """Whether the command was ``friendshore``, or ``python -m friendshore``, whose arguments ``-m`` stands before."""
    called = sys.orig_argv[-len(sys.argv)] if sys.argv[:1] == ["-m"] else "".join(sys.argv[:1])
    return PurePath(called).stem.removesuffix("-script") == "friendshore"


def settle() -> Signals:
    """From here to the end of the outermost watch a first signal is only noted.

    There is an answer then, which is being written and told, so that nothing may say that there is none.

    Returns
    -------
    Signals
        Those of the watch, for whoever can leave out what is still to be done; where nobody watches, none.
    """
    watched = bool(_active) and threading.current_thread() is threading.main_thread()
    signals = _active[-1] if watched else Signals()
    signals.depth += 1
    signals.taken = True
    return signals


@contextmanager
def watching() -> Iterator[Signals]:
    """Watch for SIGINT and SIGTERM; nested stretches share what was seen, other threads than the main one see none."""
    if threading.current_thread() is not threading.main_thread():
        yield Signals()
        return
    if _active:
        yield _active[-1]
        return
    signals = Signals()
    _active.append(signals)
    previous: dict[int, Any] = {}
    try:
        for number in (signal.SIGINT, signal.SIGTERM):
            previous[number] = signal.signal(number, signals.handle)
        signals.seen += len(_early)
        _early.clear()
        yield signals
    finally:
        _active.pop()
        for sort, handler in previous.items():
            signal.signal(sort, signal.SIG_DFL if handler is None else handler)
    if signals.seen and not signals.taken:
        raise KeyboardInterrupt
