"""Capacity (formulation, 3): activity within what stands and what protections keep; least use in normal times."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from friendshore.models.tables import Protection
from friendshore.optimizer.certify.case import Case, Segment
from friendshore.optimizer.certify.events import Strike
from friendshore.optimizer.certify.events import mean as average
from friendshore.optimizer.certify.ledger import Ledger, Tally
from friendshore.optimizer.certify.normal import in_normal_times
from friendshore.optimizer.certify.numbers import Array, places
from friendshore.optimizer.certify.years import by_period


def check_capacity(case: Case, segment: Segment, ledger: Ledger) -> None:
    """Equation 3: Σ_q a ≤ d·(m·K + w) with w = (m^S − m)·K for the protections S that are bought, so a ≤ d·m^S·K.

    Parameters
    ----------
    case
        The plan beside the network and the tree.
    segment
        Own nodes of one branch.
    ledger
        Gets the constraints.
    """
    names = list(case.network.plants.index)
    room = segment.years * kept_alive(case, segment) * segment.capacity
    tally = Tally.of(-room)
    tally.add(segment.quantities.a, case.network.plants.at)
    ledger.at_most_zero(tally, lambda row: f"capacity of {names[row]}", segment.labels)


def check_min_use(case: Case, segment: Segment, ledger: Ledger) -> None:
    """Equation 3, in normal times: a ≥ min_use·d·existing·o.

    Parameters
    ----------
    case
        The plan beside the network and the tree.
    segment
        Own nodes of one branch.
    ledger
        Gets the constraints.
    """
    normal = in_normal_times(segment.branch, case.tables.settings.rejoin_years)
    plants = case.network.plants
    names = list(plants.index)
    least = plants.min_use[segment.branch.period] * segment.years * segment.existing
    marks = np.broadcast_to(normal[:, None], least.shape)
    tally = Tally.of(least)
    tally.add(-segment.quantities.a, plants.at)
    ledger.at_most_zero(tally, lambda row: f"least use of {names[row]}", segment.labels, marks)


def kept_alive(case: Case, segment: Segment) -> Array:
    """m^S by plant: each event of mean μ < 1 softened by the protections in force that cover it.

    It leaves 1 − (1 − μ')·Π(1 − effectiveness), μ' being its mean with stop and recovery cut by Π(1 − shortens).
    """
    plants = case.network.plants
    alive = np.ones((len(segment.labels), len(plants.rows)))
    for strike in segment.strikes:
        event = strike.event
        if event.kind == "capacity":
            hit = sorted(case.network.groups.plants(event.country, event.commodity, event.plant))
            struck = places([plants.index[name] for name in hit])
            mean = strike.mean[:, None]
            left, lasting = (part[:, struck] for part in _unguarded(case, segment, event.hazard))
            softened = 1.0 - (1.0 - _shortened(strike, segment, lasting)) * left
            alive[:, struck] *= np.where(mean < 1.0, softened, mean)
    return alive


def _shortened(strike: Strike, segment: Segment, lasting: Array) -> Array:
    """Mean of an event at each own node, by plant, whose stop and recovery last a share of their time."""
    branch, event = segment.branch, strike.event
    means = np.repeat(strike.mean[:, None], lasting.shape[1], axis=1)
    for row, column in zip(*np.nonzero(lasting < 1.0), strict=True):
        share = float(lasting[row, column])
        cut = replace(event, years=share * event.years, recovery_years=share * event.recovery_years)
        start = float(branch.start[row])
        means[row, column] = average(cut, strike.origin, start, start + float(branch.years[row]))
    return means


def _unguarded(case: Case, segment: Segment, hazard: str) -> tuple[Array, Array]:
    """Π(1−effectiveness) and Π(1−shortens) at each own node, by plant, over the protections in force."""
    left = np.ones((len(segment.labels), len(case.network.plants.rows)))
    lasting = left.copy()
    protections, period = case.tables.protections, segment.branch.period
    averts = {row.protection: _averts(row) for row in protections}
    shares = by_period(case.tables, "Protections", "effectiveness", averts)[period]
    for share, bought, protection in zip(shares.T, case.bought[period].T, protections, strict=True):
        if hazard and protection.hazard == hazard:
            covered = places([case.network.plants.index[name] for name in sorted(covers(case, protection))])
            in_force = bought > 0.5
            left[:, covered] *= np.where(in_force, 1.0 - share, 1.0)[:, None]
            lasting[:, covered] *= np.where(in_force, 1.0 - (protection.shortens or 0.0), 1.0)[:, None]
    return left, lasting


def _averts(row: Protection) -> float:
    """Effectiveness: where it is blank 1, and 0 where the protection shortens."""
    if row.effectiveness is None:
        return 0.0 if row.shortens is not None else 1.0
    return row.effectiveness


def covers(case: Case, protection: Protection) -> frozenset[str]:
    """Plants a protection covers."""
    return case.network.groups.plants(protection.country, protection.commodity, protection.plant)
