"""``friendshore doctor``: what is installed, what is missing, and whether the solver can be trusted here."""
# ruff: noqa: PLC0415 - the solver room is loaded when it is tried

from __future__ import annotations

import os
import platform
import sys
import time
from json import dumps
from typing import TYPE_CHECKING, Annotated, Any

import typer

from friendshore.optimizer.commands.completion import schemas
from friendshore.optimizer.commands.guard import DONE, FAULT, UsageFault, guard
from friendshore.optimizer.commands.output import Debug, Json, Output, Quiet, problem_json
from friendshore.optimizer.engines.available import available
from friendshore.optimizer.system.version import versions

if TYPE_CHECKING:
    from friendshore.optimizer.program.linear_program import LinearProgram

NAME = "doctor"
HELP = "Show versions, processors and engines, solve two tiny programs, tell what is missing and how to get it."
EXAMPLES = "Examples:\n\nfriendshore doctor\n\nfriendshore doctor --json\n\nfriendshore doctor --schema solve"

TOLERANCE = 1e-9
TESTED_HIGHS = "1.16."


def run(
    schema: Annotated[
        str,
        typer.Option(
            metavar="COMMAND",
            help="Print the JSON Schema of what COMMAND --json writes, and nothing else.",
            autocompletion=schemas,
        ),
    ] = "",
    json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Examine the installation."""
    output = Output(json, quiet, debug)
    guard(output, lambda: _schema(schema) if schema else _doctor(output))


def _schema(command: str) -> int:
    from friendshore.optimizer.commands.schema import schema, schema_names

    if command not in schema_names():
        raise UsageFault(f"there is no JSON of {command!r}; there is of {', '.join(schema_names())}")
    typer.echo(dumps(schema(command), indent=2, ensure_ascii=False))
    return DONE


def _doctor(output: Output) -> int:
    found = versions()
    problems = [
        f"{name} is missing; install it with: pip install {name}" for name, number in found.items() if not number
    ]
    warnings = []
    if found["highspy"] and not found["highspy"].startswith(TESTED_HIGHS):
        warnings.append(
            f"highspy {found['highspy']} is not the version tested; install it with: pip install 'highspy>=1.16,<1.17'"
        )
    test: dict[str, Any] = {"passed": False, "seconds": None}
    if not problems:
        test, failures = _self_test()
        problems += failures
    cores = os.cpu_count() or 1
    usable = len(os.sched_getaffinity(0)) if sys.platform == "linux" else cores
    if not output.quiet:
        output.table(("", "Version"), [(name, number or "missing") for name, number in found.items()])
        output.say(f"{platform.platform()}; {cores} processors, {usable} of them for this process")
    engines = available()
    if not output.quiet:
        output.table(
            ("Engine", "", "What it is, or how to get it"),
            [(each.name, "ready" if each.ready else "missing", each.description) for each in engines],
        )
    for line in [*problems, *warnings]:
        output.say(f"! {line}")
    if test["passed"]:
        output.say(f"Self test passed in {test['seconds']:.2f} s: an LP and a MIP, solved and recomputed by hand.")
    output.result(
        {
            "status": "missing" if problems else "ok",
            "versions": found,
            "platform": platform.platform(),
            "processors": cores,
            "usable_processors": usable,
            "self_test": test,
            "engines": [{"engine": each.name, "ready": each.ready, "told": each.description} for each in engines],
            "problems": [problem_json(line) for line in problems]
            + [problem_json(line, severity="warning") for line in warnings],
        }
    )
    return FAULT if problems else DONE


def _self_test() -> tuple[dict[str, Any], list[str]]:
    """Two suppliers, 3.5 wanted: 2 at 1 and 1.5 at 2 cost 5; with the dear one in whole units 1.5 and 2 cost 5.5."""
    started = time.perf_counter()
    failures = []
    for whole, expected, plan, price in ((False, 5.0, (2.0, 1.5), 2.0), (True, 5.5, (1.5, 2.0), 1.0)):
        try:
            wrong = _try(_two_suppliers(whole), expected, plan, price)
        except Exception as error:
            wrong = f"{type(error).__name__}: {error}"
        if wrong:
            failures.append(f"self test of {'a MIP' if whole else 'an LP'} failed: {wrong}; install highspy anew")
    return {"passed": not failures, "seconds": time.perf_counter() - started}, failures


def _two_suppliers(whole: bool) -> LinearProgram:
    import numpy as np
    from scipy import sparse

    from friendshore.optimizer.program.linear_program import LinearProgram

    return LinearProgram(
        cost=np.array([1.0, 2.0]),
        offset=0.0,
        matrix=sparse.csr_array(np.array([[1.0, 1.0]])),
        row_lower=np.array([3.5]),
        row_upper=np.array([np.inf]),
        column_lower=np.zeros(2),
        column_upper=np.array([2.0, 5.0]),
        integer=np.array([False, whole]),
    )


def _try(program: LinearProgram, expected: float, plan: tuple[float, float], price: float) -> str:
    from friendshore.optimizer.solver import polish, solve_program

    answer = polish(program, solve_program(program, gap=0.0, time_limit=10.0))
    if answer.status != "optimal" or answer.columns is None or answer.row_duals is None:
        return f"status {answer.status}"
    x, dual = [float(value) for value in answer.columns], float(answer.row_duals[0])
    differences = [abs(each - wanted) for each, wanted in zip(x, plan, strict=True)]
    differences += [abs(x[0] + 2 * x[1] - expected), abs((answer.objective or 0.0) - expected), abs(dual - price)]
    return "" if max(differences) <= TOLERANCE else f"plan {x}, price {dual}"
