"""Shortage and demand of the rows that a policy is about."""

from __future__ import annotations

import numpy as np

from friendshore.models.tables import Policy
from friendshore.optimizer.certify.case import Case
from friendshore.optimizer.certify.groups import words
from friendshore.optimizer.certify.numbers import Array, Places, places


def rows_in_scope(case: Case, policy: Policy, members: frozenset[str], commodity: str) -> Places:
    """Rows of demand of the consumers, the commodity and the tier (``*``: all)."""
    tiers = words(policy.tier)
    return places(
        [
            i
            for i, row in enumerate(case.tables.demand)
            if row.country in members and row.commodity == commodity and ("*" in tiers or row.tier in tiers)
        ]
    )


def against_limit(shortage: Array, demand: Array, limit: float) -> Array:
    """The terms of Σ u ≤ limit·Σ D."""
    return np.concatenate([shortage.ravel(), -limit * demand.ravel()])
