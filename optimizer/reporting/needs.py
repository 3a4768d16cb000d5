"""What is needed at every node and what of it goes short, without what is dust."""

from __future__ import annotations

import numpy as np
import pandas as pd

from friendshore.models.plan import Plan
from friendshore.optimizer.reporting.frames import NOTHING, unit_of

DUST = 1e-3
LEAST_DUST = 1e-5


def needs(plan: Plan) -> pd.DataFrame:
    """Every need at every node, met or not, with its shortage, share and damage."""
    rows = plan.shortages
    short, demand = rows["shortage"].astype(float), rows["demand"].astype(float)
    least = np.maximum(NOTHING * demand.clip(lower=1.0), dust(plan) * demand)
    rows = rows.assign(shortage=short.where(short > least, 0.0), demand=demand)
    rates = rows["row"].map({i: row.shortage_cost for i, row in enumerate(plan.problem.demand)}).astype(float)
    units = rows["commodity"].map({commodity: unit_of(plan, commodity) for commodity in plan.problem.commodities})
    return rows.assign(damage=rows["shortage"] * rates, unit=units, share=share_of_demand(rows))


def dust(plan: Plan) -> pd.Series:
    """For each row of ``plan.shortages`` the share of its demand up to which nothing is told of it.

    0.1 %, or the least limit of the policies on shortage that look at its country, tier and commodity where that is
    less; no less than what tolerances leave.
    """
    problem = plan.problem
    shares = {}
    for row in sorted(set(map(int, plan.shortages["row"]))):
        need = problem.demand[row]
        limits = [
            policy.limit
            for policy in problem.policies
            if policy.declared.shortage
            and need.country in problem.group(policy.consumer_text)
            and policy.tier in ("*", need.tier)
            and need.commodity in problem.selection(policy.commodity)
        ]
        shares[row] = max(min([DUST, *limits]), LEAST_DUST)
    return plan.shortages["row"].map(shares).astype(float)


def share_of_demand(rows: pd.DataFrame) -> pd.Series:
    """Shortage by demand, blank where nothing is needed; of the columns ``shortage`` and ``demand``."""
    demand = rows["demand"].astype(float)
    return rows["shortage"].astype(float) / demand.where(demand > 0)
