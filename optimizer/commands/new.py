"""``friendshore new FILE``: a workbook to begin with."""
# ruff: noqa: PLC0415 - the workbook rooms are loaded when they are needed

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from friendshore.optimizer.commands.completion import examples, workbooks
from friendshore.optimizer.commands.guard import DONE, UsageFault, guard
from friendshore.optimizer.commands.output import Debug, Json, Output, Quiet
from friendshore.optimizer.commands.schema.new import Written
from friendshore.optimizer.system.files import refuse_if_no_file
from friendshore.optimizer.system.interrupts import settle

NAME = "new"
HELP = "Write a workbook to begin with: blank, with drop-downs, units and help; the smallest; or one of the examples."
EXAMPLES = (
    "Examples:\n\nfriendshore new magnets.xlsx\n\nfriendshore new small.xlsx --smallest\n\n"
    "friendshore new try.xlsx --example tutorial"
)


def run(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The workbook to write (.xlsx).", autocompletion=workbooks)
    ],
    example: Annotated[
        str | None,
        typer.Option(
            "--example", metavar="NAME", help="Copy an example instead of a blank workbook.", autocompletion=examples
        ),
    ] = None,
    smallest: Annotated[
        bool, typer.Option("--smallest", help="Only the six sheets that a plan needs, filled so that it solves.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it is there.")] = False,
    json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write a workbook."""
    output = Output(json, quiet, debug)
    guard(output, lambda: _new(file, example, smallest, force, output))


def _new(file: Path, example: str | None, smallest: bool, force: bool, output: Output) -> int:
    if file.suffix.lower() != ".xlsx":
        raise UsageFault(f"{file} does not end in .xlsx")
    refuse_if_no_file(file)
    if file.exists() and not force:
        raise UsageFault(f"{file} is there already; --force replaces it")
    if smallest and example is not None:
        raise UsageFault("--smallest and --example are two workbooks; wanted one of them")
    settle()
    if example is not None:
        _copy(example, file)
    else:
        from friendshore.optimizer.workbook.template import write_blank, write_smallest

        (write_smallest if smallest else write_blank)(file)
    output.say(f"Written: {file}")
    if not output.quiet:
        output.say(f"Next: friendshore {'solve' if smallest or example else 'check'} {file}")
    output.result(Written(status="written", file=str(file), example=example, smallest=smallest, problems=()))
    return DONE


def _copy(example: str, file: Path) -> None:
    from friendshore.optimizer.workbook.examples import copy_example, example_names

    names = tuple(example_names())
    if example not in names:
        raise UsageFault(f"there is no example {example!r}; there are {', '.join(names) or 'none'}")
    copy_example(example, file)
