"""What is done is done once: a ledger over runs, over kills, and only for the same work."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from friendshore.optimizer.engines.faults import EngineFault
from friendshore.optimizer.engines.ledger import Ledger
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.engines.serial import SerialEngine
from friendshore.optimizer.system.progress import Progress
from tests.engines.test_pool import living
from tests.engines.work import OTHER_SQUARES, SQUARES, UNFINISHED, marks, worked
from tests.run import program

ROOT = Path(__file__).parents[2]


def test_a_second_run_does_what_is_missing(tmp_path: Path) -> None:
    """Units 0 to 4 are there when 0 to 7 are asked for; answers are the same, infinity and all."""
    shared = {"folder": str(tmp_path)}
    with Ledger(tmp_path / "ledger") as ledger:
        first = Runner(SerialEngine(), ledger).run(SQUARES, shared, list(range(5)))
    heard: list[Progress] = []
    with Ledger(tmp_path / "ledger") as ledger:
        second = Runner(SerialEngine(), ledger).run(SQUARES, shared, list(range(8)), heard.append)
        assert ledger.reused == 5
    assert second[:5] == first
    assert second[0]["limits"] == [0.1, float("inf")]
    assert set(worked(tmp_path).values()) == {1}
    assert [(progress.phase, progress.done, progress.total) for progress in heard] == [
        (SQUARES.name, done, 8) for done in (5, 6, 7, 8)
    ]


def test_what_this_run_did_is_not_told_as_done_before(tmp_path: Path) -> None:
    """Asked for again in one run, a unit is not worked out again, and is no work of an earlier run."""
    shared = {"folder": str(tmp_path)}
    with Ledger(tmp_path / "ledger") as ledger:
        runner = Runner(SerialEngine(), ledger)
        runner.run(SQUARES, shared, [1, 2])
        runner.run(SQUARES, shared, [1, 2, 3])
        assert ledger.reused == 0
    assert set(worked(tmp_path).values()) == {1}


def test_other_work_is_not_taken_for_it(tmp_path: Path) -> None:
    """Another version of the task, other shared data: each is worked out anew."""
    with Ledger(tmp_path / "ledger") as ledger:
        runner = Runner(SerialEngine(), ledger)
        runner.run(SQUARES, {"folder": str(tmp_path)}, [2])
        runner.run(OTHER_SQUARES, {"folder": str(tmp_path)}, [2])
        runner.run(SQUARES, {"folder": str(tmp_path), "seconds": 0.0}, [2])
        assert ledger.reused == 0
    assert worked(tmp_path)[2] == 3


def test_another_version_of_the_solver_is_other_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan ledger must not survive an upgrade."""
    with Ledger(tmp_path / "ledger") as ledger:
        before = ledger.keys(SQUARES, {}, [1])
        monkeypatch.setattr("friendshore.optimizer.engines.ledger.versions", lambda: {"highspy": "2.0"})
        assert ledger.keys(SQUARES, {}, [1]) != before


def test_what_was_cut_short_is_not_kept(tmp_path: Path) -> None:
    """A task says which of its answers are final."""
    with Ledger(tmp_path / "ledger") as ledger:
        runner = Runner(SerialEngine(), ledger)
        for _ in range(2):
            runner.run(UNFINISHED, {"folder": str(tmp_path)}, [1, 2])
    assert worked(tmp_path) == {1: 2, 2: 1}


@pytest.mark.parametrize("engine", ["pool", "serial", "dask"])
def test_a_killed_driver_loses_a_handful(tmp_path: Path, engine: str) -> None:
    """A worker is killed, then the driver, by kill -9 in mid-run; the next run ends the work, and little is done twice.

    Nor do the workers of the killed driver live on.
    """
    if engine == "dask":
        pytest.importorskip("distributed", reason="Dask is an extra")
    count, extra = 40, 0
    first = drive(engine, tmp_path, count, 0.05)
    wait_for(tmp_path, 8)
    if engine != "serial":
        os.kill(marks(tmp_path, "begun")[0], signal.SIGKILL)
        wait_for(tmp_path, 16)
        extra = 4  # what was out when the worker died: one or two units a worker
    first.kill()
    first.wait()
    assert not living(tmp_path)
    assert engine == "dask" or not list((tmp_path / "temporary").iterdir())  # what was sent to the workers
    done = len(worked(tmp_path))
    assert done < count
    second = drive(engine, tmp_path, count, 0.05)
    said, wrong = second.communicate(timeout=60)
    assert second.returncode == 0, wrong
    assert int(said) == sum(i * i for i in range(count))
    times = worked(tmp_path)
    assert len(times) == count
    assert sum(times.values()) - count <= extra + 4  # and what was out when the driver died


def drive(engine: str, folder: Path, count: int, seconds: float) -> subprocess.Popen[str]:
    arguments = [engine, str(folder), str(folder / "ledger"), str(count), str(seconds)]
    temporary = folder / "temporary"
    temporary.mkdir(exist_ok=True)
    return subprocess.Popen(  # noqa: S603
        program("tests.engines.driver", *arguments),
        env={**os.environ, "TMPDIR": str(temporary)},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for(folder: Path, units: int) -> None:
    """Until so many units have been begun."""
    end = time.monotonic() + 30
    while len(worked(folder)) < units:
        assert time.monotonic() < end, "the driver did not come so far"
        time.sleep(0.01)


def test_files_that_are_no_ledgers(tmp_path: Path) -> None:
    """Text, another program's database, a folder that is not there: refused, and left as they were."""
    text = tmp_path / "plan.txt"
    text.write_text("not a database at all, and long enough to have a header of its own" * 10, encoding="utf-8")
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as database:
        database.execute("CREATE TABLE things (name TEXT)")
    database.close()
    for path in (text, other, tmp_path / "nowhere" / "ledger"):
        before = path.read_bytes() if path.exists() else None
        with pytest.raises(EngineFault, match="FS705"):
            Ledger(path)
        assert (path.read_bytes() if path.exists() else None) == before


def test_only_a_passing_ledger_is_removed(tmp_path: Path) -> None:
    """One that was asked for by name stays."""
    for passing in (True, False):
        with Ledger(tmp_path / "ledger", passing=passing) as ledger:
            ledger.remove()
        assert (tmp_path / "ledger").exists() is not passing


def test_a_passing_ledger_without_answers_leaves_no_file(tmp_path: Path) -> None:
    """Nothing was done, so nothing is left lying about; what was done stays for the next run."""
    with Ledger(tmp_path / "empty", passing=True):
        pass
    assert not (tmp_path / "empty").exists()
    with Ledger(tmp_path / "kept", passing=True) as ledger:
        Runner(SerialEngine(), ledger).run(SQUARES, {"folder": str(tmp_path)}, [1])
    assert (tmp_path / "kept").exists()
