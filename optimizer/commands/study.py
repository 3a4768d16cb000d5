"""What every study does alike: counts as it goes, clears its ledger, and says at its end what it found and where."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from friendshore.optimizer.commands.output import Output
from friendshore.optimizer.commands.schema.record import Notice, file_notice, finding_notice
from friendshore.optimizer.system.progress import OnProgress, Progress

if TYPE_CHECKING:
    from friendshore.models.findings import Finding
    from friendshore.optimizer.engines.runner import Runner
    from friendshore.optimizer.system.files import FileFault


def counting(show: OnProgress, started: float, words: Callable[[Progress], str]) -> OnProgress:
    """What a study calls as it goes: shows how many searches are done, in the words of the study.

    Parameters
    ----------
    show
        Shows progress.
    started
        When the command began, as ``time.perf_counter`` tells it.
    words
        What is said of how far it has come.

    Returns
    -------
    OnProgress
        To be called with each ``Progress``.
    """

    def tell(progress: Progress) -> None:
        seconds = time.perf_counter() - started
        show(Progress(words(progress), seconds, done=progress.done, total=progress.total))

    return tell


def clear_ledger(runner: Runner, refused: FileFault | None, *, stopped: bool = False) -> None:
    """Delete the ledger of a study that came to its end and was written; one that was stopped goes on from it.

    Parameters
    ----------
    runner
        The runner of the study.
    refused
        Why the study could not be written.
    stopped
        Whether it ended early.
    """
    if runner.ledger is not None and not refused and not stopped:
        runner.ledger.remove()


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
