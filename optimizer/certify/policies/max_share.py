"""``max_share``: deliveries from suppliers at most a share of all that consumers take in."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from friendshore.models.tables import Policy
from friendshore.optimizer.certify.case import Case
from friendshore.optimizer.certify.clauses.deliveries import delivered, taken
from friendshore.optimizer.certify.clauses.requirement import Requirement, each_of, require, window


def requirements(case: Case, policy: Policy) -> Iterator[Requirement]:
    """Equation 7, max_share: X(K,R,c,n) ≤ limit·T(R,c,n) at the base nodes of the window."""
    groups, base = case.network.groups, case.base
    for suppliers in groups.separate(policy.suppliers):
        for buyers, commodity, name in each_of(policy, groups, "each @coalition"):
            part = delivered(case, base, suppliers, buyers, commodity)
            whole = taken(case, base, buyers, commodity)
            for n in window(policy, [period.period for period in case.tables.periods]):
                terms = np.concatenate([part[n], -policy.limit * whole[n]])
                yield require(f"{name} from {', '.join(sorted(suppliers))} at {base.labels[n]}", terms)
