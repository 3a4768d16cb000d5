"""survive of every country and plant: all branches decomposed, added as the plan fails them, or at once, in one run.

The real workbook without its scenarios, with two policies more: the loss of every country and of every plant one by one
(N-1), each a stress branch of probability 0. Every way leads to a certified plan with every branch in it.
Run: ``python -m benchmarks.stress_branches [--limit SHARE] [--seconds S]``.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.bars import Bar
from friendshore.models.plan import Outcome
from friendshore.models.problem import Problem
from friendshore.optimizer.search import constraint_generation
from friendshore.optimizer.search.method import Method
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.workbook.read import read_workbook

HERE = Path(__file__).parent
DEFAULT, WHOLE = "all at once, decomposed", "all at once, whole tree"
WAYS = {
    DEFAULT: (constraint_generation.MANY, Method.AUTO),
    "added as needed, whole tree": (constraint_generation.MANY, Method.EXTENSIVE),
    WHOLE: (10**9, Method.EXTENSIVE),
}
HEADER = (
    "way",
    "branches",
    "added",
    "objective",
    "bound",
    "rows",
    "columns",
    "violation",
    "seconds",
    "processor_seconds",
    "peak_mb",
)
Row = tuple[str, int, int, float | None, float | None, int, int, float | None, float, float, float]


def problem(limit: float) -> Problem:
    """The real workbook under N-1 over countries and plants: a year, critical use short by ``limit`` at most."""
    read = read_workbook(HERE.parent / "inputs" / "rare_earth_magnets.xlsx")
    first = max(policy.row for policy in read.policies) + 1
    like = next(policy for policy in read.policies if policy.kind == "survive")
    more = tuple(
        dataclasses.replace(
            like, row=first + i, policy=name, suppliers=suppliers, limit=limit, tier="critical", years=1.0, note=""
        )
        for i, (name, suppliers) in enumerate((("countries", "each *"), ("plants", "each plant:*")))
    )
    kept = tuple(policy for policy in read.policies if policy.kind != "max_shortage")  # speaks of the scenarios
    tables = dataclasses.replace(read.tables, scenarios=(), events=(), policies=(*kept, *more))
    return dataclasses.replace(read, tables=tables)


def run(way: str, limit: float, seconds: float) -> Row:
    """From the problem to the certified plan, on one thread."""
    constraint_generation.MANY, method = WAYS[way]
    given = problem(limit)
    began, used = time.perf_counter(), time.process_time()
    found = solve_problem(given, time_limit=seconds, threads=1, method=method)
    took, processor = time.perf_counter() - began, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    plan = found.plan
    branches = 0 if plan is None else sum(name.startswith(("countries/", "plants/")) for name in plan.paths["scenario"])
    violation = None if plan is None or plan.certificate is None else plan.certificate.max_violation
    size = found.run.size
    return (
        way,
        branches,
        _added(found),
        None if plan is None else plan.objective,
        found.bound,
        size.rows if size else 0,
        size.columns if size else 0,
        violation,
        took,
        processor,
        peak,
    )


def _added(found: Outcome) -> int:
    return sum(line.endswith("; added") for line in found.run.log)


def table(limit: float, seconds: float) -> list[Row]:
    """Every way in a process of its own, so that its peak is its own; printed, and written beside this file."""
    rows: list[Row] = []
    for way in WAYS:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
            rows.append(alone.submit(run, way, limit, seconds).result())
        print(*(f"{name} {value}" for name, value in zip(HEADER, rows[-1], strict=True)), sep="\n  ", flush=True)  # noqa: T201
    with (HERE / "stress_branches.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        writer.writerows(rows)
    return rows


def bars(*, quick: bool = False) -> list[Bar]:
    """All at once on the whole tree against the default way, in processor seconds, and the certificates."""
    if quick:
        return []
    rows = {row[0]: dict(zip(HEADER, row, strict=True)) for row in table(0.0, 180.0)}
    used = {way: float(str(row["processor_seconds"])) for way, row in rows.items()}
    worst = max(float("inf") if row["violation"] is None else float(str(row["violation"])) for row in rows.values())
    return [
        Bar("N-1 of every country and plant: whole tree ÷ decomposed", used[WHOLE] / used[DEFAULT], 1.0, at_least=True),
        Bar("N-1 of every country and plant: worst violation in a certificate", worst, 1e-6),
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=float, default=0.0)
    parser.add_argument("--seconds", type=float, default=180.0)
    asked = parser.parse_args()
    table(asked.limit, asked.seconds)


if __name__ == "__main__":
    main()
