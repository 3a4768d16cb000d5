"""Many breaks: one after the other, or shared among worker processes with one model each.

A unit of work is a list of positions of removals, what comes back are plain records, so that the order in which workers
end changes nothing. A worker that dies does not take the others' work with it: what is unfinished is done here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context

from optimizer.studies.stress_bench import Bench
from optimizer.studies.stress_break import Breaker, Broken

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

UNITS = 6
"""Units of work for each worker: enough that none waits long for the last."""

Tell = Callable[[int, int], None]
"""Called with how many removals are done, and of how many."""


@dataclass(frozen=True)
class Asked:
    """What is asked of every removal: breaks of up to ``size`` removals, and times to survive."""

    size: int = 1
    survival: bool = True


@dataclass(frozen=True)
class Answered:
    """One removal answered: itself and the larger breaks that begin with it, and its time to survive for each tier."""

    removal: int
    breaks: tuple[Broken, ...]
    survives: tuple[float, ...]


@dataclass(frozen=True)
class Answers:
    """All removals of one bench in order, and the branch with nothing stopped."""

    undisturbed: Broken
    of: tuple[Answered, ...]


def break_all(bench: Bench, asked: Asked, workers: int = 1, tell: Tell | None = None) -> Answers:
    """Answer for every removal of a bench, with ``workers`` processes (1: in this one)."""
    count = len(bench.stops)
    done: dict[int, Answered] = {}
    breaker: Breaker | None = None
    undisturbed: Broken | None = None
    if workers > 1 and count > 1:
        for answers in _shared(bench, asked, workers):
            undisturbed = answers.undisturbed
            done.update((each.removal, each) for each in answers.of)
            _told(tell, len(done), count)
    if undisturbed is None or len(done) < count:
        breaker = Breaker(bench)
        undisturbed = breaker.undisturbed
    for i in range(count):
        if i not in done and breaker is not None:
            done[i] = _answer(breaker, asked, i)
            _told(tell, len(done), count)
    return Answers(undisturbed, tuple(done[i] for i in range(count)))


def _told(tell: Tell | None, done: int, count: int) -> None:
    if tell is not None:
        tell(done, count)


def _answer(breaker: Breaker, asked: Asked, removal: int) -> Answered:
    breaks = tuple(breaker.starting_with(removal, asked.size))
    tiers = range(len(breaker.bench.needs.tiers)) if asked.survival else ()
    return Answered(removal, breaks, tuple(breaker.survives(removal, tier) for tier in tiers))


# -- worker processes -----------------------------------------------------------------------------------------------


_here: list[tuple[Breaker, Asked]] = []
"""What a worker process holds between its units of work."""


def _begin(bench: Bench, asked: Asked) -> None:
    _here.append((Breaker(bench), asked))


def _work(removals: Sequence[int]) -> Answers:
    breaker, asked = _here[-1]
    return Answers(breaker.undisturbed, tuple(_answer(breaker, asked, i) for i in removals))


def _shared(bench: Bench, asked: Asked, workers: int) -> Iterator[Answers]:
    """What worker processes answer; those that die leave their share out."""
    count = len(bench.stops)
    units = max(workers, min(count, workers * UNITS))
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (bench, asked)) as pool:
        with _one_thread_each():
            futures: list[Future[Answers]] = [pool.submit(_work, range(i, count, units)) for i in range(units)]
        for future in as_completed(futures):
            try:
                yield future.result()
            except BrokenProcessPool:
                return


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
