"""The trunk-and-branch scenario tree: nodes, lengths, weights, and what events do to a node on average.

The base path has a node for each step of a period (one, unless ``Periods.steps`` says more). A branch leaves its
parent's path at the start of its onset period and has nodes of its own to the end of the horizon; before its onset it
shares its parent's nodes (non-anticipativity by construction; Birge & Louveaux, Introduction to Stochastic
Programming, ch. 2.6).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from friendshore.models.problem import Problem
from friendshore.models.tables import Event
from friendshore.models.tree.branch import BASE, Branch
from friendshore.models.tree.dangers import chances
from friendshore.models.tree.discounting import running
from friendshore.models.tree.event_time import mean_severity, overlaps

Array = NDArray[np.float64]

_TINY = 1e-9  # years; starts that lie closer are the same


@dataclass(frozen=True)
class Node:
    """One node of the tree.

    ``step`` counts from 1 within the period; ``start`` τ and ``length`` d are in years; ``parent`` is the position of
    the node before it, -1 for none; ``base_step`` is the position of the base node that holds it, itself on the base
    path: branches cut the steps of the base path into smaller ones and never lie across two.
    """

    scenario: str
    period: int
    step: int
    start: float
    length: float
    parent: int
    base_step: int


@dataclass(frozen=True)
class Strike:
    """One event as it acts on the tree; ``onset`` is that from which it counts, years from the start of the horizon.

    ``severity`` is σ, the share of its full effect, at the nodes ``nodes``; everywhere else it is 0. With
    ``remaining`` ρ the mean is μ = 1 + (ρ - 1)·σ.
    """

    event: Event
    nodes: NDArray[np.int64]
    severity: Array
    onset: float

    def mean(self, remaining: float) -> Array:
        """μ at ``nodes`` for the share ``remaining`` left while the event acts in full; it is 1 at all others."""
        return 1.0 + (remaining - 1.0) * self.severity


@dataclass(frozen=True, eq=False)
class Tree:
    """All nodes, the base path first, then each branch after its parent."""

    nodes: tuple[Node, ...]
    branches: Mapping[str, Branch]
    discount_rate: float
    base_probability: float

    @cached_property
    def start(self) -> Array:
        """τ[n], years from the start of the horizon."""
        return np.array([node.start for node in self.nodes])

    @cached_property
    def length(self) -> Array:
        """d[n], years."""
        return np.array([node.length for node in self.nodes])

    @cached_property
    def period(self) -> NDArray[np.int64]:
        """Position of the period of each node."""
        return np.array([node.period for node in self.nodes], dtype=np.int64)

    @cached_property
    def parent(self) -> NDArray[np.int64]:
        """π[n], -1 where there is none."""
        return np.array([node.parent for node in self.nodes], dtype=np.int64)

    @cached_property
    def base_step(self) -> NDArray[np.int64]:
        """Position of the base node that holds each node."""
        return np.array([node.base_step for node in self.nodes], dtype=np.int64)

    @cached_property
    def discount(self) -> Array:
        """δ[n]: what money that runs evenly over a node is worth: the mean of (1 + r)^(-t) (formulation, D.3)."""
        return running(self.discount_rate, self.start, self.length)

    @cached_property
    def horizon(self) -> float:
        """H, years."""
        return float(np.max(self.start + self.length))

    @cached_property
    def end_discount(self) -> float:
        """(1 + r)^(-H)."""
        return float((1.0 + self.discount_rate) ** -self.horizon)

    @property
    def scenarios(self) -> tuple[str, ...]:
        """All paths by name, base first, parents before children."""
        return (BASE, *self.branches)

    @cached_property
    def own_nodes(self) -> Mapping[str, tuple[int, ...]]:
        """Nodes of each scenario's own, in order of time."""
        own: dict[str, list[int]] = {name: [] for name in self.scenarios}
        for position, node in enumerate(self.nodes):
            own[node.scenario].append(position)
        return {name: tuple(positions) for name, positions in own.items()}

    @cached_property
    def paths(self) -> Mapping[str, tuple[int, ...]]:
        """Nodes of each scenario's whole path, from the first node to the last."""
        paths: dict[str, tuple[int, ...]] = {}
        for name, own in self.own_nodes.items():
            if name == BASE:
                paths[name] = own
            else:
                onset = self.nodes[own[0]].start
                shared = (n for n in paths[self.branches[name].parent] if self.nodes[n].start < onset - _TINY)
                paths[name] = (*shared, *own)
        return paths

    def probability(self, scenario: str) -> float:
        """Probability that the path of ``scenario`` is the one that plays out."""
        return self.base_probability if scenario == BASE else self.branches[scenario].probability

    @cached_property
    def weight(self) -> Array:
        """ω[n]: probability of the paths through each node."""
        weight = np.zeros(len(self.nodes))
        for name, nodes in self.paths.items():
            weight[list(nodes)] += self.probability(name)
        return weight

    @cached_property
    def is_base(self) -> NDArray[np.bool_]:
        """Which nodes are on the base path."""
        return np.array([node.scenario == BASE for node in self.nodes])

    @cached_property
    def is_last(self) -> NDArray[np.bool_]:
        """Which nodes end a path."""
        last = np.zeros(len(self.nodes), dtype=bool)
        last[[own[-1] for own in self.own_nodes.values()]] = True
        return last

    def lineage(self, scenario: str) -> tuple[str, ...]:
        """A scenario and its ancestors, base excluded."""
        line = []
        while scenario != BASE:
            line.append(scenario)
            scenario = self.branches[scenario].parent
        return tuple(line)

    @cached_property
    def strikes(self) -> tuple[Strike, ...]:
        """Every event of every branch with its severity on the nodes on which it acts."""
        sufferers: dict[str, list[int]] = {name: [] for name in self.branches}
        for name in self.branches:
            for ancestor in self.lineage(name):
                sufferers[ancestor].extend(self.own_nodes[name])
        strikes = []
        for name, branch in self.branches.items():
            onset = self.nodes[self.own_nodes[name][0]].start
            nodes = np.array(sorted(sufferers[name]), dtype=np.int64)
            for event in branch.events:
                severity = mean_severity(event, onset, self.start[nodes], self.length[nodes])
                acts = severity > 0.0
                strikes.append(Strike(event, nodes[acts], severity[acts], onset))
        return tuple(strikes)

    @cached_property
    def disrupted(self) -> NDArray[np.bool_]:
        """Which nodes meet an event, inherited ones included, for a positive length of time."""
        disrupted = np.zeros(len(self.nodes), dtype=bool)
        for strike in self.strikes:
            disrupted[strike.nodes] = True
        return disrupted

    def meets_events(self, scenario: str) -> NDArray[np.bool_]:
        """Which nodes are the scenario's own and meet one of its own events for a positive length of time."""
        meets = np.zeros(len(self.nodes), dtype=bool)
        branch = self.branches[scenario]
        onset = self.nodes[self.own_nodes[scenario][0]].start
        for n in self.own_nodes[scenario]:
            node = self.nodes[n]
            meets[n] = any(overlaps(event, onset, node.start, node.start + node.length) for event in branch.events)
        return meets


def build_tree(problem: Problem, generated: Iterable[Branch] = ()) -> Tree:
    """The tree of a problem: the branches of its sheet Scenarios, then the stress branches that rules generate."""
    known = chances(problem)
    branches = [*known.branches, *generated]  # what is generated comes last
    nodes = list(_base_path(problem))
    trunk = tuple(nodes)
    ancestors: dict[str, list[tuple[Event, float]]] = {BASE: []}
    paths: dict[str, list[int]] = {BASE: list(range(len(nodes)))}
    for branch in branches:
        onset = problem.period_starts[branch.onset]
        suffered = [*ancestors[branch.parent], *((event, onset) for event in branch.events)]
        ancestors[branch.name] = suffered
        path = paths[branch.name] = [n for n in paths[branch.parent] if nodes[n].start < onset - _TINY]
        for position, whole in enumerate(trunk):
            if whole.period < branch.onset:
                continue
            for start, length in _steps(branch, whole, suffered):
                before = nodes[path[-1]] if path else None
                follows = before is not None and before.scenario == branch.name and before.period == whole.period
                step = before.step + 1 if before is not None and follows else 1
                parent = path[-1] if path else -1
                path.append(len(nodes))
                nodes.append(Node(branch.name, whole.period, step, start, length, parent, position))
    return Tree(tuple(nodes), {branch.name: branch for branch in branches}, problem.settings.discount_rate, known.base)


def node_counts(problem: Problem, generated: Iterable[Branch] = ()) -> Iterator[tuple[Branch | None, int]]:
    """How many nodes of its own each path of ``build_tree`` has, without making them: the base path (None) first."""
    trunk = tuple(_base_path(problem))
    yield None, len(trunk)
    ancestors: dict[str, list[tuple[Event, float]]] = {BASE: []}
    for branch in (*chances(problem).branches, *generated):
        onset = problem.period_starts[branch.onset]
        suffered = ancestors[branch.name] = [*ancestors[branch.parent], *((event, onset) for event in branch.events)]
        yield branch, sum(len(_steps(branch, whole, suffered)) for whole in trunk if whole.period >= branch.onset)


def _base_path(problem: Problem) -> Iterator[Node]:
    """The nodes of the base path: each period cut into its ``steps``."""
    position = 0
    for t, (period, start) in enumerate(zip(problem.periods, problem.period_starts, strict=True)):
        length = period.years / period.steps
        for step in range(period.steps):
            yield Node(BASE, t, step + 1, start + length * step, length, position - 1, position)
            position += 1


def _steps(branch: Branch, whole: Node, suffered: list[tuple[Event, float]]) -> list[tuple[float, float]]:
    """Start and length of a branch's nodes within a base node: equal steps where an event acts, else the whole."""
    start, years = whole.start, whole.length
    if not any(overlaps(event, onset, start, start + years) for event, onset in suffered):
        return [(start, years)]
    count = step_count(years, branch.step_months)
    return [(start + years * i / count, years / count) for i in range(count)]


def step_count(years: float, step_months: int | None) -> int:
    """How many equal steps a base step of ``years`` is cut into; months that do not divide it leave it whole."""
    count = years * 12.0 / (step_months or 3)
    return round(count) if count > 0.5 and abs(count - round(count)) < 1e-6 else 1
