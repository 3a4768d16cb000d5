"""Numbers of one row over the periods: measured by the period before, and by the constant they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from friendshore.models.checks.plausible import Pair, Usual, disproportions
from friendshore.models.checks.protocol import reads
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem

NEIGHBOUR = Usual(0.02, 50)
CONSTANT = Usual(0.02, 50)


@reads("Demand", "Periods")
def demand_series(problem: Problem) -> Iterator[Finding]:
    """FS547: demand that leaps from one period to the next, or from what holds for all periods."""
    rows = problem.demand
    yield from _leaps(problem, "Demand", [(row.row, row.by_period) for row in rows])
    pairs = [
        Pair(row.row, value, row.per_year, f"per_year (in {label})")
        for row in rows
        if row.per_year
        for label, value in row.by_period.items()
    ]
    yield from disproportions("FS547", "Demand", "per_year", pairs, CONSTANT)


@reads("Profiles", "Plants", "Periods")
def profiles(problem: Problem) -> Iterator[Finding]:
    """FS547: a profile far from the constant in whose place it stands, or with leaps."""
    rows = problem.tables.profiles
    yield from _leaps(problem, "Profiles", [(row.row, row.by_period) for row in rows])
    pairs = [
        Pair(row.row, max(row.by_period.values()), vars(problem.plants[row.entry])[row.constant], f"its {row.constant}")
        for row in rows
        if row.by_period and row.sheet == "Plants"
    ]
    yield from disproportions("FS547", "Profiles", "column", pairs, CONSTANT)


def _leaps(problem: Problem, sheet: str, rows: list[tuple[int, Mapping[str, float]]]) -> Iterator[Finding]:
    """Findings about each period whose value is out of proportion to that of the period before."""
    labels = [period.period for period in problem.periods]
    for before, label in zip(labels, labels[1:], strict=False):
        pairs = [
            Pair(row, values[label], values[before], f"that of {before}")
            for row, values in rows
            if label in values and before in values
        ]
        yield from disproportions("FS547", sheet, label, pairs, NEIGHBOUR)
