"""``survive``: no shortage beyond the limit in any step of a tested stop."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.tables import Policy
from friendshore.optimizer.certify.case import Case
from friendshore.optimizer.certify.clauses.requirement import Requirement, each_of, require
from friendshore.optimizer.certify.clauses.scope import against_limit, rows_in_scope
from friendshore.optimizer.certify.disruptions import Disruption
from friendshore.optimizer.certify.events import meets
from friendshore.optimizer.certify.years import limits


def requirements(case: Case, policy: Policy) -> Iterator[Requirement]:
    """Equation 7, survive: Σ u ≤ limit·Σ D in every own node of the tested branch that meets the stop.

    Not for stops that the plan says it does not survive yet.
    """
    limit = limits(case.tables, policy)
    for disruption in case.disruptions:
        if disruption.policy == policy.policy and disruption.name not in case.unsurvived:
            for members, commodity, name in each_of(policy, case.network.groups):
                rows = rows_in_scope(case, policy, members, commodity)
                segment = case.segments[disruption.name]
                for n in _struck(case, disruption):
                    period = int(segment.branch.period[n])
                    terms = against_limit(segment.quantities.u[n, rows], segment.demand[n, rows], limit[period])
                    whole = float(segment.demand[n, rows].sum())
                    yield require(f"{name} at {segment.labels[n]}", terms, period=period, whole=whole)


def _struck(case: Case, disruption: Disruption) -> list[int]:
    """Own nodes of a tested branch that meet the stop for a positive length of time."""
    branch = case.tree.branches[disruption.name]
    onset = float(branch.start[0])
    return [
        n
        for n, (start, years) in enumerate(zip(branch.start, branch.years, strict=True))
        if any(meets(event, onset, start, start + years) for event in disruption.events)
    ]
