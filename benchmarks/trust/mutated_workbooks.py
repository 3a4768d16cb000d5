"""Damaged workbooks: ``python -m benchmarks.trust.mutated_workbooks [--workbooks N] [--seed N]``.

Copies of a small workbook that uses every sheet, as two writers save it, are spoilt at random: half of them in the
bytes and the markup of the file, half in their cells, rows, columns and sheets. Each has to end with a message that
says what is wrong, or with a plan that is right: borne out by its certificate, from the cells that another library
reads, and, where cells were spoilt, as cheap as a second formulation says of the numbers that were typed. The file has
to stay as it was. A traceback, a hang, the end of the process and memory beyond its limit are told with the seed.

Workbooks are read in processes that are forked and read many, one after the other (POSIX only).
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.trust.told import END_OF_THE_PROCESS, HANGS, WRONG, Told, told_of

BETWEEN_COUNTS = 500
CHUNK = 100
"""Workbooks that one process reads."""
PATIENCE = 60
"""Seconds after which a workbook counts as a hang."""
MEMORY = 2 << 30
"""Bytes of address space beyond what the process has when it begins."""
FORK = multiprocessing.get_context("fork")


class Hang(BaseException):
    """A workbook took too long; no fault that a reader would catch."""


@contextmanager
def patience(seconds: int) -> Iterator[None]:
    """Raise ``Hang`` in what takes longer."""

    def give_up(number: int, frame: object) -> None:
        raise Hang

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _read_many(seeds: range, answers: Connection) -> None:
    """What each workbook ends with, sent as it is known."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + MEMORY
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the count, not a workbook
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            try:
                with patience(PATIENCE):
                    answer = told_of(Path(folder) / "a.xlsx", seed)
            except Hang:
                answer = Told(WRONG, HANGS)
            except MemoryError:
                answer = Told(WRONG, f"wants more than {MEMORY >> 30} GB")
            answers.send(answer)
    answers.close()


def answers_of(first: int, workbooks: int) -> Iterator[tuple[int, Told]]:
    """What each of so many workbooks ends with, by its seed; a process that ends is one of the ends."""
    seed, last = first, first + workbooks
    while seed < last:
        hear, told = FORK.Pipe(duplex=False)
        process = FORK.Process(target=_read_many, args=(range(seed, min(seed + CHUNK, last)), told), daemon=True)
        process.start()
        told.close()
        stop = min(seed + CHUNK, last)
        while seed < stop:
            try:
                answer = hear.recv() if hear.poll(2 * PATIENCE) else Told(WRONG, HANGS)
            except EOFError:
                answer = Told(WRONG, END_OF_THE_PROCESS)
            yield seed, answer
            seed += 1
            if answer.said in (HANGS, END_OF_THE_PROCESS):
                break
        process.kill() if seed < stop else None
        process.join()


def ends(workbooks: int, number: int) -> Counter[str]:
    """How so many spoilt workbooks end; Ctrl-C ends the count early.

    Parameters
    ----------
    workbooks
        How many.
    number
        Seed of the first; the others have the next ones.

    Returns
    -------
    Counter[str]
        How many ended how, by the words of ``told.py``.
    """
    count: Counter[str] = Counter()
    with suppress(KeyboardInterrupt):
        for seed, answer in answers_of(number, workbooks):
            count[answer.how] += 1
            if answer.how == WRONG:
                print(f"seed {seed}: {answer.said}", flush=True)  # noqa: T201
            if count.total() % BETWEEN_COUNTS == 0:
                print(f"… {count.total() - count[WRONG]} of {count.total()}", flush=True)  # noqa: T201
    return count


def main() -> None:
    """Read every workbook, solve those that can be, and print how many ended how."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trust.mutated_workbooks", description=__doc__)
    parser.add_argument("--workbooks", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    started = time.monotonic()
    count = ends(asked.workbooks, asked.seed)
    right = count.total() - count[WRONG]
    print(f"{right} of {count.total()} told or right, {time.monotonic() - started:.0f} s")  # noqa: T201
    for how, times in count.most_common():
        print(f"{times:6d}  {how}")  # noqa: T201


if __name__ == "__main__":
    main()
