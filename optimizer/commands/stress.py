"""``friendshore stress PLAN``: the plan broken everywhere; what goes short, what it costs, what is worst."""
# ruff: noqa: PLC0415 - the rooms behind are loaded when they are needed

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from friendshore.optimizer.commands.completion import plans
from friendshore.optimizer.commands.engines import Engine, Jobs, LedgerFile, Workplace, at_work
from friendshore.optimizer.commands.guard import DONE, FILE, UsageFault, guard
from friendshore.optimizer.commands.output import Debug, Json, Output, Quiet
from friendshore.optimizer.commands.places import default_output, make_ready, refusal, refuse_input
from friendshore.optimizer.commands.progress import ShowProgress
from friendshore.optimizer.commands.schema.stress import stressed
from friendshore.optimizer.commands.study import clear_ledger, counting, say_study, study_notices
from friendshore.optimizer.system.progress import Progress

if TYPE_CHECKING:
    from friendshore.optimizer.studies.stress.stress import Asks, Stress
    from friendshore.optimizer.system.files import FileFault

NAME = "stress"
HELP = "Break a plan by every country, plant and route and by every scenario, and name what is worst."
EXAMPLES = (
    "Examples:\n\nfriendshore stress reports/magnets.plan.xlsx\n\nfriendshore stress reports/magnets.plan.xlsx --k 2 "
    "-j 2\n\nfriendshore stress reports/magnets.plan.xlsx --onset every --sample 500 --json\n\nfriendshore stress "
    "reports/magnets.plan.xlsx --k 2 --engine dask:tcp://scheduler:8786"
)

BETWEEN_COUNTS = 2.0
"""Seconds between two words of how far it has come."""


@dataclass(frozen=True)
class Request:
    """What ``stress`` is asked to do, as its options say."""

    file: Path
    target: Path
    asks: Asks
    time_limit: float | None
    place: Workplace


def run(
    file: Annotated[
        Path, typer.Argument(metavar="PLAN", help="A plan written by solve; it is only read.", autocompletion=plans)
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="OUT", help="Where the study goes; reports/NAME.stress.xlsx."),
    ] = None,
    k: Annotated[int, typer.Option("--k", min=1, max=3, help="How many may be lost at once: 2 breaks every pair.")] = 1,
    over: Annotated[
        str, typer.Option(metavar="KINDS", help="What is removed: any of countries,plants,routes.")
    ] = "countries,plants,routes",
    years: Annotated[
        float | None, typer.Option(metavar="T", help="Length of every stop; each one's own time to recover.")
    ] = None,
    onset: Annotated[
        str, typer.Option(metavar="PERIOD", help="Period at whose start it breaks, or every; the second.")
    ] = "",
    sample: Annotated[
        int, typer.Option(metavar="N", min=0, help="Also draw N scenarios, beside the plan without resilience rules.")
    ] = 0,
    seed: Annotated[int, typer.Option(metavar="S", min=0, max=2**31 - 1, help="Random seed of the sample.")] = 0,
    workers: Jobs = 1,
    engine: Engine = "",
    ledger: LedgerFile = None,
    time_limit: Annotated[
        float | None, typer.Option(metavar="S", help="Longest search for the plan without rules; as in Settings.")
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Break a plan everywhere."""
    out = Output(json, quiet, debug)

    def body() -> int:
        from friendshore.optimizer.studies.stress.stress import Asks

        target = output or default_output(file, "stress")
        for name, value in (("--years", years), ("--time-limit", time_limit)):
            if value is not None and not 0 < value < math.inf:
                raise UsageFault(f"{name} {value}: wanted a number above 0")
        refuse_input(file, target)
        asks = Asks(k, _kinds(over), years, onset.strip(), sample, seed)
        place = Workplace(engine, workers, ledger)
        return _stress(Request(file, target, asks, time_limit, place), out)

    guard(out, body)


def _kinds(over: str) -> tuple[str, ...]:
    from friendshore.optimizer.studies.stress.removals import KINDS

    words = tuple(word.strip() for word in over.split(",") if word.strip())
    unknown = [word for word in words if word not in KINDS]
    if unknown or not words:
        raise UsageFault(f"--over {over}: wanted any of {', '.join(KINDS)}, with commas between them")
    return words


def _stress(request: Request, out: Output) -> int:
    from friendshore.optimizer.saved.plan_decisions import read_decisions
    from friendshore.optimizer.saved.plan_reader import read_plan_problem
    from friendshore.optimizer.studies.stress.sheets import write_stress
    from friendshore.optimizer.studies.stress.stress import onsets_of, stress_plan

    started = time.perf_counter()
    last_shown = [0.0]
    with ShowProgress(quiet=out.quiet) as show:
        count = counting(show, started, _counted)

        def tell(progress: Progress) -> None:
            if progress.done == 0 or time.monotonic() - last_shown[0] >= BETWEEN_COUNTS:
                last_shown[0] = time.monotonic()
                count(progress)

        show(Progress("read", 0.0))
        problem = read_plan_problem(request.file)
        plan = read_decisions(request.file, problem)
        try:
            onsets_of(problem, request.asks.onset)
        except ValueError as error:
            raise UsageFault(f"--onset {request.asks.onset}: {error}") from error
        make_ready(request.target)
        with at_work(request.place, request.target, out) as runner:
            study = stress_plan(
                problem, plan, request.asks, runner=runner, time_limit=request.time_limit, on_progress=tell
            )
            show(Progress("write", time.perf_counter() - started))
            refused = refusal(lambda: write_stress(study, request.target))
            clear_ledger(runner, refused)
    return _tell(study, request.target, refused, time.perf_counter() - started, out)


def _counted(progress: Progress) -> str:
    return f"{progress.phase}: {progress.done} of {progress.total}" if progress.done else progress.phase


def _tell(study: Stress, target: Path, refused: FileFault | None, seconds: float, out: Output) -> int:
    from friendshore.optimizer.studies.stress.words import lines

    say_study(lines(study), target, refused, out)
    notices = study_notices(study.problem.warnings, refused)
    out.result(stressed(study, None if refused else str(target), seconds, notices))
    return FILE if refused else DONE
