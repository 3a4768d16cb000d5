"""``friendshore vulnerabilities FILE``: where supply is thin as things stand, before any plan."""
# ruff: noqa: PLC0415 - the rooms behind are loaded when they are needed

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from friendshore.optimizer.commands.completion import workbooks
from friendshore.optimizer.commands.guard import DONE, FILE, UsageFault, guard
from friendshore.optimizer.commands.output import Debug, Json, Output, Quiet, Set
from friendshore.optimizer.commands.places import default_output, make_ready, refusal, refuse_input, settings_of
from friendshore.optimizer.commands.progress import ShowProgress
from friendshore.optimizer.commands.schema.vulnerabilities import examined
from friendshore.optimizer.commands.study import say_study, study_notices
from friendshore.optimizer.system.progress import Progress

if TYPE_CHECKING:
    from friendshore.models.problem import Problem
    from friendshore.optimizer.studies.vulnerabilities.vulnerabilities import Vulnerabilities
    from friendshore.optimizer.system.files import FileFault

NAME = "vulnerabilities"
HELP = "Before any plan: import reliance, concentration, look-through exposure, and what each single loss would do."
EXAMPLES = (
    "Examples:\n\nfriendshore vulnerabilities magnets.xlsx\n\nfriendshore vulnerabilities magnets.xlsx --years 0.5 "
    "--period 2028 --json"
)

TOP = 10


@dataclass(frozen=True)
class Request:
    """What ``vulnerabilities`` is asked to do, as its options say."""

    file: Path
    target: Path
    years: float | None
    period: str
    settings: dict[str, str]


def run(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The workbook; it is only read.", autocompletion=workbooks)
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="OUT", help="Where the study goes; reports/NAME.vulnerabilities.xlsx."),
    ] = None,
    years: Annotated[
        float | None, typer.Option(metavar="T", help="Length of every stop tested; each source's time to recover.")
    ] = None,
    period: Annotated[str, typer.Option(metavar="P", help="The period looked at; the first.")] = "",
    settings: Set = None,
    json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Examine a workbook as things stand; nothing is planned."""
    out = Output(json, quiet, debug)

    def body() -> int:
        target = output or default_output(file, "vulnerabilities")
        if years is not None and not 0 < years < math.inf:
            raise UsageFault(f"--years {years}: wanted a number of years above 0")
        refuse_input(file, target)
        return _examine(Request(file, target, years, period, settings_of(settings)), out)

    guard(out, body)


def _examine(request: Request, out: Output) -> int:
    started = time.perf_counter()
    with ShowProgress(quiet=out.quiet) as show:
        show(Progress("read", 0.0))
        problem = _read(request)
        make_ready(request.target)
        from friendshore.optimizer.studies.vulnerabilities.sheets import write_vulnerabilities
        from friendshore.optimizer.studies.vulnerabilities.vulnerabilities import vulnerabilities

        study = vulnerabilities(problem, period=request.period, years=request.years, on_progress=show)
        show(Progress("write", time.perf_counter() - started))
        refused = refusal(lambda: write_vulnerabilities(study, request.target))
    return _tell(study, request.target, refused, time.perf_counter() - started, out)


def _read(request: Request) -> Problem:
    from friendshore.optimizer.workbook.read import read_workbook

    problem = read_workbook(request.file, request.settings)
    labels = [row.period for row in problem.periods]
    if request.period and request.period not in labels:
        raise UsageFault(f"--period {request.period}: there is no such period; there are {', '.join(labels)}")
    return problem


def _tell(study: Vulnerabilities, target: Path, refused: FileFault | None, seconds: float, out: Output) -> int:
    say_study(_summary(study), target, refused, out)
    notices = study_notices(study.problem.warnings, refused)
    out.result(examined(study, None if refused else str(target), seconds, notices))
    return FILE if refused else DONE


def _summary(study: Vulnerabilities) -> Iterator[str]:
    """What a planner reads: the worst single points of failure, then supply and exposure in a sentence each."""
    from friendshore.optimizer.studies.vulnerabilities.sentences import (
        exposure_finding,
        opening,
        point_lines,
        supply_finding,
    )

    yield opening(study)
    yield ""
    shown = [point for point in study.points if point.stop.cost > 0 or point.for_good.cost > 0][:TOP]
    yield "Worst single losses:" if shown else "No single loss costs anything."
    for rank, point in enumerate(shown, 1):
        yield from point_lines(study, rank, point)
    for finding in (supply_finding(study), exposure_finding(study)):
        if finding:
            yield ""
            yield finding
