"""Unfinished files: what a killed run leaves is cleared by the next writer, what another is writing stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from friendshore.optimizer.system.drafts import LOCKED_WITHIN, clear_abandoned, draft_beside
from friendshore.optimizer.system.files import writing

WRITER = """
import sys, time
from pathlib import Path
from friendshore.optimizer.system.files import writing
with writing(Path(sys.argv[1])) as draft:
    draft.write_bytes(b"half")
    print(draft.name, flush=True)
    time.sleep(600)
"""

posix = pytest.mark.skipif(os.name != "posix", reason="who holds a file is told by POSIX")


def writer(target: Path) -> tuple[subprocess.Popen[str], Path]:
    """A process of its own that is in the middle of writing, and its draft."""
    command = [sys.executable, "-c", WRITER, str(target)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own interpreter
    assert process.stdout is not None
    return process, target.with_name(process.stdout.readline().strip())


def names(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


@posix
def test_the_draft_of_a_killed_run_is_cleared_by_the_next(tmp_path: Path) -> None:
    process, draft = writer(tmp_path / "plan.xlsx")
    assert draft.name.startswith(".")
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert draft.read_bytes() == b"half"
    with writing(tmp_path / "another.xlsx") as other:
        other.write_bytes(b"whole")
    assert names(tmp_path) == {"another.xlsx"}


@posix
def test_the_draft_of_a_run_that_is_alive_stays(tmp_path: Path) -> None:
    """However long ago it was changed last."""
    process, draft = writer(tmp_path / "plan.xlsx")
    try:
        hours_ago = time.time() - 7200
        os.utime(draft, (hours_ago, hours_ago))
        with writing(tmp_path / "another.xlsx") as other:
            other.write_bytes(b"whole")
        assert names(tmp_path) == {"another.xlsx", draft.name}
    finally:
        process.kill()
        process.wait()


@posix
def test_a_number_that_went_to_another_process_protects_nothing_for_long(tmp_path: Path) -> None:
    """Programs in containers have the same number again and again."""
    with draft_beside(tmp_path / "plan.xlsx") as draft:
        like_ours = draft.name
    left = tmp_path / like_ours
    left.write_bytes(b"half")
    clear_abandoned(tmp_path)
    assert left.exists()
    before = time.time() - LOCKED_WITHIN - 1
    os.utime(left, (before, before))
    clear_abandoned(tmp_path)
    assert not left.exists()


@posix
def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    """Drafts of other machines, and files that only look alike."""
    with draft_beside(tmp_path / "plan.xlsx") as draft:
        machine = draft.name.split("-")[1]
    others = {
        f".friendshore-{'0' * 8}-{2**22}-01234567.xlsx",
        f".friendshore-{machine}-{2**22}-0123456.xlsx",
        ".friendshore-notes.xlsx",
        ".plan-x1y2z3.xlsx",
    }
    for name in others:
        (tmp_path / name).write_bytes(b"")
    (tmp_path / f".friendshore-{machine}-{2**22 + 1}-01234567.xlsx").write_bytes(b"")
    clear_abandoned(tmp_path)
    assert names(tmp_path) == others


def test_a_name_as_long_as_the_disk_allows_has_a_draft(tmp_path: Path) -> None:
    """The name of the draft has nothing of its target's but the ending."""
    path = tmp_path / ("a" * 250 + ".xlsx")
    for content in (b"old", b"new"):
        with writing(path) as draft:
            assert draft.suffix == ".xlsx"
            draft.write_bytes(content)
    assert path.read_bytes() == b"new"
