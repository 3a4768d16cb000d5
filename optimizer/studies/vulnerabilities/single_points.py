"""Single points of failure: each country, plant and route lost by itself, for good and for its time to recover.

Consequences are differences to the same year without the stop and with the same stocks at hand, in undiscounted money
of the period. Nothing is built meanwhile; those not struck go on with what they have.

*Time to survive* (TTS) is the longest stop with no shortage of a tier, *time to recover* (TTR) how long the source is
gone: where TTS is below TTR the loss will be felt. The *risk exposure index* is the consequence of a stop of TTR over
the largest of all (D. Simchi-Levi, W. Schmidt & Y. Wei, From superstorms to factory fires, Harvard Business Review
92, 2014; D. Simchi-Levi et al., Identifying risks and mitigating disruptions in the automotive supply chain,
Interfaces 45(5), 2015).
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

from friendshore.optimizer.studies.vulnerabilities.base_year import COALITION, Need, Today, needs_of
from friendshore.optimizer.studies.vulnerabilities.disruptions import Stops, Year
from friendshore.optimizer.studies.vulnerabilities.sources import Source, sources_of, stopped_columns
from friendshore.optimizer.system.progress import OnProgress, Progress

_NOTHING = 1e-7


@dataclass(frozen=True)
class Shortfall:
    """A row of demand that goes short: a year's quantity short, of it ``before`` without the stop, and the demand.

    All are totals over the stop, of one year where the loss is for good.
    """

    country: str
    commodity: str
    tier: str
    short: float
    before: float
    demand: float

    @property
    def share(self) -> float:
        """Share of demand not met."""
        return self.short / self.demand


@dataclass(frozen=True)
class Loss:
    """What a stop of ``years`` brings; one that is for good is told for one year, after stocks are gone.

    ``cost`` is all it costs more, ``damage`` the part of it that is shortage; ``worst`` the need (commodity, tier) of
    the coalition hit hardest, ``worst_short`` and ``worst_share`` how much of it is short because of the stop.
    """

    years: float
    cost: float
    damage: float
    worst: Need | None
    worst_short: float
    worst_share: float
    tier_shares: Mapping[str, float]
    shortfalls: tuple[Shortfall, ...]


@dataclass(frozen=True)
class SinglePoint:
    """One source and what losing it means.

    ``survives`` is the time to survive of the coalition by tier, ``members_survive`` of each member by itself, in
    years, inf without end.
    """

    source: Source
    recover_years: float
    survives: Mapping[str, float]
    members_survive: Mapping[str, Mapping[str, float]]
    stop: Loss
    for_good: Loss
    exposure_index: float = 0.0

    @property
    def shortest(self) -> float:
        """Time to survive of the tier that lasts shortest."""
        return min(self.survives.values(), default=inf)


def single_points(
    today: Today, years: float | None = None, on_progress: OnProgress | None = None
) -> tuple[SinglePoint, ...]:
    """Every source, worst first.

    Parameters
    ----------
    today
        One year as things stand.
    years
        Length of the stop tested, instead of each source's time to recover.
    on_progress
        Called before each source with how many are ``done`` and how many there are (``total``).

    Returns
    -------
    tuple[SinglePoint, ...]
        One a source, worst first.
    """
    begun = time.perf_counter()
    stops = Stops(today)
    sources = sources_of(today.problem)
    found = []
    for done, source in enumerate(sources):
        if on_progress is not None:
            seconds = time.perf_counter() - begun
            on_progress(Progress(f"loss {done + 1} of {len(sources)}", seconds, done=done, total=len(sources)))
        stopped = stopped_columns(today, source)
        length = source.recover_years if years is None else years
        survives = _times(stops, stopped, COALITION)
        members = {member: _times(stops, stopped, member) for member in today.problem.coalition}
        found.append((source, length, survives, members, _loss(stops, stopped, length), _loss(stops, stopped, inf)))
    largest = max((stop.cost for *_, stop, _ in found), default=0.0)
    points = [
        SinglePoint(source, length, survives, members, stop, good, stop.cost / largest if largest > 0 else 0.0)
        for source, length, survives, members, stop, good in found
    ]
    return tuple(sorted(points, key=_worst_first))


def _worst_first(point: SinglePoint) -> tuple[float, float, float, str, str]:
    return -point.stop.cost, -point.for_good.cost, point.shortest, point.source.kind, point.source.name


def _times(stops: Stops, stopped: Sequence[int], consumer: str) -> dict[str, float]:
    """Time to survive by tier, of the tiers a consumer needs anything in."""
    tiers = {tier for _, tier in needs_of(stops.today.problem, consumer)}
    return {tier: stops.time_to_survive(stopped, tier, consumer) for tier in stops.tiers if tier in tiers}


def _loss(stops: Stops, stopped: Sequence[int], years: float) -> Loss:
    if years <= 0 or not stopped:
        return Loss(years, 0.0, 0.0, None, 0.0, 0.0, dict.fromkeys(stops.tiers, 0.0), ())
    before, now = stops.year((), years), stops.year(stopped, years)
    length = 1.0 if years == inf else years
    worst = stops.worst(now, before)
    grown = 0.0 if worst is None else now.of(stops.needs[worst]) - before.of(stops.needs[worst])
    rows = stops.today.problem.demand
    damage = sum(row.shortage_cost * (now.shortage[i] - before.shortage[i]) for i, row in enumerate(rows))
    cost = max(0.0, now.cost - before.cost)
    return Loss(
        years,
        _plain(cost, before.cost) * length,
        _plain(float(damage), before.cost) * length,
        worst,
        grown * length,
        0.0 if worst is None else grown / stops.needed(worst),
        _tier_shares(stops, now, before),
        _shortfalls(stops, now, before, length),
    )


def _plain(cost: float, size: float) -> float:
    """A difference of costs, 0 where it is rounding error of their size."""
    return cost if abs(cost) > _NOTHING * max(abs(size), 1.0) else 0.0


def _tier_shares(stops: Stops, now: Year, before: Year) -> dict[str, float]:
    """By tier, the share of the worst-hit commodity's demand that is short because of the stop."""
    shares = dict.fromkeys(stops.tiers, 0.0)
    for (commodity, tier), rows in stops.needs.items():
        share = (now.of(rows) - before.of(rows)) / stops.needed((commodity, tier))
        shares[tier] = max(shares[tier], share if share > _NOTHING else 0.0)
    return shares


def _shortfalls(stops: Stops, now: Year, before: Year, length: float) -> tuple[Shortfall, ...]:
    rows = stops.today.problem.demand
    return tuple(
        Shortfall(
            row.country,
            row.commodity,
            row.tier,
            float(now.shortage[i]) * length,
            float(before.shortage[i]) * length,
            (row.per_year or 0.0) * length,
        )
        for i, row in enumerate(rows)
        if (row.per_year or 0.0) > 0 and now.shortage[i] - before.shortage[i] > _NOTHING * (row.per_year or 0.0)
    )
