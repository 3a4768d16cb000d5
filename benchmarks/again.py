"""A workbook solved, changed, and solved again from what the first run has learnt: processor seconds.

Each change is solved twice in the same process and to the same gap, from nothing and from the pool of the unchanged
workbook; the ratio of the two counts, from the problem to the certified plan. Some change one number a little, some
turn the plan over, one adds a row. Run: ``python -m benchmarks.again [WORKBOOK] [--changes N | --only WORD]``; writes
again.csv.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.bars import Bar, save
from friendshore import read_workbook
from friendshore.models.plan import Outcome
from friendshore.models.problem import Problem
from friendshore.models.tables.demand import Demand
from friendshore.optimizer.search.benders.pool import Memory
from friendshore.optimizer.solve import solve_problem

INPUTS = Path(__file__).parents[1] / "inputs"
WORKBOOK = INPUTS / "rare_earth_magnets.xlsx"
QUICK = INPUTS / "gallium_germanium.xlsx"

TOLD = 15 / 35
"""The gap asked for is to be proven again within this share of a run from nothing."""

OXIDE = ("MYS_gebeng_separation", "AUS_eneabba_refinery")
ABROAD = 15.8
"""Makers of oxide in the rare earth workbook, and what is added to their costs at the price outside China."""


@dataclass(frozen=True)
class Case:
    """One change: processor seconds from nothing and from the pool, both gaps, the worst violation of the second."""

    change: str
    cold: float
    again: float
    ratio: float
    cold_gap: float | None
    again_gap: float | None
    violation: float


def changes(problem: Problem) -> Iterator[tuple[str, Problem]]:
    """The problem with one number changed, and which."""
    plant = max(problem.plants.values(), key=lambda row: row.capacity)
    yield "cost of the largest plant + 10 %", problem.replace("Plants", plant.plant, unit_cost=1.1 * plant.unit_cost)
    project = max(problem.expansions.values(), key=lambda row: row.capex)
    yield (
        "capex of the dearest project − 20 %",
        problem.replace("Expansions", project.expansion, capex=0.8 * project.capex),
    )
    limited = [row for row in problem.policies if row.limit is not None and 0 < row.limit < 1]
    for row in limited[:2]:
        yield f"limit of {row.policy} − 5 %", problem.replace("Policies", row.policy, limit=0.95 * (row.limit or 0.0))
    danger = next(row for row in problem.tables.scenarios if row.per_year)
    yield (
        f"odds of {danger.scenario} + 20 %",
        problem.replace("Scenarios", danger.scenario, per_year=1.2 * (danger.per_year or 0.0)),
    )
    good = max(problem.commodities.values(), key=lambda row: row.price or 0.0)
    yield (
        "price of the dearest good + 10 %",
        problem.replace("Commodities", good.commodity, price=1.1 * (good.price or 0.0)),
    )


def far_changes(problem: Problem) -> Iterator[tuple[str, Problem]]:
    """The problem with numbers changed that turn its plan over, and which."""
    named = [name for name in OXIDE if name in problem.plants]
    other = problem
    for name in named:
        other = other.replace("Plants", name, unit_cost=problem.plants[name].unit_cost + ABROAD)
    if named:
        yield f"cost of {' and '.join(named)} + {ABROAD:g}", other
    needs: Counter[str] = Counter()
    for row in problem.tables.demand:
        needs[row.country] += row.shortage_cost * sum(row.by_period.values())
    country, _ = needs.most_common(1)[0]
    yield (
        f"all that {country} needs + 14 %",
        _with_tables(problem, demand=tuple(_more(row, country) for row in problem.tables.demand)),
    )


def _more(row: Demand, country: str) -> Demand:
    if row.country != country:
        return row
    per_year = None if row.per_year is None else 1.14 * row.per_year
    return replace(row, per_year=per_year, by_period={label: 1.14 * need for label, need in row.by_period.items()})


def row_more(problem: Problem) -> Iterator[tuple[str, Problem]]:
    """The problem with a plant more: as the largest, of a tenth of its capacity and a tenth dearer."""
    plant = max(problem.plants.values(), key=lambda row: row.capacity)
    more = replace(plant, plant=f"{plant.plant}_more", capacity=plant.capacity / 10, unit_cost=1.1 * plant.unit_cost)
    yield f"a plant more, as {plant.plant}", _with_tables(problem, plants=(*problem.tables.plants, more))


def _with_tables(problem: Problem, **tables: Any) -> Problem:
    if problem.checked is None:
        raise ValueError("a problem that was never checked cannot be changed")
    return problem.checked.anew(replace(problem.tables, **tables), problem.name)


def measured(workbook: Path, most: int, only: str = "") -> list[Case]:
    """Every change from nothing and from the pool of the workbook as it is; ``only`` those whose name has a word."""
    problem, cases = read_workbook(workbook), []
    memory = Memory()
    _timed(problem, memory)
    every = [*changes(problem), *far_changes(problem), *row_more(problem)]
    for name, other in [each for each in every if only in each[0]][:most]:
        cold, seconds = _timed(other, None)
        again, fewer = _timed(other, memory.fixed())
        case = Case(name, seconds, fewer, fewer / seconds, cold.gap, again.gap, _violation(again))
        print(asdict(case), flush=True)  # noqa: T201
        cases.append(case)
    return cases


def _violation(outcome: Outcome) -> float:
    """The worst of a plan's certificate; inf where there is no plan."""
    plan = outcome.plan
    return plan.certificate.max_violation if plan is not None and plan.certificate is not None else float("inf")


def _timed(problem: Problem, memory: Memory | None) -> tuple[Outcome, float]:
    begun = time.process_time()
    outcome = solve_problem(problem, threads=1, memory=memory)
    return outcome, time.process_time() - begun


def bars(*, quick: bool = False) -> list[Bar]:
    """The median of the ratios, the worst of them, and the worst violation."""
    cases = measured(QUICK if quick else WORKBOOK, 2 if quick else 99)
    save("again.csv", [asdict(case) for case in cases])
    ratios = [case.ratio for case in cases]
    return [
        Bar("one number changed: again ÷ from nothing, median", median(ratios), TOLD),
        Bar("one number changed: again ÷ from nothing, worst", max(ratios), 1.1),
        Bar("one number changed: worst violation in a certificate", max(case.violation for case in cases), 1e-6),
    ]


def main() -> None:
    """Measure the changes of a workbook."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.again", description=__doc__)
    parser.add_argument("workbook", nargs="?", type=Path, default=WORKBOOK)
    parser.add_argument("--changes", type=int, default=99)
    parser.add_argument("--only", default="", metavar="WORD")
    asked = parser.parse_args()
    save("again.csv", [asdict(case) for case in measured(asked.workbook, asked.changes, asked.only)])


if __name__ == "__main__":
    main()
