"""``friendshore alternatives FILE``: what all plans have in common that cost little more than the best."""
# ruff: noqa: PLC0415 - the rooms behind are loaded when they are needed

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from friendshore.optimizer.commands.engines import Engine, Jobs, LedgerFile, Workplace, at_work
from friendshore.optimizer.commands.guard import DONE, FILE, INFEASIBLE, STOPPED, STOPPED_EMPTY, guard
from friendshore.optimizer.commands.output import Debug, Json, Output, Quiet, Set
from friendshore.optimizer.commands.places import default_output, make_ready, refusal, refuse_input, settings_of
from friendshore.optimizer.commands.pools import NOWHERE, Beginning, beginning_at
from friendshore.optimizer.commands.progress import ShowProgress
from friendshore.optimizer.commands.schema.alternatives import ranged
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
    from friendshore.optimizer.studies.alternatives.alternatives import Alternatives, Asks

NAME = "alternatives"
HELP = "Plans that cost little more than the best: what is in all of them, in none, and the least and most of each."
EXAMPLES = (
    "Examples:\n\nfriendshore alternatives magnets.xlsx\n\nfriendshore alternatives magnets.xlsx --within 5% --plans "
    "-j 2\n\nfriendshore alternatives magnets.xlsx --searches 10 --json"
)


@dataclass(frozen=True)
class Request:
    """What ``alternatives`` is asked to do, as its options say."""

    file: Path
    target: Path
    asks: Asks
    settings: dict[str, str]
    plans: bool
    place: Workplace
    beginning: Beginning = NOWHERE


def run(
    file: StudyFile,
    output: StudyOutput = None,
    within: Annotated[
        str, typer.Option("--within", metavar="W", help="By how much of its cost plans may cost more than the best.")
    ] = "2%",
    plans: Annotated[
        bool, typer.Option("--plans", help="Write the plans that differ most beside OUT, a workbook each.")
    ] = False,
    searches: Annotated[
        int | None,
        typer.Option("--searches", metavar="N", min=0, help="Searches at most for what is open; 4, of large trees 1."),
    ] = None,
    made: Annotated[
        int | None,
        typer.Option("--made", metavar="N", min=0, help="Plans made at most to reach bounds; 16, of large trees 5."),
    ] = None,
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
    """Look at all good plans. Ctrl-C ends it with what is known so far; the same command goes on from there."""
    out = Output(json, quiet, debug)

    def body() -> int:
        from friendshore.optimizer.studies.alternatives.alternatives import Asks

        target = output or default_output(file, "alternatives")
        refuse_input(file, target)
        beginning = beginning_at(begin_from, out)
        known = beginning.memory()
        with as_usage():
            asks = Asks(
                gap_of(within, "--within") or 0.0, made, searches, gap_of(gap), time_limit, threads, seed, known
            )
        place = Workplace(engine, workers, ledger)
        return _alternatives(Request(file, target, asks, settings_of(settings), plans, place, beginning), out)

    guard(out, body)


def _alternatives(request: Request, out: Output) -> int:
    from friendshore.optimizer.reporting.study_sheets import write_study_sheets
    from friendshore.optimizer.studies.alternatives.sheets import sheets
    from friendshore.optimizer.studies.alternatives.work import work_out
    from friendshore.optimizer.workbook.read import read_workbook

    started = time.perf_counter()
    with ShowProgress(quiet=out.quiet) as show:
        tell = counting(
            show, started, lambda progress: f"{progress.phase}, {progress.done + 1} of at most {progress.total}"
        )
        show(Progress("read", 0.0))
        problem = read_workbook(request.file, request.settings)
        make_ready(request.target)
        with at_work(request.place, request.target, out, request.beginning) as runner:
            study = work_out(problem, request.asks, runner=runner, on_progress=tell)
            show(Progress("write", time.perf_counter() - started))
            refused = refusal(lambda: write_study_sheets(sheets(study), request.target))
            plans = () if refused or not request.plans else tuple(_plans(study, request.target, show, started))
            clear_ledger(runner, refused, stopped=bool(study.stopped))
    return _tell(study, request.target, plans, refused, time.perf_counter() - started, out)


def _plans(study: Alternatives, target: Path, show: ShowProgress, started: float) -> Iterator[Path]:
    """A plan workbook for each plan, ``NAME.alternatives.1.plan.xlsx`` and on, beside the study."""
    from friendshore.optimizer.reporting import write_plan

    for number, each in enumerate(study.plans, 1):
        show(Progress(f"plan {number} of {len(study.plans)}", time.perf_counter() - started))
        path = target.with_name(f"{target.stem}.{number}.plan.xlsx")
        write_plan(study.plan(each), path)
        yield path


def _tell(
    study: Alternatives, target: Path, plans: tuple[Path, ...], refused: FileFault | None, seconds: float, out: Output
) -> int:
    from friendshore.optimizer.studies.alternatives.words import lines

    named = f"Plans: {plans[0]}" + (f" to {plans[-1].name}" if len(plans) > 1 else "") if plans else ""
    say_study(lines(study), target, refused, out, named)
    notices = study_notices(study.problem.warnings, refused)
    out.result(ranged(study, None if refused else str(target), tuple(map(str, plans)), seconds, notices))
    if refused:
        return FILE
    if study.cost is None:
        return INFEASIBLE if study.status == "infeasible" else STOPPED_EMPTY
    return STOPPED if study.stopped else DONE
