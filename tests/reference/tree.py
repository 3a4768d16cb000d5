"""Nodes in time, the paths through them, and what events do on average in each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import log

from .records import Event, Problem

TINY = 1e-9
DEFAULT_STEP = 3.0


@dataclass(frozen=True)
class Node:
    """A stretch of time on one path or on the common part of several; `step` is the position of the base step that
    contains it."""

    name: str
    scenario: str
    period: int
    step: int
    start: float
    years: float
    previous: str | None

    @property
    def end(self) -> float:
        """Where the next node starts."""
        return self.start + self.years


def overlap(first: float, last: float, start: float, end: float) -> float:
    """The length two stretches of time have in common."""
    return max(0.0, min(last, end) - max(first, start))


def touches(event: Event, origin: float, start: float, end: float) -> bool:
    """Whether an event, recovery included, meets a stretch of time for a positive length."""
    first = origin + event.start
    return overlap(first, first + event.years + event.recovery, start, end) > TINY


def mean(event: Event, origin: float, start: float, end: float) -> float:
    """The mean of what remains over a stretch of time, an exact integral."""
    first = origin + event.start
    stop = first + event.years
    full = overlap(first, stop, start, end)
    low, high = max(stop, start), min(stop + event.recovery, end)
    lost = (1.0 - event.remaining) * full
    if high > low:
        middle = (low + high) / 2.0
        lost += (1.0 - event.remaining) * (1.0 - (middle - stop) / event.recovery) * (high - low)
    return 1.0 - lost / (end - start)


class Tree:
    """The base path and its branches."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.nodes: dict[str, Node] = {}
        self.own: dict[str, list[Node]] = {"base": []}
        self._weights: dict[str, float] = {}
        for position, period in enumerate(problem.periods):
            for part in range(period.steps):
                start = period.start + period.years * part / period.steps
                self._append("base", position, len(self.own["base"]), start, period.years / period.steps)
        waiting = list(problem.scenarios)
        while waiting:
            name = waiting.pop(0)
            if problem.scenarios[name].parent not in self.own:
                waiting.append(name)
            else:
                self._branch(name)

    def onset(self, scenario: str) -> float:
        """The time at which a scenario leaves its parent."""
        return self.problem.periods[self.problem.scenarios[scenario].onset].start

    def parent(self, scenario: str) -> str:
        """The path a scenario leaves."""
        return self.problem.scenarios[scenario].parent

    def probability(self, scenario: str) -> float:
        """The probability of a path."""
        if scenario == "base":
            return 1.0 - sum(s.probability for s in self.problem.scenarios.values())
        return self.problem.scenarios[scenario].probability

    def paths(self, weighted: bool = False) -> list[str]:
        """All paths, or those of positive probability."""
        return [name for name in self.own if not weighted or self.probability(name) > 0]

    def path(self, scenario: str) -> list[Node]:
        """The nodes of a path, in order of time."""
        if scenario == "base":
            return self.own["base"]
        onset = self.onset(scenario)
        return [n for n in self.path(self.parent(scenario)) if n.start < onset - TINY] + self.own[scenario]

    def weight(self, node: Node) -> float:
        """The probability of all paths through a node."""
        if not self._weights:
            self._weights = dict.fromkeys(self.nodes, 0.0)
            for name in self.paths():
                for on_path in self.path(name):
                    self._weights[on_path.name] += self.probability(name)
        return self._weights[node.name]

    def discount(self, node: Node) -> float:
        """What is paid evenly while a node lasts is worth, now, this share of itself."""
        rate = self.problem.settings.discount_rate
        if rate == 0:
            return 1.0
        lost = (1.0 + rate) ** -node.start - (1.0 + rate) ** -node.end
        return float(lost / (node.years * log(1.0 + rate)))

    def normal(self, node: Node) -> bool:
        """Whether a node lies in normal times: on the base path, or on a path of weight before the first of its events
        begins or well after the last has ended; dearer production is not what ends normal times."""
        if node.scenario == "base":
            return True
        events = [(event, origin) for event, origin in self.events(node.scenario) if event.kind != "cost"]
        if self.probability(node.scenario) <= 0 or not events:
            return self.probability(node.scenario) > 0
        begins = min(origin + event.start for event, origin in events)
        ended = max(origin + event.start + event.years + event.recovery for event, origin in events)
        ready = ended + self.problem.settings.rejoin_years
        return node.end <= begins + TINY or node.start >= ready - TINY

    def events(self, scenario: str) -> list[tuple[Event, float]]:
        """The events of a path, inherited ones included, each with the onset it counts from."""
        if scenario == "base":
            return []
        own = [(event, self.onset(scenario)) for event in self.problem.scenarios[scenario].events]
        return self.events(self.parent(scenario)) + own

    def factor(self, node: Node, matches: Callable[[Event], bool]) -> float:
        """The product of the means of the events at a node that match."""
        product = 1.0
        for event, origin in self.events(node.scenario):
            if matches(event):
                product *= mean(event, origin, node.start, node.end)
        return product

    def _branch(self, name: str) -> None:
        scenario = self.problem.scenarios[name]
        self.own[name] = []
        for base in self.own["base"]:
            if base.period < scenario.onset:
                continue
            hit = any(touches(event, origin, base.start, base.end) for event, origin in self.events(name))
            count = _parts(base.years, scenario.step_months) if hit else 1
            for part in range(count):
                start = base.start + base.years * part / count
                self._append(name, base.period, base.step, start, base.years / count)

    def _append(self, scenario: str, period: int, step: int, start: float, years: float) -> None:
        before = self.path(scenario)
        previous = before[-1].name if before else None
        node = Node(f"{scenario}:{len(self.own[scenario])}", scenario, period, step, start, years, previous)
        self.own[scenario].append(node)
        self.nodes[node.name] = node


def _parts(years: float, months: float | None) -> int:
    """Into how many equal parts a step that meets an event is cut; a step that is not longer than these stays whole."""
    count = years * 12.0 / (months or DEFAULT_STEP)
    if months is not None and count < 1.0:
        return 1
    if abs(count - round(count)) < TINY and round(count) >= 1:
        return round(count)
    if months is None:
        return 1
    raise ValueError(f"steps of {months} months do not divide {years} years")
