"""Exit codes, and how each fault comes to its own."""

from __future__ import annotations

import traceback
from collections.abc import Callable

import typer

from friendshore.models.findings import InvalidProblem
from friendshore.optimizer.commands.output import Output
from friendshore.optimizer.commands.schema.record import (
    FailureStatus,
    Notice,
    Record,
    failure,
    file_notice,
    finding_notice,
    notice,
)
from friendshore.optimizer.engines.faults import NO_LEDGER, EngineFault
from friendshore.optimizer.system.files import NO_FAULT_OF_OURS, FileFault, reason
from friendshore.optimizer.system.interrupts import Abandoned, Signals, settle, watching
from friendshore.optimizer.wording.counts import counted

DONE = 0
FAULT = 1
USAGE = 2
INVALID = 3
INFEASIBLE = 4
STOPPED = 5
STOPPED_EMPTY = 6
FILE = 7
ABANDONED = 130


class UsageFault(Exception):
    """Wrong use of a command that the argument parser cannot see."""


Answer = Callable[[FailureStatus, tuple[Notice, ...]], Record]
"""From how a command ended, and why, to the JSON it prints where it has no answer."""


def guard(output: Output, body: Callable[[], int], answer: Answer = failure) -> None:
    """Run a command's body and leave with its exit code, or with that of the fault it met.

    Parameters
    ----------
    output
        How the command speaks.
    body
        What it does; returns the exit code.
    answer
        The JSON of a command that ended before it had an answer, from its status and why.

    Raises
    ------
    typer.Exit
        Always, with the exit code.
    """
    try:
        with watching() as signals:
            code = _heeding(body, signals)
            settle()
    except InvalidProblem as error:
        code = _invalid(output, error, answer)
    except UsageFault as error:
        output.error(f"Error: {error}")
        code = _failed(output, USAGE, "error", notice(str(error)), answer)
    except EngineFault as error:
        output.error(f"Error: {error}")
        code = FAULT if error.ours else FILE if error.code == NO_LEDGER else USAGE
        code = _failed(output, code, "error", notice(error.message, error.code), answer)
    except FileFault as error:
        code = _file(output, error, answer)
    except Abandoned:
        output.error("Abandoned; nothing was written.")
        code = _failed(output, ABANDONED, "error", notice("abandoned"), answer)
    except KeyboardInterrupt:
        output.error("Stopped; there is no plan yet.")
        code = _failed(output, STOPPED_EMPTY, "no_plan", notice("stopped before there was a plan"), answer)
    except OSError as error:
        refused = error.filename is not None and error.errno in NO_FAULT_OF_OURS
        fault = FileFault("FS007", str(error.filename), reason(error)) if refused else None
        code = _fault(output, error, answer) if fault is None else _file(output, fault, answer)
    except Exception as error:
        code = _fault(output, error, answer)
    settle()
    raise typer.Exit(code)


def _heeding(body: Callable[[], int], signals: Signals) -> int:
    """The body's exit code; an error that a library has made of a signal is that signal."""
    try:
        return body()
    except Exception as error:
        if signals.raised and not signals.taken:
            raise KeyboardInterrupt from error
        raise


def _invalid(output: Output, error: InvalidProblem, answer: Answer) -> int:
    errors = sum(finding.severity == "error" for finding in error.findings)
    output.findings(error.findings)
    output.error(
        f"The workbook has {counted(errors, 'error')}; nothing was written. "
        "friendshore explain CODE tells more about each."
    )
    output.result(answer("invalid", tuple(finding_notice(finding) for finding in error.findings)))
    return INVALID


def _file(output: Output, fault: FileFault, answer: Answer) -> int:
    output.refusal(fault)
    return _failed(output, FILE, "error", file_notice(fault), answer)


def _fault(output: Output, error: Exception, answer: Answer) -> int:
    if output.debug:
        output.error("".join(traceback.format_exception(error)).rstrip())
    text = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    output.error(f"This is a fault of friendshore, not of the workbook: {text}")
    if not output.debug:
        output.error("Run the command again with --debug for the traceback, and report it please.")
    return _failed(output, FAULT, "error", notice(text), answer)


def _failed(output: Output, code: int, status: FailureStatus, problem: Notice, answer: Answer) -> int:
    output.result(answer(status, (problem,)))
    return code


def report_stopped(*, as_json: bool) -> int:
    """Say that a signal came before the command had begun, and return the exit code."""
    output = Output(json=as_json)
    output.error("Stopped before anything was done.")
    output.result(failure("no_plan", (notice("stopped before anything was done"),)))
    return STOPPED_EMPTY


def report_usage(message: str, *, as_json: bool, command: str = "friendshore") -> int:
    """Say what was wrong with the arguments.

    Parameters
    ----------
    message
        What was wrong; empty where there were no arguments and the help was shown instead.
    as_json
        Whether JSON is asked for.
    command
        The command whose ``--help`` tells more.

    Returns
    -------
    int
        The exit code.
    """
    output = Output(json=as_json)
    if message:  # without arguments the help has been shown instead
        output.error(f"Error: {message}\nTry '{command} --help'.")
    output.result(failure("error", (notice(message),)))
    return USAGE
