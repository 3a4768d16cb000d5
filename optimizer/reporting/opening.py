"""What a sheet opens with: a small table, and the chart of its first figure beneath it."""

from __future__ import annotations

from dataclasses import dataclass

from friendshore.optimizer.reporting.content import Figure
from friendshore.optimizer.reporting.grid import Area


@dataclass(frozen=True)
class Opening:
    """The figure whose chart stands at ``row``, None where there is none, and the range of table and chart."""

    figure: Figure | None
    row: int
    area: Area
