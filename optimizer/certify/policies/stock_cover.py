"""``stock_cover``: days of use that stocks last."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from friendshore.models.tables import Policy
from friendshore.optimizer.certify.case import Case
from friendshore.optimizer.certify.clauses.requirement import Requirement, each_of, require, window
from friendshore.optimizer.certify.numbers import Array, places
from friendshore.optimizer.certify.stock import stockpiles_in

DAYS = 365.0


def requirements(case: Case, policy: Policy) -> Iterator[Requirement]:
    """Equation 7, stock_cover: Σ v ≥ limit/365·(1/d)·(Σ D + Σ in·a) over the consumers, at base nodes of the window."""
    base = case.base
    for members, commodity, name in each_of(policy, case.network.groups):
        held = base.quantities.v[:, stockpiles_in(case, members, commodity)]
        use = _use(case, members, commodity)
        for n in window(policy, [period.period for period in case.tables.periods]):
            wanted = policy.limit / DAYS / base.branch.years[n] * use[n]
            yield require(f"{name} at {base.labels[n]}", np.concatenate([wanted, -held[n]]))


def _use(case: Case, members: frozenset[str], commodity: str) -> Array:
    """Demand of all tiers and process input of the members; nodes by terms."""
    base, network = case.base, case.network
    rows = [i for i, row in enumerate(case.tables.demand) if row.country in members and row.commodity == commodity]
    taken = network.plants.inputs
    good = network.commodity[commodity]
    entries = places(
        [
            entry
            for entry in range(len(taken.amount))
            if taken.commodity[entry] == good and network.plants.rows[taken.plant[entry]].country in members
        ]
    )
    inputs = base.quantities.a[:, taken.plant[entries]] * taken.amount[entries]
    return np.hstack([base.demand[:, places(rows)], inputs])
