"""The scenario tree, rebuilt from the sheets: one trunk, many branches, nodes with lengths and weights."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from friendshore.models.tables import Event, Period, Tables
from friendshore.optimizer.certify.disruptions import Disruption
from friendshore.optimizer.certify.events import meets
from friendshore.optimizer.certify.numbers import Array, Places, UnreadableError, places

BASE = "base"
DEFAULT_STEP = 3


@dataclass(frozen=True)
class Struck:
    """An event, and the time from which it counts: the onset of its own scenario."""

    event: Event
    origin: float


@dataclass
class Branch:
    """The own nodes of one path: all of them for the base path, those from the onset on for a scenario.

    ``first`` is the place of its first node among all nodes; ``period``, ``step``, ``start`` and ``years`` are by node.
    """

    name: str
    parent: str
    probability: float
    onset: int
    struck: tuple[Struck, ...]
    first: int
    labels: tuple[str, ...]
    period: Places
    step: Places
    start: Array
    years: Array
    weight: Array = field(init=False)

    def __post_init__(self) -> None:
        self.weight = np.zeros(len(self.start))

    @property
    def nodes(self) -> slice:
        """Its own nodes among all nodes."""
        return slice(self.first, self.first + len(self.start))

    def before(self, period: int) -> int:
        """How many of its own nodes lie before a period."""
        return int(np.count_nonzero(self.period < period))


@dataclass
class Tree:
    """All branches, base first, parents before children."""

    branches: dict[str, Branch]
    horizon: float
    rate: float
    size: int

    @property
    def base(self) -> Branch:
        """The base path."""
        return self.branches[BASE]

    def pieces(self, name: str) -> list[tuple[Branch, int]]:
        """The path of a scenario in order of time: branches, and how many of the first own nodes of each."""
        branch = self.branches[name]
        pieces = [(branch, len(branch.start))]
        while branch.name != BASE:
            onset, branch = branch.onset, self.branches[branch.parent]
            pieces.append((branch, branch.before(onset)))
        return pieces[::-1]

    def path(self, name: str) -> Places:
        """The nodes of a path, as places among all nodes."""
        return np.concatenate([np.arange(b.first, b.first + count, dtype=np.intp) for b, count in self.pieces(name)])

    def weighted(self) -> list[Branch]:
        """Branches whose paths have a positive probability."""
        return [branch for branch in self.branches.values() if branch.probability > 0]

    def discount(self, start: Array) -> Array:
        """Δ = (1 + r)^(-τ): what money paid at τ years from the start is worth in the base year."""
        return np.asarray((1.0 + self.rate) ** -start, dtype=np.float64)


@dataclass(frozen=True)
class _Plan:
    """A branch to be: what the sheet or a tested disruption says of it."""

    name: str
    parent: str
    probability: float
    onset: int
    step_months: int | None
    events: tuple[Event, ...]


def build_tree(tables: Tables, disruptions: list[Disruption]) -> Tree:
    """The tree of the sheets and the tested disruptions (formulation, Time)."""
    rest = 1.0 - sum(row.probability for row in tables.scenarios)
    starts = [sum(period.years for period in tables.periods[:t]) for t in range(len(tables.periods) + 1)]
    tree = Tree({}, starts[-1], tables.settings.discount_rate, 0)
    for plan in [_Plan(BASE, "", rest, 0, None, ()), *_in_order(_planned(tables, disruptions))]:
        inherited = tree.branches[plan.parent].struck if plan.parent else ()
        struck = inherited + tuple(Struck(event, starts[plan.onset]) for event in plan.events)
        tree.branches[plan.name] = _branch(plan, struck, tables.periods, starts, tree.size)
        tree.size += len(tree.branches[plan.name].start)
    for branch in tree.branches.values():
        for piece, count in tree.pieces(branch.name):
            piece.weight[:count] += branch.probability
    return tree


def _planned(tables: Tables, disruptions: list[Disruption]) -> list[_Plan]:
    labels = [period.period for period in tables.periods]
    events: dict[str, list[Event]] = {}
    for event in tables.events:
        events.setdefault(event.scenario, []).append(event)
    plans = [
        _Plan(
            row.scenario,
            row.parent,
            row.probability,
            labels.index(row.onset),
            row.step_months,
            tuple(events.get(row.scenario, ())),
        )
        for row in tables.scenarios
    ]
    return plans + [
        _Plan(disruption.name, BASE, 0.0, disruption.onset, disruption.step_months, disruption.events)
        for disruption in disruptions
    ]


def _in_order(plans: list[_Plan]) -> list[_Plan]:
    """Parents before their children."""
    placed, done = [], {BASE}
    while plans:
        ready = [plan for plan in plans if plan.parent in done]
        if not ready:
            raise UnreadableError(f"the scenario {plans[0].name} has no way back to the base path")
        placed += ready
        done.update(plan.name for plan in ready)
        plans = [plan for plan in plans if plan.name not in done]
    return placed


def _branch(
    plan: _Plan, struck: tuple[Struck, ...], periods: tuple[Period, ...], starts: list[float], first: int
) -> Branch:
    """The own nodes of a branch: periods that meet an event cut into equal steps, the others whole."""
    nodes: list[tuple[str, int, int, float, float]] = []
    for t in range(plan.onset, len(periods)):
        years = periods[t].years
        hit = any(meets(each.event, each.origin, starts[t], starts[t] + years) for each in struck)
        count = step_count(years, plan.step_months) if hit else 1
        for i in range(count):
            label = f"{plan.name}/{periods[t].period}/{i + 1}"
            nodes.append((label, t, i + 1, starts[t] + years * i / count, years / count))
    return Branch(
        plan.name,
        plan.parent,
        plan.probability,
        plan.onset,
        struck,
        first,
        tuple(node[0] for node in nodes),
        places([node[1] for node in nodes]),
        places([node[2] for node in nodes]),
        np.array([node[3] for node in nodes]),
        np.array([node[4] for node in nodes]),
    )


def step_count(years: float, step_months: int | None) -> int:
    """Equal steps in a period: as many of ``step_months`` as fit (blank: 3), or one where they do not divide it."""
    count = 12.0 * years / (step_months or DEFAULT_STEP)
    whole = round(count)
    return whole if whole >= 1 and abs(count - whole) < 1e-6 else 1
