"""``friendshore check FILE``: every error and warning of a workbook, with its cell."""
# ruff: noqa: PLC0415 - the workbook rooms are loaded when they are needed

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from friendshore.optimizer.commands.completion import workbooks
from friendshore.optimizer.commands.guard import DONE, INVALID, guard
from friendshore.optimizer.commands.output import Debug, Json, Output, Quiet, Set
from friendshore.optimizer.commands.places import default_output, refuse_input, settings_of
from friendshore.optimizer.commands.schema.check import Checked, outlook_figures
from friendshore.optimizer.commands.schema.record import finding_notice
from friendshore.optimizer.wording.counts import counted
from friendshore.optimizer.wording.names import Names
from friendshore.optimizer.wording.shares import percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from friendshore.models.findings import Finding
    from friendshore.models.tree.outlook import Outlook

NAME = "check"
HELP = "Read a workbook and list every error and warning, each with its cell; nothing is solved."
EXAMPLES = "Examples:\n\nfriendshore check magnets.xlsx\n\nfriendshore check magnets.xlsx --mark"


def run(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The workbook; it is only read.", autocompletion=workbooks)
    ],
    mark: Annotated[
        bool, typer.Option("--mark", help="Also write reports/NAME.marked.xlsx, with the cells marked and commented.")
    ] = False,
    settings: Set = None,
    json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Check a workbook."""
    output = Output(json, quiet, debug)
    guard(output, lambda: _check(file, mark, settings_of(settings), output))


def _check(file: Path, mark: bool, settings: dict[str, str], output: Output) -> int:
    from friendshore.models.tree.outlook import outlook
    from friendshore.optimizer.workbook.read import examine_workbook

    examined = examine_workbook(file, settings)
    findings = tuple(examined.findings)
    ahead = None if examined.problem is None else outlook(examined.problem)
    marked = _mark(file, findings) if mark else None
    errors = sum(finding.severity == "error" for finding in findings)
    if findings:
        output.findings(findings)
    output.say(f"{file}: {counted(errors, 'error')}, {counted(len(findings) - errors, 'warning')}")
    if ahead is not None and examined.problem is not None:
        for line in _in_words(ahead, Names(examined.problem.names)):
            output.say(line)
    if marked is not None:
        output.say(f"Marked copy: {marked}")
    output.result(
        Checked(
            status="invalid" if errors else "valid",
            problems=tuple(finding_notice(finding) for finding in findings),
            outlook=None if ahead is None else outlook_figures(ahead),
            marked=None if marked is None else str(marked),
        )
    )
    return INVALID if errors else DONE


def _in_words(ahead: Outlook, names: Names) -> Iterator[str]:
    """What the sheet Scenarios amounts to; nothing where it is empty."""
    if ahead.branches:
        yield f"Over all periods nothing happens with a chance of {percent(ahead.nothing)}; of what may:"
        called = {name: names.with_id("Scenarios", name) for name in ahead.strikes}
        width = max(map(len, called.values()))
        for name, chance in ahead.strikes.items():
            never = "no chance within the plan" if name in ahead.late else "a stress test, without weight"
            yield f"  {called[name]:<{width}}  {percent(chance) if chance else never}"
        for name, onsets in ahead.late.items():
            yield f"  {called[name]} would begin past the last period where its parent begins in {', '.join(onsets)}"
        yield f"These are {counted(ahead.branches, 'branch', 'branches')}, {counted(ahead.nodes, 'node')} in all."


def _mark(file: Path, findings: tuple[Finding, ...]) -> Path:
    from friendshore.optimizer.workbook.mark import mark

    copy = default_output(file, "marked")
    refuse_input(file, copy)
    mark(file, findings, copy)
    return copy
