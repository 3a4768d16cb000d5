"""``friendshore explain CODE``: what a code of the catalogue means."""
# ruff: noqa: PLC0415 - the catalogue is loaded when it is asked

from __future__ import annotations

import re
from typing import Annotated

import typer

from friendshore.optimizer.commands.completion import codes
from friendshore.optimizer.commands.guard import DONE, UsageFault, guard
from friendshore.optimizer.commands.output import Debug, Json, Output, Quiet
from friendshore.optimizer.commands.schema.explain import Explained

NAME = "explain"
HELP = "Tell what a problem code such as FS103 means and how it is mended."
EXAMPLES = "Examples:\n\nfriendshore explain FS103\n\nfriendshore explain FS103 --json"


def run(
    code: Annotated[
        str, typer.Argument(metavar="CODE", help="A code from a list of problems, such as FS103.", autocompletion=codes)
    ],
    json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Explain a code."""
    output = Output(json, quiet, debug)
    guard(output, lambda: _explain(code, output))


def _explain(code: str, output: Output) -> int:
    from friendshore.models.codes import CODES, explain

    entry = CODES.get(code.strip().upper())
    if entry is None:
        raise UsageFault(_refusal(code, list(CODES)))
    output.say(explain(entry.code))
    output.result(
        Explained(
            status="explained",
            code=entry.code,
            severity=entry.severity,
            title=entry.title,
            cause=entry.cause,
            cure=entry.cure,
            problems=(),
        )
    )
    return DONE


def _refusal(code: str, known: list[str]) -> str:
    if not re.fullmatch(r"\s*fs\d+\s*", code, re.IGNORECASE):
        return (
            f"{code!r} is not a code such as FS103. Why a workbook has no plan is told by 'friendshore solve', with "
            "the rows that clash; this one explains codes"
        )
    alike = [each for each in known if each[:3] == code.strip().upper()[:3]]
    there_are = ", ".join(alike) or f"codes from {known[0]} to {known[-1]}"
    return f"there is no code {code.strip().upper()}; there are {there_are}"
