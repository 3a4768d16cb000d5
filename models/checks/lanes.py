"""Lanes of which two rows of the same rank speak."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.protocol import reads
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.lane import LaneKey
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
