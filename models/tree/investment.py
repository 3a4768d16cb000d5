"""Which units may be decided where, which of them stand on which path, and when they serve (formulation, Decisions)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from friendshore.models.problem import Problem
from friendshore.models.tables import Expansion
from friendshore.models.tree.branch import BASE
from friendshore.models.tree.scenario_tree import Tree

Array = NDArray[np.float64]

_TINY = 1e-9


@dataclass(frozen=True)
class Decision:
    """b[n,e]: units of an expansion decided at the start of a node, at time ``time``."""

    node: int
    expansion: str
    time: float


@dataclass(frozen=True)
class Decisions:
    """All decisions that are offered, and those that stand on each path, in order of time."""

    offered: tuple[Decision, ...]
    on_path: Mapping[str, tuple[Decision, ...]]


@lru_cache(maxsize=8)
def decisions(problem: Problem, tree: Tree) -> Decisions:
    """The decisions of a tree.

    The base path decides at its own nodes. A branch of positive probability with ``branch_investment`` continuous or
    integer keeps what was decided before its onset, and at the very first base node, and decides anew at its own
    nodes; every other branch builds what its parent's path builds, and decides besides what it opens (``opened_by``).
    """
    anew = problem.settings.branch_investment != "plan"
    anywhere = tuple(name for name, row in problem.expansions.items() if not row.opened_by)
    on_path: dict[str, tuple[Decision, ...]] = {}
    offered: list[Decision] = []
    for scenario in tree.scenarios:
        own: tuple[Decision, ...] = ()
        if scenario == BASE:
            own = on_path[scenario] = _offered_at(problem, tree, scenario, anywhere)
        elif anew and tree.branches[scenario].probability > 0:
            inherited = on_path[tree.branches[scenario].parent]
            onset = tree.nodes[tree.own_nodes[scenario][0]].start
            kept = tuple(d for d in inherited if d.time < onset - _TINY or d.node == 0)
            own = _offered_at(problem, tree, scenario, anywhere + opened(problem, *tree.lineage(scenario)))
            on_path[scenario] = kept + own
        else:
            own = _offered_at(problem, tree, scenario, opened(problem, scenario))
            inherited = on_path[tree.branches[scenario].parent]
            on_path[scenario] = tuple(sorted((*inherited, *own), key=attrgetter("time"))) if own else inherited
        offered.extend(own)
    return Decisions(tuple(offered), on_path)


@lru_cache(maxsize=8)
def alike(problem: Problem, tree: Tree) -> tuple[tuple[tuple[Decision, ...], NDArray[np.int64]], ...]:
    """Each set of decisions that stands on some paths, with the own nodes of all those scenarios."""
    shared: dict[int, tuple[tuple[Decision, ...], list[int]]] = {}  # branches share their parents' tuples
    for scenario, chosen in decisions(problem, tree).on_path.items():
        shared.setdefault(id(chosen), (chosen, []))[1].extend(tree.own_nodes[scenario])
    nodes: dict[tuple[Decision, ...], list[int]] = {}
    for chosen, own in shared.values():
        nodes.setdefault(chosen, []).extend(own)
    return tuple((chosen, np.array(own, dtype=np.int64)) for chosen, own in nodes.items())


def opened(problem: Problem, *scenarios: str) -> tuple[str, ...]:
    """The expansions that any of some scenarios opens."""
    return tuple(name for name, row in problem.expansions.items() if row.opened_by in scenarios and row.opened_by)


def _offered_at(problem: Problem, tree: Tree, scenario: str, names: tuple[str, ...]) -> tuple[Decision, ...]:
    """Decisions on expansions at the own nodes of one path, none that never serves.

    On the base path, and of what a scenario opens, at the first node of a period only.
    """
    nodes = tree.own_nodes[scenario]
    rows = {name: row for name, row in problem.expansions.items() if name in names}
    windows = {name: problem.window(row.earliest, row.latest) for name, row in rows.items()}
    own = np.array(nodes, dtype=np.int64)
    return tuple(
        decision
        for n in nodes
        for name, row in rows.items()
        if tree.nodes[n].period in windows[name]
        if tree.nodes[n].step == 1 or (scenario != BASE and not row.opened_by)
        for decision in [Decision(n, name, tree.nodes[n].start)]
        if in_service(tree, row, decision, own).any()
    )


def in_service(tree: Tree, row: Expansion, decision: Decision, nodes: NDArray[np.int64]) -> Array:
    """1 at the nodes at which a unit serves, 0 elsewhere.

    A unit that the base path decides counts where it serves during the whole base step that holds the node, so that a
    branch sees it when the base path does; one that a branch decides, where it serves during the whole node.

    Parameters
    ----------
    tree
        Its scenario tree, stress branches of policies included.
    row
        A row of Expansions.
    decision
        When and where a unit is decided.
    nodes
        Positions of nodes.

    Returns
    -------
    Array
        0 or 1 for each of these nodes.
    """
    return serves(row, decision.time, *_stretches(tree, decision, nodes))


def _stretches(tree: Tree, decision: Decision, nodes: NDArray[np.int64]) -> tuple[Array, Array]:
    """Start and end of what a unit has to serve wholly to count at nodes: the base step of each, or the node itself."""
    holding = tree.base_step[nodes] if tree.nodes[decision.node].scenario == BASE else nodes
    start = tree.start[holding]
    return start, start + tree.length[holding]


def capacity_share(tree: Tree, row: Expansion, decision: Decision, nodes: NDArray[np.int64]) -> Array:
    """The share of a unit's size that counts at nodes: 0 where it does not serve, else the least of its ``ramp``.

    Parameters
    ----------
    tree
        Its scenario tree, stress branches of policies included.
    row
        A row of Expansions.
    decision
        When and where a unit is decided.
    nodes
        Positions of nodes.

    Returns
    -------
    Array
        From 0 to 1 for each of these nodes.
    """
    return ramped(row, decision.time, *_stretches(tree, decision, nodes))


def ramped(row: Expansion, time: float, start: Array, end: Array) -> Array:
    """The share of a unit's size that serves during the whole of [start, end], 0 where the unit does not.

    In its first, second … year of service it is the first, second … share of ``ramp``, then 1; a stretch has the least
    of those that it meets (formulation, V.8).

    Parameters
    ----------
    row
        A row of Expansions.
    time
        When the unit is decided, years from the start of the horizon.
    start, end
        Start and end of each stretch, years from the start of the horizon.

    Returns
    -------
    Array
        From 0 to 1 for each stretch.
    """
    share = serves(row, time, start, end)
    begin = time + row.lead_years
    for year, reached in enumerate(row.ramp):
        meets = (start < begin + year + 1 - _TINY) & (end > begin + year + _TINY)
        share = np.where(meets, np.minimum(share, reached), share)
    return share


def serves(row: Expansion, time: float, start: Array, end: Array) -> Array:
    """1 where a unit decided at ``time`` serves during the whole of [start, end], 0 elsewhere.

    It serves in [time + lead, time + lead + life): capacity never works before it exists or after its life
    (formulation, Decisions).

    Parameters
    ----------
    row
        A row of Expansions.
    time
        When it is decided, years from the start of the horizon.
    start, end
        Start and end of each stretch, years from the start of the horizon.

    Returns
    -------
    Array
        0 or 1 for each stretch.
    """
    begin = time + row.lead_years
    finish = np.inf if row.life_years is None else begin + row.life_years
    return np.asarray((start >= begin - _TINY) & (end <= finish + _TINY), dtype=np.float64)


def paid_share(row: Expansion, time: float, horizon: float, rate: float) -> float:
    """κ: the share of a unit's price that falls within the horizon.

    With y = years in service before the horizon (at most ``life_years``), κ = (1 − (1+r)^−y)/(1 − (1+r)^−life); for
    r = 0 it is y/life, and 1 where ``life_years`` is blank (formulation, V.4).

    Parameters
    ----------
    row
        A row of Expansions.
    time
        When it is decided, years from the start of the horizon.
    horizon
        End of the horizon, years.
    rate
        Discount rate a year.

    Returns
    -------
    float
        From 0 to 1.
    """
    if row.life_years is None:
        return 1.0
    served = min(max(horizon - time - row.lead_years, 0.0), row.life_years)
    if rate == 0:
        return served / row.life_years
    return float((1.0 - (1.0 + rate) ** -served) / (1.0 - (1.0 + rate) ** -row.life_years))
