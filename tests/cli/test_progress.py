"""Progress as a terminal shows it: a real process in a pseudo-terminal."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from friendshore.optimizer.commands.progress import NOTHING_YET, figures
from friendshore.optimizer.system.progress import Progress
from tests.run import program

pty = pytest.importorskip("pty", reason="pseudo-terminals are of POSIX systems")
ROOT = Path(__file__).parents[2]


def seen(terminal, words, seconds=60.0):
    """What the terminal has shown until all the words are in it."""
    shown, last = "", time.monotonic() + seconds
    while not all(word in shown for word in words):
        assert time.monotonic() < last, shown[-500:]
        shown += os.read(terminal, 65536).decode()
    return shown


def test_the_phase_and_the_gap_move_on_one_line(here):
    """Phases as they come, then time, best plan, bound and gap; the line is wiped at the end."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(  # noqa: S603 - our own program
        program("tests.cli.told_slowly", str(here / "magnets.xlsx"), str(here / "plan.xlsx")),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
    )
    os.close(theirs)
    shown = seen(ours, ["read", NOTHING_YET, "best plan 1,000", "bound 900", "gap 10%", "gap 5%"])
    assert shown.count("\n") < 5  # one line, written over and over
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 6
    os.close(ours)


def test_figures():
    assert figures(Progress("solve", 9.0, 1234.5, 1200.0, 0.0279)) == "best plan 1,234.5  bound 1,200  gap 2.79%"
    assert figures(Progress("solve", 9.0, bound=1200.0)) == "bound 1,200"
    assert figures(Progress("solve", 9.0)) == ""
