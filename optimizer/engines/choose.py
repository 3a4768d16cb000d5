"""An engine by its name on the command line: ``--engine`` and ``-j``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from friendshore.optimizer.engines.ledger import Ledger
from friendshore.optimizer.engines.pool import PoolEngine
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.engines.serial import SerialEngine
from friendshore.optimizer.engines.task import Engine

SERIAL, POOL, DASK, MPI = "serial", "pool", "dask", "mpi"
ASK = "serial, pool, dask, dask:tcp://HOST:8786 or dask:tls://HOST:8786"


class UnknownEngine(ValueError):
    """There is no engine of that name."""


def open_engine(engine: str = "", workers: int = 1) -> Engine:
    """The engine for a name, for use in a ``with`` block.

    Parameters
    ----------
    engine
        ``serial``, ``pool``, ``dask``, or ``dask:`` and the address of a scheduler; blank is serial for one worker and
        the pool for more.
    workers
        How many processes on this machine; a cluster has as many as it has.

    Raises
    ------
    UnknownEngine
        For any other name.
    EngineFault
        FS701 to FS703 where the engine cannot be had.
    """
    name, _, address = engine.strip().partition(":")
    if name == DASK:
        from friendshore.optimizer.engines.cluster import DaskEngine  # noqa: PLC0415 - an extra

        return DaskEngine(address, workers)
    if address or name not in ("", SERIAL, POOL, MPI):
        raise UnknownEngine(f"there is no engine {engine!r}; wanted {ASK}")
    if name == MPI:
        raise UnknownEngine(
            "mpi-sppy is started by mpiexec: mpiexec -n 3 python -m mpi4py -m mpisppy.generic_cylinders "
            "--module-name friendshore.optimizer.mpisppy.module --workbook FILE …; "
            "friendshore doctor tells whether it is there"
        )
    if name == POOL or (not name and workers > 1):
        return PoolEngine(workers)
    return SerialEngine()


@contextmanager
def open_runner(engine: str = "", workers: int = 1, ledger: str | Path | None = None) -> Iterator[Runner]:
    """A runner on the engine of a name, with the ledger in a file; it is open while the block lasts.

    Parameters
    ----------
    engine, workers
        As for ``open_engine``.
    ledger
        The file; None: nothing is kept.

    Yields
    ------
    Runner
        Over both.

    Raises
    ------
    UnknownEngine
        For a name that no engine has.
    EngineFault
        Where the engine or the ledger cannot be had.
    """
    with ExitStack() as stack:
        opened = stack.enter_context(open_engine(engine, workers))
        yield Runner(opened, None if ledger is None else stack.enter_context(Ledger(ledger)))
