"""vulnerabilities: where supply is thin as things stand, before any plan.

Least-cost flows of one year (``flows.py``), and from them reliance and concentration (``reliance.py``), look-through
exposure (``exposure.py``) and the loss of every single source (``single_points.py``), each with its method and sources.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from friendshore.models.problem import Problem
from friendshore.optimizer.studies.vulnerabilities.base_year import as_things_stand, tiers_of
from friendshore.optimizer.studies.vulnerabilities.exposure import Exposure, TierExposure, exposures
from friendshore.optimizer.studies.vulnerabilities.flows import Flows, least_cost_flows
from friendshore.optimizer.studies.vulnerabilities.reliance import Reliance, reliance
from friendshore.optimizer.studies.vulnerabilities.single_points import Loss, SinglePoint, single_points
from friendshore.optimizer.system.progress import OnProgress, Progress


@dataclass(frozen=True, eq=False)
class Vulnerabilities:
    """The whole study: ``years`` is the length of stop asked for, None for each source's own time to recover."""

    problem: Problem
    period: str
    years: float | None
    flows: Flows
    tiers: tuple[str, ...]
    supply: tuple[Reliance, ...]
    exposure: tuple[Exposure, ...]
    exposure_by_tier: tuple[TierExposure, ...]
    points: tuple[SinglePoint, ...]

    @property
    def currency(self) -> str:
        """The currency of Settings, in which all money of the study is."""
        return self.problem.settings.currency


def vulnerabilities(
    problem: Problem, *, period: str = "", years: float | None = None, on_progress: OnProgress | None = None
) -> Vulnerabilities:
    """Where the supply of a problem is vulnerable, before any plan.

    Parameters
    ----------
    problem
        A valid problem.
    period
        Label of the period looked at; blank: the first.
    years
        Length of the stops tested; None: each source's time to recover.
    on_progress
        Called with phase and elapsed seconds when a phase begins.

    Raises
    ------
    ValueError
        Where there is no such period, or the length is not a positive number.
    friendshore.optimizer.solver.SolverFault
        Where the solver gives up.
    """
    labels = [row.period for row in problem.periods]
    if period and period not in labels:
        raise ValueError(f"there is no period {period!r}; there are {', '.join(labels)}")
    if years is not None and not (isfinite(years) and years > 0):
        raise ValueError(f"a stop of {years} years: wanted a number above 0")
    begun = time.perf_counter()

    def tell(progress: Progress) -> None:
        if on_progress is not None:
            on_progress(replace(progress, seconds=time.perf_counter() - begun))

    tell(Progress("flows"))
    today = as_things_stand(problem, problem.period_index(period, 0))
    flows = least_cost_flows(today)
    tell(Progress("exposure"))
    supply = reliance(flows)
    wholes, tiers = exposures(flows)
    tell(Progress("single points"))
    points = single_points(today, years, tell)
    return Vulnerabilities(
        problem, period or labels[0], years, flows, tiers_of(today.problem), supply, wholes, tiers, points
    )


# -- as plain data ----------------------------------------------------------------------------------------------------


def as_data(study: Vulnerabilities) -> dict[str, Any]:
    """The study as plain data, the JSON of the command.

    ``period``; ``currency``; ``years`` (asked for, or null); ``cost`` of a year as things stand; ``least_use_kept``;
    ``tiers``, the one that hurts most first.

    ``supply`` [``consumer``, ``scope`` (commodity, stage), ``name``, ``stage``, ``unit``, ``intake`` (unit a year),
    ``import_reliance``, ``net_import_reliance``, ``hhi``, ``hhi_imports``, ``largest_supplier``, ``largest_share``,
    ``concern_share``] (shares; null: none).

    ``exposure`` [``consumer``, ``commodity``, ``country``, ``value_share``, ``mass_share``, ``any_tier``];
    ``exposure_by_tier`` [``consumer``, ``commodity``, ``tier_commodity``, ``stage``, ``country``, ``share``].

    ``single_points``, worst first [``rank``, ``kind``, ``name``, ``country``, ``bloc``, ``time_to_recover`` (years),
    ``time_to_survive`` {tier: years, null without end}, ``members_survive`` {member: the same}, ``exposure_index``,
    ``stop`` and ``for_good``, each {``years`` (null: for good, told for one year), ``cost``, ``damage``, ``worst``
    {``commodity``, ``tier``, ``short``, ``share``} or null, ``short_shares`` {tier: share of its worst-hit commodity},
    ``shortfalls`` [``country``, ``commodity``, ``tier``, ``short``, ``before``, ``demand``, ``share``]}].
    """
    return {
        "period": study.period,
        "currency": study.currency,
        "years": study.years,
        "cost": study.flows.cost,
        "least_use_kept": study.flows.least_use_kept,
        "tiers": list(study.tiers),
        "supply": [_supply(line) for line in study.supply],
        "exposure": [dict(vars(line)) for line in study.exposure],
        "exposure_by_tier": [dict(vars(line)) for line in study.exposure_by_tier],
        "single_points": [_point(rank, point) for rank, point in enumerate(study.points, 1)],
    }


def _supply(line: Reliance) -> dict[str, Any]:
    data = dict(vars(line))
    data["largest_supplier"] = data.pop("largest") or None
    return data


def _point(rank: int, point: SinglePoint) -> dict[str, Any]:
    source = point.source
    return {
        "rank": rank,
        "kind": source.kind,
        "name": source.name,
        "country": source.country,
        "bloc": source.bloc,
        "time_to_recover": point.recover_years,
        "time_to_survive": _times(point.survives),
        "members_survive": {member: _times(times) for member, times in point.members_survive.items()},
        "exposure_index": point.exposure_index,
        "stop": _loss(point.stop),
        "for_good": _loss(point.for_good),
    }


def _times(survives: Mapping[str, float]) -> dict[str, float | None]:
    return {tier: years if isfinite(years) else None for tier, years in survives.items()}


def _loss(loss: Loss) -> dict[str, Any]:
    worst = None
    if loss.worst is not None:
        commodity, tier = loss.worst
        worst = {"commodity": commodity, "tier": tier, "short": loss.worst_short, "share": loss.worst_share}
    return {
        "years": loss.years if isfinite(loss.years) else None,
        "cost": loss.cost,
        "damage": loss.damage,
        "worst": worst,
        "short_shares": dict(loss.tier_shares),
        "shortfalls": [{**vars(each), "share": each.share} for each in loss.shortfalls],
    }
