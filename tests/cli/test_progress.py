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
    shown = seen(ours, ["read", NOTHING_YET, "best 1000, cannot be below 900 EUR: 10%", ": 5%"])
    assert shown.count("\n") < 5  # one line, written over and over
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 6
    os.close(ours)


def test_on_a_narrow_terminal_the_gap_is_not_cut_off(here):
    """It stands at the end of the line, which then takes two."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(  # noqa: S603 - our own program
        program("tests.cli.told_slowly", str(here / "magnets.xlsx"), str(here / "plan.xlsx")),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "45"},
    )
    os.close(theirs)
    shown = seen(ours, ["below 900", "10%", "5%"])
    assert "…" not in shown
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 6
    os.close(ours)


def test_figures():
    said = figures(Progress("solve", 9.0, 31_490_000.0, 31_370_000.0, 0.00381), "USD thousand", 0.005)
    assert said == "best 31.49, cannot be below 31.37 billion USD: 0.381%, you asked 0.5%"
    assert figures(Progress("solve", 9.0, bound=1200.0), "EUR") == "cannot be below 1200 EUR"
    assert figures(Progress("solve", 9.0)) == ""
