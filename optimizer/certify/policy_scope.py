"""Shortage and demand of the rows that a policy is about."""

from __future__ import annotations

import numpy as np

from friendshore.models.tables import Policy
from friendshore.optimizer.certify.case import Case
from friendshore.optimizer.certify.groups import words
from friendshore.optimizer.certify.numbers import Array, Places, places


def rows_in_scope(case: Case, policy: Policy, members: frozenset[str], commodity: str) -> Places:
    """Rows of demand that a policy is about.

    Parameters
    ----------
    case
        The plan beside the network and the tree.
    policy
        A row of Policies; its tiers count.
    members
        Countries of the consumers.
    commodity
        One commodity.

    Returns
    -------
    Places
        Places of rows of demand, rising.
    """
    tiers = words(policy.tier)
    return places(
        [
            i
            for i, row in enumerate(case.tables.demand)
            if row.country in members and row.commodity == commodity and ("*" in tiers or row.tier in tiers)
        ]
    )


def against_limit(shortage: Array, demand: Array, limit: float) -> Array:
    """The terms of Σ u ≤ limit·Σ D.

    Parameters
    ----------
    shortage
        u, any shape.
    demand
        D, any shape; same unit.
    limit
        Share of demand that may be short.

    Returns
    -------
    Array
        Signed terms in a row; their sum is at most zero.
    """
    return np.concatenate([shortage.ravel(), -limit * demand.ravel()])
