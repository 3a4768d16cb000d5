"""A large workbook is read by a process of its own, which may be brought down without harm to this one."""

import io
import pickle
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import friendshore
from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.workbook import child
from friendshore.optimizer.workbook.child import read_apart
from friendshore.optimizer.workbook.contents import read_contents
from friendshore.optimizer.workbook.gate import inspect
from friendshore.optimizer.workbook.read import read_workbook
from tests.parsing.valid import valid
from tests.workbook.books import book, rebuilt

ROOT = Path(__file__).parents[2]


def test_it_reads_the_same(tmp_path):
    sheets = valid()
    sheets["Plants"][0]["capacity"] = "=50*2"
    package = inspect(book(tmp_path / "a.xlsx", sheets))
    apart, here = read_apart(package), read_contents(package)
    assert apart == here
    assert apart.grids["Plants"][1][4] is here.grids["Plants"][1][4]  # the mark of a formula without a result


def test_its_faults_are_ours(tmp_path):
    path = book(tmp_path / "a.xlsx")
    package = inspect(path)
    rebuilt(path, lambda name, content: b"<a>" if name.endswith("sheet1.xml") else content)
    with pytest.raises(FileFault) as fault:
        read_apart(package)
    assert (fault.value.code, fault.value.path) == ("FS004", path)


def answering(monkeypatch, program):
    """Another process that does something else."""
    run = subprocess.run
    command = [sys.executable, "-c", program]
    monkeypatch.setattr(
        child.subprocess,
        "run",
        lambda _, **options: run(
            command, check=False, **{name: value for name, value in options.items() if name != "check"}
        ),
    )


@pytest.mark.parametrize(
    ("program", "code", "said"),
    [
        ("import os; os.abort()", "FS004", "ends the reader"),
        ("raise SystemExit(3)", "FS004", "ends the reader"),
        ("import time; time.sleep(60)", "FS005", "not read within 1 seconds"),
    ],
)
def test_a_reader_that_is_brought_down_or_kept_busy(tmp_path, monkeypatch, program, code, said):
    monkeypatch.setattr(child, "MOST_SECONDS", 1.0)
    package = inspect(book(tmp_path / "a.xlsx"))
    answering(monkeypatch, program)
    with pytest.raises(FileFault, match=said) as fault:
        read_apart(package)
    assert fault.value.code == code


def test_after_a_crash_of_the_fast_reader_the_other_is_asked(tmp_path, monkeypatch):
    package = inspect(book(tmp_path / "a.xlsx"))
    answer_of = child._asked
    monkeypatch.setattr(child, "_asked", lambda package, fast: None if fast == "fast" else answer_of(package, fast))
    assert read_apart(package) == read_contents(package)


def test_an_answer_holds_values_and_nothing_that_acts(tmp_path, monkeypatch):
    package = inspect(book(tmp_path / "a.xlsx"))
    with pytest.raises(pickle.UnpicklingError, match="no part of an answer"):
        child._Unpickler(io.BytesIO(pickle.dumps(print))).load()
    for answer in ("pickle.dumps(print)", "pickle.dumps((1, 2))[:-3]", "b''"):
        answering(monkeypatch, f"import sys, pickle; sys.stdout.buffer.write({answer})")
        with pytest.raises(FileFault, match="ends the reader"):
            read_apart(package)


def test_where_no_process_can_be_started_this_one_reads(tmp_path, monkeypatch):
    package = inspect(book(tmp_path / "a.xlsx"))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no such python"))
    assert read_apart(package) == read_contents(package)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited as on Linux")
def test_its_memory_is_limited():
    script = (
        "from friendshore.optimizer.workbook import child; "
        "child.MOST_MEMORY = 1 << 29; child._limit_memory(); b'x' * (1 << 30)"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, cwd=ROOT, check=False)  # noqa: S603
    assert ended.returncode == 1
    assert b"MemoryError" in ended.stderr


def test_a_script_needs_no_main_guard_and_runs_once(tmp_path):
    path = book(tmp_path / "a.xlsx")
    script = tmp_path / "plan.py"
    script.write_text(
        textwrap.dedent(f"""
        import friendshore as fs
        import friendshore.optimizer.workbook.read as read
        read.SMALL = 0
        print("read", len(fs.read_workbook({str(path)!r}).plants))
        """)
    )
    ended = subprocess.run(  # noqa: S603
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
        env={"PYTHONPATH": str(Path(friendshore.__file__).parents[1])},
    )
    assert ended.stdout == "read 2\n"


def test_only_large_workbooks_go_there(tmp_path, monkeypatch):
    path = book(tmp_path / "a.xlsx")
    answering(monkeypatch, "raise SystemExit(3)")
    assert read_workbook(path).name == "a"
    monkeypatch.setattr("friendshore.optimizer.workbook.read.SMALL", 0)
    with pytest.raises(FileFault, match="ends the reader"):
        read_workbook(path)
