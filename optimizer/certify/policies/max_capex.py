"""``max_capex``: what the consumers, as payers, commit to new capacity on the base path."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from friendshore.models.tables import Expansion, Policy
from friendshore.optimizer.certify.case import Case
from friendshore.optimizer.certify.clauses.requirement import Requirement, consumers, require, window
from friendshore.optimizer.certify.scenarios import BASE
from friendshore.optimizer.certify.years import by_period


def requirements(case: Case, policy: Policy) -> Iterator[Requirement]:
    """Equation 7, max_capex: Σ capex·b over base nodes in the window and expansions paid by R ≤ limit, undiscounted."""
    expansions = case.tables.expansions
    price = by_period(case.tables, "Expansions", "capex", {row.expansion: row.capex for row in expansions})
    periods = window(policy, [period.period for period in case.tables.periods])
    for members in consumers(policy, case.network.groups):
        spent = [
            price[decision.period, decision.expansion] * decision.units
            for decision in case.own[BASE]
            if decision.period in periods and payer(case, expansions[decision.expansion]) in members
        ]
        yield require(f"capex of {', '.join(sorted(members))}", np.array([*spent, -policy.limit]), whole=1.0)


def payer(case: Case, row: Expansion) -> str:
    """Who pays for an expansion: the country named, else that of its plant or stockpile."""
    if row.payer:
        return row.payer
    if row.stockpile:
        return case.network.stockpiles.rows[case.network.stockpiles.index[row.stockpile]].country
    return case.network.plants.rows[case.network.plants.index[row.plant]].country
