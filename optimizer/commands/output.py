"""Where a command writes: people on stdout, or one JSON object there; messages on stderr. And the shared options."""
# ruff: noqa: PLC0415 - rich is loaded when there is something to show

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec.json import encode, format

from friendshore.optimizer.commands.completion import settings

if TYPE_CHECKING:
    from friendshore.models.findings import Finding
    from friendshore.optimizer.commands.schema.record import Record
    from friendshore.optimizer.system.files import FileFault

Json = Annotated[bool, typer.Option("--json", help="Write one JSON object to stdout and nothing else there.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Leave out messages and progress.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of a fault.")]
_UNSEEN = (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_VISIBLE = {code: ascii(chr(code))[1:-1] for code in _UNSEEN if chr(code) not in "\n\t"}

Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="Override a row of Settings; may be given several times.",
        autocompletion=settings,
    ),
]


@dataclass(frozen=True)
class Output:
    """How a command speaks: to people, or in JSON; with messages on stderr or without; with tracebacks or without."""

    json: bool = False
    quiet: bool = False
    debug: bool = False

    def result(self, answer: Record) -> None:
        """Print the answer as JSON, where JSON is asked for."""
        if self.json:
            _print(json_text(answer, indent=2))

    def line(self, answer: Record) -> None:
        """Print one of several answers as JSON on a line of its own, where JSON is asked for."""
        if self.json:
            _print(json_text(answer, indent=0))

    def say(self, text: str = "") -> None:
        """Print a line of the answer on stdout; nothing where JSON is asked for."""
        if not self.json:
            _print(visible(text))

    def message(self, text: str) -> None:
        """Print a line beside the answer on stderr; nothing where quiet."""
        if not self.quiet:
            typer.echo(visible(text), err=True)

    def error(self, text: str) -> None:
        """Print on stderr why it did not work, even where quiet."""
        typer.echo(visible(text), err=True)

    def refusal(self, fault: FileFault) -> None:
        """Print on stderr why a file could not be read or written, even where quiet."""
        self.error(f"{fault.path}: {fault.message} ({fault.code})")

    def table(self, headers: Sequence[str], rows: Iterable[Sequence[str]], *, err: bool = False) -> None:
        """Print a table; nothing where JSON is asked for. The last column takes the room that is left.

        Parameters
        ----------
        headers
            Headers of the columns.
        rows
            Rows of cells, each as long as ``headers``; cells are text, whatever they hold.
        err
            Whether it goes to stderr.
        """
        if self.json:
            return
        from rich import box
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
        for place, header in enumerate(headers):
            table.add_column(header, overflow="fold", ratio=1 if place == len(headers) - 1 else None)
        for row in rows:
            table.add_row(*(Text(visible(cell)) for cell in row))
        console = Console(stderr=err)
        if not console.is_terminal:
            console = Console(stderr=err, width=160)
        with suppress(SystemExit):  # what rich answers to a reader that has gone; stdout is a dead end from then on
            console.print(table)

    def findings(self, findings: Iterable[Finding]) -> None:
        """Print findings as a table; nothing where JSON is asked for."""
        self.table(
            ("Place", "Code", "", "What was found and what is wanted"),
            ((finding.place, finding.code, finding.severity, finding.message) for finding in findings),
        )


def visible(text: str) -> str:
    """The text with what a terminal would obey, or which turns reading round, as escapes: a name may hold it."""
    return text.translate(_VISIBLE)


def _print(text: str) -> None:
    """A line on stdout; where its reader has gone (``| head``) the rest goes nowhere, and the exit code stays."""
    try:
        typer.echo(text)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def json_text(value: Record | dict[str, Any], indent: int) -> str:
    """The value as JSON, on one line where ``indent`` is 0; NaN and infinity are null, numpy's numbers are numbers."""
    return format(encode(value, enc_hook=float).decode(), indent=indent)
