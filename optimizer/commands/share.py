"""``friendshore share FILE``: who pays, alone, in groups and all together."""
# ruff: noqa: PLC0415 - the rooms behind are loaded when they are needed

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from friendshore.optimizer.commands.engines import Engine, Jobs, LedgerFile, Workplace, at_work
from friendshore.optimizer.commands.guard import DONE, FILE, INFEASIBLE, STOPPED, STOPPED_EMPTY, guard
from friendshore.optimizer.commands.output import Debug, Json, Output, Quiet, Set
from friendshore.optimizer.commands.places import default_output, make_ready, refusal, refuse_input, settings_of
from friendshore.optimizer.commands.pools import NOWHERE, Beginning, beginning_at
from friendshore.optimizer.commands.progress import ShowProgress
from friendshore.optimizer.commands.schema.share import shared_out
from friendshore.optimizer.commands.searches import (
    SearchFrom,
    SearchGap,
    SearchSeed,
    SearchThreads,
    SearchTime,
    StudyFile,
    StudyOutput,
    as_usage,
)
from friendshore.optimizer.commands.shares import gap_of
from friendshore.optimizer.commands.study import clear_ledger, counting, say_study, study_notices
from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.system.progress import Progress

if TYPE_CHECKING:
    from friendshore.optimizer.studies.share.share import Asks, Share

NAME = "share"
HELP = "Who pays: each ally and group alone against all together, what each should pay, and which group would object."
EXAMPLES = (
    "Examples:\n\nfriendshore share magnets.xlsx\n\nfriendshore share magnets.xlsx --outside pro_rata -j 2\n\n"
    "friendshore share magnets.xlsx --gap 1% --time-limit 600 --json"
)


@dataclass(frozen=True)
class Request:
    """What ``share`` is asked to do, as its options say."""

    file: Path
    target: Path
    outside: Literal["open", "pro_rata"]
    asks: Asks
    settings: dict[str, str]
    place: Workplace
    beginning: Beginning = NOWHERE


def run(
    file: StudyFile,
    output: StudyOutput = None,
    outside: Annotated[
        Literal["open", "pro_rata"],
        typer.Option(
            "--outside", help="What stands outside the allies serves each group whole, or in the part of its demand."
        ),
    ] = "open",
    searches: Annotated[int, typer.Option("--searches", metavar="N", min=1, help="How many groups at most.")] = 25,
    gap: SearchGap = None,
    time_limit: SearchTime = None,
    threads: SearchThreads = None,
    seed: SearchSeed = 0,
    begin_from: SearchFrom = None,
    workers: Jobs = 1,
    engine: Engine = "",
    ledger: LedgerFile = None,
    settings: Set = None,
    json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Share the cost. Ctrl-C ends it with what is known so far; the same command goes on from there."""
    out = Output(json, quiet, debug)

    def body() -> int:
        from friendshore.optimizer.studies.share.share import Asks

        target = output or default_output(file, "share")
        refuse_input(file, target)
        beginning = beginning_at(begin_from, out)
        with as_usage():
            asks = Asks(searches, gap_of(gap), time_limit, threads, seed, beginning.memory())
        place = Workplace(engine, workers, ledger)
        return _share(Request(file, target, outside, asks, settings_of(settings), place, beginning), out)

    guard(out, body)


def _share(request: Request, out: Output) -> int:
    from friendshore.optimizer.reporting.study_sheets import write_study_sheets
    from friendshore.optimizer.studies.share.divide import checked_allies, divide
    from friendshore.optimizer.studies.share.groups import Outside
    from friendshore.optimizer.studies.share.sheets import sheets
    from friendshore.optimizer.workbook.read import read_workbook

    started = time.perf_counter()
    with ShowProgress(quiet=out.quiet) as show:
        tell = counting(show, started, lambda progress: f"group {progress.done + 1} of at most {progress.total}")
        show(Progress("read", 0.0))
        problem = read_workbook(request.file, request.settings)
        with as_usage():
            checked_allies(problem)
        make_ready(request.target)
        with at_work(request.place, request.target, out, request.beginning) as runner:
            study = divide(problem, Outside(request.outside), request.asks, runner=runner, on_progress=tell)
            show(Progress("write", time.perf_counter() - started))
            refused = refusal(lambda: write_study_sheets(sheets(study), request.target))
            clear_ledger(runner, refused, stopped=bool(study.stopped))
    return _tell(study, request.target, refused, time.perf_counter() - started, out)


def _tell(study: Share, target: Path, refused: FileFault | None, seconds: float, out: Output) -> int:
    from friendshore.optimizer.studies.share.words import lines

    say_study(lines(study), target, refused, out)
    notices = study_notices(study.problem.warnings, refused)
    out.result(shared_out(study, None if refused else str(target), seconds, notices))
    if refused:
        return FILE
    whole = study.together
    if whole is not None and not whole.possible:
        return INFEASIBLE
    if study.planned is None:
        return STOPPED_EMPTY
    return STOPPED if study.stopped else DONE
