"""Damaged workbooks: ``python -m benchmarks.trust.mutated_workbooks [--workbooks N] [--seed N]``.

Copies of a workbook that uses every sheet, as two writers save it, have bytes, markup, parts and numbers changed at
random. Each has to be read, or refused with a message, within a minute; a traceback or a hang is told with its seed.
"""

from __future__ import annotations

import argparse
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from friendshore.models.findings import InvalidProblem
from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.workbook.read import read_workbook
from friendshore.optimizer.workbook.template import write_sheets
from tests.parsing.valid import valid
from tests.workbook.books import book
from tests.workbook.mutants import mutant

WRITERS: Mapping[str, Callable[..., object]] = {"openpyxl": book, "xlsxwriter": write_sheets}

PATIENCE = 60
"""Seconds after which reading counts as a hang."""

READ, INVALID, REFUSED, WRONG = "read", "read, and its cells refused", "file refused", "traceback or hang"


class Hang(BaseException):
    """Reading took too long; no fault that a reader would catch."""


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


def end(path: Path) -> tuple[str, str]:
    """How reading a workbook ends, and what was said where it went wrong."""
    try:
        with patience(PATIENCE):
            read_workbook(path)
    except InvalidProblem as refusal:
        return (INVALID, "") if str(refusal) else (WRONG, "refused without a message")
    except FileFault as refusal:
        return (REFUSED, "") if str(refusal) else (WRONG, "refused without a message")
    except Hang:
        return WRONG, f"hangs for {PATIENCE} s"
    except Exception as fault:
        return WRONG, f"{type(fault).__name__}: {fault}"
    return READ, ""


def ends(workbooks: int, number: int) -> Counter[str]:
    """How reading so many damaged workbooks ends, half of them from each writer.

    Parameters
    ----------
    workbooks
        How many.
    number
        Seed of the first; the others have the next ones.

    Returns
    -------
    Counter[str]
        How many were read, refused for their cells, refused as files, and went wrong.
    """
    count: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        for name, writer in WRITERS.items():
            writer(path, valid())
            whole = path.read_bytes()
            for seed in range(number, number + workbooks // len(WRITERS)):
                path.write_bytes(mutant(whole, seed))
                how, said = end(path)
                count[how] += 1
                if said:
                    print(f"{name}, seed {seed}: {said}", flush=True)  # noqa: T201
    return count


def main() -> None:
    """Read every workbook and print how many ended how."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trust.mutated_workbooks", description=__doc__)
    parser.add_argument("--workbooks", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    started = time.monotonic()
    count = ends(asked.workbooks, asked.seed)
    print(f"{count.total() - count[WRONG]} of {count.total()} told, {time.monotonic() - started:.0f} s")  # noqa: T201
    for how, times in count.most_common():
        print(f"{times:6d}  {how}")  # noqa: T201


if __name__ == "__main__":
    main()
