"""``friendshore solve FILE``: the cheapest plan, certified and written."""
# ruff: noqa: PLC0415 - the rooms behind are loaded when they are needed

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from friendshore.optimizer.commands.completion import workbooks
from friendshore.optimizer.commands.engines import Engine, Jobs, Workplace, at_work
from friendshore.optimizer.commands.guard import DONE, FAULT, FILE, INFEASIBLE, STOPPED, STOPPED_EMPTY, guard
from friendshore.optimizer.commands.output import Debug, Json, Output, Quiet, Set
from friendshore.optimizer.commands.places import settings_of
from friendshore.optimizer.commands.plan_file import PlanFile, Saved
from friendshore.optimizer.commands.pools import From, beginning_at, keep, offer, tell_unused
from friendshore.optimizer.commands.progress import ShowProgress
from friendshore.optimizer.commands.schema.outcome import solve_failure, solved
from friendshore.optimizer.commands.schema.record import finding_notice, notice
from friendshore.optimizer.commands.shares import gap_of
from friendshore.optimizer.commands.solve_more import (
    refuse_unknown,
    with_baselines,
    with_prices,
    with_seconds,
    with_settled,
)
from friendshore.optimizer.commands.solve_request import (
    InPlace,
    MemoryLimit,
    NoBaselines,
    Prices,
    Request,
    Settle,
    refuse_limits,
)
from friendshore.optimizer.commands.study import clear_ledger
from friendshore.optimizer.commands.summary import found, headline, on_a_screen, summary
from friendshore.optimizer.search.method import Method
from friendshore.optimizer.system.interrupts import watching
from friendshore.optimizer.system.progress import OnProgress, Progress

if TYPE_CHECKING:
    from friendshore.models.plan import Outcome
    from friendshore.models.problem import Problem
    from friendshore.optimizer.search.benders.pool import Memory

NAME = "solve"
HELP = "Find the cheapest plan for a workbook and write it, with its gap and a certificate."
EXAMPLES = (
    "Examples:\n\nfriendshore solve magnets.xlsx\n\nfriendshore solve magnets.xlsx -o plan.xlsx --gap 0.01 "
    "--time-limit 600\n\nfriendshore solve magnets.xlsx --set discount_rate=0.03 --json\n\n"
    "friendshore solve magnets.xlsx --in-place\n\nfriendshore solve magnets.xlsx --report\n\n"
    "friendshore solve magnets.xlsx --settle all"
)

WORTH_TELLING = 15_000
"""From so many columns on what comes after the search takes long enough to tell first what has been found."""


def run(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="The workbook; only --in-place writes to it.", autocompletion=workbooks),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="PLAN",
            help="Where the plan goes, a copy of FILE with the plan sheets; reports/NAME.plan.xlsx.",
        ),
    ] = None,
    in_place: InPlace = False,
    gap: Annotated[
        str | None, typer.Option(metavar="G", help="Gap at which to stop, 0.01 or 1%; mip_gap of Settings.")
    ] = None,
    time_limit: Annotated[
        float | None,
        typer.Option(metavar="S", help="Longest search in seconds, from the start on; time_limit of Settings."),
    ] = None,
    memory_limit: MemoryLimit = None,
    threads: Annotated[int | None, typer.Option(metavar="N", min=1, help="Threads of the solver.")] = None,
    seed: Annotated[int, typer.Option(metavar="N", min=0, max=2**31 - 1, help="Random seed of the solver.")] = 0,
    method: Annotated[
        Method, typer.Option(help="Search the extensive form at once, by Benders decomposition, or whichever fits.")
    ] = Method.AUTO,
    begin_from: From = None,
    prices: Prices = False,
    settle: Settle = None,
    no_baselines: NoBaselines = False,
    workers: Jobs = 1,
    engine: Engine = "",
    report: Annotated[
        bool, typer.Option("--report", help="Also write a page to show, beside the plan: NAME.plan.html.")
    ] = False,
    settings: Set = None,
    json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Solve a workbook. Ctrl-C ends the search with the best plan so far, a second one abandons it."""
    out = Output(json, quiet, debug)

    def body() -> int:
        plan_file = PlanFile.of(file, output, in_place=in_place, report=report)
        request = Request(
            file=file,
            plan_file=plan_file,
            settings=settings_of(settings),
            gap=gap_of(gap),
            time_limit=time_limit,
            memory_limit=memory_limit,
            threads=threads,
            seed=seed,
            method=method,
            prices=prices,
            settle=tuple(settle or ()),
            baselines=not no_baselines,
            place=Workplace(engine, workers),
            beginning=beginning_at(begin_from, out),
        )
        refuse_limits(request)
        return _solve(request, out)

    guard(out, body, solve_failure)


def _solve(request: Request, out: Output) -> int:
    started, began = time.perf_counter(), time.monotonic()
    with ExitStack() as rest, watching() as signals, ShowProgress(quiet=out.quiet) as show:

        def on_progress(progress: Progress) -> None:
            if progress.phase == "stress paths" and show.phase != "stress paths":
                rest.enter_context(signals.deferred())  # there is a plan: what is left is short and is not cut off
            show(progress)

        on_progress(Progress("read", 0.0))
        problem = _read(request)
        read = time.perf_counter() - started
        refuse_unknown(problem, request.settle)
        request.plan_file.make_ready()
        memory = request.beginning.memory()
        if request.beginning.plan is None:
            offer(request.plan_file, out)
        runner = rest.enter_context(at_work(request.place, request.plan_file.target, out)) if request.prices else None
        show.asked = (problem.settings.currency, _gap(request, problem))
        on_progress(Progress("build", read))
        outcome = _searched(request, problem, memory, on_progress, began, out)
        if outcome.plan is not None and outcome.run.size.columns >= WORTH_TELLING:
            out.message(found(outcome.plan))
        if request.baselines:
            outcome = with_baselines(outcome, request, on_progress, began)
        if outcome.plan is not None and not outcome.run.stopped:
            outcome = with_prices(outcome, request, on_progress, runner, signals, began, memory)
        outcome = with_seconds(outcome, {"read": read})
        rest.enter_context(signals.deferred())
        fault = _fault(outcome)
        if fault or outcome.plan is None:
            return _no_file(outcome, problem, fault, started, out)
        on_progress(Progress("write", time.perf_counter() - started))
        writing = time.perf_counter()
        saved = request.plan_file.write(outcome.plan)
        keep(memory, request.plan_file, out)
        if runner is not None:
            clear_ledger(runner, saved.refused)
        now = time.perf_counter()
        outcome = with_seconds(outcome, {"write": now - writing, "total": now - started})
    return _tell(outcome, saved, out)


def _searched(
    request: Request, problem: Problem, memory: Memory, on_progress: OnProgress, began: float, out: Output
) -> Outcome:
    """The plan within its gap, and the projects settled that were asked about."""
    from friendshore.optimizer.program.size import GIGABYTE
    from friendshore.optimizer.solve import solve_problem

    outcome = solve_problem(
        problem,
        gap=request.gap,
        time_limit=request.time_limit,
        threads=request.threads,
        seed=request.seed,
        method=request.method,
        on_progress=on_progress,
        memory_limit=None if request.memory_limit is None else GIGABYTE * request.memory_limit,
        began=began,
        memory=memory,
    )
    tell_unused(request.beginning, outcome, out)
    return with_settled(outcome, request, on_progress, began, memory) if request.settle else outcome


def _gap(request: Request, problem: Problem) -> float:
    return problem.settings.mip_gap if request.gap is None else request.gap


def _read(request: Request) -> Problem:
    from friendshore.optimizer.workbook.read import read_workbook

    return read_workbook(request.file, request.settings)


def _fault(outcome: Outcome) -> str:
    """Why the outcome is not to be believed, or empty."""
    if outcome.plan is None:
        early = outcome.run.stopped or str(outcome.status) in {"infeasible", "unbounded"}
        return "" if early else f"the search ended ({outcome.status}) without a plan and without a reason"
    return "" if outcome.plan.certificate is not None else "the plan has no certificate and was not written"


def _no_file(outcome: Outcome, problem: Problem, fault: str, started: float, out: Output) -> int:
    outcome = with_seconds(outcome, {"total": time.perf_counter() - started})
    notices = [finding_notice(finding) for finding in problem.warnings]
    if fault:
        out.error(f"This is a fault of friendshore, not of the workbook: {fault}.")
        notices.append(notice(fault))
    else:
        out.say(headline(outcome.run))
        if outcome.conflict:
            from friendshore.optimizer.workbook.locate import located

            clashing = located(outcome.conflict, problem)
            out.findings(clashing)
            notices += [finding_notice(finding) for finding in clashing]
    out.result(solved(outcome, tuple(notices)))
    if fault:
        return FAULT
    return INFEASIBLE if str(outcome.status) in {"infeasible", "unbounded"} else STOPPED_EMPTY


def _failures(outcome: Outcome) -> tuple[str, ...]:
    """What of a plan does not hold when it is recomputed, in words."""
    certificate = None if outcome.plan is None else outcome.plan.certificate
    if certificate is None or certificate.holds():
        return ()
    return tuple(f"does not hold when it is recomputed: {name}" for name in certificate.failures or ("the objective",))


def _summary(outcome: Outcome, path: str | None) -> Iterable[str]:
    """Its lines, on a terminal no more than a screen of them."""
    if not sys.stdout.isatty():
        return summary(outcome, path)
    screen = shutil.get_terminal_size()
    return on_a_screen(outcome, path, screen.columns, screen.lines)


def _tell(outcome: Outcome, saved: Saved, out: Output) -> int:
    path = None if saved.path is None else str(saved.path)
    if out.quiet and path is not None and not saved.refused:
        out.say(path)
    else:
        for line in _summary(outcome, path):
            out.say(line)
        if saved.page:
            out.say(f"Page: {saved.page}")
    warnings = () if outcome.plan is None else outcome.plan.problem.warnings
    failed = _failures(outcome)
    notices = (*(finding_notice(finding) for finding in warnings), *map(notice, failed), *saved.tell(out))
    out.result(solved(outcome, notices, path, str(saved.page) if saved.page else None))
    if saved.refused:
        return FILE
    return DONE if str(outcome.status) == "optimal" else STOPPED
