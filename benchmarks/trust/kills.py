"""Runs ended at random moments: ``python -m benchmarks.trust.kills [--kills N] [--seed N] [--commands NAMES]``.

Every command that writes is run on the tutorial (``kill_commands.py``), some over files of an earlier run, and gets
SIGKILL, SIGTERM or SIGINT: a line that it tells is drawn by chance, and a share of the time to the next. What has to
hold then is in ``remains.py``. The same command is run to its end afterwards, and must leave nothing unfinished.

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
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from benchmarks.trust.kill_commands import COMMANDS, Command
from benchmarks.trust.remains import Folder, after_the_next, wrong_with
from friendshore.optimizer.cli import main as friendshore
from friendshore.optimizer.workbook.read import read_workbook

WORKBOOK = Path(__file__).parents[2] / "inputs" / "tutorial.xlsx"
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
PATIENCE = 120
"""Seconds in which a run has to end; after them it is killed."""
BEYOND = 1.2
"""The moment may come this share of the usual time after its line, so that the end of a run is drawn as well."""
WRONG = "wrong"
BETWEEN_COUNTS = 25
FORK = multiprocessing.get_context("fork")
LIBRARIES = ("commands.schema.solve", "reporting", "page", "solve", "saved.plan_reader", "studies.baselines")
STUDIES = ("compare.sheets", "frontier.draw", "share.share", "stress.stress", "vulnerabilities.sheets", "worth.worth")


@dataclass(frozen=True)
class Told:
    """A run that nobody has ended: the seconds at which it told each line, the last one that of its end."""

    at: tuple[float, ...]

    def between(self, place: int) -> float:
        """Seconds from a line to the next."""
        return self.at[place + 1] - self.at[place]


@dataclass(frozen=True)
class Draw:
    """Which command is ended, how, after which of its lines and how many seconds later; whether it was run before."""

    name: str
    sent: signal.Signals
    line: int
    after: float
    earlier: bool

    @classmethod
    def by(cls, chance: random.Random, usual: Mapping[str, Told]) -> Draw:
        """One by chance."""
        name, sent = chance.choice(sorted(usual)), chance.choice(SIGNALS)
        line = chance.randrange(len(usual[name].at) - 1)
        after = chance.uniform(0.0, BEYOND * usual[name].between(line))
        return cls(name, sent, line, after, chance.random() < 0.5)


@dataclass(frozen=True)
class Run:
    """How a run ended: its exit code, or the signal below 0, and the lines that it told."""

    code: int
    lines: tuple[str, ...]


def _command(folder: Path, typed: Sequence[str], told: int) -> None:
    """The command in its folder, what it tells going to a pipe; nothing of its answer is wanted."""
    os.chdir(folder)
    os.dup2(told, sys.stderr.fileno())
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.argv = ["friendshore", *typed]
    print("started", file=sys.stderr, flush=True)  # noqa: T201
    friendshore()


def run(folder: Path, command: Command, heard: Callable[[int, int], None] = lambda process, line: None) -> Run:
    """A command run in a folder; ``heard`` is called with its process and each line's place as it is told."""
    hear, told = os.pipe()
    process = FORK.Process(target=_command, args=(folder, command.typed, told))
    process.start()
    os.close(told)
    impatience = threading.Timer(PATIENCE, process.kill)
    impatience.start()
    lines = []
    try:
        with os.fdopen(hear, encoding="utf-8", errors="replace") as stderr:
            for line in stderr:
                lines.append(line)
                heard(process.pid or 0, len(lines) - 1)
        process.join()
    finally:
        impatience.cancel()
    return Run(process.exitcode or 0, tuple(lines))


def usual_of(command: Command, given: Folder) -> Told:
    """When a run tells what, if nobody ends it; ValueError where it does not end well."""
    at: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        given.laid_out(Path(name), earlier=False)
        ended = run(Path(name), command, lambda process, line: at.append(time.monotonic()))
    if ended.code:
        raise ValueError(f"{' '.join(command.typed)}: exit code {ended.code}\n{''.join(ended.lines)}")
    return Told((*at, time.monotonic()))


def ended(draw: Draw, given: Folder) -> tuple[Run, str]:
    """Start a run, end it as drawn, run it again, and tell what is wrong with what either has left."""
    command = COMMANDS[draw.name]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        given.laid_out(folder, earlier=draw.earlier)

        def heard(process: int, line: int) -> None:
            if line == draw.line:
                time.sleep(draw.after)
                with suppress(ProcessLookupError):
                    os.kill(process, draw.sent)

        first = run(folder, command, heard)
        wrong = wrong_with(folder, given, command, first.code, first.lines, killed=draw.sent == signal.SIGKILL)
        again = run(folder, command)
        wrong += after_the_next(folder, given, command, again.code)
    return first, "; ".join(wrong)


def ends(kills: int, number: int, names: Sequence[str] = tuple(COMMANDS)) -> Counter[str]:
    """How so many runs ended, by command, signal and exit code, and how many of them left something wrong.

    Parameters
    ----------
    kills
        How many.
    number
        Seed of the draws.
    names
        Of the commands; all by default.

    Returns
    -------
    Counter[str]
        Ends by their name, and ``WRONG``.
    """
    import_module("pydantic")
    for library in (*LIBRARIES, *(f"studies.{study}" for study in STUDIES)):
        import_module(f"friendshore.optimizer.{library}")
    read_workbook(WORKBOOK)
    with tempfile.TemporaryDirectory() as name:
        given = Folder.with_plans(WORKBOOK.read_bytes(), Path(name), lambda command: run(Path(name), command).code)
    usual = {name: usual_of(COMMANDS[name], given) for name in names}
    chance, count = random.Random(number), Counter[str]()  # noqa: S311 - not for secrets
    for place in range(kills):
        draw = Draw.by(chance, usual)
        first, wrong = ended(draw, given)
        how = "killed" if first.code < 0 else f"exit {first.code}"
        count[f"{draw.name}, {draw.sent.name}: {how}"] += 1
        if wrong:
            count[WRONG] += 1
            print(f"{place}, {draw}, {how}: {wrong}", flush=True)  # noqa: T201
        if place % BETWEEN_COUNTS == BETWEEN_COUNTS - 1:
            print(f"… {place + 1 - count[WRONG]} of {place + 1}", flush=True)  # noqa: T201
    return count


def main() -> None:
    """End every run and print how many left nothing wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trust.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--commands", default=",".join(COMMANDS), help="with commas between them")
    asked = parser.parse_args()
    started = time.monotonic()
    count = ends(asked.kills, asked.seed, asked.commands.split(","))
    wrong = count.pop(WRONG, 0)
    print(f"{count.total() - wrong} of {count.total()} lost nothing, {time.monotonic() - started:.0f} s")  # noqa: T201
    for how, times in sorted(count.items()):
        print(f"{times:6d}  {how}")  # noqa: T201


if __name__ == "__main__":
    main()
