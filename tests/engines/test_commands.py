"""Engines from the command line: the same study by each, a ledger that outlives a kill, clusters that are not there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from friendshore.optimizer.cli import run
from friendshore.optimizer.reporting import write_plan
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.workbook.read import read_workbook

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("plan") / "tutorial.plan.xlsx"
    plan = solve_problem(read_workbook(ROOT / "inputs" / "tutorial.xlsx"), gap=0.0, threads=1).plan
    assert plan is not None
    write_plan(plan, target)
    return target


def study(plan: Path, out: Path, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    arguments = ["stress", str(plan), "-o", str(out), "--k", "2", "--sample", "12", "--json", "-q"]
    assert run([*arguments, *options]) == 0
    content: dict[str, Any] = json.loads(capsys.readouterr().out)
    for passing in ("seconds", "workbook"):
        del content[passing]
    return content


@pytest.mark.parametrize("options", [("-j", "2"), ("--engine", "dask", "-j", "2")])
def test_the_same_study(
    plan: Path, options: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Removals, pairs, scenarios and a sample: every figure as it is one after the other, to 1e-9."""
    if "dask" in options:
        pytest.importorskip("distributed", reason="Dask is an extra")
    serial = study(plan, tmp_path / "serial.xlsx", capsys)
    other = study(plan, tmp_path / "other.xlsx", capsys, *options)
    assert len(serial["together"]) == 15
    assert close(serial, other)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.xlsx", "serial.xlsx"]


def close(one: Any, other: Any) -> bool:
    """Whether two studies are the same, floating-point numbers to 1e-9 of their size."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(close(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(close, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 1e-9 * max(1.0, abs(one))
    return bool(one == other)


def test_a_kept_ledger_gives_the_same_study_without_work(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second run takes everything from the file: it would fail if it had to work anything out."""
    kept = ("--ledger", str(tmp_path / "kept"))
    first = study(plan, tmp_path / "one.xlsx", capsys, *kept)

    def refuse(*_: Any) -> None:
        raise AssertionError("something is worked out again")

    monkeypatch.setattr("friendshore.optimizer.engines.serial.SerialEngine.map", refuse)
    assert study(plan, tmp_path / "two.xlsx", capsys, *kept) == first


def test_workers_import_nothing_from_the_folder(plan: Path, tmp_path: Path) -> None:
    """Files there that are called like modules which a worker process needs are not taken for them."""
    script = tmp_path / "bin" / "script.py"  # as an installed command is one
    script.parent.mkdir()
    script.write_text("from friendshore.optimizer.cli import main\nif __name__ == '__main__':\n    main()\n")
    for name in ("multiprocessing", "pickle", "selectors", "typer", "friendshore"):
        (tmp_path / f"{name}.py").write_text(f"raise RuntimeError('{name} of the folder was imported')\n")
    command = [sys.executable, str(script), "stress", str(plan), "-o", "study.xlsx", "-j", "2"]
    unsafe = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    done = subprocess.run(command, cwd=tmp_path, env=unsafe, capture_output=True, text=True, check=False, timeout=120)  # noqa: S603
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "study.xlsx").is_file()


def test_a_killed_study_goes_on(plan: Path, tmp_path: Path) -> None:
    """Killed with -9 when part of it is in the ledger beside the target; the next run says so and clears it away."""
    out = tmp_path / "study.xlsx"
    ledger = tmp_path / "study.ledger"
    command = [sys.executable, "-m", "friendshore", "stress", str(plan), "-o", str(out), "--onset", "every", "--k", "2"]
    first = subprocess.Popen([*command, "-j", "2", "-q"], cwd=ROOT)  # noqa: S603
    end = time.monotonic() + 60
    while not (ledger.exists() and ledger.stat().st_size > 12_288):  # more than an empty table
        assert time.monotonic() < end
        assert first.poll() is None
        time.sleep(0.005)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert not out.exists()
    second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)  # noqa: S603
    assert second.returncode == 0, second.stderr
    assert f"done before and kept in {ledger}" in second.stderr
    assert out.exists()
    assert not ledger.exists()


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--engine", "ray"], 2, "--engine ray: there is no engine 'ray'; wanted serial, pool, dask"),
        (["--engine", "mpi"], 2, "mpi-sppy is started by mpiexec"),
        (["--ledger", "{plan}"], 7, "cannot be used as a ledger"),
    ],
)
def test_wrong_use(
    plan: Path, options: list[str], code: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [option.format(plan=plan) for option in options]
    before = plan.read_bytes()
    assert run(["stress", str(plan), "-o", str(tmp_path / "x.xlsx"), *arguments]) == code
    assert said in capsys.readouterr().err
    assert plan.read_bytes() == before


def test_an_unreachable_cluster(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2 and the code of the catalogue, within seconds."""
    pytest.importorskip("distributed", reason="Dask is an extra")
    began = time.monotonic()
    target = tmp_path / "x.xlsx"
    assert run(["stress", str(plan), "-o", str(target), "--json", "--engine", "dask:tcp://127.0.0.1:9"]) == 2
    content = json.loads(capsys.readouterr().out)
    assert [problem["code"] for problem in content["problems"]] == ["FS702"]
    assert time.monotonic() - began < 20
    assert not target.exists()


def test_doctor_lists_the_engines(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extras it says how to get them."""
    monkeypatch.setattr("friendshore.optimizer.engines.available.installed", lambda _: "")
    assert run(["doctor", "--json"]) == 0
    engines = {each["engine"]: each for each in json.loads(capsys.readouterr().out)["engines"]}
    assert list(engines) == ["serial", "pool", "dask", "mpi"]
    assert [each["ready"] for each in engines.values()] == [True, True, False, False]
    assert "pip install 'friendshore[scale]'" in engines["dask"]["told"]
    assert "pip install 'friendshore[mpi]'" in engines["mpi"]["told"]


def test_prices_side_by_side(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """solve --prices by two processes gives the prices that one gives, and leaves nothing behind but the plan."""
    policies = {}
    for jobs in ("1", "2"):
        target = tmp_path / f"{jobs}.xlsx"
        arguments = ["solve", str(ROOT / "inputs" / "tutorial.xlsx"), "-o", str(target), "--gap", "0", "--json", "-q"]
        assert run([*arguments, "--prices", "-j", jobs]) == 0
        policies[jobs] = json.loads(capsys.readouterr().out)["policies"]
    assert close(policies["1"], policies["2"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.xlsx", "2.xlsx"]


def test_workers_without_work_for_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The search itself is not shared out: asking for it is told, not ignored."""
    arguments = ["solve", str(ROOT / "inputs" / "tutorial.xlsx"), "-o", str(tmp_path / "x.xlsx"), "-j", "2"]
    assert run(arguments) == 2
    assert "share out the searches of --prices" in capsys.readouterr().err
