"""``max_hhi``: concentration of deliveries by supplier country."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt

import numpy as np

from friendshore.models.tables import Policy
from friendshore.optimizer.certify.case import Case
from friendshore.optimizer.certify.clauses.deliveries import delivered, taken
from friendshore.optimizer.certify.clauses.requirement import Requirement, each_of, window

TOLERANCE = 1e-6
"""The cone is met by tangent planes until ΣX² ≤ (limit + 1e-6)·T²."""


def requirements(case: Case, policy: Policy) -> Iterator[Requirement]:
    """Equation 7, max_hhi: ‖X({k},R,c,n)‖ ≤ √limit·T(R,c,n) at the base nodes of the window, home only in T."""
    groups, base = case.network.groups, case.base
    for buyers, commodity, name in each_of(policy, groups, "each @coalition"):
        by_country = [
            delivered(case, base, frozenset({country}), buyers, commodity).sum(axis=1)
            for country in case.network.country
        ]
        norm = np.sqrt(np.square(np.column_stack(by_country)).sum(axis=1))
        whole = taken(case, base, buyers, commodity).sum(axis=1)
        for n in window(policy, [period.period for period in case.tables.periods]):
            lack = max(0.0, float(norm[n] - sqrt(policy.limit + TOLERANCE) * whole[n]))
            most = max(0.0, float(norm[n] - sqrt(policy.limit) * whole[n]))
            yield Requirement(f"{name} at {base.labels[n]}", lack, float(max(norm[n], whole[n])), most)
