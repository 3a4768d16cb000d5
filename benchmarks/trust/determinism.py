"""The same plan every time: ``python -m benchmarks.trust.determinism [--runs N] [--problems N] [--only TEXT]``.

The tutorial, the problem with everything, one with very many equally good plans, the workbooks of docs/patterns.md and
random ones are solved over and over: again, with two threads, with the rows, columns and sheets of the workbook in
another order, in processes that order their sets otherwise; and their plans are broken by the engine that works here
and by a pool. All must agree to the last bit; what does not is told.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields
from typing import Any

import pandas as pd

from benchmarks.trust.drawn import drawn
from friendshore.models.examine import problem_from_sheets
from friendshore.models.findings import InvalidProblem
from friendshore.models.plan import Plan
from friendshore.optimizer.engines.pool import PoolEngine
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.saved.decisions import decisions_of
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.studies.stress.stress import Asks, stress_plan
from friendshore.optimizer.workbook.examples import source_sheets
from tests.docs.test_patterns import patterns, sheets_of
from tests.mathematics.cases import Sheets, everything
from tests.mathematics.test_determinism import ties
from tests.places import SOURCES
from tests.reference.random_problems import sheets

Problems = dict[str, Sheets]
HASH_SEEDS = (0, 1, 2)
NONE = "no plan"


def problems(random_ones: int, number: int) -> Problems:
    """Sheets by the name of the problem."""
    found: Problems = {"tutorial": source_sheets(SOURCES / "tutorial"), "everything": everything(), "ties": ties()}
    found |= {title: sheets_of(tables) for title, tables, _ in patterns()}
    kept: list[Sheets] = []

    def keep(stated: Any) -> None:
        if len(kept) < random_ones:
            with suppress(InvalidProblem):  # a few that are drawn contradict themselves
                problem_from_sheets(stated)
                kept.append(stated)

    if random_ones:
        drawn(sheets(), 2 * random_ones, number, keep)
    return found | {f"random {place}": each for place, each in enumerate(kept)}


def named(only: str, random_ones: int, number: int) -> Problems:
    """Those whose name holds the text."""
    return {name: given for name, given in problems(random_ones, number).items() if only in name}


def shuffled(given: Sheets, number: int) -> Sheets:
    """Rows, columns and sheets in another order; not the rows of Periods, whose order is time."""
    chance = random.Random(number)  # noqa: S311 - not for secrets
    found: Sheets = {}
    for name in chance.sample(list(given), len(given)):
        rows = given[name] if name == "Periods" else chance.sample(given[name], len(given[name]))
        columns = list(dict.fromkeys(column for row in rows for column in row))
        columns = chance.sample(columns, len(columns))
        found[name] = [{column: row[column] for column in columns if column in row} for row in rows]
    return found


def digest_of(plan: Plan | None) -> str:
    """All numbers and all tables of a plan, to the last bit, as a digest."""
    if plan is None:
        return NONE
    digest = hashlib.sha256(f"{plan.objective.hex()} {plan.costs_by_kind} {plan.policies}".encode())
    for field in fields(Plan):
        table = vars(plan)[field.name]
        if isinstance(table, pd.DataFrame):
            digest.update(f"{field.name}\n{table.to_csv()}".encode())
    return digest.hexdigest()


def solved(given: Sheets, threads: int | None = 1) -> Plan | None:
    """The plan of sheets."""
    return solve_problem(problem_from_sheets(given), threads=threads).plan


def broken(plan: Plan, runner: Runner) -> str:
    """What breaking a plan finds, as a digest."""
    study = stress_plan(plan.problem, decisions_of(plan), Asks(over=("countries",)), runner=runner)
    return hashlib.sha256(repr((study.singles, study.together, study.scenarios)).encode()).hexdigest()


def ways(given: Sheets, runs: int, number: int, pool: PoolEngine) -> Iterator[tuple[str, bool]]:
    """By the name of a way to solve again, whether it gave the plan that was there."""
    plan = solved(given)
    before = digest_of(plan)
    for _ in range(runs):
        yield "again", digest_of(solved(given)) == before
    yield "two threads", digest_of(solved(given, 2)) == before
    for place in range(runs):
        yield "rows, columns and sheets shuffled", digest_of(solved(shuffled(given, number + place))) == before
    if plan is not None:
        yield "serial and pool", broken(plan, Runner(pool)) == broken(plan, Runner())


def in_processes(random_ones: int, number: int, only: str) -> Iterator[tuple[str, str, bool]]:
    """Problem, way and whether it gave the same plan, over processes whose sets have other orders."""
    asked = ["--digests", "--problems", str(random_ones), "--seed", str(number), "--only", only]
    told = [
        subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-m", "benchmarks.trust.determinism", *asked],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
        for seed in HASH_SEEDS
    ]
    for first, *others in zip(*told, strict=True):
        yield first.rpartition(" ")[0], "in other processes", all(other == first for other in others)


def compared(runs: int, random_ones: int, number: int, only: str = "") -> Iterator[tuple[str, str, bool]]:
    """Problem, way to solve it again, and whether it gave the same plan to the last bit.

    Parameters
    ----------
    runs
        How often each is solved again, and shuffled.
    random_ones
        How many random problems.
    number
        The seed.
    only
        Part of the names of the problems; blank for all.

    Yields
    ------
    tuple[str, str, bool]
        One for each time.
    """
    with PoolEngine(2) as pool:
        for name, given in named(only, random_ones, number).items():
            for way, same in ways(given, runs, number, pool):
                yield name, way, same
    yield from in_processes(random_ones, number, only)


def main() -> None:
    """Solve everything again and print how often it was the same."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trust.determinism", description=__doc__)
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--problems", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="problems whose name holds this")
    parser.add_argument("--digests", action="store_true", help="only print a digest of each plan")
    asked = parser.parse_args()
    if asked.digests:
        for name, given in named(asked.only, asked.problems, asked.seed).items():
            print(name, digest_of(solved(given)))  # noqa: T201
        return
    alike, times = Counter[str](), Counter[str]()
    last = ""
    for name, way, same in compared(asked.runs, asked.problems, asked.seed, asked.only):
        if name != last:
            print(f"{name} … so far {alike.total()} of {times.total()} the same", flush=True)  # noqa: T201
        last = name
        times[way] += 1
        alike[way] += same
        if not same:
            print(f"{name}, {way}: another plan", flush=True)  # noqa: T201
    for way, count in times.items():
        print(f"{alike[way]} of {count} the same: {way}")  # noqa: T201


if __name__ == "__main__":
    main()
