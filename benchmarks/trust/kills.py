"""Runs ended at random moments: ``python -m benchmarks.trust.kills [--kills N] [--seed N]``.

``solve`` is started on a workbook, beside whose plan there may be that of an earlier run, and gets SIGKILL, SIGTERM or
SIGINT a moment after a phase, drawn by chance, has begun. Then the workbook has to be as it was; at the plan's place
there has to be the earlier plan as it was, or a whole plan that can be read, and nothing where there was nothing; a run
that was asked to stop must have ended by itself, with the exit code that says what it left; and whatever unfinished
files a killed run has left must be gone once the next file is written there. What is not so is told with its draw.

A run is a process of its own, forked from one that has loaded the libraries (POSIX only).
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import friendshore as fs
import friendshore.optimizer.reporting
import friendshore.optimizer.solve
import friendshore.optimizer.workbook.read
from friendshore.optimizer.cli import app
from friendshore.optimizer.system.drafts import clear_abandoned

WORKBOOK = Path(__file__).parents[2] / "inputs" / "tutorial.xlsx"
PHASES = ("read", "build", "solve", "polish", "stress paths", "certify", "write")
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
WITHIN = 0.3
"""Seconds after the phase has begun within which the signal comes; the end of a run is such a moment as well."""
PATIENCE = 120
"""Seconds in which a run has to end; after them it is killed."""
EARLIER = b"what an earlier run has left"
"""It is never looked into: it has to stay as it is, or to make way for a whole plan."""
WRONG = "wrong"
FORK = multiprocessing.get_context("fork")
WITH_PLAN, WITHOUT = (0, 5), (6,)
"""Exit codes that say that there is a plan, and that there is none."""


@dataclass(frozen=True)
class Draw:
    """When a run is ended, and how; whether there is an earlier plan, and whether the plan goes into the workbook."""

    phase: str
    after: float
    sent: signal.Signals
    earlier: bool
    in_place: bool

    @classmethod
    def by(cls, chance: random.Random) -> Draw:
        """One by chance."""
        sent, phase = chance.choice(SIGNALS), chance.choice(PHASES)
        return cls(phase, chance.uniform(0.0, WITHIN), sent, chance.random() < 0.5, chance.random() < 0.25)


@dataclass(frozen=True)
class End:
    """How a run ended: its exit code, or the signal below 0; and what is wrong with what it left, if anything."""

    code: int
    wrong: str


def _solve(command: Sequence[str], told: int) -> None:
    """The command, what it tells going to a pipe; nothing of its answer is wanted."""
    os.dup2(told, sys.stderr.fileno())
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    app(list(command))


def _run(command: Sequence[str], draw: Draw) -> int:
    """The exit code of a run, which gets its signal once its phase has begun, or as it ends."""
    hear, told = os.pipe()
    process = FORK.Process(target=_solve, args=(command, told))
    process.start()
    os.close(told)
    impatience = threading.Timer(PATIENCE, process.kill)
    impatience.start()
    try:
        with os.fdopen(hear, encoding="utf-8", errors="replace") as stderr:
            for line in stderr:
                if line.startswith(draw.phase):
                    time.sleep(draw.after)
                    break
            if process.pid is not None:
                with suppress(ProcessLookupError):
                    os.kill(process.pid, draw.sent)
            stderr.read()
        process.join()
    finally:
        impatience.cancel()
    return process.exitcode or 0


def ended(draw: Draw) -> End:
    """Start a run, end it as drawn, and look at what it has left."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workbook, plan = folder / "book.xlsx", folder / "book.plan.xlsx"
        before = WORKBOOK.read_bytes()
        workbook.write_bytes(before)
        if draw.earlier:
            plan.write_bytes(EARLIER)
        command = ["solve", str(workbook), "--no-baselines"]
        command += ["--in-place"] if draw.in_place else ["-o", str(plan)]
        code = _run(command, draw)
        target, old = (workbook, before) if draw.in_place else (plan, EARLIER if draw.earlier else None)
        wrong = [_about_the_plan(target, old, code)]
        if not draw.in_place and workbook.read_bytes() != before:
            wrong.append("the workbook is not as it was")
        if code >= 0 and code not in (*WITH_PLAN, *WITHOUT):
            wrong.append(f"exit code {code}")
        if code < 0 and draw.sent != signal.SIGKILL:
            wrong.append(f"did not end by itself: {signal.Signals(-code).name}")
        wrong.append(_left_over(folder))
        return End(code, "; ".join(filter(None, wrong)))


def _about_the_plan(target: Path, old: bytes | None, code: int) -> str:
    """What is wrong with what stands at the plan's place: as it was, or a whole plan, as the exit code says."""
    now = target.read_bytes() if target.exists() else None
    if now == old:
        return "said that it has a plan, which is not there" if code in WITH_PLAN else ""
    if code in WITHOUT:
        return "said that it has no plan, and changed the file"
    try:
        fs.read_plan(target)
    except Exception as fault:
        return f"the plan cannot be read: {type(fault).__name__} {fault}"
    return ""


def _left_over(folder: Path) -> str:
    """What the next file that is written in the folder does not clear away."""
    clear_abandoned(folder)
    left = sorted(path.name for path in folder.iterdir() if path.name.startswith("."))
    return f"left behind: {', '.join(left)}" if left else ""


def ends(kills: int, number: int) -> Counter[str]:
    """How so many runs ended, by signal and exit code, and how many of them left something wrong.

    Parameters
    ----------
    kills
        How many.
    number
        Seed of the draws.

    Returns
    -------
    Counter[str]
        Ends by their name, and ``WRONG``.
    """
    chance, count = random.Random(number), Counter[str]()  # noqa: S311 - not for secrets
    for place in range(kills):
        draw = Draw.by(chance)
        end = ended(draw)
        count[f"{draw.sent.name}: " + ("killed" if end.code < 0 else f"exit {end.code}")] += 1
        if end.wrong:
            count[WRONG] += 1
            print(f"{place}, {draw}: {end.wrong}", flush=True)  # noqa: T201
    return count


def main() -> None:
    """End every run and print how many left nothing wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trust.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    count = ends(asked.kills, asked.seed)
    wrong = count.pop(WRONG, 0)
    print(f"{count.total() - wrong} of {count.total()} lost nothing")  # noqa: T201
    for how, times in count.most_common():
        print(f"{times:6d}  {how}")  # noqa: T201


if __name__ == "__main__":
    main()
