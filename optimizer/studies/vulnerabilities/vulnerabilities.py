"""vulnerabilities: where supply is thin as things stand, before any plan.

Least-cost flows of one year (``flows.py``), and from them reliance and concentration (``reliance.py``), look-through
exposure (``exposure.py``) and the loss of every single source (``single_points.py``), each with its method and sources.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from math import isfinite

from friendshore.models.problem import Problem
from friendshore.optimizer.studies.vulnerabilities.base_year import as_things_stand, tiers_of
from friendshore.optimizer.studies.vulnerabilities.exposure import Exposure, TierExposure, exposures
from friendshore.optimizer.studies.vulnerabilities.flows import Flows, least_cost_flows
from friendshore.optimizer.studies.vulnerabilities.reliance import Reliance, reliance
from friendshore.optimizer.studies.vulnerabilities.single_points import SinglePoint, single_points
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

    Returns
    -------
    Vulnerabilities
        Figures of one period as things stand.

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
