"""``friendshore worth FILE``: what planning for dangers is worth, and which plan is regretted least."""
# ruff: noqa: PLC0415 - the rooms behind are loaded when they are needed

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from friendshore.optimizer.commands.engines import Engine, Jobs, LedgerFile, Workplace, at_work
from friendshore.optimizer.commands.guard import DONE, FILE, STOPPED, guard
from friendshore.optimizer.commands.output import Debug, Json, Output, Quiet, Set
from friendshore.optimizer.commands.places import default_output, make_ready, refusal, refuse_input, settings_of
from friendshore.optimizer.commands.progress import ShowProgress
from friendshore.optimizer.commands.schema.worth import weighed
from friendshore.optimizer.commands.searches import (
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
    from friendshore.optimizer.studies.worth.worth import Asks, Worth

NAME = "worth"
HELP = "What planning for dangers is worth: beside a plan that ignores them, beside perfect information, and regret."
EXAMPLES = (
    "Examples:\n\nfriendshore worth magnets.xlsx\n\nfriendshore worth magnets.xlsx --every-stage -j 2\n\nfriendshore "
    "worth magnets.xlsx --gap 1% --json"
)


@dataclass(frozen=True)
class Request:
    """What ``worth`` is asked to do, as its options say."""

    file: Path
    target: Path
    asks: Asks
    settings: dict[str, str]
    place: Workplace


def run(
    file: StudyFile,
    output: StudyOutput = None,
    every_stage: Annotated[
        bool, typer.Option("--every-stage", help="Follow the plan that ignores dangers up to each period in turn.")
    ] = False,
    gap: SearchGap = None,
    time_limit: SearchTime = None,
    threads: SearchThreads = None,
    seed: SearchSeed = 0,
    workers: Jobs = 1,
    engine: Engine = "",
    ledger: LedgerFile = None,
    settings: Set = None,
    json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Work out what planning is worth. Ctrl-C tells what is known so far; the same command goes on from there."""
    out = Output(json, quiet, debug)

    def body() -> int:
        from friendshore.optimizer.studies.worth.worth import Asks

        target = output or default_output(file, "worth")
        refuse_input(file, target)
        with as_usage():
            asks = Asks(gap_of(gap), time_limit, threads, seed, every_stage)
        return _worth(Request(file, target, asks, settings_of(settings), Workplace(engine, workers, ledger)), out)

    guard(out, body)


def _worth(request: Request, out: Output) -> int:
    from friendshore.optimizer.reporting.study_sheets import write_study_sheets
    from friendshore.optimizer.studies.worth.sheets import sheets
    from friendshore.optimizer.studies.worth.work import work_out
    from friendshore.optimizer.workbook.read import read_workbook

    started = time.perf_counter()
    with ShowProgress(quiet=out.quiet) as show:
        tell = counting(show, started, lambda progress: f"{progress.phase}, {progress.done + 1} of {progress.total}")
        show(Progress("read", 0.0))
        problem = read_workbook(request.file, request.settings)
        make_ready(request.target)
        with at_work(request.place, request.target, out) as runner:
            with as_usage():
                study = work_out(problem, request.asks, runner=runner, on_progress=tell)
            show(Progress("write", time.perf_counter() - started))
            refused = refusal(lambda: write_study_sheets(sheets(study), request.target))
            clear_ledger(runner, refused, stopped=bool(study.stopped))
    return _tell(study, request.target, refused, time.perf_counter() - started, out)


def _tell(study: Worth, target: Path, refused: FileFault | None, seconds: float, out: Output) -> int:
    from friendshore.optimizer.studies.worth.words import lines

    say_study(lines(study), target, refused, out)
    notices = study_notices(study.problem.warnings, refused)
    out.result(weighed(study, None if refused else str(target), seconds, notices))
    return FILE if refused else STOPPED if study.stopped else DONE
