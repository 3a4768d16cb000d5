"""``friendshore watch FILE``: solves again whenever the workbook is saved, and tells what that changed."""
# ruff: noqa: PLC0415 - the rooms behind are loaded when they are needed

from __future__ import annotations

import signal
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from friendshore.models.findings import InvalidProblem
from friendshore.optimizer.commands.child import POSIX, Child
from friendshore.optimizer.commands.completion import workbooks
from friendshore.optimizer.commands.guard import (
    ABANDONED,
    DONE,
    FAULT,
    FILE,
    INFEASIBLE,
    INVALID,
    STOPPED,
    USAGE,
    UsageFault,
    guard,
)
from friendshore.optimizer.commands.output import Debug, Json, Output, Quiet, Set
from friendshore.optimizer.commands.places import default_plan, refuse_input, refuse_no_place, settings_of
from friendshore.optimizer.commands.pools import pool_of
from friendshore.optimizer.commands.schema.solve import Solved
from friendshore.optimizer.commands.schema.watch import Event, Watched
from friendshore.optimizer.commands.shares import gap_of
from friendshore.optimizer.system.files import FileFault, holder, is_file
from friendshore.optimizer.system.interrupts import Signals, watching
from friendshore.optimizer.system.saves import Saves
from friendshore.optimizer.wording.counts import counted
from friendshore.optimizer.wording.money import money
from friendshore.optimizer.wording.numbers import precise
from friendshore.optimizer.wording.shares import gap_words

if TYPE_CHECKING:
    from friendshore.optimizer.saved.saved_plan import SavedPlan

NAME = "watch"
HELP = "Solve again whenever the workbook is saved, and tell what that changed against the last plan."
EXAMPLES = (
    "Examples:\n\nfriendshore watch magnets.xlsx\n\nfriendshore watch magnets.xlsx -o plan.xlsx --gap 0.01 "
    "--time-limit 60\n\nCtrl-C gives up a solve that runs; a second, or one while nothing runs, ends the watch. With "
    "--json each solve is one line."
)
CHANGES = 3
"""Changes told after each solve."""


@dataclass
class Watch:
    """What is watched, and what came of it so far."""

    file: Path
    target: Path
    options: tuple[str, ...]
    every: float
    out: Output
    last: SavedPlan | None = None
    solved: int = 0
    saves: Saves = field(init=False)

    def __post_init__(self) -> None:
        self.saves = Saves(self.file, self.every)


def run(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The workbook; it is only read.", autocompletion=workbooks)
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="PLAN", help="Where the plan goes; reports/NAME.plan.xlsx.")
    ] = None,
    gap: Annotated[str | None, typer.Option(metavar="G", help="Gap at which to stop, 0.01 or 1%.")] = None,
    time_limit: Annotated[
        float | None, typer.Option(metavar="S", min=0, help="Longest search in seconds, each time.")
    ] = None,
    threads: Annotated[int | None, typer.Option(metavar="N", min=1, help="Threads of the solver.")] = None,
    every: Annotated[
        float, typer.Option(metavar="S", min=0.05, max=60, help="Seconds between two looks at the file.")
    ] = 0.5,
    settings: Set = None,
    json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Watch a workbook."""
    out = Output(json, quiet, debug)

    def body() -> int:
        target = output or default_plan(file)
        refuse_input(file, target)
        options = ["-o", str(target), *(("--quiet",) if quiet else ()), *(("--debug",) if debug else ())]
        for name, value in (("--gap", gap_of(gap)), ("--time-limit", time_limit), ("--threads", threads)):
            options += [name, str(value)] if value is not None else []
        for name, text in settings_of(settings).items():
            options += ["--set", f"{name}={text}"]
        if not file.exists():
            from friendshore.optimizer.workbook.gate import inspect

            inspect(file)  # says what is there instead
        if file.is_dir():
            raise UsageFault(f"{file} is a folder; name a workbook")
        refuse_no_place(target)
        return _watch(Watch(file, target, tuple(options), every, out, _read(target)))

    guard(out, body)


def _watch(watch: Watch) -> int:
    """Solve whenever the file is saved and tell what that changed, until Ctrl-C."""
    watch.out.message(f"Watching {watch.file}; the plan goes to {watch.target}. Ctrl-C ends.")
    blocked = False
    with watching() as signals:
        try:
            if POSIX:  # the terminal was closed
                signal.signal(signal.SIGHUP, signals.handle)
            while True:
                closed = blocked and not holder(watch.target)
                if watch.saves.look() or closed:
                    blocked = _solve(watch, signals, "closed" if closed else "saved")
                time.sleep(watch.every)
        except KeyboardInterrupt:
            signals.taken = True
    watch.out.message(f"Watched until stopped; {counted(watch.solved, 'plan')}.")
    return DONE


def _solve(watch: Watch, signals: Signals, why: str) -> bool:
    """Solve once, again from the start where the file is saved meanwhile; whether the plan's file was in the way."""
    what = watch.target if why == "closed" else watch.file
    watch.out.message(f"{time.strftime('%H:%M:%S')}  {what} {why}; solving")
    child, given_up = Child((str(watch.file), *watch.options, *_begin_from(watch))), False
    try:
        while not child.done(watch.every):
            if watch.saves.look():
                child.end()
                watch.out.message(f"{time.strftime('%H:%M:%S')}  saved again; starting anew")
                child = Child((str(watch.file), *watch.options, *_begin_from(watch)))
    except KeyboardInterrupt:
        if signals.number != signal.SIGINT:
            child.end()
            raise
        given_up = True
        try:
            child.give_up()
        except KeyboardInterrupt:
            child.end()
            raise
        signals.seen = 0  # the next one is a first one again
    return _tell(watch, child, given_up)


def _begin_from(watch: Watch) -> tuple[str, ...]:
    """The last plan, where its run has left what it learnt."""
    plan = watch.target
    return ("--from", str(plan)) if is_file(plan) and is_file(pool_of(plan)) else ()


def _tell(watch: Watch, child: Child, given_up: bool) -> bool:
    answer, out = child.answer(), watch.out
    inputs: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    if child.code in (DONE, STOPPED) and answer.plan:
        watch.solved += 1
        inputs, changes = _tell_plan(watch, answer, given_up)
    elif given_up:
        out.say("Given up; there is no plan of this version.")
    else:
        _tell_faults(child.code, answer, out)
    event = _event(child.code, given_up)
    out.line(Watched(event=event, code=child.code, inputs=inputs, changes=changes, solve=answer))
    blocked = child.code == FILE and any(problem.code == "FS006" for problem in answer.problems)
    if blocked:
        out.say(f"It goes on when {watch.target} is closed.")
    return blocked


def _event(code: int, given_up: bool) -> Event:
    if given_up:
        return "given up"
    if code in (DONE, STOPPED):
        return "solved"
    return "faults" if code == INVALID else "no plan"


def _tell_plan(watch: Watch, answer: Solved, given_up: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The plan in a line, and what changed against the last one: inputs and plan, each in sentences."""
    out, plan, last = watch.out, _read(watch.target), watch.last
    how = "Given up; best plan so far" if given_up else answer.status.capitalize()
    out.say(f"{how}: {_cost_words(answer, plan)}. Plan: {answer.plan}")
    watch.last = plan or last
    if plan is None or last is None:
        return (), ()
    from friendshore.optimizer.studies.compare import compare
    from friendshore.optimizer.studies.compare.words import findings, input_lines

    comparison = compare([last, plan])
    changes = tuple(change.text for change in findings(comparison, 1))
    for line in (*comparison.scope.refused, *(f"  saved: {line}" for line in input_lines(comparison, 1))):
        out.say(line)
    for line in changes[:CHANGES] or ["the plan is the same"]:
        out.say(f"  now:   {line}")
    return tuple(str(change) for change in comparison.pairs[0].inputs), changes


def _cost_words(answer: Solved, plan: SavedPlan | None) -> str:
    """Expected cost and gap, as far as they are known."""
    if answer.expected_cost is None:
        return "expected cost not known"
    cost = money(answer.expected_cost, plan.problem.settings.currency) if plan else precise(answer.expected_cost)
    return f"expected cost {cost}" + ("" if answer.gap is None else f", gap at most {gap_words(answer.gap)}")


def _tell_faults(code: int, answer: Solved, out: Output) -> None:
    """Why there is no plan, as far as the solve's own messages on stderr have not said it."""
    if code in (INVALID, INFEASIBLE):
        out.table(
            ("Place", "Code", "", "What was found and what is wanted"),
            (
                (f"{each.sheet}!{each.cell}".rstrip("!"), each.code, each.severity, each.message)
                for each in answer.problems
            ),
        )
    elif code not in (FAULT, USAGE, FILE, ABANDONED):
        for problem in answer.problems:
            out.say(problem.message)
    why = "No plan can satisfy the workbook as it is" if code == INFEASIBLE else "No new plan"
    out.say(f"{why}; waiting for the next save.")


def _read(target: Path) -> SavedPlan | None:
    """The plan that lies there; none where there is none, or it cannot be read."""
    if not target.exists():
        return None
    from friendshore.optimizer.saved.plan_reader import read_plan
    from friendshore.optimizer.studies.compare import TABLES

    try:
        return read_plan(target, TABLES)
    except (FileFault, InvalidProblem):
        return None
