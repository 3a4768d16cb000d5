"""Lanes of which two rows speak, and tariffs that nobody pays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import permutations

from friendshore.models.checks.protocol import reads
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.lane import Lane, LaneKey
from friendshore.models.problem import Problem


@reads(
    "Lanes.from",
    "Lanes.to",
    "Lanes.commodity",
    "Lanes.way",
    "Countries.country",
    "Countries.bloc",
    "Commodities.commodity",
    "Commodities.stage",
    "Settings.coalition",
)
def lane_conflicts(problem: Problem) -> Iterator[Finding]:
    """FS316: two rows of the same winning rank for one lane."""
    winners: dict[LaneKey, tuple[int, int]] = {}
    conflicts: dict[LaneKey, tuple[int, int, int]] = {}
    for row in problem.tables.lanes:
        rank = row.rank
        for key in problem.lanes_named(row):
            best = winners.get(key)
            if best is None or rank > best[0]:
                winners[key] = (rank, row.row)
                conflicts.pop(key, None)
            elif rank == best[0]:
                conflicts[key] = (rank, best[1], row.row)
    reported: set[tuple[int, int]] = set()
    for (origin, destination, commodity, way), (_, first, second) in conflicts.items():
        pair = (min(first, second), max(first, second))
        if pair not in reported:
            reported.add(pair)
            by = f" by {way!r}" if way else ""
            message = (
                f"found {commodity!r} from {origin!r} to {destination!r}{by} here and in row {pair[0]}, and both rows "
                "name equally much; wanted one row, one that names more, or a way for each"
            )
            yield make_finding("FS316", "Lanes", message, pair[1], "from")


@reads("Lanes", "Commodities", "Settings.tariffs_are_costs", "Profiles", "Periods")
def tariff_prices(problem: Problem) -> Iterator[Finding]:
    """FS515: a tariff that is a share of nothing, in every period."""
    prices = [problem.at(t).commodities for t in range(len(problem.periods))]
    for row in problem.tables.lanes if problem.settings.tariffs_are_costs else ():
        goods = problem.selection(row.commodity)
        free = [name for name in goods if all(then[name].price == 0 for then in prices)]
        if row.tariff > 0 and free:
            names = ", ".join(map(repr, free[:3])) + (" and others" if len(free) > 3 else "")
            message = (
                f"found {row.tariff:g}, a share of the price of {names}, which is 0 on Commodities: it costs nothing"
            )
            yield make_finding("FS515", "Lanes", message, row.row, "tariff")


@reads("Lanes", "Countries", "Commodities", "Settings.tariffs_are_costs", "Settings.coalition")
def ways_round_tariffs(problem: Problem) -> Iterator[Finding]:
    """FS562: a way with a lower tariff, no dearer and without a capacity, beside one with a tariff."""
    if not problem.settings.tariffs_are_costs:
        return
    ways: dict[tuple[str, str, str], list[Lane]] = defaultdict(list)
    for lane in problem.lanes.values():
        if lane.abroad and lane.row >= 0:
            ways[lane.origin, lane.destination, lane.commodity].append(lane)
    told: set[tuple[int, int]] = set()
    for lanes in ways.values():
        for around, taxed in permutations(lanes, 2):
            pair = (around.row, taxed.row)
            if pair not in told and _goes_round(problem, around, taxed):
                told.add(pair)
                yield _round(problem, around, taxed)


def _goes_round(problem: Problem, around: Lane, taxed: Lane) -> bool:
    """Whether nothing keeps what would pay the one tariff from the other way."""
    unbounded = not problem.tables.lanes[around.row].limited and around.loss <= taxed.loss
    return unbounded and around.tariff < taxed.tariff and _landed(problem, around) < _landed(problem, taxed)


def _landed(problem: Problem, lane: Lane) -> float:
    """Freight and tariff of a unit."""
    return lane.cost + lane.tariff * problem.commodities[lane.commodity].price


def _round(problem: Problem, around: Lane, taxed: Lane) -> Finding:
    by = f" by {around.way!r}" if around.way else ""
    here, there = (problem.tables.lanes[lane.row].row for lane in (around, taxed))
    message = (
        f"found {around.tariff:.0%} for {around.commodity!r} from {around.origin!r} to {around.destination!r}{by}, "
        f"where row {there} has {taxed.tariff:.0%}: a unit comes for {_landed(problem, around):g} in place of "
        f"{_landed(problem, taxed):g}, and nobody pays it; wanted the same tariff here, or a capacity"
    )
    return make_finding("FS562", "Lanes", message, here, "tariff")
