"""The scenario tree, rebuilt from the sheets: one trunk, many branches, nodes with lengths and weights."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from friendshore.models.tables import Event, Period, Tables
from friendshore.optimizer.certify.disruptions import Disruption
from friendshore.optimizer.certify.events import meets
from friendshore.optimizer.certify.numbers import Array, Places, places
from friendshore.optimizer.certify.scenarios import BASE, Planned, planned_scenarios

DEFAULT_STEP = 3


@dataclass(frozen=True)
class Struck:
    """An event, and the time from which it counts: the onset of its own scenario."""

    event: Event
    origin: float


@dataclass
class Branch:
    """The own nodes of one path: all of them for the base path, those from the onset on for a scenario.

    ``first`` is the place of its first node among all nodes; ``period``, ``step``, ``start``, ``years`` and
    ``held_by``, the base step that holds it, are by node; ``row`` is the scenario of the sheet it is a branch of.
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
    held_by: Places
    row: str = ""
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

    def discount(self, branch: Branch) -> Array:
        """δ of the own nodes of a branch: what money is worth that runs evenly over them (formulation, D.3)."""
        if self.rate == 0.0:
            return np.ones(len(branch.start))
        force = np.log1p(self.rate)  # differences of powers of 1 + r lose a small r
        spent = np.exp(-force * branch.start) * -np.expm1(-force * branch.years)
        return np.asarray(spent / (branch.years * force), dtype=np.float64)


def build_tree(tables: Tables, disruptions: list[Disruption]) -> Tree:
    """The tree of the sheets and the tested disruptions (formulation, Time)."""
    sheet = planned_scenarios(tables)
    tested = [Planned(each.name, BASE, 0.0, each.onset, each.step_months, each.events) for each in disruptions]
    rest = 1.0 - sum(plan.probability for plan in sheet)
    starts = [sum(period.years for period in tables.periods[:t]) for t in range(len(tables.periods) + 1)]
    tree = Tree({}, starts[-1], tables.settings.discount_rate, 0)
    for plan in [Planned(BASE, "", rest, 0, None, ()), *sheet, *tested]:
        inherited = tree.branches[plan.parent].struck if plan.parent else ()
        struck = inherited + tuple(Struck(event, starts[plan.onset]) for event in plan.events)
        tree.branches[plan.name] = _branch(plan, struck, tables.periods, starts, tree.size)
        tree.size += len(tree.branches[plan.name].start)
    for branch in tree.branches.values():
        for piece, count in tree.pieces(branch.name):
            piece.weight[:count] += branch.probability
    return tree


def _branch(
    plan: Planned, struck: tuple[Struck, ...], periods: tuple[Period, ...], starts: list[float], first: int
) -> Branch:
    """The own nodes of a branch: the steps of the base path, cut into equal parts where they meet an event."""
    nodes: list[tuple[str, int, int, float, float, int]] = []
    whole = sum(period.steps for period in periods[: plan.onset])  # base steps before the onset
    for t in range(plan.onset, len(periods)):
        length, count_in_period = periods[t].years / periods[t].steps, 0
        for part in range(periods[t].steps):
            begin = starts[t] + length * part
            hit = any(meets(each.event, each.origin, begin, begin + length) for each in struck)
            count = step_count(length, plan.step_months) if hit else 1
            for i in range(count):
                count_in_period += 1
                label = f"{plan.name}/{periods[t].period}/{count_in_period}"
                nodes.append((label, t, count_in_period, begin + length * i / count, length / count, whole))
            whole += 1
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
        places([node[5] for node in nodes]),
        plan.row,
    )


def step_count(years: float, step_months: int | None) -> int:
    """Equal parts of a base step: as many of ``step_months`` as fit (blank: 3), or one where they do not divide it."""
    count = 12.0 * years / (step_months or DEFAULT_STEP)
    whole = round(count)
    return whole if whole >= 1 and abs(count - whole) < 1e-6 else 1
