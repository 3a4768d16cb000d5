"""What a run that was ended has left in the planner's folder, and whether it may be so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

import friendshore as fs
from benchmarks.trust.kill_commands import BACKUP, BOOK, OTHER, OUT, PAGE, PLAN, Command

EARLIER = b"what an earlier run has left"
"""It is never looked into: it has to stay as it is, or to make way for a whole file."""
WITH_ANSWER, WITHOUT = (0, 5), (6,)
"""Exit codes that say that there is an answer, and that there is none."""
AFTER_A_PLAN = ("polish", "stress paths", "survival", "certify", "write")
"""Phases of ``solve`` that there are only where there is a plan."""
BEFORE = ("started", "Stopped before anything was done")
"""All that is told where a signal comes before the command has begun."""
ALLOWED_BESIDE = ("out.ledger", "out.ledger-journal")
"""What is done is kept there until the answer is; the next run takes it up and removes it."""


@dataclass(frozen=True)
class Folder:
    """What is in the folder before a run, by name."""

    files: Mapping[str, bytes]

    @classmethod
    def with_plans(cls, book: bytes, folder: Path, run: Callable[[Command], int]) -> Folder:
        """A workbook and two plans of it, made in a folder by ``run``, which returns the exit code."""
        (folder / BOOK).write_bytes(book)
        for plan, settings in ((PLAN, "discount_rate=0.03"), (OTHER, "discount_rate=0.1")):
            typed = ("solve", BOOK, "-o", plan, "--no-baselines", "--set", settings)
            if run(Command(typed, (plan,))):
                raise ValueError(f"{BOOK} has no plan")
        return cls({name: (folder / name).read_bytes() for name in (BOOK, PLAN, OTHER)})

    def laid_out(self, folder: Path, *, earlier: bool) -> None:
        """Write the files, and, where there was an earlier run, what it has left."""
        for name, content in self.files.items():
            (folder / name).write_bytes(content)
        if earlier:
            for name in (OUT, PAGE):
                (folder / name).write_bytes(EARLIER)

    def before(self, name: str, *, earlier: bool) -> bytes | None:
        """What was at a place before the run; None where nothing was."""
        return self.files.get(name, EARLIER if earlier and name in (OUT, PAGE) else None)


def wrong_with(
    folder: Path, given: Folder, command: Command, code: int, told: Sequence[str], *, killed: bool
) -> list[str]:
    """What is wrong with what a run has left, in words; nothing where all is as it has to be.

    ``told`` are its lines.
    """
    changed, wrong = _changed(folder, given), []
    wrong += [f"{name} is not as it was" for name in changed if name in given.files and name not in command.targets]
    wrong += _not_whole(changed)
    if changed.get(BACKUP, given.files[BOOK]) != given.files[BOOK]:
        wrong.append(f"{BACKUP} is not the workbook as it was")
    wrong += [f"{name} is of no use" for name in _beside(changed, command)]
    if code not in WITH_ANSWER and not changed and all(line.startswith(BEFORE) for line in told):
        return wrong
    if code < 0 and not killed:
        wrong.append(f"did not end by itself: signal {-code}")
    if code >= 0 and code not in (*WITH_ANSWER, *WITHOUT):
        wrong.append(f"exit code {code}: {' '.join(told[-2:])}")
    if code in WITH_ANSWER:
        absent = [name for name in command.targets if name not in changed]
        wrong += [f"said that it has an answer, and {name} is not there" for name in absent]
    if code in WITHOUT and changed.keys() & set(command.targets):
        wrong.append("said that it has no answer, which is there")
    if code in WITHOUT and command.solves and any(line.startswith(AFTER_A_PLAN) for line in told):
        wrong.append("had a plan, and did not write it")
    return wrong


def after_the_next(folder: Path, given: Folder, command: Command, code: int) -> list[str]:
    """What is wrong once the same command has been run to its end."""
    changed = _changed(folder, given)
    wrong = [] if code == 0 else [f"the next run ends with {code}"]
    wrong += [f"the next run leaves {name}" for name in changed if name in ALLOWED_BESIDE or name.startswith(".")]
    return [*wrong, *(f"next run: {said}" for said in _not_whole(changed))]


def _changed(folder: Path, given: Folder) -> dict[str, bytes]:
    """Files that are not as they were before the run, or that were not there."""
    found = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    return {
        name: content
        for name, content in found.items()
        if content != given.files.get(name) and not (name in (OUT, PAGE) and content == EARLIER)
    }


def _beside(changed: Mapping[str, bytes], command: Command) -> list[str]:
    """New files that nobody asked for; unfinished ones are hidden, and the next run clears them away."""
    plans = [name for name in changed if command.more and name.endswith(".plan.xlsx")]
    ledger = ALLOWED_BESIDE if command.ledger else ()
    known = {*command.targets, *plans, *ledger, BOOK, PLAN, OTHER}
    return [name for name in changed if name not in known and not name.startswith(".friendshore-")]


def _not_whole(changed: Mapping[str, bytes]) -> list[str]:
    """Which of the files that a run has written are not whole, and why."""
    wrong = []
    for name, content in changed.items():
        if name.startswith("."):
            continue
        if name.endswith(".html") and not content.rstrip().endswith(b"</html>"):
            wrong.append(f"{name} is cut off")
        elif name.removesuffix(".bak").endswith(".xlsx"):
            wrong += [f"{name} cannot be read: {said}" for said in _unreadable(content)]
    return wrong


def _unreadable(content: bytes) -> list[str]:
    """Why a workbook cannot be read, as a plan where it is one; empty where it can."""
    try:
        sheets = openpyxl.load_workbook(BytesIO(content)).sheetnames
        if "Plan Summary" in sheets:
            with TemporaryDirectory() as apart:
                copy = Path(apart) / "copy.xlsx"
                copy.write_bytes(content)
                fs.read_plan(copy)
    except Exception as fault:
        return [f"{type(fault).__name__} {fault}"]
    return []
