"""``stock_cover``: days of use that stocks last."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from friendshore.models.tables import Policy
from friendshore.optimizer.certify.case import Case, Segment
from friendshore.optimizer.certify.clauses.requirement import Requirement, each_of, held_at, require
from friendshore.optimizer.certify.numbers import Array, places
from friendshore.optimizer.certify.stock import stockpiles_in
from friendshore.optimizer.certify.years import limits

DAYS = 365.0


def requirements(case: Case, policy: Policy) -> Iterator[Requirement]:
    """Equation 7, stock_cover: Σ v ≥ limit/365·(1/d)·(Σ D + Σ in·a) over the consumers, wherever it holds."""
    limit = limits(case.tables, policy)
    for members, commodity, name in each_of(policy, case.network.groups):
        stored = stockpiles_in(case, members, commodity)
        for segment, nodes in held_at(case, policy, "base"):
            held, use, branch = segment.quantities.v[:, stored], _use(case, segment, members, commodity), segment.branch
            for n in nodes:
                period = int(branch.period[n])
                wanted = limit[period] / DAYS / branch.years[n] * use[n]
                weight = (float(branch.weight[n]) or 1.0) * float(branch.years[n])
                terms = np.concatenate([wanted, -held[n]])
                a_day = float(use[n].sum()) / DAYS / float(branch.years[n])
                yield require(f"{name} at {segment.labels[n]}", terms, weight, period, whole=a_day)


def _use(case: Case, segment: Segment, members: frozenset[str], commodity: str) -> Array:
    """Demand of all tiers and process input of the members; nodes by terms."""
    network = case.network
    rows = [i for i, row in enumerate(case.tables.demand) if row.country in members and row.commodity == commodity]
    taken = network.plants.inputs
    good = network.commodity[commodity]
    home = [network.plants.rows[place].country for place in network.plants.at]
    entries = places(
        [
            entry
            for entry in range(len(taken.amount))
            if taken.commodity[entry] == good and home[taken.place[entry]] in members
        ]
    )
    inputs = segment.quantities.a[:, taken.place[entries]] * taken.amount[entries]
    return np.hstack([segment.demand[:, places(rows)], inputs])
