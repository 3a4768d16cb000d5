"""``max_hhi``: concentration of deliveries by supplier country."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt

import numpy as np

from friendshore.models.tables import Policy
from friendshore.optimizer.certify.case import Case
from friendshore.optimizer.certify.clauses.deliveries import delivered, taken
from friendshore.optimizer.certify.clauses.requirement import Requirement, each_of, held_at
from friendshore.optimizer.certify.years import limits

TOLERANCE = 1e-6
"""The cone is met by tangent planes until ΣX² ≤ (limit + 1e-6)·T²."""


def requirements(case: Case, policy: Policy) -> Iterator[Requirement]:
    """Equation 7, max_hhi: ‖X({k},R,c,n)‖ ≤ √limit·T(R,c,n) wherever it holds, home only in T."""
    limit = limits(case.tables, policy)
    for buyers, commodity, name in each_of(policy, case.network.groups, "each @coalition"):
        countries = [
            delivered(case.network, frozenset({country}), buyers, commodity) for country in case.network.country
        ]
        everything = taken(case.network, buyers, commodity)
        for segment, nodes in held_at(case, policy, "normal"):
            by_country = [country.at(segment).sum(axis=1) for country in countries]
            norm = np.sqrt(np.square(np.column_stack(by_country)).sum(axis=1))
            whole = everything.at(segment).sum(axis=1)
            for n in nodes:
                period = int(segment.branch.period[n])
                lack = max(0.0, float(norm[n] - sqrt(limit[period] + TOLERANCE) * whole[n]))
                most = max(0.0, float(norm[n] - sqrt(limit[period]) * whole[n]))
                size, weight = float(max(norm[n], whole[n])), float(segment.branch.weight[n]) or 1.0
                taken_in = float(whole[n])
                beyond = float(norm[n] / taken_in) ** 2 - limit[period] if taken_in > 0 else 0.0
                place = f"{name} at {segment.labels[n]}"
                yield Requirement(place, lack, size, most, weight, period, taken_in, float(beyond))
