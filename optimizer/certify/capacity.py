"""Capacity (formulation, 3): activity within what stands and what protections keep; least use in normal times."""

from __future__ import annotations

import numpy as np

from friendshore.models.tables import Protection
from friendshore.optimizer.certify.case import Case, Segment
from friendshore.optimizer.certify.ledger import Ledger, Tally
from friendshore.optimizer.certify.normal import in_normal_times
from friendshore.optimizer.certify.numbers import Array, places
from friendshore.optimizer.certify.years import by_period


def check_capacity(case: Case, segment: Segment, ledger: Ledger) -> None:
    """Equation 3: a ≤ d·(m·K + w) with w = (m^S − m)·K for the protections S that are bought, so a ≤ d·m^S·K.

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
    tally = Tally.of(segment.quantities.a, -room)
    ledger.at_most_zero(tally, lambda row: f"capacity of {names[row]}", segment.labels)


def check_min_use(case: Case, segment: Segment, ledger: Ledger) -> None:
    """Equation 3, in normal times: a ≥ min_use·d·existing.

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
    least = plants.min_use[segment.branch.period] * segment.years * plants.existing[segment.branch.period]
    marks = np.broadcast_to(normal[:, None], least.shape)
    tally = Tally.of(least, -segment.quantities.a)
    ledger.at_most_zero(tally, lambda row: f"least use of {names[row]}", segment.labels, marks)


def kept_alive(case: Case, segment: Segment) -> Array:
    """m^S by plant: each event of mean μ < 1 softened to 1 − (1−μ)·Π(1−effectiveness) over the bought that cover it."""
    plants = case.network.plants
    alive = np.ones((len(segment.labels), len(plants.rows)))
    for strike in segment.strikes:
        event = strike.event
        if event.kind == "capacity":
            hit = sorted(case.network.groups.plants(event.country, event.commodity, event.plant))
            struck = places([plants.index[name] for name in hit])
            mean = strike.mean[:, None]
            softened = 1.0 - (1.0 - mean) * _unguarded(case, segment, event.hazard)[:, struck]
            alive[:, struck] *= np.where(mean < 1.0, softened, mean)
    return alive


def _unguarded(case: Case, segment: Segment, hazard: str) -> Array:
    """Π(1−effectiveness) at each own node, by plant, over the protections bought against a hazard."""
    left = np.ones((len(segment.labels), len(case.network.plants.rows)))
    protections = case.tables.protections
    averts = {row.protection: row.effectiveness for row in protections}
    shares = by_period(case.tables, "Protections", "effectiveness", averts)[segment.branch.period]
    for share, bought, protection in zip(shares.T, case.bought, protections, strict=True):
        if bought > 0.5 and hazard and protection.hazard == hazard:
            covered = places([case.network.plants.index[name] for name in sorted(covers(case, protection))])
            left[:, covered] *= 1.0 - share[:, None]
    return left


def covers(case: Case, protection: Protection) -> frozenset[str]:
    """Plants a protection covers."""
    return case.network.groups.plants(protection.country, protection.commodity, protection.plant)
