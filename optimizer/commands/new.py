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

NAME = "new"
HELP = "Write a workbook to begin with: blank, with drop-downs, units and help, or one of the examples."
EXAMPLES = "Examples:\n\nfriendshore new magnets.xlsx\n\nfriendshore new try.xlsx --example tutorial"


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
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it is there.")] = False,
    json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write a workbook."""
    output = Output(json, quiet, debug)
    guard(output, lambda: _new(file, example, force, output))


def _new(file: Path, example: str | None, force: bool, output: Output) -> int:
    if file.suffix.lower() != ".xlsx":
        raise UsageFault(f"{file} does not end in .xlsx")
    if file.exists() and not force:
        raise UsageFault(f"{file} is there already; --force replaces it")
    if example is None:
        from friendshore.optimizer.workbook.template import write_blank

        write_blank(file)
    else:
        _copy(example, file)
    output.say(f"Written: {file}")
    if not output.quiet:
        output.say(f"Next: friendshore {'check' if example is None else 'solve'} {file}")
    output.result(Written(status="written", file=str(file), example=example, problems=()))
    return DONE


def _copy(example: str, file: Path) -> None:
    from friendshore.optimizer.workbook.examples import copy_example, example_names

    names = tuple(example_names())
    if example not in names:
        raise UsageFault(f"there is no example {example!r}; there are {', '.join(names) or 'none'}")
    copy_example(example, file)
