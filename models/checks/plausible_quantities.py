"""Quantities measured by what is used: capacities, stocks, lanes and quotas."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.every_year import in_every_year
from friendshore.models.checks.plausible import Pair, Usual, disproportions
from friendshore.models.checks.protocol import reads
from friendshore.models.checks.scale import Scale, scale_of
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem
from friendshore.models.tables.lanes import LaneRow

SUPPLY = Usual(5e-3, 200)
ONE_PLANT = Usual(0, 30)
STOCK_YEARS = Usual(2e-3, 30)
INITIAL = Usual(5e-4, 1)
FILL = Usual(2e-3, 100)
LANE = Usual(5e-4, 50)
QUOTA = Usual(5e-4, 5)

_CHAIN = ("Plants", "Recipes", "Commodities", "Demand", "Expansions", "Profiles", "Periods")


@reads(*_CHAIN)
def capacities(problem: Problem) -> Iterator[Finding]:
    """FS541: capacity, of all plants or of one, far from what is used of the good that it makes.

    The first plant of a good stands for all of them.
    """
    scale = scale_of(problem)
    first: dict[str, int] = {}
    alone = []
    for (plant, good), quantity in scale.made.items():
        row = problem.plants[plant].row
        first[good] = min(row, first.get(good, row))
        alone.append(Pair(row, quantity, scale.use.get(good, 0.0), f"all that is used of {good!r}", "capacity for"))
    together = [
        Pair(
            row,
            scale.supply[good],
            scale.use.get(good, 0.0),
            f"all that is used of {good!r}",
            "all plants' capacity for",
        )
        for good, row in first.items()
    ]
    all_plants = list(disproportions("FS541", "Plants", "capacity", together, SUPPLY))
    yield from all_plants or disproportions("FS541", "Plants", "capacity", alone, ONE_PLANT)


@reads(*_CHAIN, "Stockpiles", "Countries", "Settings.coalition", "Lanes")
def stocks(problem: Problem) -> Iterator[Finding]:
    """FS544: room for far more, or far less, than a year's use of those whom a stockpile serves; and what goes in."""
    scale = scale_of(problem)
    rows = [row for _, row in in_every_year(problem, lambda tables: tables.stockpiles)]
    served = [scale.used_by(problem.served(row), row.commodity) for row in rows]
    room = [
        Pair(row.row, row.max_level, use, "what those whom it serves use in a year")
        for row, use in zip(rows, served, strict=True)
    ]
    yield from disproportions("FS544", "Stockpiles", "max_level", room, STOCK_YEARS)
    held = [Pair(row.row, row.initial, row.max_level, "its max_level") for row in rows]
    yield from disproportions("FS544", "Stockpiles", "initial", held, INITIAL)
    for column in ("max_fill", "max_release"):
        rates = [Pair(row.row, vars(row)[column], row.max_level, "its max_level") for row in rows]
        finite = [pair for pair in rates if pair.value < float("inf")]
        yield from disproportions("FS544", "Stockpiles", column, finite, FILL)


@reads(*_CHAIN, "Lanes", "Countries", "Settings.coalition")
def lane_capacities(problem: Problem) -> Iterator[Finding]:
    """FS541: a lane that carries far more, or far less, than is used where it ends."""
    scale = scale_of(problem)
    pairs = [
        Pair(row.row, row.capacity, _used_at_the_end(problem, scale, row), "what is used at its end")
        for _, row in in_every_year(problem, lambda tables: tables.lanes)
        if row.capacity < float("inf")
    ]
    yield from disproportions("FS541", "Lanes", "capacity", pairs, LANE)


def _used_at_the_end(problem: Problem, scale: Scale, row: LaneRow) -> float:
    """The most that a country uses of one good, of those that a row speaks of; all of it where its lanes share."""
    spots = [(country, good) for country in problem.group(row.destination) for good in problem.selection(row.commodity)]
    used = [scale.used.get(spot, 0.0) for spot in spots]
    return sum(used) if row.shared else max(used, default=0.0)


@reads(*_CHAIN, "Events", "Countries", "Settings.coalition")
def quota_sizes(problem: Problem) -> Iterator[Finding]:
    """FS541: a quota far from what those whom it binds can make."""
    made = scale_of(problem).made
    pairs = []
    for row in problem.tables.events:
        if row.quota is not None:
            countries, goods = set(problem.group(row.country)), set(problem.selection(row.commodity))
            bound = [
                q for (plant, good), q in made.items() if problem.plants[plant].country in countries and good in goods
            ]
            pairs.append(Pair(row.row, row.quota, sum(bound), "what those whom it binds can make in a year"))
    yield from disproportions("FS541", "Events", "quota", pairs, QUOTA)
