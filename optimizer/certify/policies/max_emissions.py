"""``max_emissions``: emissions of plants and lanes in a base-path step."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from friendshore.models.tables import Policy
from friendshore.optimizer.certify.case import Case
from friendshore.optimizer.certify.clauses.requirement import Requirement, require, window


def requirements(case: Case, policy: Policy) -> Iterator[Requirement]:
    """Equation 7, max_emissions: emissions of a, and of x and releases abroad by their lanes, ≤ limit·d."""
    network, base = case.network, case.base
    abroad = network.pairs.abroad
    terms = np.hstack(
        [
            base.quantities.a * network.plants.emissions,
            base.quantities.x * network.lanes.emissions,
            base.quantities.g[:, abroad] * network.lanes.emissions[network.pairs.lane[abroad]],
            -policy.limit * base.years,
        ]
    )
    for n in window(policy, [period.period for period in case.tables.periods]):
        yield require(f"emissions at {base.labels[n]}", terms[n])
