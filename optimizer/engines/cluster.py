"""Workers of Dask distributed, on this machine or on a cluster; extra ``[scale]``.

Dask brings back what was lost with a worker by itself: units are tried on others, and shared data is made again from
what the scheduler holds. TLS files are named in Dask's own configuration (``distributed.comm.tls``), as for any client.
"""
# ruff: noqa: PLC0415 - the library is an extra

from __future__ import annotations

import asyncio
import os
import pickle
import warnings
from collections import deque
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from friendshore.optimizer.engines.faults import KILLED, NO_CLUSTER, NOT_INSTALLED, OTHER_VERSIONS, EngineFault
from friendshore.optimizer.engines.task import Task, named
from friendshore.optimizer.engines.worker import Held, Marks
from friendshore.optimizer.system.version import versions

if TYPE_CHECKING:
    from distributed import Client, Future

PATIENCE = 5
"""Seconds to wait for a scheduler to answer, and then for it to have a worker."""

AHEAD = 2
"""Units of work out at once for each worker: one to work on, one to go on with."""

SAME = ("friendshore", "python", "highspy", "numpy", "pyomo", "scipy")
"""What a worker has to have in the same version: Python and what makes numbers."""


class DaskEngine:
    """A Dask cluster: the one at ``address``, or ``workers`` processes on this machine where that is blank.

    Raises
    ------
    EngineFault
        FS701 where Dask is not installed, FS702 where no cluster answers, FS703 where its workers have other versions.
    """

    name = "dask"

    def __init__(self, address: str = "", workers: int = 0) -> None:
        try:
            import distributed
        except ImportError as error:
            raise EngineFault(
                NOT_INSTALLED, "Dask is not installed; get it with: pip install 'friendshore[scale]'"
            ) from error
        self._distributed = distributed
        self._marks = Marks()
        self._shared: Future | None = None
        self._cluster: Any = None
        self._client = self._connect(address) if address else self._local(workers or os.cpu_count() or 1)
        self._check()

    @property
    def workers(self) -> int:
        """Threads of all workers there are now."""
        return max(1, int(sum(self._client.nthreads().values())))

    def _local(self, workers: int) -> Client:
        self._cluster = self._distributed.LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", silence_logs=50
        )
        return self._distributed.Client(self._cluster, set_as_default=False)

    def _connect(self, address: str) -> Client:
        try:
            asyncio.run(self._knock(address))
            client = self._distributed.Client(address, timeout=PATIENCE, set_as_default=False)
        except Exception as error:  # no address, no answer, no certificate: Dask has an error of another type for each
            reason = str(error) or type(error).__name__
            raise EngineFault(NO_CLUSTER, f"no Dask scheduler can be reached at {address}: {reason}") from error
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            client.close()
            raise EngineFault(NO_CLUSTER, f"the Dask scheduler at {address} has no workers; start some") from error
        return client

    async def _knock(self, address: str) -> None:
        """See whether anyone answers; a client that cannot connect would go on trying, and complain at the very end."""
        security = self._distributed.Security()
        connection = await self._distributed.core.connect(
            address, timeout=PATIENCE, **security.get_connection_args("client")
        )
        await connection.close()

    def _check(self) -> None:
        """Every worker has this program, and what makes its numbers, in the same versions."""
        mine = {name: number for name, number in versions().items() if name in SAME}
        try:
            theirs: dict[str, dict[str, str]] = self._client.run(versions)
        except Exception as error:
            self._end()
            raise EngineFault(
                OTHER_VERSIONS,
                f"a worker of the cluster cannot run friendshore ({error}); install friendshore "
                f"{mine['friendshore']} where the workers run",
            ) from error
        for worker, there in theirs.items():
            other = [
                f"{name} {there.get(name) or 'missing'} (here {number})"
                for name, number in mine.items()
                if there.get(name) != number
            ]
            if other:
                self._end()
                raise EngineFault(OTHER_VERSIONS, f"worker {worker} has {', '.join(other)}; make them the same")

    def map(self, task: Task, shared: Any, units: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        """Answers in the order in which they come.

        Units that Dask gives up, having been on one worker after the other when it died, may have been there by
        chance: each is tried again by itself when all others are done.

        Parameters
        ----------
        task
            What is done with each unit.
        shared
            Data for all units; sent to the cluster once for each object.
        units
            Units of work, in order.

        Returns
        -------
        Iterator[tuple[int, Any]]
            Position in ``units``, from 0, and answer.

        Raises
        ------
        EngineFault
            FS702 where the scheduler is lost, FS704 for a unit that ends every worker that takes it on.
        """
        mark, new = self._marks.of(shared)
        suspects: list[int] = []
        if new or self._shared is None:
            self._shared = self._send(mark, shared)
        for index, answer in self._out(task, mark, units, range(len(units))):
            if answer is _given_up:
                suspects.append(index)
            else:
                yield index, answer
        killers: list[int] = []
        for alone in suspects:
            for index, answer in self._out(task, mark, units, [alone]):
                if answer is _given_up:
                    killers.append(index)
                else:
                    yield index, answer
        if killers:
            raise EngineFault(KILLED, named(killers, units))

    def _out(self, task: Task, mark: str, units: Sequence[Any], chosen: Sequence[int]) -> Iterator[tuple[int, Any]]:
        """Answers, no more than ``AHEAD`` units a worker being out: what a worker or the driver can take with it."""
        futures: dict[Future, int] = {}
        waiting = deque(chosen)
        answered = self._distributed.as_completed(loop=self._client.loop)
        try:
            while waiting or futures:
                while waiting and len(futures) < AHEAD * self.workers:
                    index = waiting.popleft()
                    future = self._client.submit(_work, task, mark, self._shared, units[index], pure=False)
                    futures[future] = index
                    answered.add(future)
                future = next(answered)
                yield futures.pop(future), self._answer(future)
        finally:
            if futures:  # the caller wants no more
                self._client.cancel(list(futures), force=True)

    def _send(self, mark: str, shared: Any) -> Future:
        """Shared data as a task of its own: what a lost worker had of it, the scheduler can have made again."""
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Sending large graph")
            data = pickle.dumps(shared, pickle.HIGHEST_PROTOCOL)
            return self._client.submit(_unpacked, data, key=f"friendshore-{mark}", pure=False)

    def _answer(self, future: Future) -> Any:
        try:
            return future.result()
        except self._distributed.KilledWorker:
            return _given_up
        except (self._distributed.CancelledError, OSError) as error:
            raise EngineFault(
                NO_CLUSTER,
                "the Dask scheduler went away while it was working; what is done is kept in the ledger, "
                f"where there is one ({error})",
            ) from error

    def _end(self) -> None:
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._shared = None
        self._end()


_given_up = object()


# -- in a worker --------------------------------------------------------------------------------------------------

_held = Held()


def _unpacked(data: bytes) -> Any:
    return pickle.loads(data)  # noqa: S301


def _work(task: Task, mark: str, shared: Any, unit: Any) -> Any:
    return task.work(_held.state(task, mark, lambda: shared), unit)
