"""Which engines there are here, told without importing any of them."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from friendshore.optimizer.system.version import installed


@dataclass(frozen=True)
class Available:
    """An engine: its name, whether it can be used, and what it is or how to get it."""

    name: str
    ready: bool
    description: str


def available() -> tuple[Available, ...]:
    """All engines, the simplest first."""
    return (
        Available("serial", True, "one unit of work after the other; used where nothing else is asked for"),
        Available("pool", True, f"worker processes on this machine: -j {os.cpu_count() or 1}"),
        _dask(),
        _mpi(),
    )


def _dask() -> Available:
    number = installed("distributed")
    if not number:
        return Available("dask", False, "workers on a cluster; get it with: pip install 'friendshore[scale]'")
    return Available("dask", True, f"Dask {number}: --engine dask here, --engine dask:tcp://HOST:8786 on a cluster")


def _mpi() -> Available:
    numbers = {name: installed(name) for name in ("mpi-sppy", "mpi4py")}
    lacking = [name for name, number in numbers.items() if not number]
    lacking += [] if mpiexec() else ["mpiexec"]
    if lacking:
        return Available(
            "mpi", False, f"mpi-sppy, without {', '.join(lacking)}; get it with: pip install 'friendshore[mpi]'"
        )
    return Available(
        "mpi",
        True,
        f"mpi-sppy {numbers['mpi-sppy']}, started by {mpiexec()}; module friendshore.optimizer.mpisppy.module",
    )


def mpiexec() -> str:
    """The launcher: beside this Python, where PyPI's mpich puts it, or on the path; blank where there is none."""
    return shutil.which("mpiexec", path=str(Path(sys.executable).parent)) or shutil.which("mpiexec") or ""
