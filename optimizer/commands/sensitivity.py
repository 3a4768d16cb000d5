"""``friendshore sensitivity FILE``: which figures matter, and which of them would change a decision."""
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
from friendshore.optimizer.commands.pools import NOWHERE, Beginning, beginning_at
from friendshore.optimizer.commands.progress import ShowProgress
from friendshore.optimizer.commands.schema.sensitivity import found
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
    from friendshore.optimizer.studies.sensitivity.sensitivity import Asks, Sensitivity

NAME = "sensitivity"
HELP = "Which figures matter: what each sourced figure moves the cost by, and which of them would change a decision."
EXAMPLES = (
    "Examples:\n\nfriendshore sensitivity magnets.xlsx\n\nfriendshore sensitivity magnets.xlsx --top 10 -j 2\n\n"
    "friendshore sensitivity magnets.xlsx --searches 0 --json"
)


@dataclass(frozen=True)
class Request:
    """What ``sensitivity`` is asked to do, as its options say."""

    file: Path
    target: Path
    asks: Asks
    settings: dict[str, str]
    place: Workplace
    beginning: Beginning = NOWHERE


def run(
    file: StudyFile,
    output: StudyOutput = None,
    top: Annotated[
        int, typer.Option("--top", metavar="N", min=1, help="How many figures are priced at both ends of their range.")
    ] = 30,
    searches: Annotated[
        int, typer.Option("--searches", metavar="N", min=0, help="For how many ends at most the best plan is searched.")
    ] = 20,
    sheets: Annotated[
        str, typer.Option("--sheets", metavar="NAMES", help="Figures of these sheets alone: Demand,Policies; else all.")
    ] = "",
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
    """Find the figures that matter. Ctrl-C tells what is known so far; the same command goes on from there."""
    out = Output(json, quiet, debug)

    def body() -> int:
        from friendshore.optimizer.studies.sensitivity.sensitivity import Asks

        target = output or default_output(file, "sensitivity")
        refuse_input(file, target)
        beginning = beginning_at(begin_from, out)
        with as_usage():
            chosen = tuple(name.strip() for name in sheets.split(",") if name.strip())
            asks = Asks(top, searches, gap_of(gap), time_limit, threads, seed, beginning.memory(), chosen)
        place = Workplace(engine, workers, ledger)
        return _sensitivity(Request(file, target, asks, settings_of(settings), place, beginning), out)

    guard(out, body)


def _sensitivity(request: Request, out: Output) -> int:
    from friendshore.optimizer.reporting.study_sheets import write_study_sheets
    from friendshore.optimizer.studies.sensitivity.sheets import sheets
    from friendshore.optimizer.studies.sensitivity.work import work_out
    from friendshore.optimizer.workbook.read import read_workbook

    started = time.perf_counter()
    with ShowProgress(quiet=out.quiet) as show:
        tell = counting(show, started, lambda progress: f"{progress.phase}, {progress.done + 1} of {progress.total}")
        show(Progress("read", 0.0))
        problem = read_workbook(request.file, request.settings)
        make_ready(request.target)
        with at_work(request.place, request.target, out, request.beginning) as runner:
            with as_usage():
                study = work_out(problem, request.asks, runner=runner, on_progress=tell)
            show(Progress("write", time.perf_counter() - started))
            refused = refusal(lambda: write_study_sheets(sheets(study), request.target))
            clear_ledger(runner, refused, stopped=bool(study.stopped))
    return _tell(study, request.target, refused, time.perf_counter() - started, out)


def _tell(study: Sensitivity, target: Path, refused: FileFault | None, seconds: float, out: Output) -> int:
    from friendshore.optimizer.studies.sensitivity.words import lines

    say_study(lines(study), target, refused, out)
    notices = study_notices(study.problem.warnings, refused)
    out.result(found(study, None if refused else str(target), seconds, notices))
    return FILE if refused else STOPPED if study.stopped else DONE
