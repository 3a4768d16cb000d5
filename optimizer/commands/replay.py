"""``friendshore replay PLAN``: solve again what a plan answers, and say whether it is the same plan."""
# ruff: noqa: PLC0415 - the rooms behind are loaded when they are needed

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from friendshore.models.findings import InvalidProblem
from friendshore.optimizer.commands.completion import plans
from friendshore.optimizer.commands.guard import DONE, FAULT, STOPPED, UsageFault, guard
from friendshore.optimizer.commands.output import Debug, Json, Output, Quiet
from friendshore.optimizer.commands.progress import ShowProgress
from friendshore.optimizer.commands.schema.replay import DifferingCell, OtherVersion
from friendshore.optimizer.commands.schema.replay import Replayed as Answer
from friendshore.optimizer.system.files import FileFault

if TYPE_CHECKING:
    from friendshore.optimizer.studies.replay import Replayed

NAME = "replay"
HELP = "Solve again what a plan answers, as it was solved, and say whether the same plan comes out."
EXAMPLES = "Examples:\n\nfriendshore replay reports/magnets.plan.xlsx\n\nfriendshore replay magnets.plan.xlsx --json"


def run(
    file: Annotated[
        Path, typer.Argument(metavar="PLAN", help="A plan written by solve; it is only read.", autocompletion=plans)
    ],
    json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Make a plan again. Exit code 0: it is the same; 1: it is not; 5: interrupted, so that it cannot be told."""
    out = Output(json, quiet, debug)
    guard(out, lambda: _replay(file, out))


def _replay(file: Path, out: Output) -> int:
    from friendshore.optimizer.saved.plan_reader import read_plan
    from friendshore.optimizer.studies.replay import replay

    started = time.perf_counter()
    with ShowProgress(quiet=out.quiet) as show:
        try:
            replayed = replay(read_plan(file), show)
        except InvalidProblem as error:
            message = f"the input sheets of this plan cannot be read: {error.findings[0]}"
            raise FileFault("FS004", file, message) from error
        except ValueError as error:
            raise UsageFault(f"{file}: {error}") from error
    for line in _lines(replayed):
        out.say(line)
    out.result(_answer(replayed, time.perf_counter() - started))
    if replayed.same:
        return DONE
    return STOPPED if _interrupted(replayed) else FAULT


def _interrupted(replayed: Replayed) -> bool:
    return replayed.outcome.run.stopped == "interrupted"


def _lines(replayed: Replayed) -> list[str]:
    if not replayed.same and _interrupted(replayed):
        return ["It was interrupted before it could be told whether it is the same plan."]
    lines = ["It is the same plan, to the last bit." if replayed.same else "It is not the same plan."]
    if not replayed.same and replayed.outcome.run.stopped:
        lines.append(f"The search was stopped ({replayed.outcome.run.stopped}); what it has found by then may differ.")
    if not replayed.same and replayed.begun:
        lines.append("The plan's search began from what an earlier run had learnt, this one from nothing.")
    for name, (before, after) in replayed.other_versions.items():
        lines.append(f"  {name}: the plan was made with {before or 'an unknown version'}, this is {after}")
    for each in replayed.differences:
        where = f"row {each.row}, {each.column}" if each.row else "the number of rows"
        lines.append(f"  {each.table}, {where}: {each.before} -> {each.after}")
    return lines


def _answer(replayed: Replayed, seconds: float) -> Answer:
    cells = (
        DifferingCell(table=d.table, row=d.row, column=d.column, before=str(d.before), after=str(d.after))
        for d in replayed.differences
    )
    versions = (
        OtherVersion(name=name, before=before, after=after) for name, (before, after) in replayed.other_versions.items()
    )
    return Answer(
        status="done",
        same=replayed.same,
        differences=tuple(cells),
        other_versions=tuple(versions),
        seconds=seconds,
        problems=(),
    )
