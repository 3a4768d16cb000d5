"""When a file has been saved anew, and is whole: by looking at it now and then.

Looking at time, size and content is dependable where notices of the system are not: on network drives and shared
folders they do not arrive, and a program that saves by writing another file and renaming it leaves a watch on the old
one. A look costs one ``stat``; the content is read when that changed, and now and then all the same, as the time stamps
of some drives are two seconds coarse.
"""

from __future__ import annotations

import hashlib
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Stamp = tuple[int, int, int] | None

SETTLED = 2
"""Looks after which a file that does not change any more counts as saved."""
PATIENCE = 5.0
"""Seconds given to a file that is no whole workbook, or cannot be opened, before it counts as saved all the same."""
REREAD = 10.0
"""Seconds after which the content is read though nothing seems to have changed."""
LARGEST = 50_000_000
"""Bytes above which that is left out."""


@dataclass
class Saves:
    """Looks at one file; ``look`` is true once for each new content of it that has come to rest."""

    path: Path
    every: float = 0.5
    clock: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        self._stamp: Stamp = None
        self._since = self._reread = self.clock()
        self._digest = ""
        self._waiting = True

    def look(self) -> bool:
        """Whether the file holds something new, and is at rest."""
        now, stamp = self.clock(), _stamp(self.path)
        if stamp != self._stamp:
            self._stamp, self._since, self._waiting = stamp, now, True
            return False
        if stamp is None:
            return False
        if not self._waiting and now - self._reread >= REREAD and stamp[1] <= LARGEST:
            self._waiting = True
        if not self._waiting or now - self._since < SETTLED * self.every:
            return False
        return self._fresh(now)

    def _fresh(self, now: float) -> bool:
        digest = _digest(self.path)
        if digest == self._digest:
            self._waiting, self._reread = False, now
            return False
        if (not digest or not zipfile.is_zipfile(self.path)) and now - self._since < PATIENCE:
            return False
        self._digest, self._waiting, self._reread = digest, False, now
        return True


def _stamp(path: Path) -> Stamp:
    """Time, size and number of a file; None where there is none, as between the two renames of a save."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _digest(path: Path) -> str:
    """SHA-256 of the content; empty where another program does not let it be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
