"""``max_emissions``: emissions of plants and lanes in a node."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from friendshore.models.tables import Policy
from friendshore.optimizer.certify.case import Case, Segment
from friendshore.optimizer.certify.clauses.requirement import Requirement, held_at, require
from friendshore.optimizer.certify.numbers import Array
from friendshore.optimizer.certify.years import limits


def requirements(case: Case, policy: Policy) -> Iterator[Requirement]:
    """Equation 7, max_emissions: emissions of a, and of x and releases abroad by their lanes, ≤ limit·d."""
    for segment, nodes in held_at(case, policy, "each"):
        terms = _terms(case, segment, limits(case.tables, policy)[segment.branch.period])
        for n in nodes:
            yield require(
                f"emissions at {segment.labels[n]}",
                terms[n],
                segment.branch.weight[n],
                int(segment.branch.period[n]),
                whole=float(segment.branch.years[n]),
            )


def _terms(case: Case, segment: Segment, limit: Array) -> Array:
    """Emissions less limit·d at each own node; nodes by terms."""
    network, quantities = case.network, segment.quantities
    of_lane = network.lanes.emissions[segment.branch.period]
    abroad = network.pairs.abroad
    return np.hstack(
        [
            quantities.a * network.plants.emissions[segment.branch.period][:, network.plants.at],
            quantities.x * of_lane,
            quantities.g[:, abroad] * of_lane[:, network.pairs.lane[abroad]],
            -limit[:, None] * segment.years,
        ]
    )
