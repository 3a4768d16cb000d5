"""The grid of a sheet: how wide its columns and how high its rows are, and what stands on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from friendshore.optimizer.reporting.cells import NARROWEST

Area = tuple[int, int, int, int]
"""First row and column, last row and column, from 0."""
ROW_POINTS = 15.0
_PIXELS_A_POINT = 96 / 72


@dataclass
class Grid:
    """Widths of columns in characters, heights of rows in points where they are not the usual, tables and charts."""

    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    whole: list[Area] = field(default_factory=list)

    def width(self, first: int, last: int) -> float:
        """Pixels of columns, both included."""
        return sum(_pixels(self.widths.get(column, NARROWEST)) for column in range(first, last + 1))

    def height(self, first: int, last: int) -> float:
        """Pixels of rows, both included."""
        return sum(_PIXELS_A_POINT * self.heights.get(row, ROW_POINTS) for row in range(first, last + 1))

    def covered(self, column: int, pixels: float) -> int:
        """How many columns from ``column`` on so many pixels cover."""
        count = 0
        while pixels > 0:
            pixels -= _pixels(self.widths.get(column + count, NARROWEST))
            count += 1
        return count

    def letters(self, column: int, text: str) -> int:
        """How many columns from ``column`` on a text covers that runs over its cell."""
        return self.covered(column, _pixels(1.05 * len(text)))

    def solids(self, area: Area) -> Sequence[tuple[int, int]]:
        """First and last rows of what stands in an area and should not be cut."""
        top, left, bottom, right = area
        return [
            (start, min(end, bottom))
            for start, begin, end, _ in self.whole
            if top <= start <= bottom and left <= begin <= right
        ]


def _pixels(characters: float) -> float:
    return 7 * characters + 5
