"""``friendshore compare PLAN PLAN …``: plans side by side, and what changed."""
# ruff: noqa: PLC0415 - the rooms behind are loaded when they are needed

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from friendshore.models.findings import InvalidProblem
from friendshore.optimizer.commands.completion import plans
from friendshore.optimizer.commands.guard import DONE, FILE, UsageFault, guard
from friendshore.optimizer.commands.output import Debug, Json, Output, Quiet
from friendshore.optimizer.commands.places import make_ready, refusal, refuse_input
from friendshore.optimizer.commands.schema.compare import compared
from friendshore.optimizer.commands.schema.record import file_notice
from friendshore.optimizer.system.files import FileFault

if TYPE_CHECKING:
    from friendshore.optimizer.saved.saved_plan import SavedPlan
    from friendshore.optimizer.studies.compare import Comparison

NAME = "compare"
HELP = "Set plans side by side: what changed in the inputs, in decisions, in cost and in resilience."
EXAMPLES = (
    "Examples:\n\nfriendshore compare reports/old.plan.xlsx reports/new.plan.xlsx\n\nfriendshore compare old.plan.xlsx "
    "new.plan.xlsx other.plan.xlsx -o changes.xlsx\n\nfriendshore compare old.plan.xlsx new.plan.xlsx --json"
)


def run(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="PLAN PLAN…", help="Plans written by solve; the others against the first.", autocompletion=plans
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="OUT", help="Also write all tables as a workbook.")
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Compare plans."""
    out = Output(json, quiet, debug)

    def body() -> int:
        if len(files) < 2:
            raise UsageFault("two plans at least are compared; name another one")
        if output is not None:
            for file in files:
                refuse_input(file, output)
            make_ready(output)
        return _compare(files, output, out)

    guard(out, body)


def _compare(files: list[Path], target: Path | None, out: Output) -> int:
    from friendshore.optimizer.studies.compare import compare
    from friendshore.optimizer.studies.compare.sheets import write_comparison

    started = time.perf_counter()
    comparison = compare([_read(file) for file in files])
    refused = None if target is None else refusal(lambda: write_comparison(comparison, target))
    return _tell(comparison, target, refused, time.perf_counter() - started, out)


def _read(file: Path) -> SavedPlan:
    from friendshore.optimizer.saved.plan_reader import read_plan
    from friendshore.optimizer.studies.compare import TABLES

    try:
        return read_plan(file, TABLES)
    except InvalidProblem as error:
        raise FileFault("FS004", file, f"the input sheets of this plan cannot be read: {error.findings[0]}") from error


def _tell(comparison: Comparison, target: Path | None, refused: FileFault | None, seconds: float, out: Output) -> int:
    from friendshore.optimizer.studies.compare.words import lines

    path = None if refused or target is None else str(target)
    if out.quiet and path:
        out.say(path)
    else:
        for line in lines(comparison):
            out.say(line)
        if path:
            out.say(f"\nTables: {path}")
    if refused:
        out.refusal(refused)
    out.result(compared(comparison, path, seconds, (file_notice(refused),) if refused else ()))
    return FILE if refused else DONE
