"""Worker processes on this machine, those of the standard library; ``-j N``.

As many units are out as there are workers, so that when one dies it is known which units it can have been: all that
were out are tried again, and one that was out twice when a worker died goes out by itself. If that ends its worker too,
the unit is to blame. (``concurrent.futures`` gives up all units when one worker dies, and leaves its workers running
when the driver is killed; here they end with a pipe that only the driver holds open.)
"""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import tempfile
import threading
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from friendshore.optimizer.engines.faults import KILLED, EngineFault
from friendshore.optimizer.engines.task import Task, named
from friendshore.optimizer.engines.worker import Held, Marks

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
SUSPECT = 2
"""A unit that was out this often when a worker died is tried once more, by itself."""


A_MOMENT = 0.1
"""Seconds in which a driver whose pipe has closed is seen to be dead, if it is."""


class PoolEngine:
    """``workers`` processes, begun when there is work and kept for the next."""

    name = "pool"

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._marks = Marks()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._crew: _Crew | None = None

    def map(self, task: Task, shared: Any, units: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        """Answers in the order in which they come.

        Parameters
        ----------
        task
            What is done with each unit.
        shared
            Data for all units; each worker reads them once from a file of this call.
        units
            Units of work, in order.

        Returns
        -------
        Iterator[tuple[int, Any]]
            Position in ``units``, from 0, and answer.

        Raises
        ------
        EngineFault
            FS704 for a unit that ends every worker that takes it on.
        """
        parcel = self._parcel(shared)
        waiting, suspects, deaths = deque(range(len(units))), deque[int](), Counter[int]()
        killers: list[int] = []
        out: dict[Future[Any], int] = {}
        try:
            while waiting or suspects or out:
                while waiting and len(out) < self.workers:
                    index = waiting.popleft()
                    out[self._submit(task, parcel, units[index])] = index
                if not out:
                    index = suspects.popleft()
                    out[self._submit(task, parcel, units[index])] = index
                lost = []
                for future in wait(out, return_when=FIRST_COMPLETED).done:
                    index = out.pop(future)
                    try:
                        answer = future.result()
                    except BrokenProcessPool:
                        lost.append(index)
                    else:
                        yield index, answer
                if lost:
                    lost += out.values()
                    out.clear()
                    self._stop_crew()
                    deaths.update(lost)
                    killers += [index for index in lost if deaths[index] > SUSPECT]
                    suspects += [index for index in sorted(lost) if deaths[index] == SUSPECT]
                    waiting.extendleft(index for index in sorted(lost, reverse=True) if deaths[index] < SUSPECT)
            if killers:
                raise EngineFault(KILLED, named(killers, units))
        finally:
            if out:  # the caller wants no more: an interrupt, an error in a unit
                self._stop_crew()

    def _submit(self, task: Task, parcel: Path, unit: Any) -> Future[Any]:
        if self._crew is None:
            self._crew = _Crew(self.workers, parcel.parent)
        try:
            return self._crew.submit(task, parcel, unit)
        except BrokenProcessPool:  # a worker died since the last answer: that this unit was lost is told below
            lost: Future[Any] = Future()
            lost.set_exception(BrokenProcessPool())
            return lost

    def _parcel(self, shared: Any) -> Path:
        """A file with the shared data, which each worker reads once."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="friendshore-")  # for this user's eyes only
        folder = Path(self._folder.name)
        mark, new = self._marks.of(shared)
        if new:
            for old in folder.iterdir():
                old.unlink()
            (folder / mark).write_bytes(pickle.dumps(shared, pickle.HIGHEST_PROTOCOL))
        return folder / mark

    def _stop_crew(self) -> None:
        if self._crew is not None:
            self._crew.stop()
            self._crew = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop_crew()
        self._marks = Marks()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


class _Crew:
    """An executor whose workers end with the pipe that this process holds open."""

    def __init__(self, workers: int, folder: Path) -> None:
        context = get_context("spawn")
        self._theirs, self._mine = context.Pipe(duplex=False)
        self._executor = ProcessPoolExecutor(workers, context, _begin, (self._theirs, folder))

    def submit(self, task: Task, parcel: Path, unit: Any) -> Future[Any]:
        """Hand one unit to the workers.

        Parameters
        ----------
        task
            What is done with the unit.
        parcel
            File with the shared data, pickled; its name is that of the data.
        unit
            Unit of work.

        Returns
        -------
        Future[Any]
            The answer to come; BrokenProcessPool where a worker dies first.
        """
        with _one_thread_each():
            return self._executor.submit(_work, task, parcel, unit)

    def stop(self) -> None:
        """End the workers at once, whatever they are at."""
        self._mine.close()
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._theirs.close()


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Processes begun in this block do linear algebra on one thread: their threads would stand in each other's way."""
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


# -- in a worker process ------------------------------------------------------------------------------------------

_held = Held()


def _begin(life: Connection, folder: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group: what it means the driver decides
    threading.Thread(target=_end_with, args=(life, folder), daemon=True).start()


def _end_with(life: Connection, folder: Path) -> None:
    """End with the driver's pipe; where the driver itself is gone, nobody else clears up."""
    try:
        life.recv_bytes()
    except (EOFError, OSError):
        driver = parent_process()
        if driver is not None:
            driver.join(A_MOMENT)
            if not driver.is_alive():
                shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)


def _work(task: Task, parcel: Path, unit: Any) -> Any:
    return task.work(_held.state(task, parcel.name, lambda: pickle.loads(parcel.read_bytes())), unit)  # noqa: S301
