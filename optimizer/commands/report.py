"""``friendshore report PLAN``: one page to show, made from a plan workbook alone."""
# ruff: noqa: PLC0415 - the rooms behind are loaded when they are needed

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from friendshore.models.findings import InvalidProblem
from friendshore.optimizer.commands.completion import plans, workbooks
from friendshore.optimizer.commands.guard import DONE, UsageFault, guard
from friendshore.optimizer.commands.output import Debug, Json, Output, Quiet
from friendshore.optimizer.commands.places import make_ready, refuse_page
from friendshore.optimizer.commands.schema.report import Reported
from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.system.interrupts import settle

NAME = "report"
HELP = "Make one page of a plan to show: works offline, prints well, for people who do not read workbooks."
EXAMPLES = (
    "Examples:\n\nfriendshore report reports/magnets.plan.xlsx\n\nfriendshore report reports/magnets.plan.xlsx -o "
    "magnets.html --with reports/magnets.frontier.xlsx --with reports/magnets.worth.xlsx"
)


def run(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="PLAN",
            help="A plan written by solve, or a study for a page by itself; only read.",
            autocompletion=plans,
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="PAGE", help="Where the page goes; reports/NAME.html.")
    ] = None,
    studies: Annotated[
        list[Path] | None,
        typer.Option(
            "--with",
            metavar="STUDY",
            help="The workbook of a study of the same plan, for a section of its own; may be given again.",
            autocompletion=workbooks,
        ),
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write the page of a plan, with a section for each study of it that is named."""
    out = Output(json, quiet, debug)

    def body() -> int:
        target = output or Path("reports") / f"{file.stem}.html"
        refuse_page(file, target)
        from friendshore.optimizer.page.study_tables import is_study

        if not is_study(file):
            return _report(file, target, tuple(studies or ()), out)
        if studies:
            raise UsageFault(f"{file} is a study; --with goes with a plan, of which both are")
        return _report_study(file, target, out)

    guard(out, body)


def _report(file: Path, target: Path, studies: tuple[Path, ...], out: Output) -> int:
    from friendshore.optimizer.page import write_report_of
    from friendshore.optimizer.saved.plan_reader import read_plan_problem
    from friendshore.optimizer.studies.sections import sections_of

    started = time.perf_counter()
    try:
        problem = read_plan_problem(file)
    except InvalidProblem as error:
        raise FileFault("FS004", file, f"the input sheets of this plan cannot be read: {error.findings[0]}") from error
    make_ready(target)
    settle()
    write_report_of(file, problem, target, lambda plan: sections_of(studies, plan))
    return _tell(target, started, out)


def _report_study(file: Path, target: Path, out: Output) -> int:
    from friendshore.optimizer.page import write_report_of_study
    from friendshore.optimizer.studies.sections import by_itself

    started = time.perf_counter()
    make_ready(target)
    settle()
    write_report_of_study(*by_itself(file), target)
    return _tell(target, started, out)


def _tell(target: Path, started: float, out: Output) -> int:
    seconds = time.perf_counter() - started
    if out.quiet:
        out.say(str(target))
    else:
        out.say(f"Page: {target} ({target.stat().st_size / 1e6:.1f} MB)")
    out.result(Reported(status="done", report=str(target), seconds=seconds, problems=()))
    return DONE
