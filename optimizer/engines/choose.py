"""An engine by its name on the command line: ``--engine`` and ``-j``."""

from __future__ import annotations

from friendshore.optimizer.engines.pool import PoolEngine
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
