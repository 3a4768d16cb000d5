"""Contracts on lanes measured by what can be used where they end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from friendshore.models.checks.protocol import reads
from friendshore.models.checks.scale import used_at_most
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.lane import Lane
from friendshore.models.problem import Problem

_TINY = 1e-9
"""A share that rounding makes."""


@reads(
    "Plants",
    "Recipes",
    "Demand",
    "Expansions",
    "Lanes",
    "Stockpiles",
    "Countries",
    "Commodities",
    "Profiles",
    "Periods",
)
def unusable_contracts(problem: Problem) -> Iterator[Finding]:
    """FS561: a least quantity above all that can be used where it arrives, so that there is no plan.

    Used is what is needed there and what plants there take in at full capacity, all expansions built. Where a stockpile
    there takes the good in, nothing is told.
    """
    stocked = {(row.country, row.commodity) for row in problem.tables.stockpiles}
    used = [used_at_most(problem, period) for period in range(len(problem.periods))]
    told: set[int] = set()
    for lanes in _bound_together(problem):
        place = lanes[0].row
        ends = {(lane.destination, lane.commodity) for lane in lanes}
        if place in told or ends & stocked:
            continue
        for period, usable in enumerate(used):
            least = problem.lane_least(lanes[0], period)
            kept = 1.0 - max(problem.lane_loss(lane, period) for lane in lanes)
            most = sum(usable.get(end, 0.0) for end in ends)
            if 0 < most < least * kept * (1.0 - _TINY):
                message = (
                    f"found {least:,.6g} in {problem.periods[period].period}, of which at most {most:,.6g} can be used "
                    "where it arrives: what is needed there and what plants there take in at full capacity; wanted no "
                    "more than that, or a stockpile that takes it in"
                )
                yield make_finding("FS561", "Lanes", message, problem.tables.lanes[place].row, "least")
                told.add(place)
                break


def _bound_together(problem: Problem) -> Iterable[tuple[Lane, ...]]:
    """The lanes of each least quantity: all of a row that share it, or one by itself."""
    alone = ((lane,) for lane in problem.lanes.values() if lane.row >= 0 and not lane.shared)
    return chain(problem.shared_lanes.values(), alone)
