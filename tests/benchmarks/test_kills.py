"""The short form of ``python -m benchmarks.trust.kills``, and what it takes for wrong."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from benchmarks.trust.kill_commands import BACKUP, BOOK, COMMANDS, OTHER, OUT, PAGE, PLAN
from benchmarks.trust.remains import EARLIER, Folder, after_the_next, wrong_with
from tests.run import program
from tests.workbook.books import book


@pytest.mark.skipif(os.name != "posix", reason="runs are forked")
@pytest.mark.skipif("FRIENDSHORE_EXAMPLES" not in os.environ, reason="a part of the long form: it takes its time")
def test_nothing_is_lost() -> None:
    """Two runs, in a process of its own, which has no threads when it forks."""
    command = program("benchmarks.trust.kills", "--kills", "2", "--seed", "1", "--commands", "solve --in-place,report")
    told = subprocess.run(  # noqa: S603 - our own interpreter
        command, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=300, check=True
    )
    assert "2 of 2 lost nothing" in told.stdout, told.stdout + told.stderr


@pytest.fixture
def given(tmp_path: Path) -> Folder:
    """A workbook and two files that stand for its plans, in a folder where an earlier run has left others."""
    content = book(tmp_path / BOOK).read_bytes()
    folder = Folder({BOOK: content, PLAN: b"a plan", OTHER: b"another"})
    folder.laid_out(tmp_path, earlier=True)
    return folder


@pytest.mark.parametrize(
    ("name", "code", "told", "left", "wrong"),
    [
        ("solve", 6, ("started", "read"), {}, ""),
        ("solve", -9, ("started", "write"), {".friendshore-0-0-0.xlsx": b"PK"}, ""),
        ("solve", 0, (), {OUT: b"PK"}, "out.xlsx cannot be read"),
        ("solve", 0, (), {}, "out.xlsx is not there"),
        ("solve", 6, ("started", "polish"), {}, "had a plan"),
        ("solve", -15, ("started", "read"), {}, "did not end by itself"),
        ("solve", -15, ("started",), {}, ""),
        ("solve", 1, ("started", "read"), {}, "exit code 1"),
        ("solve", 6, ("started", "read"), {BOOK: b""}, "book.xlsx is not as it was"),
        ("solve", 6, ("started", "read"), {"notes": b""}, "notes is of no use"),
        ("solve --in-place", -9, ("started", "write"), {BACKUP: b""}, "is not the workbook as it was"),
        ("report", 6, ("started", "read"), {PAGE: b"<p></html>"}, "which is there"),
        ("report", 0, (), {PAGE: b"<p>"}, "out.html is cut off"),
        ("stress", -9, ("started", "read"), {"out.ledger": b""}, ""),
    ],
)
def test_what_a_run_may_leave(
    tmp_path: Path, given: Folder, name: str, code: int, told: tuple[str, ...], left: dict[str, bytes], wrong: str
) -> None:
    """Earlier files as they were, hidden unfinished ones and a ledger are right, all else is told."""
    for file, content in left.items():
        (tmp_path / file).write_bytes(content)
    found = "; ".join(wrong_with(tmp_path, given, COMMANDS[name], code, told, killed=code == -9))
    assert wrong in found if wrong else found == ""


def test_what_the_next_run_may_leave(tmp_path: Path, given: Folder) -> None:
    """Nothing unfinished, and no ledger."""
    assert (tmp_path / OUT).read_bytes() == EARLIER
    assert after_the_next(tmp_path, given, COMMANDS["stress"], 0) == []
    (tmp_path / "out.ledger").write_bytes(b"")
    assert after_the_next(tmp_path, given, COMMANDS["stress"], 7) == [
        "the next run ends with 7",
        "the next run leaves out.ledger",
    ]
