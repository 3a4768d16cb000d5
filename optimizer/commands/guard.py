"""Exit codes, and how each fault comes to its own."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from typing import Any

import typer

from friendshore.models.findings import InvalidProblem
from friendshore.optimizer.commands.output import Output, finding_json, problem_json
from friendshore.optimizer.engines.faults import EngineFault
from friendshore.optimizer.system.files import NO_FAULT_OF_OURS, FileFault, reason
from friendshore.optimizer.system.interrupts import Abandoned, watching
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


Base = Callable[[str], dict[str, Any]]
"""What the JSON of a command holds for a status, before ``problems`` are put in."""


def just_status(status: str) -> dict[str, Any]:
    """The JSON of a command that has nothing to tell but how it ended."""
    return {"status": status}


def guard(output: Output, body: Callable[[], int], base: Base = just_status) -> None:
    """Run a command's body and leave with its exit code, or with that of the fault it met."""
    try:
        with watching() as signals:
            code = body()
            signals.taken = True
    except InvalidProblem as error:
        code = _invalid(output, error, base)
    except UsageFault as error:
        output.error(f"Error: {error}")
        code = _failed(output, USAGE, "error", problem_json(str(error)), base)
    except EngineFault as error:
        output.error(f"Error: {error}")
        code = _failed(output, FAULT if error.ours else USAGE, "error", problem_json(error.message, error.code), base)
    except FileFault as error:
        code = _file(output, error, base)
    except Abandoned:
        output.error("Abandoned; nothing was written.")
        code = _failed(output, ABANDONED, "error", problem_json("abandoned"), base)
    except KeyboardInterrupt:
        output.error("Stopped; there is no plan yet.")
        code = _failed(output, STOPPED_EMPTY, "no_plan", problem_json("stopped before there was a plan"), base)
    except OSError as error:
        refused = error.filename is not None and error.errno in NO_FAULT_OF_OURS
        fault = FileFault("FS007", str(error.filename), reason(error)) if refused else None
        code = _fault(output, error, base) if fault is None else _file(output, fault, base)
    except Exception as error:
        code = _fault(output, error, base)
    raise typer.Exit(code)


def _invalid(output: Output, error: InvalidProblem, base: Base) -> int:
    errors = sum(found.severity == "error" for found in error.findings)
    output.findings(error.findings)
    output.error(
        f"The workbook has {counted(errors, 'error')}; nothing was written. "
        "friendshore explain CODE tells more about each."
    )
    output.result({**base("invalid"), "problems": [finding_json(found) for found in error.findings]})
    return INVALID


def _file(output: Output, error: FileFault, base: Base) -> int:
    message = f"{error.path}: {error.message}"
    output.error(f"{message} ({error.code})")
    return _failed(output, FILE, "error", problem_json(message, error.code), base)


def _fault(output: Output, error: Exception, base: Base) -> int:
    if output.debug:
        output.error("".join(traceback.format_exception(error)).rstrip())
    text = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    output.error(f"This is a fault of friendshore, not of the workbook: {text}")
    if not output.debug:
        output.error("Run the command again with --debug for the traceback, and report it please.")
    return _failed(output, FAULT, "error", problem_json(text), base)


def _failed(output: Output, code: int, status: str, problem: Mapping[str, Any], base: Base) -> int:
    output.result({**base(status), "problems": [problem]})
    return code


def report_usage(message: str, *, as_json: bool, command: str = "friendshore") -> int:
    """Say what was wrong with the arguments."""
    output = Output(json=as_json)
    if message:  # without arguments the help has been shown instead
        output.error(f"Error: {message}\nTry '{command} --help'.")
    output.result({"status": "error", "problems": [problem_json(message)]})
    return USAGE
