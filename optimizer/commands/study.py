"""What every study says at its end: its lines, where its workbook is, and what JSON tells of both."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from friendshore.optimizer.commands.output import Output
from friendshore.optimizer.commands.schema.record import Notice, file_notice, finding_notice

if TYPE_CHECKING:
    from friendshore.models.findings import Finding
    from friendshore.optimizer.system.files import FileFault


def say_study(lines: Iterable[str], target: Path, refused: FileFault | None, out: Output, after: str = "") -> None:
    """Say the lines of a study and where it is; where it could not be written, why.

    Parameters
    ----------
    lines
        What the study tells; not read where quiet.
    target
        Its workbook.
    refused
        Why that could not be written.
    out
        How the command speaks.
    after
        A last line; blank for none.
    """
    if out.quiet and not refused:
        out.say(str(target))
    else:
        for line in lines:
            out.say(line)
        if not refused:
            out.say(f"\nStudy: {target}")
        if after:
            out.say(after)
    if refused:
        out.refusal(refused)


def study_notices(warnings: Iterable[Finding], refused: FileFault | None) -> tuple[Notice, ...]:
    """The warnings about the workbook, and why the study could not be written, as ``problems`` of JSON."""
    notices = [finding_notice(finding) for finding in warnings]
    return (*notices, file_notice(refused)) if refused else tuple(notices)
