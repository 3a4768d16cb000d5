"""Dask: the same answers, workers and clusters that are lost, and clusters that are not there or not like this one."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed", reason="Dask is an extra")

from distributed import LocalCluster

from friendshore.optimizer.engines.choose import UnknownEngine, open_engine
from friendshore.optimizer.engines.cluster import DaskEngine
from friendshore.optimizer.engines.faults import EngineFault
from friendshore.optimizer.engines.ledger import Ledger
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.engines.serial import SerialEngine
from tests.engines.work import SQUARES, marks, worked

HERE = "127.0.0.1:0"


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """A scheduler and two workers, each a process, reached by address as they would be on other machines."""
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=HERE, silence_logs=50) as started:
        yield started


def test_the_same_answers_and_shared_data_once(cluster: LocalCluster, tmp_path: Path) -> None:
    shared = {"folder": str(tmp_path)}
    units = list(range(20))
    with open_engine(f"dask:{cluster.scheduler_address}") as engine:
        assert engine.workers == 2
        answers = Runner(engine).run(SQUARES, shared, units)
        Runner(engine).run(SQUARES, shared, [99])
    assert len(marks(tmp_path, "begun")) <= 2
    assert answers == Runner(SerialEngine()).run(SQUARES, {"folder": str(tmp_path)}, units)


def test_a_worker_that_is_killed_costs_a_handful(cluster: LocalCluster, tmp_path: Path) -> None:
    """A worker gets kill -9 in mid-run: the other and the one that takes its place do the rest."""
    shared = {"folder": str(tmp_path), "deaths": {7: 1}}
    with open_engine(f"dask:{cluster.scheduler_address}") as engine, Ledger(tmp_path / "ledger") as ledger:
        answers = Runner(engine, ledger).run(SQUARES, shared, list(range(40)))
    assert [answer["square"] for answer in answers] == [i * i for i in range(40)]
    times = worked(tmp_path)
    assert times[7] == 2
    assert sum(times.values()) - 40 <= 4  # what was out


def test_a_unit_that_ends_every_worker_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineFault, match=r"unit 2 of 3, 1, ended every worker.*FS704"), DaskEngine("", 2) as engine:
        list(engine.map(SQUARES, {"folder": str(tmp_path), "deaths": {1: 99}}, [0, 1, 2]))


def test_an_error_in_a_unit_is_raised_here(cluster: LocalCluster, tmp_path: Path) -> None:
    with open_engine(f"dask:{cluster.scheduler_address}") as engine, pytest.raises(ValueError, match="unit 1 has a"):
        list(engine.map(SQUARES, {"folder": str(tmp_path), "faults": [1]}, [0, 1, 2]))


def closed_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:{port}", "tls://127.0.0.1:{port}", "gopher://127.0.0.1:{port}"])
def test_a_cluster_that_is_not_there(address: str) -> None:
    """Nobody listens; TLS without certificates; a protocol that does not exist: told within seconds."""
    began = time.monotonic()
    with pytest.raises(EngineFault, match="no Dask scheduler can be reached at") as raised:
        open_engine("dask:" + address.format(port=closed_port()))
    assert raised.value.code == "FS702"
    assert not raised.value.ours
    assert time.monotonic() - began < 20


def test_a_cluster_without_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("friendshore.optimizer.engines.cluster.PATIENCE", 1)
    with (
        LocalCluster(n_workers=0, processes=False, dashboard_address=HERE, silence_logs=50) as empty,
        pytest.raises(EngineFault, match=r"has no workers.*FS702"),
    ):
        open_engine(f"dask:{empty.scheduler_address}")


def test_workers_of_another_version(cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if this side had another HiGHS: the difference is told, worker and both numbers."""
    here = {"friendshore": "9.9", "python": "3", "highspy": "1.99.0"}
    theirs: dict[str, Any] = {"tcp://1.2.3.4:5": {"friendshore": "9.9", "python": "3", "highspy": "1.16.0"}}
    monkeypatch.setattr("distributed.Client.run", lambda *_: theirs)
    monkeypatch.setattr("friendshore.optimizer.engines.cluster.versions", lambda: here)
    with pytest.raises(EngineFault, match=r"tcp://1.2.3.4:5 has highspy 1.16.0 \(here 1.99.0\).*FS703"):
        open_engine(f"dask:{cluster.scheduler_address}")


def test_workers_without_friendshore(cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a worker says that cannot find the package."""

    def refuse(*_: Any) -> None:
        raise ModuleNotFoundError("No module named 'optimizer'")

    monkeypatch.setattr("distributed.Client.run", refuse)
    with pytest.raises(EngineFault, match=r"cannot run friendshore \(No module named 'optimizer'\).*FS703"):
        open_engine(f"dask:{cluster.scheduler_address}")


def test_dask_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(EngineFault, match=r"pip install 'friendshore\[scale\]'.*FS701"):
        open_engine("dask")


@pytest.mark.parametrize("name", ["ray", "pool:tcp://x", "mpi"])
def test_engines_that_are_none(name: str) -> None:
    with pytest.raises(UnknownEngine):
        open_engine(name)
