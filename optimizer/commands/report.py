"""``friendshore report PLAN``: one page to show, made from a plan workbook alone."""
# ruff: noqa: PLC0415 - the rooms behind are loaded when they are needed

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from friendshore.models.findings import InvalidProblem
from friendshore.optimizer.commands.completion import plans
from friendshore.optimizer.commands.guard import DONE, guard
from friendshore.optimizer.commands.output import Debug, Json, Output, Quiet
from friendshore.optimizer.commands.places import make_ready, refuse_page
from friendshore.optimizer.commands.schema.report import Reported
from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.system.interrupts import settle

NAME = "report"
HELP = "Make one page of a plan to show: works offline, prints well, for people who do not read workbooks."
EXAMPLES = (
    "Examples:\n\nfriendshore report reports/magnets.plan.xlsx\n\nfriendshore report reports/magnets.plan.xlsx -o "
    "magnets.html"
)


def run(
    file: Annotated[
        Path, typer.Argument(metavar="PLAN", help="A plan written by solve; it is only read.", autocompletion=plans)
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="PAGE", help="Where the page goes; reports/NAME.html.")
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write the page of a plan."""
    out = Output(json, quiet, debug)

    def body() -> int:
        target = output or Path("reports") / f"{file.stem}.html"
        refuse_page(file, target)
        return _report(file, target, out)

    guard(out, body)


def _report(file: Path, target: Path, out: Output) -> int:
    from friendshore.optimizer.page import write_report_of
    from friendshore.optimizer.saved.plan_reader import read_plan_problem

    started = time.perf_counter()
    try:
        problem = read_plan_problem(file)
    except InvalidProblem as error:
        raise FileFault("FS004", file, f"the input sheets of this plan cannot be read: {error.findings[0]}") from error
    make_ready(target)
    settle()
    write_report_of(file, problem, target)
    seconds = time.perf_counter() - started
    if out.quiet:
        out.say(str(target))
    else:
        out.say(f"Page: {target} ({target.stat().st_size / 1e6:.1f} MB)")
    out.result(Reported(status="done", report=str(target), seconds=seconds, problems=()))
    return DONE
