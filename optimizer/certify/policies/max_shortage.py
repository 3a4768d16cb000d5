"""``max_shortage``: shortage as a share of demand, on a scenario's own nodes or over whole paths."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from friendshore.models.tables import Policy
from friendshore.optimizer.certify.case import Case
from friendshore.optimizer.certify.clauses.requirement import Requirement, each_of, require
from friendshore.optimizer.certify.clauses.scope import against_limit, rows_in_scope
from friendshore.optimizer.certify.numbers import Array, Places
from friendshore.optimizer.certify.risk import cvar
from friendshore.optimizer.certify.tree import BASE


def requirements(case: Case, policy: Policy) -> Iterator[Requirement]:
    """Equation 7, max_shortage, one constraint a commodity (and scenario, where each stands by itself)."""
    for members, commodity, name in each_of(policy, case.network.groups):
        rows = rows_in_scope(case, policy, members, commodity)
        if policy.scenario == "expected":
            yield _expected(case, policy, rows, name)
        elif policy.scenario == "cvar":
            yield _cvar(case, policy, rows, name)
        else:
            for scenario in _scenarios(case, policy.scenario):
                segment = case.segments[scenario]
                terms = against_limit(segment.quantities.u[:, rows], segment.demand[:, rows], policy.limit)
                yield require(f"{name} in {scenario}", terms)


def _scenarios(case: Case, scenario: str) -> list[str]:
    """The scenario that is named, or base and every scenario of the sheet."""
    return [BASE, *(row.scenario for row in case.tables.scenarios)] if scenario == "each" else [scenario]


def _path_sums(case: Case, rows: Places) -> list[tuple[float, float, float]]:
    """Probability, shortage and demand of each weighted path, over the whole path."""
    short: dict[str, Array] = {name: s.quantities.u[:, rows].sum(axis=1) for name, s in case.segments.items()}
    demand: dict[str, Array] = {name: s.demand[:, rows].sum(axis=1) for name, s in case.segments.items()}
    return [
        (b.probability, float(case.on_path(b.name, short).sum()), float(case.on_path(b.name, demand).sum()))
        for b in case.tree.weighted()
    ]


def _expected(case: Case, policy: Policy, rows: Places, name: str) -> Requirement:
    """Σ pₛ·(path shortage) ≤ limit·Σ pₛ·(path demand)."""
    sums = np.array(_path_sums(case, rows))
    return require(f"{name}, expected", against_limit(sums[:, 0] * sums[:, 1], sums[:, 0] * sums[:, 2], policy.limit))


def _cvar(case: Case, policy: Policy, rows: Places, name: str) -> Requirement:
    """CVaR_α over paths of (path shortage ÷ path demand) ≤ limit; a path without demand is not short."""
    shares = [(p, short / demand if demand > 0 else 0.0) for p, short, demand in _path_sums(case, rows)]
    return require(f"{name}, cvar", np.array([cvar(shares, case.tables.settings.cvar_alpha), -policy.limit]))
