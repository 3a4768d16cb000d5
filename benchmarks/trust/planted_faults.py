"""Faults planted in plans: ``python -m benchmarks.trust.planted_faults [--faults N] [--seed N] [--larger]``.

The plans of the tutorial, of the workbooks of docs/patterns.md and of random problems are certified as they are; then
one cell of each is changed (``faults.py``), and the certificate has to refuse. What it lets pass is printed. With
``--larger`` the plans are those of the first years of the sector workbooks, and so many faults are planted in every
column of every table, in every figure of the whole plan and in every line of the scorecard.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from benchmarks.trust.drawn import drawn
from benchmarks.trust.faults import fault, of_every_kind
from friendshore.models.examine import problem_from_sheets
from friendshore.models.findings import InvalidProblem
from friendshore.models.plan import Plan
from friendshore.models.problem import Problem
from friendshore.optimizer.certify import certify
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.workbook.examples import source_sheets
from friendshore.optimizer.workbook.read import read_workbook
from tests.docs.test_patterns import patterns, sheets_of
from tests.places import SOURCES
from tests.reference.random_problems import sheets
from tests.workbook.short import first_years
from tests.workbook.test_sectors import SECTORS

LAST = "2029"
TUTORIAL = Path(__file__).parents[2] / "inputs" / "tutorial.xlsx"


def solved(problem: Problem) -> Plan | None:
    """The certified plan of a problem; None where it has none."""
    plan = solve_problem(problem, threads=1).plan
    return plan if plan is not None and certify(plan).holds() else None


def random_plans(count: int, number: int) -> list[Plan]:
    """Certified plans of random problems, always the same for a seed."""
    kept: list[Plan] = []

    def keep(stated: Any) -> None:
        if len(kept) < count:
            with suppress(InvalidProblem):  # a few that are drawn contradict themselves
                kept.extend(plan for plan in [solved(problem_from_sheets(stated))] if plan is not None)

    drawn(sheets(), 4 * count, number, keep)
    return kept


def plans(count: int, number: int) -> Iterator[tuple[str, Plan]]:
    """Certified plans by name: the tutorial, the patterns, and so many random ones."""
    named = [("tutorial", read_workbook(TUTORIAL))]
    named += [(title, problem_from_sheets(sheets_of(tables))) for title, tables, _ in patterns()]
    for name, problem in named:
        plan = solved(problem)
        if plan is not None:
            yield name, plan
    yield from ((f"random {i}", plan) for i, plan in enumerate(random_plans(count, number)))


def larger_plans(names: Sequence[str]) -> Iterator[tuple[str, Plan]]:
    """Certified plans of the first years of sector workbooks, by their name."""
    for name in names:
        sheets = first_years(source_sheets(SOURCES / name), LAST, SECTORS[name])
        plan = solve_problem(problem_from_sheets(sheets), gap=0.005, threads=1).plan
        if plan is not None and certify(plan).holds():
            yield name, plan


def missed_of_every_kind(plan: Plan, each: int, chance: random.Random) -> Iterator[tuple[str, bool]]:
    """Each of the faults of every kind in words, and whether it is missed."""
    for planted in of_every_kind(plan, each, chance):
        yield planted.where, certify(planted.plan).holds()


def missed(plan: Plan, faults: int, chance: random.Random) -> Iterator[tuple[str, bool]]:
    """Each of so many faults of a plan in words, and whether it is missed."""
    made = tries = 0
    while made < faults and tries < 50 * faults:
        tries += 1
        planted = fault(plan, chance)
        if planted is not None:
            made += 1
            yield planted.where, certify(planted.plan).holds()


def main() -> None:
    """Plant the faults and print how many are caught, and each that is not."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trust.planted_faults", description=__doc__)
    parser.add_argument("--faults", type=int, default=20, help="a plan")
    parser.add_argument("--plans", type=int, default=20, help="of random problems")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--larger", nargs="*", metavar="NAME", help="of these sector workbooks; all without a name")
    asked = parser.parse_args()
    plant, of = (
        (missed, plans(asked.plans, asked.seed))
        if asked.larger is None
        else (missed_of_every_kind, larger_plans(asked.larger or list(SECTORS)))
    )
    started, chance = time.monotonic(), random.Random(asked.seed)  # noqa: S311 - not for secrets
    planted: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    for name, plan in of:
        print(f"{name} … so far {caught.total()} of {planted.total()}", flush=True)  # noqa: T201
        for where, passes in plant(plan, asked.faults, chance):
            table = where.split(" ")[0].rstrip(":")
            planted[table] += 1
            caught[table] += not passes
            if passes:
                print(f"{name}: {where}", flush=True)  # noqa: T201
    print(f"{caught.total()} of {planted.total()} caught, {time.monotonic() - started:.0f} s")  # noqa: T201
    for table, times in sorted(planted.items()):
        print(f"{caught[table]:5d} of {times:5d}  {table}")  # noqa: T201


if __name__ == "__main__":
    main()
