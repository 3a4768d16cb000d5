"""``clean_origin``: the share of use that is free of suppliers at every tracked commodity back to the ore."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from friendshore.models.tables import Policy
from friendshore.optimizer.certify.case import Case
from friendshore.optimizer.certify.clauses.requirement import Requirement, each_of, held_at, require
from friendshore.optimizer.certify.clauses.scope import rows_in_scope
from friendshore.optimizer.certify.clean_parts import Split, clean_amounts
from friendshore.optimizer.certify.years import limits


def requirements(case: Case, policy: Policy) -> Iterator[Requirement]:
    """Equation 7, clean_origin: clean use of the tier ≥ limit·(D − u), wherever it holds."""
    groups, limit = case.network.groups, limits(case.tables, policy)
    for suppliers in groups.separate(policy.suppliers):
        clean = clean_amounts(case, Split(suppliers, groups.commodities(policy.commodity)))
        for members, commodity, name in each_of(policy, groups):
            rows = rows_in_scope(case, policy, members, commodity)
            for segment, nodes in held_at(case, policy, "normal"):
                own = clean.of(segment.branch.nodes)
                for n in nodes:
                    period = int(segment.branch.period[n])
                    used = segment.demand[n, rows] - segment.quantities.u[n, rows]
                    terms = np.concatenate([limit[period] * used, -own.u[n, rows]])
                    place = f"{name} free of {', '.join(sorted(suppliers))} at {segment.labels[n]}"
                    yield require(place, terms, segment.branch.weight[n], period, whole=float(used.sum()))
