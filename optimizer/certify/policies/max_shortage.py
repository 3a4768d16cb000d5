"""``max_shortage``: shortage as a share of demand, on a scenario's own nodes or over whole paths."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from friendshore.models.tables import Policy
from friendshore.optimizer.certify.case import Case
from friendshore.optimizer.certify.clauses.requirement import Requirement, each_of, held_at, named, require, window
from friendshore.optimizer.certify.clauses.scope import against_limit, rows_in_scope
from friendshore.optimizer.certify.events import meets
from friendshore.optimizer.certify.numbers import Array, Places
from friendshore.optimizer.certify.risk import cvar
from friendshore.optimizer.certify.tree import Branch
from friendshore.optimizer.certify.years import limits


def requirements(case: Case, policy: Policy) -> Iterator[Requirement]:
    """Equation 7, max_shortage, one constraint a commodity (and scenario, where each stands by itself)."""
    limit = limits(case.tables, policy)
    for members, commodity, name in each_of(policy, case.network.groups):
        rows = rows_in_scope(case, policy, members, commodity)
        if policy.scenario == "expected":
            yield _expected(case, policy, rows, name)
        elif policy.scenario == "cvar":
            yield _cvar(case, policy, rows, name)
        elif policy.over == "step":
            for segment, nodes in held_at(case, policy, "base"):
                for n in nodes:
                    period = int(segment.branch.period[n])
                    terms = against_limit(segment.quantities.u[n, rows], segment.demand[n, rows], limit[period])
                    whole = float(segment.demand[n, rows].sum())
                    place = f"{name} at {segment.labels[n]}"
                    yield require(place, terms, segment.branch.weight[n], period, whole=whole)
        else:
            yield from _together(case, policy, rows, name)


def _together(case: Case, policy: Policy, rows: Places, name: str) -> Iterator[Requirement]:
    """Over the own nodes of each branch together: all of them, or those that meet an event."""
    for scenario, segment in case.segments.items():
        if named(segment.branch, policy.scenario or "base"):
            branch = segment.branch
            met = _in_window(case, policy, branch)
            if policy.over == "event":
                ends = branch.start + branch.years
                met &= [
                    any(meets(each.event, each.origin, start, end) for each in branch.struck)
                    for start, end in zip(branch.start, ends, strict=True)
                ]
            needed = segment.demand[met][:, rows]
            terms = against_limit(segment.quantities.u[met][:, rows], needed, policy.limit)
            yield require(f"{name} in {scenario}", terms, branch.probability, whole=float(needed.sum()))


def _in_window(case: Case, policy: Policy, branch: Branch) -> NDArray[np.bool_]:
    """Which own nodes of a branch lie in the window of a policy."""
    return np.isin(branch.period, window(policy, [period.period for period in case.tables.periods]))


def _path_sums(case: Case, policy: Policy, rows: Places) -> list[tuple[float, float, float]]:
    """Probability, shortage and demand of each weighted path, over its nodes in the window."""
    short: dict[str, Array] = {}
    demand: dict[str, Array] = {}
    for name, segment in case.segments.items():
        inside = _in_window(case, policy, segment.branch)
        short[name] = segment.quantities.u[:, rows].sum(axis=1) * inside
        demand[name] = segment.demand[:, rows].sum(axis=1) * inside
    return [
        (b.probability, float(case.on_path(b.name, short).sum()), float(case.on_path(b.name, demand).sum()))
        for b in case.tree.weighted()
    ]


def _expected(case: Case, policy: Policy, rows: Places, name: str) -> Requirement:
    """Σ pₛ·(path shortage) ≤ limit·Σ pₛ·(path demand)."""
    sums = np.array(_path_sums(case, policy, rows))
    needed = sums[:, 0] * sums[:, 2]
    terms = against_limit(sums[:, 0] * sums[:, 1], needed, policy.limit)
    return require(f"{name}, expected", terms, whole=float(needed.sum()))


def _cvar(case: Case, policy: Policy, rows: Places, name: str) -> Requirement:
    """CVaR_α over paths of (path shortage ÷ path demand) ≤ limit; a path without demand is not short.

    Where no path has any it is a share of nothing.
    """
    sums = _path_sums(case, policy, rows)
    shares = [(p, short / demand if demand > 0 else 0.0) for p, short, demand in sums]
    terms = np.array([cvar(shares, case.tables.settings.cvar_alpha), -policy.limit])
    return require(f"{name}, cvar", terms, whole=float(any(demand > 0 for _, _, demand in sums)))
