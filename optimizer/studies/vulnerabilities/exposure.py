"""Look-through exposure: what of a final good depends on each country, through all tiers of its supply.

Three readings of the least-cost flows of one year (``trace.py`` says how they are followed back):

- *Origin*: the value of a unit of the final good by the countries that add it at any tier, and its mass by the
  countries where it enters the chain. Both sum to 1 over the countries. Value is the trade-in-value-added account of
  R. Johnson & G. Noguera (Journal of International Economics 86, 2012).
- *By tier*: for each commodity behind the final good, the share of it made in each country; sums to 1 over countries.
- *Any tier*: the share of the final good that can't be made, as flows stand, when the country makes nothing at any
  tier: without turning to others and without stocks. It does not sum to 1: one missing input is enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from operator import eq

import numpy as np

from friendshore.models.problem import Problem
from friendshore.optimizer.studies.vulnerabilities.base_year import consumers, needs_of
from friendshore.optimizer.studies.vulnerabilities.flows import Flows
from friendshore.optimizer.studies.vulnerabilities.trace import Pool, Trace, Walks, build_trace, still_made, walk
from friendshore.optimizer.studies.vulnerabilities.values import unit_values

_NOTHING = 1e-9


@dataclass(frozen=True)
class Exposure:
    """Dependence of a consumer's final good on a country, as shares of what the consumer gets a year.

    ``mass_share`` is None where the commodities are not all counted in one unit.
    """

    consumer: str
    commodity: str
    country: str
    value_share: float
    mass_share: float | None
    any_tier: float


@dataclass(frozen=True)
class TierExposure:
    """Share of the commodity ``tier_commodity`` behind a consumer's final good that is made in a country."""

    consumer: str
    commodity: str
    tier_commodity: str
    stage: str
    country: str
    share: float


def exposures(flows: Flows) -> tuple[tuple[Exposure, ...], tuple[TierExposure, ...]]:
    """Every consumer, final good and country that counts for it, and the same tier by tier."""
    trace = build_trace(flows)
    values = unit_values(flows)
    by_value = walk(trace, trace.feed(lambda c: values[c] or _NOTHING, whole=False))
    by_mass = walk(trace, trace.feed(lambda _: 1.0, whole=True)) if one_unit(flows.problem) else None
    countries = tuple(sorted(set(trace.countries_of_plants())))
    left = {country: still_made(trace, partial(eq, country)) for country in countries}
    wholes: list[Exposure] = []
    tiers: list[TierExposure] = []
    for consumer, commodity, blend in _final_goods(flows, trace):
        value, mass = _origin(by_value, blend), _origin(by_mass, blend) if by_mass else None
        for country in countries:
            lost = 1.0 - sum(weight * left[country][pool] for pool, weight in blend.items())
            if country in value or country in (mass or {}) or lost > _NOTHING:
                wholes.append(
                    Exposure(
                        consumer,
                        commodity,
                        country,
                        value.get(country, 0.0),
                        None if mass is None else mass.get(country, 0.0),
                        max(0.0, lost),
                    )
                )
        tiers.extend(_tiers(by_value, consumer, commodity, blend))
    return tuple(wholes), tuple(tiers)


def one_unit(problem: Problem) -> bool:
    """Whether all commodities are counted in the same unit, so that quantities can be added up."""
    return len({row.unit for row in problem.commodities.values()}) == 1


def _final_goods(flows: Flows, trace: Trace) -> Iterable[tuple[str, str, dict[Pool, float]]]:
    """Consumer, final good, and the pools it is served from, weighted by what they serve."""
    goods = sorted({commodity for commodity, _ in needs_of(flows.problem)})
    known = set(trace.pools)
    for consumer, members in consumers(flows.problem):
        for commodity in goods:
            served = {(r, commodity): flows.served(r, commodity) for r in members if (r, commodity) in known}
            total = sum(amount for amount in served.values() if amount > 0)
            if total > 0:
                yield consumer, commodity, {pool: amount / total for pool, amount in served.items() if amount > 0}


def _origin(walks: Walks, blend: Mapping[Pool, float]) -> dict[str, float]:
    """Share of each country in the origin of a blend of pools."""
    place = {pool: i for i, pool in enumerate(walks.trace.pools)}
    rows = sum((weight * walks.origin[place[pool]] for pool, weight in blend.items()), start=np.zeros(1))
    shares: dict[str, float] = {}
    for country, share in zip(walks.trace.countries_of_plants(), rows, strict=True):
        shares[country] = shares.get(country, 0.0) + float(share)
    return {country: share for country, share in shares.items() if share > _NOTHING}


def _tiers(walks: Walks, consumer: str, commodity: str, blend: Mapping[Pool, float]) -> Iterable[TierExposure]:
    trace = walks.trace
    place = {pool: i for i, pool in enumerate(trace.pools)}
    behind = sum((weight * walks.visits[place[pool]] for pool, weight in blend.items()), start=np.zeros(1))
    made: dict[str, dict[str, float]] = {}
    owners = trace.countries_of_plants()
    for (_, tier_commodity), amount, shares in zip(trace.pools, behind, trace.mix.toarray(), strict=True):
        if amount > _NOTHING:
            by_country = made.setdefault(tier_commodity, {})
            for country, share in zip(owners, shares, strict=True):
                if share > 0:
                    by_country[country] = by_country.get(country, 0.0) + float(amount * share)
    for tier_commodity in sorted(made):
        total = sum(made[tier_commodity].values())
        stage = trace.flows.problem.commodities[tier_commodity].stage
        for country in sorted(made[tier_commodity]):
            share = made[tier_commodity][country] / total
            yield TierExposure(consumer, commodity, tier_commodity, stage, country, share)
