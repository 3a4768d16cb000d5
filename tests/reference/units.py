"""Units of expansions: where they may be decided, which a path carries, when they serve and what they cost."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .program import INFINITY, Expr, Program, constant, times, total
from .records import Expansion, Problem
from .tree import TINY, Node, Tree


@dataclass(frozen=True)
class Unit:
    """The decision on units of an expansion at one node."""

    expansion: str
    scenario: str
    time: float
    expr: Expr


class Units:
    """The decisions b, and the rules that hold along every path."""

    def __init__(self, problem: Problem, tree: Tree, program: Program) -> None:
        self.problem = problem
        self.tree = tree
        self.decided: dict[str, list[Unit]] = {}
        for scenario in tree.paths():
            self.decided[scenario] = self._offer(scenario, program)
        for scenario in tree.paths():
            self._along(scenario, program)

    def _decides(self, scenario: str) -> bool:
        if scenario == "base":
            return True
        return self.problem.settings.branch_investment != "plan" and self.tree.probability(scenario) > 0

    def _offer(self, scenario: str, program: Program) -> list[Unit]:
        offered = []
        for node in self.tree.own[scenario]:
            for e in self.problem.expansions.values():
                unit = Unit(e.name, scenario, node.start, {})
                if not self._on_offer(e, node):
                    continue
                if e.first <= node.period <= e.last and self._may_serve(unit):
                    always = scenario == "base" or e.opened_by != ""
                    whole = e.integer and (always or self.problem.settings.branch_investment == "integer")
                    expr = program.variable(f"build|{node.name}|{e.name}", upper=e.max_units, whole=whole)
                    if scenario == "base" and node.start == 0.0:
                        program.at_most(constant(e.committed), expr)
                    offered.append(replace(unit, expr=expr))
        return offered

    def _on_offer(self, e: Expansion, node: Node) -> bool:
        """On the base path units are decided where a period starts, on a branch that decides at every node; those that
        a scenario opens on its path, and on those that leave it and decide, where a period starts."""
        begins = abs(node.start - self.problem.periods[node.period].start) < TINY
        if e.opened_by:
            above = self._line(node.scenario)
            return begins and (above[0] == e.opened_by or (e.opened_by in above and self._decides(node.scenario)))
        return begins if node.scenario == "base" else self._decides(node.scenario)

    def _may_serve(self, unit: Unit) -> bool:
        """Whether there is a node, on a path that a unit could stand on, that it serves."""
        paths = [name for name in self.tree.paths() if unit.scenario in self._line(name)]
        return any(self.serves(unit, node) for name in paths for node in self.tree.path(name))

    def _line(self, scenario: str) -> list[str]:
        """A path, the one that it leaves, and so on back to the base path."""
        return ["base"] if scenario == "base" else [scenario, *self._line(self.tree.parent(scenario))]

    def carried(self, scenario: str) -> list[Unit]:
        """The units that stand on a path, whoever decided them."""
        if scenario == "base":
            return self.decided["base"]
        inherited = self.carried(self.tree.parent(scenario))
        if not self._decides(scenario):
            return inherited + self.decided[scenario]
        onset = self.tree.onset(scenario)
        shared = [u for u in inherited if u.time < onset - TINY or (u.scenario == "base" and u.time == 0.0)]
        return shared + self.decided[scenario]

    def serves(self, unit: Unit, node: Node) -> bool:
        """Whether a unit is in service all through the base step around a node (all through the node itself, where
        the unit was decided on a branch)."""
        e = self.problem.expansions[unit.expansion]
        whole = self.tree.own["base"][node.step] if unit.scenario == "base" else node
        first = unit.time + e.lead
        return first <= whole.start + TINY and whole.end <= first + e.life + TINY

    def share(self, unit: Unit, node: Node) -> float:
        """The part of its size that a unit brings to a node: the least of the years of service that the base step (or
        node) around it meets."""
        e = self.problem.expansions[unit.expansion]
        whole = self.tree.own["base"][node.step] if unit.scenario == "base" else node
        met = [
            e.ramp[year]
            for year in range(len(e.ramp))
            if unit.time + e.lead + year < whole.end - TINY and whole.start + TINY < unit.time + e.lead + year + 1
        ]
        return min(met, default=1.0)

    def price(self, unit: Unit) -> float:
        """Capex of a unit in the period in which it is decided."""
        starts = [period.start for period in self.problem.periods]
        decided = max(i for i, start in enumerate(starts) if start <= unit.time + TINY)
        return self.problem.then(decided).expansions[unit.expansion].capex

    def paid(self, unit: Unit) -> float:
        """Capex of a unit, by the share of its life within the horizon, discounted."""
        e, rate = self.problem.expansions[unit.expansion], self.problem.settings.discount_rate
        part = 1.0
        if e.life < INFINITY:
            years = min(e.life, self.problem.horizon - unit.time - e.lead)
            part = years / e.life
            if rate > 0:
                part = (1.0 - (1.0 + rate) ** -years) / (1.0 - (1.0 + rate) ** -e.life)
        return float(self.price(unit) * part * (1.0 + rate) ** -unit.time)

    def _along(self, scenario: str, program: Program) -> None:
        units = self.carried(scenario)
        for e in self.problem.expansions.values():
            mine = [u for u in units if u.expansion == e.name]
            program.at_most(total(u.expr for u in mine), constant(e.max_units))
            if e.requires:
                opens = e.max_units if e.requires.startswith("any ") else 1.0
                first = [u for u in units if u.expansion == e.requires.removeprefix("any ")]
                for time in sorted({u.time for u in mine}):
                    so_far = total(u.expr for u in mine if u.time <= time + TINY)
                    standing = total(u.expr for u in first if u.time <= time + TINY)
                    program.at_most(so_far, times(opens, standing))

    def fixed(self, node: Node) -> Expr:
        """What the units in service cost in a node, before discounting."""
        return total(
            times(self.problem.then(node.period).expansions[u.expansion].fixed_cost * node.years, u.expr)
            for u in self.carried(node.scenario)
            if self.serves(u, node)
        )
