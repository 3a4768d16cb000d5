"""``friendshore doctor``: what is installed, what is missing, and whether the solver can be trusted here."""
# ruff: noqa: PLC0415 - the solver room is loaded when it is tried

from __future__ import annotations

import os
import platform
import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer

from friendshore.optimizer.commands.completion import schemas
from friendshore.optimizer.commands.guard import DONE, FAULT, UsageFault, guard
from friendshore.optimizer.commands.output import Debug, Json, Output, Quiet, json_text
from friendshore.optimizer.commands.schema.doctor import Diagnosis, EngineState, SelfTest
from friendshore.optimizer.commands.schema.record import notice
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
    typer.echo(json_text(schema(command), indent=2))
    return DONE


def _doctor(output: Output) -> int:
    diagnosis = diagnose()
    if not output.quiet:
        output.table(("", "Version"), [(name, number or "missing") for name, number in diagnosis.versions.items()])
        output.say(
            f"{diagnosis.platform}; {diagnosis.processors} processors, {diagnosis.usable_processors} of them for this "
            "process"
        )
        output.table(
            ("Engine", "", "What it is, or how to get it"),
            [(each.engine, "ready" if each.ready else "missing", each.told) for each in diagnosis.engines],
        )
    for problem in diagnosis.problems:
        output.say(f"! {problem.message}")
    test = diagnosis.self_test
    if test.passed:
        output.say(f"Self test passed in {test.seconds:.2f} s: an LP and a MIP, solved and recomputed by hand.")
    output.result(diagnosis)
    return DONE if diagnosis.status == "ok" else FAULT


def diagnose() -> Diagnosis:
    """What is installed, what is missing, and whether two tiny programs are solved as they are by hand."""
    numbers = versions()
    errors = [
        f"{name} is missing; install it with: pip install {name}" for name, number in numbers.items() if not number
    ]
    warnings = []
    if numbers["highspy"] and not numbers["highspy"].startswith(TESTED_HIGHS):
        warnings.append(
            f"highspy {numbers['highspy']} is not the version tested; "
            "install it with: pip install 'highspy>=1.16,<1.17'"
        )
    test = SelfTest(passed=False, seconds=None)
    if not errors:
        test, errors = _self_test()
    processors = os.cpu_count() or 1
    return Diagnosis(
        status="missing" if errors else "ok",
        versions=numbers,
        platform=platform.platform(),
        processors=processors,
        usable_processors=len(os.sched_getaffinity(0)) if sys.platform == "linux" else processors,
        self_test=test,
        engines=tuple(EngineState(engine=each.name, ready=each.ready, told=each.description) for each in available()),
        problems=(
            *(notice(message) for message in errors),
            *(notice(message, severity="warning") for message in warnings),
        ),
    )


def _self_test() -> tuple[SelfTest, list[str]]:
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
    return SelfTest(passed=not failures, seconds=time.perf_counter() - started), failures


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
