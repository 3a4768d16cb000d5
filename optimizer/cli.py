"""The command line: which commands there are, and nothing else. Libraries are loaded by the commands that need them."""

from __future__ import annotations

import os
import signal
import sys
from difflib import get_close_matches
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from friendshore.optimizer.commands import (
    alternatives,
    check,
    compare,
    doctor,
    explain,
    frontier,
    new,
    replan,
    replay,
    report,
    sensitivity,
    share,
    solve,
    stress,
    vulnerabilities,
    watch,
    worth,
)
from friendshore.optimizer.commands.guard import STOPPED_EMPTY, report_stopped, report_usage
from friendshore.optimizer.system.interrupts import settle, watching
from friendshore.optimizer.system.version import program_version

UsageError: type[Any] = typer.BadParameter.__bases__[0]
"""What the argument parser raises for every wrong use."""


class Commands(TyperGroup):
    """The group of commands; an unknown one is answered with those there are."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the arguments name."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            near = get_close_matches(args[0], self.commands, 1)
            meant = f"did you mean {near[0]}? There" if near else "there"
            raise UsageError(f"there is no command {args[0]!r}; {meant} are {', '.join(self.commands)}", ctx=ctx)
        return super().resolve_command(ctx, args)


app = typer.Typer(
    name="friendshore",
    cls=Commands,
    help="The cheapest plan for strategic goods that survives disruption: sourcing, stockpiles and capacity.",
    epilog="Begin with: friendshore new tutorial.xlsx --example tutorial, then friendshore solve tutorial.xlsx",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"friendshore {program_version()}")
        raise typer.Exit


@app.callback()
def friendshore(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Take the options that stand before the command."""


for command in (
    new,
    check,
    solve,
    vulnerabilities,
    stress,
    frontier,
    alternatives,
    worth,
    share,
    sensitivity,
    compare,
    replan,
    replay,
    report,
    watch,
    doctor,
    explain,
):
    app.command(command.NAME, help=command.HELP, epilog=command.EXAMPLES)(command.run)


def run(arguments: list[str]) -> int:
    """Run a command and return its exit code."""
    try:
        result = app(args=arguments, prog_name="friendshore", standalone_mode=False)
    except UsageError as error:
        where = error.ctx.command_path if error.ctx is not None else "friendshore"
        return report_usage(error.format_message(), as_json="--json" in arguments, command=where)
    return result if isinstance(result, int) else 0


def main() -> None:
    """Entry point of ``friendshore``."""
    os.environ["PYTHONSAFEPATH"] = "1"  # processes that are started import nothing from the planner's folder
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # sums of 10,001 numbers by two threads: 50 to 1,600 µs for 3
    code = _watched(sys.argv[1:])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the exit code is settled
    exec("")  # noqa: S102 - else Python dies by a signal that was raised within exec, as dataclasses are made, and caught
    sys.stdout.flush()
    sys.stderr.flush()
    if _solver_left_running():
        os._exit(code)  # taking the interpreter down under a solver at work would crash it
    sys.exit(code)


def _watched(arguments: list[str]) -> int:
    """Run a command; a signal that came before it had begun is told here, what comes later the command tells."""
    with watching() as signals:
        try:
            code = STOPPED_EMPTY if signals.seen else run(arguments)
        except (KeyboardInterrupt, typer.Abort):
            code = STOPPED_EMPTY
        if signals.seen and not signals.taken:
            code = report_stopped(as_json="--json" in arguments)
        settle()
    return code


def _solver_left_running() -> bool:
    if "friendshore.optimizer.solver" not in sys.modules:
        return False
    from friendshore.optimizer.solver import left_running  # noqa: PLC0415 - only where it is loaded already

    return left_running()
