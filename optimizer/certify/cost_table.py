"""The table of costs that a plan tells, node by node and kind by kind, held against what was recomputed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from friendshore.models.plan import Plan
from friendshore.optimizer.certify.case import NODE, Case
from friendshore.optimizer.certify.cost import PathCost, Running, investment_of, told_kinds
from friendshore.optimizer.certify.frames import Frame
from friendshore.optimizer.certify.ledger import Ledger, Tally, listed
from friendshore.optimizer.certify.numbers import TINY, Array
from friendshore.optimizer.certify.tree import Branch

ENDS = ("salvage", "refill")
"""Kinds that a path pays at the end of the horizon, told at its last own node."""
AT_ONCE = ("investment", "closing")
"""Kinds that every path pays when they are decided, at its own node of that time where it has one."""


@dataclass(frozen=True)
class CostTable:
    """What each own node of a branch costs, nodes × kinds: as it is paid, and as it is worth at the start."""

    cost: Array
    discounted: Array


def cost_tables(case: Case, running: Running, costs: dict[str, PathCost]) -> dict[str, CostTable]:
    """The table of costs by branch, in the order of ``told_kinds``.

    Parameters
    ----------
    case
        The plan beside the network and the tree.
    running
        What each own node costs.
    costs
        Cost of each path, by scenario.

    Returns
    -------
    dict[str, CostTable]
        By scenario, ``base`` among them; in money, and in money of the base year.
    """
    kinds = told_kinds(case.tables)
    cost = {name: np.zeros((len(branch.start), len(kinds))) for name, branch in case.tree.branches.items()}
    discounted = {name: values.copy() for name, values in cost.items()}
    at_once = {kind: _at_once(case, costs, kind) for kind in kinds if kind in AT_ONCE + ENDS}
    for name, segment in case.segments.items():
        discount = case.tree.discount(segment.branch)
        for place, kind in enumerate(kinds):
            if kind in at_once:
                when = np.full(len(segment.labels), case.tree.horizon) if kind in ENDS else segment.branch.start
                discounted[name][:, place] = at_once[kind][name]
                cost[name][:, place] = at_once[kind][name] * (1.0 + case.tree.rate) ** when
            else:
                cost[name][:, place] = running[name][kind]
                discounted[name][:, place] = running[name][kind] * discount
    return {name: CostTable(cost[name], discounted[name]) for name in cost}


def _at_once(case: Case, costs: dict[str, PathCost], kind: str) -> dict[str, Array]:
    """What is paid once, discounted, at the own nodes of each branch."""
    if kind in ENDS:
        return {name: _at_the_end(branch, costs[name].kinds[kind]) for name, branch in case.tree.branches.items()}
    paid = _investments if kind == "investment" else _closings
    return {name: _when_paid(branch, paid(case, name)) for name, branch in case.tree.branches.items()}


def _at_the_end(branch: Branch, cost: float) -> Array:
    values = np.zeros(len(branch.start))
    values[-1] = cost
    return values


def _when_paid(branch: Branch, payments: Iterable[tuple[float, float]]) -> Array:
    """Payments (time, discounted amount) at the own node during which each falls; those before are the parent's."""
    values = np.zeros(len(branch.start))
    for time, amount in payments:
        values[(branch.start <= time + TINY) & (time + TINY < branch.start + branch.years)] += amount
    return values


def _investments(case: Case, name: str) -> Iterator[tuple[float, float]]:
    """What a path pays for the units that stand on it, whoever decided on them, when they were decided."""
    return ((decision.time, investment_of(case, decision)) for decision in case.carried[name])


def _closings(case: Case, name: str) -> Iterator[tuple[float, float]]:
    """What every path pays for the plants that close, at the start of the period in which they do."""
    starts = np.cumsum([0.0, *(period.years for period in case.tables.periods)])
    for plant, period in enumerate(case.closed.tolist()):
        if period < len(case.tables.periods):
            time = float(starts[period])
            yield time, float(case.network.plants.closing_cost[period, plant]) * (1.0 + case.tree.rate) ** -time


def check_cost_table(plan: Plan, case: Case, running: Running, costs: dict[str, PathCost], ledger: Ledger) -> None:
    """Cost and discounted cost of each node and kind; those of each path add up, kind by kind, to what it costs.

    Differences are measured against the largest kind of the path, as those of the whole path are.

    Parameters
    ----------
    plan
        What it reports.
    case
        The plan beside the network and the tree.
    running
        What each own node costs.
    costs
        Cost of each path, by scenario.
    ledger
        Gets the constraints.

    Raises
    ------
    UnreadableError
        Where a node and kind stand in the table twice.
    """
    frame = Frame("costs", plan.costs, (*NODE, "kind", "cost", "discounted"))
    known = told_kinds(case.tables)
    nodes, kinds = case.finder.nodes(frame), frame.places("kind", known)
    frame.once(nodes * len(known) + kinds, "a node and kind")
    paid, worth = np.zeros((2, case.tree.size, len(known)))
    paid[nodes, kinds], worth[nodes, kinds] = frame.numbers("cost"), frame.numbers("discounted")
    for name, cost in costs.items():
        along = worth[case.tree.path(name)].sum(axis=0)
        for place, kind in enumerate(known):
            ledger.equal(f"reported {kind} cost along the path of {name}", along[place], cost.kinds[kind], cost.size)
    for name, wanted in cost_tables(case, running, costs).items():
        segment = case.segments[name]
        for words, told, right in (("cost", paid, wanted.cost), ("discounted cost", worth, wanted.discounted)):
            tally = Tally.of(told[segment.branch.nodes], -right)
            tally.largest = np.maximum(tally.largest, costs[name].size)
            ledger.zero(tally, listed([f"reported {kind} {words}" for kind in known]), segment.labels)
