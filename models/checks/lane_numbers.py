"""How many lanes the rows of Lanes stand for: told before any of them is made."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem
from friendshore.models.tables.lanes import LaneRow

MOST_LANES = 1_000_000
"""Lanes of one workbook, several hundred MB of them, and far beyond what can be planned over a tree."""


def lane_number(problem: Problem, row: LaneRow) -> int:
    """How many lanes a row stands for: pairs of countries by commodities, home only where both ends are that country."""
    origins, destinations = set(problem.group(row.origin)), set(problem.group(row.destination))
    home = row.origin == row.destination and row.origin in problem.countries
    pairs = len(origins) * len(destinations) - (0 if home else len(origins & destinations))
    return pairs * len(problem.selection(row.commodity))


def too_many_lanes(problem: Problem) -> Iterator[Finding]:
    """FS318: rows of Lanes that stand for more lanes than can be listed; the largest is told."""
    numbers = {row.row: lane_number(problem, row) for row in problem.tables.lanes}
    total = sum(numbers.values())
    if total > MOST_LANES:
        largest = max(numbers, key=lambda row: numbers[row])
        message = (
            f"found {total:,} lanes in all, of which this row alone makes {numbers[largest]:,}; wanted at most "
            f"{MOST_LANES:,}: name the countries and goods that move, not all of them"
        )
        yield make_finding("FS318", "Lanes", message, largest, "from")
