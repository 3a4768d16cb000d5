"""How many lanes the rows of Lanes stand for, told before any of them is listed."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.protocol import reads
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem
from friendshore.models.tables import LaneRow

MOST_LANES = 1_000_000
"""Lanes of one workbook: listing them takes a gigabyte, and no tree of any size can be planned over them."""


@reads(
    "Countries.country", "Countries.bloc", "Commodities.commodity", "Commodities.stage", "Lanes", "Settings.coalition"
)
def too_many_lanes(problem: Problem) -> Iterator[Finding]:
    """FS318: rows of Lanes that stand for more lanes than can be listed; the row with the most is told."""
    numbers = {row.row: lane_number(problem, row) for row in problem.tables.lanes}
    total = sum(numbers.values())
    if total > MOST_LANES:
        largest = max(numbers, key=lambda row: numbers[row])
        message = (
            f"found {total:,} lanes in all, of which this row alone makes {numbers[largest]:,}; wanted at most "
            f"{MOST_LANES:,}: name the countries and goods that move, not all of them"
        )
        yield make_finding("FS318", "Lanes", message, largest, "from")


def lane_number(problem: Problem, row: LaneRow) -> int:
    """How many lanes a row stands for: pairs of countries by goods, home only where both ends are exactly that country.

    Examples
    --------
    Three countries to each other are six pairs; ore and metal on each make twelve lanes.
    """
    origins, destinations = set(problem.group(row.origin)), set(problem.group(row.destination))
    home = row.origin == row.destination and row.origin in problem.countries
    pairs = len(origins) * len(destinations) - (0 if home else len(origins & destinations))
    return pairs * len(problem.selection(row.commodity))
