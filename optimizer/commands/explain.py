"""``friendshore explain``: why a workbook has no plan, or why its plan is as it is; and what a code means."""
# ruff: noqa: PLC0415 - the catalogue and the study are loaded when they are asked

from __future__ import annotations

import math
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from friendshore.optimizer.commands.completion import codes, workbooks
from friendshore.optimizer.commands.engines import Engine, Jobs, LedgerFile, Workplace, at_work
from friendshore.optimizer.commands.guard import DONE, FILE, INFEASIBLE, STOPPED, STOPPED_EMPTY, UsageFault, guard
from friendshore.optimizer.commands.output import Debug, Json, Output, Quiet, Set
from friendshore.optimizer.commands.places import default_output, make_ready, refusal, refuse_input, settings_of
from friendshore.optimizer.commands.pools import NOWHERE, Beginning, beginning_at
from friendshore.optimizer.commands.progress import ShowProgress
from friendshore.optimizer.commands.schema.explain import Explained, explained
from friendshore.optimizer.commands.searches import SearchFrom, SearchThreads, StudyOutput, as_usage
from friendshore.optimizer.commands.shares import gap_of
from friendshore.optimizer.commands.study import clear_ledger, say_study, study_notices
from friendshore.optimizer.system.progress import Progress

if TYPE_CHECKING:
    from friendshore.models.problem import Problem
    from friendshore.optimizer.studies.explain import Asks, Explanation
    from friendshore.optimizer.system.files import FileFault

NAME = "explain"
HELP = "Why a workbook has no plan and what would mend it; why its plan is as it is; what a problem code means."
EXAMPLES = (
    "Examples:\n\nfriendshore explain magnets.xlsx\n\nfriendshore explain magnets.xlsx --why Friend_line\n\n"
    "friendshore explain magnets.xlsx --what-would-it-take Friend_line -j 2 --json\n\nfriendshore explain FS103"
)


@dataclass(frozen=True)
class Request:
    """What ``explain`` is asked about a workbook, as its options say."""

    file: Path
    target: Path
    asks: Asks
    gap: float | None
    time_limit: float | None
    threads: int | None
    settings: dict[str, str]
    place: Workplace
    beginning: Beginning = NOWHERE


def _targets(incomplete: str) -> list[str]:
    return [*workbooks(incomplete), *(code for code, _ in codes(incomplete))]


def run(
    about: Annotated[
        str,
        typer.Argument(
            metavar="FILE|CODE",
            help="A workbook or a plan, which is only read; or a code such as FS103.",
            autocompletion=_targets,
        ),
    ],
    output: StudyOutput = None,
    why: Annotated[
        str, typer.Option(metavar="NAME|CELL", help="Why the plan uses this, or not: a name, or a cell as Plants!A4.")
    ] = "",
    what_would_it_take: Annotated[
        str, typer.Option(metavar="NAME|CELL", help="At what price this project would be worth building.")
    ] = "",
    gap: Annotated[
        str | None, typer.Option(metavar="G", help="Gap of each search, 0.001 or 0.1%; mip_gap of Settings.")
    ] = None,
    time_limit: Annotated[
        float | None, typer.Option(metavar="S", help="Longest time of all searches together; as in Settings.")
    ] = None,
    threads: SearchThreads = None,
    begin_from: SearchFrom = None,
    workers: Jobs = 1,
    engine: Engine = "",
    ledger: LedgerFile = None,
    settings: Set = None,
    json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Explain a workbook or a code. Ctrl-C keeps what is known by then; the same command goes on from there."""
    out = Output(json, quiet, debug)

    def body() -> int:
        if not Path(about).suffix:
            return _code(about, out)
        from friendshore.optimizer.studies.explain import Asks

        file = Path(about)
        target = output or default_output(file, "explain")
        if time_limit is not None and not 0 < time_limit < math.inf:
            raise UsageFault(f"--time-limit {time_limit}: wanted a number of seconds above 0")
        refuse_input(file, target)
        asks = Asks(why.strip(), what_would_it_take.strip())
        place, beginning = Workplace(engine, workers, ledger), beginning_at(begin_from, out)
        request = Request(file, target, asks, gap_of(gap), time_limit, threads, settings_of(settings), place, beginning)
        return _explain(request, out)

    guard(out, body)


# -- a workbook -------------------------------------------------------------------------------------------------------


def _explain(request: Request, out: Output) -> int:
    started = time.perf_counter()
    with ShowProgress(quiet=out.quiet) as show:
        show(Progress("read", 0.0))
        problem = _read(request)
        make_ready(request.target)
        from friendshore.optimizer.reporting.study_sheets import write_study_sheets
        from friendshore.optimizer.search.limits import Limits
        from friendshore.optimizer.studies.explain import explain_problem
        from friendshore.optimizer.studies.explain.sheets import sheets

        given = problem.settings
        limits = Limits(
            given.mip_gap if request.gap is None else request.gap,
            given.time_limit if request.time_limit is None else request.time_limit,
            request.threads,
            memory=request.beginning.memory(),
        )
        with at_work(request.place, request.target, out, request.beginning) as runner:
            with as_usage():
                study = explain_problem(problem, request.asks, limits, runner=runner, on_progress=show)
            show(Progress("write", time.perf_counter() - started))
            refused = refusal(lambda: write_study_sheets(sheets(study), request.target))
            clear_ledger(runner, refused, stopped=bool(study.stopped))
    return _tell(study, request.target, refused, time.perf_counter() - started, out)


def _read(request: Request) -> Problem:
    """The workbook, or what a plan workbook was asked."""
    from friendshore.optimizer.saved.plan_reader import read_plan_problem
    from friendshore.optimizer.workbook.read import read_workbook

    if request.settings:
        return read_workbook(request.file, request.settings)
    return read_plan_problem(request.file)


def _tell(study: Explanation, target: Path, refused: FileFault | None, seconds: float, out: Output) -> int:
    from friendshore.optimizer.studies.explain.words import lines

    say_study(lines(study), target, refused, out)
    notices = study_notices(study.problem.warnings, refused)
    out.result(explained(study, None if refused else str(target), seconds, notices))
    return FILE if refused else _exit_code(study)


def _exit_code(study: Explanation) -> int:
    if study.has_plan is None:
        return STOPPED_EMPTY
    if not study.has_plan:
        return INFEASIBLE
    return STOPPED if study.stopped else DONE


# -- a code -----------------------------------------------------------------------------------------------------------


def _code(code: str, output: Output) -> int:
    from friendshore.models.codes import CODES, explain

    entry = CODES.get(code.strip().upper())
    if entry is None:
        raise UsageFault(_refusal(code, list(CODES)))
    output.say(explain(entry.code))
    output.result(
        Explained(
            status="explained",
            code=entry.code,
            severity=entry.severity,
            title=entry.title,
            cause=entry.cause,
            cure=entry.cure,
            problems=(),
        )
    )
    return DONE


def _refusal(code: str, known: list[str]) -> str:
    if not re.fullmatch(r"\s*fs\d+\s*", code, re.IGNORECASE):
        return f"{code!r} is neither a workbook, which ends in .xlsx, nor a code such as FS103"
    alike = [each for each in known if each[:3] == code.strip().upper()[:3]]
    there_are = ", ".join(alike) or f"codes from {known[0]} to {known[-1]}"
    return f"there is no code {code.strip().upper()}; there are {there_are}"
