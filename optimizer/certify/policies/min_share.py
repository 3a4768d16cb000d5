"""``min_share``: deliveries from suppliers, and home supply of consumers among them, at least a share."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from friendshore.models.tables import Policy
from friendshore.optimizer.certify.case import Case
from friendshore.optimizer.certify.clauses.deliveries import delivered, home_supply, taken
from friendshore.optimizer.certify.clauses.requirement import Requirement, each_of, held_at, require
from friendshore.optimizer.certify.years import limits


def requirements(case: Case, policy: Policy) -> Iterator[Requirement]:
    """Equation 7, min_share: X + home supply of r ∈ R∩K ≥ limit·T wherever it holds."""
    groups, limit = case.network.groups, limits(case.tables, policy)
    for suppliers in groups.separate(policy.suppliers):
        for buyers, commodity, name in each_of(policy, groups, "each @coalition"):
            x, t = delivered(case.network, suppliers, buyers, commodity), taken(case.network, buyers, commodity)
            home = home_supply(case.network, buyers & suppliers, commodity)
            for segment, nodes in held_at(case, policy, "normal"):
                part, own, whole = x.at(segment), home.at(segment), t.at(segment)
                for n in nodes:
                    period = int(segment.branch.period[n])
                    terms = np.concatenate([limit[period] * whole[n], -part[n], -own[n]])
                    place = f"{name} from {', '.join(sorted(suppliers))} at {segment.labels[n]}"
                    yield require(place, terms, segment.branch.weight[n], period, whole=float(whole[n].sum()))
