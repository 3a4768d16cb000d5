"""Numbers of one row over the periods: measured by the period before, and by the constant they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from math import isinf

from friendshore.models.checks.plausible import Pair, Usual, disproportions
from friendshore.models.checks.profiles import named_rows
from friendshore.models.checks.protocol import reads
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem
from friendshore.models.tables import OFFERED, Profile

NEIGHBOUR = Usual(0.02, 50)
CONSTANT = Usual(0.02, 50)


@reads("Demand", "Periods")
def demand_series(problem: Problem) -> Iterator[Finding]:
    """FS547: demand that leaps from one period to the next, or from what holds for all periods."""
    rows = problem.demand
    leaps = list(_leaps(problem, "Demand", [(row.row, row.by_period) for row in rows]))
    pairs = [
        Pair(row.row, value, row.per_year, f"per_year (in {label})")
        for row in rows
        if row.per_year
        for label, value in row.by_period.items()
    ]
    yield from leaps or disproportions("FS547", "Demand", "per_year", pairs, CONSTANT)


@reads("Profiles", *OFFERED, "Periods")
def profiles(problem: Problem) -> Iterator[Finding]:
    """FS547: a profile far from the constant in whose place it stands, or with leaps."""
    rows = problem.tables.profiles
    leaps = list(_leaps(problem, "Profiles", [(row.row, row.by_period) for row in rows]))
    pairs = [
        Pair(row.row, max(row.by_period.values()), constant, f"its {row.constant}")
        for row in rows
        for constant in (_constant(problem, row),)
        if row.by_period and constant is not None
    ]
    yield from leaps or disproportions("FS547", "Profiles", "column", pairs, CONSTANT)


def _constant(problem: Problem, row: Profile) -> float | None:
    """The number in whose place a profile stands; None where there is none, or no end to it."""
    known = named_rows(problem, row.sheet).get(row.entry)
    if known is None or row.declared is None:
        return None
    constant: float | None = vars(known)[row.declared.field]
    return None if constant is None or isinf(constant) else constant


def _leaps(problem: Problem, sheet: str, rows: Iterable[tuple[int, Mapping[str, float]]]) -> Iterator[Finding]:
    """Findings about each period with values out of proportion to those of the period before.

    What fits the last value that was not told either fits: after one wrong number the next ones are not told again.
    """
    labels = [period.period for period in problem.periods]
    told: dict[str, list[Pair]] = {label: [] for label in labels}
    for row, values in rows:
        series = [(label, values[label]) for label in labels if values.get(label, 0.0) > 0]
        fitting = series[0] if series else ("", 0.0)
        for (_, before), (label, value) in pairwise(series):
            if NEIGHBOUR.holds(value / before) or NEIGHBOUR.holds(value / fitting[1]):
                fitting = label, value
            else:
                told[label].append(Pair(row, value, fitting[1], f"that of {fitting[0]}"))
    for label, pairs in told.items():
        yield from disproportions("FS547", sheet, label, pairs, NEIGHBOUR)
