"""A problem after another that was changed: ``python -m benchmarks.trust.changed [--pairs N] [--change KIND]``.

Random problems are decomposed and changed: some of their numbers a little (``near``), or all of a column many times
over (``far``), or rows are added and taken away (``rows``). The changed problem is decomposed from what the first run
has left. What that says has to hold the optimum of the changed problem, which is found by searching the whole
tree at once; where there is no plan both have to say so.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from benchmarks.trust.drawn import drawn
from friendshore.models.examine import problem_from_sheets
from friendshore.models.findings import InvalidProblem
from friendshore.models.plan import Outcome
from friendshore.optimizer.engines.task import INTERRUPTED
from friendshore.optimizer.search.benders.pool import Memory, Pool
from friendshore.optimizer.solve import solve_problem
from tests.reference.random_problems import sheets

CLOSE = 1e-6
"""How far two optima may be apart, relative to their size."""

GAP = 1e-7
TIMES = (0.5, 0.9, 0.99, 1.01, 1.1, 2.0)
"""What a number is multiplied by."""

MANY_TIMES = (0.05, 0.3, 3.0, 20.0)
"""What all the numbers of a column are multiplied by in a far change."""

NUMBERS = {
    "Plants": ("capacity", "unit_cost"),
    "Lanes": ("cost", "capacity"),
    "Demand": ("per_year", "quantity", "shortage_cost"),
    "Expansions": ("capex", "size"),
    "Stockpiles": ("holding_cost", "max_level"),
    "Scenarios": ("probability",),
    "Events": ("remaining",),
    "Policies": ("limit",),
}
"""Numbers that are changed, by sheet and column."""

NAMED = {
    "Plants": "plant",
    "Lanes": "way",
    "Demand": "tier",
    "Expansions": "expansion",
    "Stockpiles": "stockpile",
    "Scenarios": "scenario",
    "Policies": "policy",
}
"""What a further row is named by, by sheet: it is as one that is there, with other numbers."""

Sheets = dict[str, list[dict[str, Any]]]


def changed(stated: Sheets, draw: random.Random) -> Sheets:
    """The same sheets with one to three of their numbers changed; as they are where they hold none of them."""
    other = deepcopy(stated)
    cells = [
        (row, column)
        for sheet, columns in NUMBERS.items()
        for row in other.get(sheet, ())
        for column in columns
        if isinstance(row.get(column), (int, float)) and row[column]
    ]
    for row, column in draw.sample(cells, min(len(cells), draw.randint(1, 3))):
        row[column] = row[column] * draw.choice(TIMES)
    return other


def far_changed(stated: Sheets, draw: random.Random) -> Sheets:
    """The same sheets with all numbers of one or two columns many times as large, or as small."""
    other = deepcopy(stated)
    columns = [(sheet, column) for sheet, columns in NUMBERS.items() if sheet in other for column in columns]
    for sheet, column in draw.sample(columns, min(len(columns), draw.randint(1, 2))):
        times = draw.choice(MANY_TIMES)
        for row in other[sheet]:
            if isinstance(row.get(column), (int, float)):
                row[column] = row[column] * times
    return other


def with_other_rows(stated: Sheets, draw: random.Random) -> Sheets:
    """The same sheets with one to three rows more or fewer; one that is added is as another, a number changed."""
    other = deepcopy(stated)
    for _ in range(draw.randint(1, 3)):
        sheet = draw.choice([sheet for sheet in NAMED if other.get(sheet)])
        rows = other[sheet]
        if draw.random() < 0.3 and len(rows) > 1:
            rows.pop(draw.randrange(len(rows)))
            continue
        row = dict(draw.choice(rows)) | {NAMED[sheet]: f"more {len(rows)}"}
        numbers = [column for column in NUMBERS[sheet] if isinstance(row.get(column), (int, float))]
        for column in numbers[:1]:
            row[column] = row[column] * draw.choice(TIMES)
        rows.insert(draw.randint(0, len(rows)), row)
    return other


CHANGES: dict[str, Callable[[Sheets, random.Random], Sheets]] = {
    "near": changed,
    "far": far_changed,
    "rows": with_other_rows,
}


@dataclass
class Count:
    """What has been seen so far: ``begun`` counts the runs that began from another's."""

    pairs: int = 0
    begun: int = 0
    plans: int = 0
    wrong: list[tuple[Sheets, Sheets, list[str]]] = field(default_factory=list)


def learnt(stated: Sheets) -> Pool | None:
    """What a run on a problem leaves; None where it leaves nothing."""
    memory = Memory()
    solve_problem(problem_from_sheets(stated), gap=GAP, threads=1, method="benders", memory=memory)
    return memory.pool


def disagreements(stated: Sheets, number: int, count: Count, change: str = "near") -> list[str]:
    """How the answer that began from another's differs from the truth, a line each; counted. ``change`` is its kind."""
    try:
        pool = learnt(stated)
        other = CHANGES[change](stated, random.Random(number))  # noqa: S311 - draws a problem
        problem = problem_from_sheets(other)
    except InvalidProblem:
        return []
    if pool is None:
        return []
    memory = Memory(pool)
    warm = solve_problem(problem, gap=GAP, threads=1, method="benders", memory=memory)
    truth = solve_problem(problem, gap=0.0, threads=1, method="extensive")
    if INTERRUPTED in (warm.run.stopped, truth.run.stopped):
        raise KeyboardInterrupt
    count.pairs += 1
    count.begun += memory.begun
    count.plans += truth.plan is not None
    found = list(differences(warm, truth))
    if found:
        count.wrong.append((stated, other, found))
    return found


def differences(warm: Outcome, truth: Outcome) -> Iterator[str]:
    """What an answer says that is not so."""
    if warm.status != truth.status:
        yield f"{warm.status}, wanted {truth.status}"
    if truth.plan is None or warm.plan is None:
        return
    best = truth.plan.objective
    size = CLOSE * max(1.0, abs(best))
    if warm.bound is None or warm.bound > best + size:
        yield f"a bound of {warm.bound!r} for {best!r}"
    if abs(warm.plan.objective - best) > size:
        yield f"{warm.plan.objective!r}, wanted {best!r}"
    if warm.plan.certificate is None or not warm.plan.certificate.holds(CLOSE):
        yield f"{warm.plan.certificate}"


def main() -> None:
    """Solve every pair and print what differs; Ctrl-C ends it early."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trust.changed", description=__doc__)
    parser.add_argument("--pairs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--change", choices=list(CHANGES), default="near")
    asked = parser.parse_args()
    started, count = time.monotonic(), Count()

    def take(stated: Any) -> None:
        for line in disagreements(stated, asked.seed * 1_000_000 + count.pairs, count, asked.change):
            print(f"pair {count.pairs}: {line}", flush=True)  # noqa: T201

    with suppress(KeyboardInterrupt):
        drawn(sheets(), asked.pairs, asked.seed, take)
    print(  # noqa: T201
        f"{count.pairs} pairs, {count.plans} with a plan, {count.begun} begun from what the first had left, "
        f"{len(count.wrong)} wrong; {time.monotonic() - started:,.0f} s"
    )


if __name__ == "__main__":
    main()
