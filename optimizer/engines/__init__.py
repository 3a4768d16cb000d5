"""Where units of work are done: here, in processes of this machine, on a Dask cluster; and models for mpi-sppy.

Dask and mpi-sppy are extras and imported in this room alone, where they are asked for.
"""

from optimizer.engines.choose import UnknownEngine, open_engine
from optimizer.engines.faults import EngineFault
from optimizer.engines.ledger import Ledger
from optimizer.engines.runner import Runner
from optimizer.engines.seam import Engine, Task

__all__ = ["Engine", "EngineFault", "Ledger", "Runner", "Task", "UnknownEngine", "open_engine"]
