"""Ctrl-C and SIGTERM as a shell sees them."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from friendshore.optimizer import cli
from tests.run import program

ROOT = Path(__file__).parents[2]


def signalled(here, name, *numbers):
    """Exit code, stderr and seconds after the last signal of a solve that gets these once its search runs."""
    command = program("tests.cli.interrupted", name, "solve", str(here / "magnets.xlsx"), "-o")
    process = subprocess.Popen(  # noqa: S603 - our own program
        [*command, str(here / "plan.xlsx")], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    for line in process.stderr:
        if line.startswith("search"):
            break
    for number in numbers:
        time.sleep(0.5)
        process.send_signal(number)
    last = time.monotonic()
    told = process.stderr.read()
    return process.wait(timeout=60), told, time.monotonic() - last


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_before_any_plan_is_6(here, number):
    code, _, _ = signalled(here, "split", number)
    assert code == 6 and not (here / "plan.xlsx").exists()


def test_a_second_one_is_130_though_the_solver_does_not_listen(here):
    code, told, seconds = signalled(here, "first lp", signal.SIGINT, signal.SIGINT)
    assert code == 130 and "Abandoned" in told and "Traceback" not in told
    assert seconds < 3


def test_an_error_that_a_library_makes_of_a_signal_is_that_signal(call, monkeypatch):
    """openpyxl catches all and says that a value is of the wrong type: the workbook is not damaged for that."""

    def convert(*_, **__):
        try:
            signal.raise_signal(signal.SIGINT)
        except BaseException as error:
            raise TypeError("expected float") from error

    monkeypatch.setattr("friendshore.optimizer.workbook.read.read_sheets", convert)
    done = call("check", "magnets.xlsx")
    assert done.code == 6 and "Stopped" in done.err and "float" not in done.err


def test_one_that_comes_before_the_command_begins(here, monkeypatch, capsys):
    """Its words and its code, once, and no traceback."""
    monkeypatch.setattr(cli, "app", lambda **_: signal.raise_signal(signal.SIGTERM))
    monkeypatch.setattr(sys, "argv", ["friendshore", "check", "magnets.xlsx"])
    handler = signal.getsignal(signal.SIGINT)
    with pytest.raises(SystemExit) as left:
        cli.main()
    signal.signal(signal.SIGINT, handler)
    assert left.value.code == 6 and capsys.readouterr().err == "Stopped before anything was done.\n"


def started(*lines):
    """A process of its own that is the command ``friendshore check magnets.xlsx``, after these lines of Python."""
    script = ["import signal, sys", "sys.argv = ['/bin/friendshore', 'check', 'magnets.xlsx']", *lines]
    command = [sys.executable, "-c", "\n".join(script)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_that_comes_while_the_program_is_being_loaded(number):
    """Half a second goes by before there are commands: its words and its code, and no traceback."""
    done = started(
        "class Interrupts:",
        "    def find_spec(self, name, *_):",
        f"        if name == 'friendshore.optimizer.cli': signal.raise_signal({int(number)})",
        "sys.meta_path.insert(0, Interrupts())",
        "from friendshore.optimizer.cli import main",
        "main()",
    )
    assert (done.returncode, done.stdout, done.stderr) == (6, "", "Stopped before anything was done.\n")


@pytest.mark.skipif(sys.platform == "win32", reason="no process ends by a signal there")
def test_one_that_is_raised_within_exec_leaves_with_the_code_of_the_command(tmp_path):
    """``python -m`` ends by the signal itself once one was raised in a text that is run, as dataclasses are made."""
    lines = (
        "from friendshore.optimizer import cli",
        "cli.app = lambda **_: exec('import signal; signal.raise_signal(signal.SIGINT)')",
        "cli.main()",
    )
    (tmp_path / "cut_short.py").write_text("\n".join(lines), encoding="utf-8")
    where = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])}
    command = [sys.executable, "-m", "cut_short"]
    done = subprocess.run(command, env=where, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert (done.returncode, done.stderr) == (6, "Stopped before anything was done.\n")


def test_a_program_that_imports_friendshore_meets_signals_as_before():
    script = (
        "import signal; before = [signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM)]; import friendshore;"
        "assert before == [signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM)]"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break otherwise there")
@pytest.mark.parametrize(("file", "options", "code"), [("magnets.xlsx", [], 0), ("broken.xlsx", ["--json"], 3)])
def test_a_reader_that_goes_away_changes_nothing(here, file, options, code):
    """``friendshore check FILE | head -1``: no fault is told, the exit code is that of the check."""
    command = [sys.executable, "-m", "friendshore", "check", str(here / file), *options]
    process = subprocess.Popen(  # noqa: S603 - our own program
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    process.stdout.close()
    told = process.stderr.read()
    assert process.wait(timeout=60) == code, told
    assert "fault" not in told and "Traceback" not in told and "Broken" not in told


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break otherwise there")
def test_a_reader_of_a_table_that_goes_away(here):
    """The table of findings is printed by another library, which would leave with a code of its own."""
    command = [sys.executable, "-m", "friendshore", "check", str(here / "broken.xlsx")]
    process = subprocess.Popen(  # noqa: S603 - our own program
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    process.stdout.close()
    assert process.wait(timeout=60) == 3, process.stderr.read()
