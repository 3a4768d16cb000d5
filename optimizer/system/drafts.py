"""Files that are not finished yet: hidden beside their target, and cleared away once their writer has ended.

A draft is named after the machine and the process that write it and is locked as long as they do, so that the next
writer in the same folder can tell what a killed run has left behind from what another one is writing just now.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

try:
    import fcntl
except ImportError:  # Windows: drafts are told by their age alone
    fcntl = None  # type: ignore[assignment]

ABANDONED_AFTER = 86_400.0
"""Seconds without a change after which a draft counts as left behind where the system cannot say who holds it."""

LOCKED_WITHIN = 60.0
"""Seconds after which a draft that nobody has locked belongs to no process that is alive."""

_LONGEST_ENDING = 8
_DRAFT = re.compile(r"\.friendshore-(?P<machine>[0-9a-f]{8})-(?P<process>\d+)-[0-9a-f]{8}(\.\w*)?")


@contextmanager
def draft_beside(target: Path) -> Iterator[Path]:
    """A new, empty, hidden file in the folder of ``target``, gone at the end of the block unless it was renamed.

    What killed runs have left in that folder is cleared away first.
    """
    clear_abandoned(target.parent)
    ending = target.suffix if len(target.suffix) <= _LONGEST_ENDING else ""
    draft = target.with_name(f".friendshore-{_machine()}-{os.getpid()}-{token_hex(4)}{ending}")
    handle = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        if fcntl is None:
            os.close(handle)
            handle = -1  # an open file cannot be renamed on Windows
        else:
            _lock(handle)
        yield draft
    finally:
        if handle >= 0:
            os.close(handle)
        draft.unlink(missing_ok=True)


def clear_abandoned(folder: Path) -> None:
    """Remove the drafts in a folder whose writers have ended; whatever cannot be told or removed stays."""
    try:
        drafts = [path for path in folder.iterdir() if _DRAFT.fullmatch(path.name)]
    except OSError:
        return
    for draft in drafts:
        try:
            if _abandoned(draft):
                draft.unlink()
        except OSError:  # removed by its writer meanwhile, or not ours to remove
            continue


def _abandoned(draft: Path) -> bool:
    """Whether the writer of a draft is known to have ended; a number may since have gone to another process."""
    name = _DRAFT.fullmatch(draft.name)
    if name is None:
        return False
    age = time.time() - draft.stat().st_mtime
    if fcntl is None:
        return age > ABANDONED_AFTER
    if name["machine"] != _machine():
        return False
    handle = os.open(draft, os.O_RDWR)
    try:
        free = _lock(handle)
    finally:
        os.close(handle)
    return free is True and age > LOCKED_WITHIN if _runs(int(name["process"])) else free is not False


def _runs(process: int) -> bool:
    """Whether a process of this machine is alive, ours or another user's."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is not ours to ask
        return True
    return True


def _lock(handle: int) -> bool | None:
    """Lock an open file for this process; false where another holds it, None on disks that know no locks."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def _machine() -> str:
    """A short mark of this machine: folders may be shared between several."""
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]
