"""Branches that invest in whole units: HiGHS on the whole tree beside the methods of mpi-sppy, in one run.

With ``branch_investment`` integer each branch has whole numbers of its own, so that Benders cuts are not exact and the
whole tree (the extensive form) is solved. mpi-sppy offers progressive hedging with Lagrangian bounds and a search for
plans, on three ranks; and the L-shaped method where branches invest continuously.
Run: ``python -m benchmarks.branch_investment [--branches N ...] [--seconds S]``.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import time
from pathlib import Path
from typing import Any

from benchmarks.cylinders import HEDGING, L_SHAPED, cylinders
from benchmarks.scale import scaled
from friendshore.models.problem import Problem
from friendshore.optimizer.mpisppy.module import Helper
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.workbook.read import read_workbook

HERE = Path(__file__).parent
GAP = 1e-3


def problem(branches: int, kind: str) -> Problem:
    """The tutorial over six years with many branches, each free to build."""
    drawn = scaled(read_workbook(HERE.parent / "inputs" / "tutorial.xlsx"), branches=branches, periods=6)
    settings = dataclasses.replace(drawn.settings, branch_investment=kind)
    return Problem(dataclasses.replace(drawn.tables, settings=settings), drawn.name)


# -- what mpi-sppy's driver looks for -----------------------------------------------------------------------------


def inparser_adder(cfg: Any) -> None:
    """Which problem."""
    cfg.add_to_config("branches", description="branches", domain=int, default=20)
    cfg.add_to_config("kind", description="branch_investment", domain=str, default="integer")


def get_mpisppy_helper_object(cfg: Any) -> Helper:
    """The problem as scenarios."""
    return Helper(problem(cfg.branches, cfg.kind))


# -- the table ----------------------------------------------------------------------------------------------------

Row = tuple[int, str, str, float | None, float | None, float, float]


def ours(branches: int, kind: str, seconds: float) -> Row:
    """HiGHS on the whole tree, one thread: reading apart, everything from the problem to the certified plan."""
    given = problem(branches, kind)
    began, used = time.perf_counter(), time.process_time()
    found = solve_problem(given, gap=GAP, time_limit=seconds, threads=1)
    objective = None if found.plan is None else found.plan.objective
    took = time.perf_counter() - began
    return branches, kind, "solve, the whole tree", objective, found.bound, took, time.process_time() - used


def theirs(branches: int, kind: str, seconds: float, way: str, method: tuple[str, ...]) -> Row:
    """A method of mpi-sppy over MPI; its start and the building of its models are part of the time."""
    arguments = ["--branches", str(branches), "--kind", kind]
    told = cylinders("benchmarks.branch_investment", arguments, method, GAP, seconds)
    return branches, kind, way, told.objective, told.bound, told.took, told.used


def main() -> None:
    """Print the table, and write it beside this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--branches", type=int, nargs="+", default=[10, 40])
    parser.add_argument("--seconds", type=float, default=90.0)
    asked = parser.parse_args()
    rows: list[Row] = []
    for branches in asked.branches:
        for kind, way, method in (
            ("integer", "mpi-sppy, progressive hedging, Lagrangian bound, 3 ranks", HEDGING),
            ("continuous", "mpi-sppy, L-shaped, 2 ranks", L_SHAPED),
        ):
            rows.append(ours(branches, kind, asked.seconds))
            rows.append(theirs(branches, kind, asked.seconds, way, method))
            for row in rows[-2:]:
                print(told(row), flush=True)  # noqa: T201
    with (HERE / "branch_investment.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["branches", "branch_investment", "way", "objective", "bound", "seconds", "processor_seconds"])
        writer.writerows(rows)


def told(row: Row) -> str:
    """One way in a line."""
    branches, kind, way, objective, bound, took, used = row
    gap = "no plan" if objective is None or bound is None else f"{(objective - bound) / abs(objective):.2%}"
    numbers = "".join(f"{'-' if number is None else format(number, ',.1f'):>12}" for number in (objective, bound))
    return f"{branches:>4} {kind:<11}{way:<58}{numbers}{gap:>9}{took:>8.1f} s{used:>8.1f} s of processor"


if __name__ == "__main__":
    main()
