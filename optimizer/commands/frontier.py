"""``friendshore frontier FILE``: what resilience costs, from a loose limit to a tight one."""
# ruff: noqa: PLC0415 - the rooms behind are loaded when they are needed

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from friendshore.optimizer.commands.engines import Engine, Jobs, LedgerFile, Workplace, at_work
from friendshore.optimizer.commands.guard import DONE, FILE, INFEASIBLE, STOPPED, guard
from friendshore.optimizer.commands.output import Debug, Json, Output, Quiet, Set
from friendshore.optimizer.commands.places import default_output, make_ready, refusal, refuse_input, settings_of
from friendshore.optimizer.commands.pools import NOWHERE, Beginning, beginning_at
from friendshore.optimizer.commands.progress import ShowProgress
from friendshore.optimizer.commands.ranges import range_of
from friendshore.optimizer.commands.schema.frontier import drawn
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
from friendshore.optimizer.system.interrupts import settle
from friendshore.optimizer.system.progress import Progress

if TYPE_CHECKING:
    from friendshore.models.problem import Problem
    from friendshore.optimizer.studies.frontier.axis import Axis
    from friendshore.optimizer.studies.frontier.frontier import Asks, Frontier

NAME = "frontier"
HELP = "What resilience costs: certified plans from a loose limit to a tight one, and what is proven between them."
EXAMPLES = (
    "Examples:\n\nfriendshore frontier magnets.xlsx --policy rival_cap --limits 30%:100%\n\nfriendshore frontier "
    "magnets.xlsx --policy half_a_year --months 1:24 -j 2\n\nfriendshore frontier magnets.xlsx --risk-aversion 0:0.9 "
    "--points 5 --json"
)


@dataclass(frozen=True)
class Request:
    """What ``frontier`` is asked to do, as its options say."""

    file: Path
    target: Path
    policy: str
    limits: str | None
    months: str | None
    risk_aversion: str | None
    asks: Asks
    settings: dict[str, str]
    plans: bool
    place: Workplace
    beginning: Beginning = NOWHERE


def run(
    file: StudyFile,
    output: StudyOutput = None,
    policy: Annotated[str, typer.Option("--policy", metavar="NAME", help="The policy whose limit is varied.")] = "",
    limits: Annotated[
        str | None, typer.Option("--limits", metavar="A:B", help="Its limits, 0.2:0.6 or 20%:60%, in any order.")
    ] = None,
    months: Annotated[
        str | None, typer.Option("--months", metavar="A:B", help="Or: months that the stop of a survive rule lasts.")
    ] = None,
    risk_aversion: Annotated[
        str | None, typer.Option("--risk-aversion", metavar="A:B", help="Or: the weight of risk, 0:0.9; no policy.")
    ] = None,
    points: Annotated[int, typer.Option("--points", metavar="N", min=2, help="How many searches at most.")] = 11,
    tolerance: Annotated[
        str, typer.Option("--tolerance", metavar="T", help="Between plans the cost is wanted to within this share.")
    ] = "0.5%",
    gap: SearchGap = None,
    time_limit: SearchTime = None,
    threads: SearchThreads = None,
    seed: SearchSeed = 0,
    begin_from: SearchFrom = None,
    no_plans: Annotated[bool, typer.Option("--no-plans", help="Leave out the plan workbooks beside OUT.")] = False,
    workers: Jobs = 1,
    engine: Engine = "",
    ledger: LedgerFile = None,
    settings: Set = None,
    json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Draw a frontier. Ctrl-C ends it with what is known so far; the same command goes on from there."""
    out = Output(json, quiet, debug)

    def body() -> int:
        from friendshore.optimizer.studies.frontier.frontier import Asks

        target = output or default_output(file, "frontier")
        refuse_input(file, target)
        beginning = beginning_at(begin_from, out)
        known = beginning.memory()
        with as_usage():
            asks = Asks(points, gap_of(tolerance, "--tolerance") or 0.0, gap_of(gap), time_limit, threads, seed, known)
        request = Request(
            file=file,
            target=target,
            policy=policy,
            limits=limits,
            months=months,
            risk_aversion=risk_aversion,
            asks=asks,
            settings=settings_of(settings),
            plans=not no_plans,
            place=Workplace(engine, workers, ledger),
            beginning=beginning,
        )
        return _frontier(request, out)

    guard(out, body)


def _axis(request: Request, problem: Problem) -> Axis:
    """What is varied; UsageFault where the options do not say it."""
    from friendshore.optimizer.studies.frontier.axis import axis_of

    limits, months, risk = (
        None if text is None else range_of(option, text)
        for option, text in (
            ("--limits", request.limits),
            ("--months", request.months),
            ("--risk-aversion", request.risk_aversion),
        )
    )
    with as_usage():
        return axis_of(problem, request.policy, limits, months, risk)


def _frontier(request: Request, out: Output) -> int:
    from friendshore.optimizer.reporting.study_sheets import write_study_sheets
    from friendshore.optimizer.studies.frontier.draw import draw_frontier
    from friendshore.optimizer.studies.frontier.sheets import sheets
    from friendshore.optimizer.workbook.read import read_workbook

    started = time.perf_counter()
    with ShowProgress(quiet=out.quiet) as show:
        tell = counting(show, started, lambda progress: f"search {progress.done + 1} of at most {progress.total}")
        show(Progress("read", 0.0))
        problem = read_workbook(request.file, request.settings)
        axis = _axis(request, problem)
        make_ready(request.target)
        with at_work(request.place, request.target, out, request.beginning) as runner:
            study = draw_frontier(problem, axis, request.asks, runner=runner, on_progress=tell)
            show(Progress("write", time.perf_counter() - started))
            refused = refusal(lambda: write_study_sheets(sheets(study), request.target))
            plans = () if refused or not request.plans else tuple(_plans(study, request.target, show, started))
            if request.plans and not refused and len(plans) < len(study.points):
                study = dataclasses.replace(study, stopped=True)
            clear_ledger(runner, refused, stopped=bool(study.stopped))
    return _tell(study, request.target, plans, refused, time.perf_counter() - started, out)


def _plans(study: Frontier, target: Path, show: ShowProgress, started: float) -> Iterator[Path]:
    """A plan workbook for each point, ``NAME.frontier.1.plan.xlsx`` and on, beside the study, until a signal comes."""
    from friendshore.optimizer.reporting import write_plan

    signals = settle()
    before = signals.seen
    for number, point in enumerate(study.points, 1):
        if signals.seen > before:
            return
        show(Progress(f"plan {number} of {len(study.points)}", time.perf_counter() - started))
        path = target.with_name(f"{target.stem}.{number}.plan.xlsx")
        write_plan(study.plan(point), path)
        yield path


def _tell(
    study: Frontier, target: Path, plans: tuple[Path, ...], refused: FileFault | None, seconds: float, out: Output
) -> int:
    from friendshore.optimizer.studies.frontier.words import lines

    named = f"Plans: {plans[0]}" + (f" to {plans[-1].name}" if len(plans) > 1 else "") if plans else ""
    say_study(lines(study), target, refused, out, named)
    notices = study_notices(study.problem.warnings, refused)
    out.result(drawn(study, None if refused else str(target), tuple(map(str, plans)), seconds, notices))
    if refused:
        return FILE
    if study.stopped:
        return STOPPED
    return DONE if study.points else INFEASIBLE
