"""Rows of Lanes that stand for several lanes: whether these share their capacity, and contracts."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from friendshore.models.checks.protocol import reads
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.lane import LaneKey
from friendshore.models.node.sets import Sets
from friendshore.models.problem import Problem
from friendshore.models.tables import LaneRow

_NAMED = (
    "Lanes.from",
    "Lanes.to",
    "Lanes.commodity",
    "Countries.country",
    "Countries.bloc",
    "Commodities.commodity",
    "Commodities.stage",
    "Settings.coalition",
)


def _by_period(problem: Problem) -> Iterator[tuple[LaneRow, list[LaneRow]]]:
    """Rows of Lanes, each with what it says in every period, as far as that differs."""
    periods = range(len(problem.periods) if problem.tables.profiles else 1)
    for place, row in enumerate(problem.tables.lanes):
        yield row, [problem.at(t).tables.lanes[place] for t in periods]


@reads(*_NAMED, "Lanes.capacity", "Lanes.least", "Lanes.shared", "Profiles", "Periods")
def shared_capacities(problem: Problem) -> Iterator[Finding]:
    """FS355: a row with a capacity, or a least quantity, for several lanes that does not say whether they share it."""
    for row, years in _by_period(problem):
        then = next((each for each in years if each.limited), None)
        if then is not None and row.shared is None:
            count = sum(1 for _ in problem.lanes_named(row))
            if count > 1:
                column, what = ("capacity", then.capacity) if then.capacity < inf else ("least", then.least)
                message = (
                    f"found {what:g} for {count} lanes and nothing in shared; wanted there yes (all of them have it "
                    "together) or no (each has it for itself)"
                )
                yield make_finding("FS355", "Lanes", message, row.row, column)


@reads("Lanes.capacity", "Lanes.least", "Profiles", "Periods")
def contract_sizes(problem: Problem) -> Iterator[Finding]:
    """FS356: a least quantity above the capacity."""
    for row, years in _by_period(problem):
        t, then = next(((t, each) for t, each in enumerate(years) if each.least > each.capacity), (0, None))
        if then is not None:
            when = f" in {problem.periods[t].period}" if problem.tables.profiles else ""
            message = f"found {then.least:g}{when}; wanted at most capacity, which is {then.capacity:g}"
            yield make_finding("FS356", "Lanes", message, row.row, "least")


@reads(
    "Countries",
    "Commodities",
    "Recipes",
    "Plants",
    "Expansions",
    "Demand",
    "Lanes",
    "Stockpiles",
    "Settings",
    "Profiles",
    "Periods",
)
def idle_contracts(problem: Problem) -> Iterator[Finding]:
    """FS356: a least quantity where nothing can move, as it is not made at the one end or not used at the other."""
    busy = Sets(problem).lanes
    for place, (row, years) in enumerate(_by_period(problem)):
        least = max(then.least for then in years) if years else 0.0
        if least > 0:
            lanes = [lane.key for lane in problem.lanes.values() if lane.row == place]
            idle = [key for key in lanes if key not in busy]
            if idle and (not row.shared or len(idle) == len(lanes)):
                message = (
                    f"found {least:g}, but {_said(idle[0])} nothing can move: it is not made or held there, or not "
                    "used here; wanted a lane that something moves over"
                )
                yield make_finding("FS356", "Lanes", message, row.row, "least")


def _said(key: LaneKey) -> str:
    return f"of {key.commodity!r} from {key.origin!r} to {key.destination!r}"
