"""What a plan reports of itself, held against what was recomputed."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from friendshore.models.plan import Plan
from friendshore.optimizer.certify.case import NODE, Case
from friendshore.optimizer.certify.cost import PathCost, told_kinds
from friendshore.optimizer.certify.frames import Frame
from friendshore.optimizer.certify.ledger import Ledger, Tally, listed
from friendshore.optimizer.certify.numbers import UnreadableError
from friendshore.optimizer.certify.policies import Penalties
from friendshore.optimizer.certify.risk import cvar, expected

OF_COST = 1e-3
"""Penalties are held against this share of the largest kind of cost: what is far smaller would hide in the whole of it.

A penalty is a price on what a row lacks, and rounding leaves of a row what is next to nothing beside its terms, but not
beside 1 at a price of millions (7e-5 in a plan of 28 million)."""


@dataclass(frozen=True)
class Totals:
    """The figures of the whole plan."""

    expected_cost: float
    cvar: float
    penalties: float
    objective: float


def totals(case: Case, costs: dict[str, PathCost], penalties: float) -> Totals:
    """Objective = (1−λ)·Σ pₛ Cₛ + λ·CVaR_α(C) + penalties.

    Parameters
    ----------
    case
        The plan beside the network and the tree.
    costs
        Cost of each path, by scenario.
    penalties
        What violations of policies cost.

    Returns
    -------
    Totals
        In money of the base year.
    """
    settings = case.tables.settings
    outcomes = [(branch.probability, costs[branch.name].total) for branch in case.tree.weighted()]
    mean, tail = expected(outcomes), cvar(outcomes, settings.cvar_alpha)
    objective = (1.0 - settings.risk_aversion) * mean + settings.risk_aversion * tail + penalties
    return Totals(mean, tail, penalties, objective)


def check_nodes(plan: Plan, case: Case, ledger: Ledger) -> None:
    """The nodes of the plan are those of the tree, with the same start, length, weight and parent.

    Parameters
    ----------
    plan
        What it reports.
    case
        The plan beside the network and the tree.
    ledger
        Gets the constraints.

    Raises
    ------
    UnreadableError
        Where a node is missing, unknown or there twice, or has another parent.
    """
    frame = Frame("nodes", plan.nodes, (*NODE, "start", "years", "weight", "parent_scenario"))
    nodes = case.finder.nodes(frame)
    frame.once(nodes, "a node")
    missing = sorted(set(range(case.tree.size)) - {int(node) for node in nodes})
    if missing:
        raise UnreadableError(f"nodes: {case.finder.labels[missing[0]]} is missing")
    branches = list(case.tree.branches.values())
    for column, wanted in (
        ("start", np.concatenate([branch.start for branch in branches])),
        ("years", np.concatenate([branch.years for branch in branches])),
        ("weight", np.concatenate([branch.weight for branch in branches])),
    ):
        tally = Tally.of((frame.numbers(column) - wanted[nodes])[:, None])
        labels = [case.finder.labels[node] for node in nodes]
        ledger.zero(tally, listed([f"{column} of the node"]), labels)
    parents = [branch.parent for branch in branches for _ in branch.start]
    for node, parent in zip(nodes, frame.frame["parent_scenario"].to_numpy(dtype=object), strict=True):
        parent_name = parent if isinstance(parent, str) else ""
        if parent_name != parents[node]:
            raise UnreadableError(f"nodes: the parent of {case.finder.labels[node]} is not {parent_name!r}")


def check_demand(plan: Plan, case: Case, ledger: Ledger) -> None:
    """The demand beside each shortage is the one recomputed; where no row stands it is nothing.

    Parameters
    ----------
    plan
        What it reports.
    case
        The plan beside the network and the tree.
    ledger
        Gets the constraints.
    """
    frame = Frame("shortages", plan.shortages, (*NODE, "row", "demand"))
    reported = np.zeros((case.tree.size, len(case.tables.demand)))
    reported[case.finder.nodes(frame), frame.whole("row")] = frame.numbers("demand")
    for segment in case.segments.values():
        rows = Tally.of(reported[segment.branch.nodes], -segment.demand)
        ledger.zero(rows, lambda row: _demand_name(case, row), segment.labels)


def _demand_name(case: Case, place: int) -> str:
    row = case.tables.demand[place]
    return f"reported demand for {row.commodity} ({row.tier}) in {row.country}"


def check_paths(plan: Plan, case: Case, costs: dict[str, PathCost], ledger: Ledger) -> None:
    """Probability, cost, and shortage and demand on own nodes, of every path.

    Parameters
    ----------
    plan
        What it reports.
    case
        The plan beside the network and the tree.
    costs
        Cost of each path, by scenario.
    ledger
        Gets the constraints.

    Raises
    ------
    UnreadableError
        Where a path is missing, unknown or there twice.
    """
    frame = Frame("paths", plan.paths, ("scenario", "probability", "cost", "shortage", "demand"))
    names = list(case.tree.branches)
    positions = frame.places("scenario", names)
    frame.once(positions, "a path")
    if len(positions) < len(names):
        missing = sorted(set(range(len(names))) - {int(place) for place in positions})
        raise UnreadableError(f"paths: {names[missing[0]]} is missing")
    columns = [frame.numbers(column) for column in ("probability", "cost", "shortage", "demand")]
    for row, place in enumerate(positions):
        name = names[place]
        probability, cost, shortage, demand = (float(values[row]) for values in columns)
        segment = case.segments[name]
        ledger.equal(f"reported probability of {name}", probability, case.tree.branches[name].probability)
        ledger.equal(f"reported cost of the path of {name}", cost, costs[name].total, costs[name].size)
        ledger.equal(f"reported shortage of {name}", shortage, float(segment.quantities.u.sum()))
        ledger.equal(f"reported demand of {name}", demand, float(segment.demand.sum()))


def check_totals(plan: Plan, case: Case, costs: dict[str, PathCost], recomputed: Totals, ledger: Ledger) -> None:
    """Expected cost, CVaR, penalties, and the expected cost of each kind.

    Parameters
    ----------
    plan
        What it reports.
    case
        The plan beside the network and the tree.
    costs
        Cost of each path, by scenario.
    recomputed
        The totals recomputed.
    ledger
        Gets the constraints.

    Raises
    ------
    UnreadableError
        Where a figure is no finite number, or a kind of cost is unknown.
    """
    size = max(cost.size for cost in costs.values())
    ledger.equal("reported expected cost", _finite("expected_cost", plan.expected_cost), recomputed.expected_cost, size)
    ledger.equal("reported cvar", _finite("cvar", plan.cvar), recomputed.cvar, size)
    ledger.equal("reported penalties", _finite("penalties", plan.penalties), recomputed.penalties, OF_COST * size)
    for kind in plan.costs_by_kind:
        if kind not in told_kinds(case.tables):
            raise UnreadableError(f"costs_by_kind: unknown kind {kind!r}")
    for kind in told_kinds(case.tables):
        wanted_cost = expected((branch.probability, costs[branch.name].kinds[kind]) for branch in case.tree.weighted())
        reported = _finite(f"costs_by_kind of {kind}", plan.costs_by_kind.get(kind, 0.0))
        ledger.equal(f"reported {kind} cost", reported, wanted_cost, size)


def agreed_penalties(plan: Plan, penalties: Penalties) -> float:
    """The penalty recomputed; where a kind has a tolerance of its own, what is reported within it."""
    return min(max(_finite("penalties", plan.penalties), penalties.least), penalties.most)


def objective_difference(plan: Plan, recomputed: Totals) -> float:
    """|recomputed − reported| / max(1, |recomputed|)."""
    return abs(recomputed.objective - _finite("objective", plan.objective)) / max(1.0, abs(recomputed.objective))


def _finite(name: str, value: object) -> float:
    if not isinstance(value, int | float | np.floating) or not math.isfinite(value):
        raise UnreadableError(f"{name} is no finite number")
    return float(value)
