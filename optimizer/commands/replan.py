"""``friendshore replan PLAN --actuals FILE``: plan again from what has happened, and tell the change by cause."""
# ruff: noqa: PLC0415 - the rooms behind are loaded when they are needed

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from friendshore.models.findings import InvalidProblem
from friendshore.optimizer.commands.completion import plans, workbooks
from friendshore.optimizer.commands.engines import Engine, Jobs, LedgerFile, Workplace, at_work
from friendshore.optimizer.commands.guard import DONE, FILE, INFEASIBLE, STOPPED, STOPPED_EMPTY, UsageFault, guard
from friendshore.optimizer.commands.output import Debug, Json, Output, Quiet
from friendshore.optimizer.commands.places import make_ready, refusal, refuse_input
from friendshore.optimizer.commands.progress import ShowProgress
from friendshore.optimizer.commands.schema.record import file_notice
from friendshore.optimizer.commands.schema.replan import replanned, template_written
from friendshore.optimizer.commands.searches import (
    SearchGap,
    SearchSeed,
    SearchThreads,
    SearchTime,
    StudyOutput,
    as_usage,
)
from friendshore.optimizer.commands.shares import gap_of
from friendshore.optimizer.commands.study import clear_ledger, study_notices
from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.system.progress import Progress

if TYPE_CHECKING:
    from friendshore.optimizer.saved.saved_plan import SavedPlan
    from friendshore.optimizer.studies.replan.replan import Asks, Replanned

NAME = "replan"
HELP = "Plan again from what has happened: the past held, the rest solved anew, the change told by cause."
EXAMPLES = (
    "Examples:\n\nfriendshore replan reports/magnets.plan.xlsx --template actuals.xlsx --as-of 2028\n\nfriendshore "
    "replan reports/magnets.plan.xlsx --actuals actuals.xlsx\n\nfriendshore replan reports/magnets.plan.xlsx --actuals "
    "actuals.xlsx --keep --json"
)


@dataclass(frozen=True)
class Request:
    """What ``replan`` is asked to do, as its options say."""

    file: Path
    actuals: Path
    target: Path | None
    plan: Path | None
    asks: Asks
    place: Workplace


@dataclass(frozen=True)
class Written:
    """What was written, None where it was not, and why not."""

    study: Path | None
    plan: Path | None
    refused: tuple[FileFault, ...]


def run(
    file: Annotated[Path, typer.Argument(metavar="PLAN", help="A plan written by solve.", autocompletion=plans)],
    actuals: Annotated[
        Path | None,
        typer.Option("--actuals", metavar="FILE", help="What has happened since.", autocompletion=workbooks),
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Price each changed decision: what it would cost to keep the old one.")
    ] = False,
    template: Annotated[
        Path | None,
        typer.Option("--template", metavar="FILE", help="Write actuals to be filled in, all as planned, and end."),
    ] = None,
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="PERIOD", help="With --template: where you stand; the second period.")
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="With --template: replace the file if it is there.")] = False,
    output: StudyOutput = None,
    plan: Annotated[
        Path | None,
        typer.Option("--plan", metavar="FILE", help="Where the new plan goes; reports/NAME.from_PERIOD.plan.xlsx."),
    ] = None,
    no_baselines: Annotated[
        bool, typer.Option("--no-baselines", help="Do not solve what the new plan is held against.")
    ] = False,
    gap: SearchGap = None,
    time_limit: SearchTime = None,
    threads: SearchThreads = None,
    seed: SearchSeed = 0,
    workers: Jobs = 1,
    engine: Engine = "",
    ledger: LedgerFile = None,
    json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Plan again. Ctrl-C tells what is known so far; the same command goes on from there."""
    out = Output(json, quiet, debug)

    def body() -> int:
        from friendshore.optimizer.studies.replan.replan import Asks

        if actuals is None and template is None:
            raise UsageFault("wanted --actuals FILE, or --template FILE for actuals to be filled in first")
        if actuals is not None and template is not None:
            raise UsageFault(
                "--template writes actuals to be filled in, --actuals plans again from them when they are: "
                "wanted one of the two"
            )
        if template is not None:
            if template.is_file() and not force:
                raise UsageFault(f"{template} is there already, and may be filled in; --force replaces it")
            return _template(file, template, as_of, out)
        if as_of:
            raise UsageFault("--as-of goes with --template; the actuals say themselves as of when they are")
        with as_usage():
            asks = Asks(gap_of(gap), time_limit, threads, seed, keep, not no_baselines)
        place = Workplace(engine, workers, ledger)
        return _replan(Request(file, Path(str(actuals)), output, plan, asks, place), out)

    guard(out, body)


def _read(file: Path) -> SavedPlan:
    from friendshore.optimizer.saved.plan_reader import read_plan
    from friendshore.optimizer.studies.replan.planned import TABLES

    try:
        return read_plan(file, TABLES)
    except InvalidProblem as error:
        raise FileFault("FS004", file, f"the input sheets of this plan cannot be read: {error.findings[0]}") from error


def _template(file: Path, target: Path, as_of: str, out: Output) -> int:
    from friendshore.optimizer.studies.replan.read import later_periods
    from friendshore.optimizer.studies.replan.template import write_template

    started = time.perf_counter()
    refuse_input(file, target)
    plan = _read(file)
    later = later_periods(plan.problem)
    if not later:
        raise UsageFault("the plan has one period: there is no later one to plan again from")
    label = as_of or later[0]
    if label not in later:
        raise UsageFault(f"--as-of {label}: wanted one of the periods after the first, {', '.join(later)}")
    make_ready(target)
    write_template(plan, label, target)
    out.say(str(target) if out.quiet else f"Actuals to be filled in, all as planned up to {label}: {target}")
    currency = plan.problem.settings.currency
    out.result(template_written(str(target), label, currency, time.perf_counter() - started))
    return DONE


def _replan(request: Request, out: Output) -> int:
    from friendshore.optimizer.reporting import write_plan
    from friendshore.optimizer.reporting.study_sheets import write_study_sheets
    from friendshore.optimizer.studies.replan.read import read_actuals
    from friendshore.optimizer.studies.replan.sheets import sheets
    from friendshore.optimizer.studies.replan.work import replan

    started = time.perf_counter()
    with ShowProgress(quiet=out.quiet) as show:
        show(Progress("read", 0.0))
        saved = _read(request.file)
        actuals = read_actuals(request.actuals, saved.problem)
        given, gap = saved.problem.settings, request.asks.gap
        show.asked = (given.currency, given.mip_gap if gap is None else gap)
        target = request.target or Path("reports") / f"{saved.name}.replan.xlsx"
        goes = request.plan or Path("reports") / f"{saved.name}.from_{actuals.as_of}.plan.xlsx"
        if target.resolve() == goes.resolve():
            raise UsageFault(f"{target}: study and plan cannot both go there; name another file with -o or --plan")
        for path in (target, goes):
            for read in (request.file, request.actuals):
                refuse_input(read, path)
            make_ready(path)
        with at_work(request.place, target, out) as runner:
            study = replan(saved, actuals, request.asks, runner=runner, on_progress=show)
            show(Progress("write", time.perf_counter() - started))
            refused = refusal(lambda: write_study_sheets(sheets(study), target))
            found = study.plan
            refused_plan = None if found is None else refusal(lambda: _ignore(write_plan(found, goes)))
            clear_ledger(runner, refused or refused_plan, stopped=study.stopped)
    written = Written(
        None if refused else target,
        goes if found is not None and refused_plan is None else None,
        tuple(fault for fault in (refused, refused_plan) if fault is not None),
    )
    return _tell(study, written, time.perf_counter() - started, out)


def _ignore(_: object) -> None:
    """What was written is where it was asked to go."""


def _tell(study: Replanned, written: Written, seconds: float, out: Output) -> int:
    from friendshore.optimizer.studies.replan.words import lines

    where = {"Study": written.study, "Plan": written.plan}
    told = [f"{what}: {path}" for what, path in where.items() if path is not None]
    if out.quiet and not written.refused:
        out.say(str(written.study))
    else:
        for line in (*lines(study), *(["", *told] if told else [])):
            out.say(line)
    for fault in written.refused:
        out.refusal(fault)
    notices = (*study_notices(study.asked.warnings, None), *map(file_notice, written.refused))
    plan, workbook = (None if path is None else str(path) for path in (written.plan, written.study))
    out.result(replanned(study, plan, workbook, seconds, notices))
    if written.refused:
        return FILE
    if study.rest is None:
        return STOPPED_EMPTY if study.stopped or study.outcome.run.stopped else INFEASIBLE
    return STOPPED if study.stopped or str(study.outcome.status) != "optimal" else DONE
