"""Units of expansions: where they may be decided, which a path carries, when they serve and what they cost."""

from __future__ import annotations

from dataclasses import dataclass

from .program import INFINITY, Expr, Program, constant, times, total
from .records import Expansion, Problem
from .tree import TINY, Node, Tree, overlap


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
        if not self._decides(scenario):
            return []
        offered = []
        for node in self.tree.own[scenario]:
            for e in self.problem.expansions.values():
                if e.first <= node.period <= e.last and self._useful(e, node.start):
                    whole = e.integer and (scenario == "base" or self.problem.settings.branch_investment == "integer")
                    expr = program.variable(f"build|{node.name}|{e.name}", upper=e.max_units, whole=whole)
                    offered.append(Unit(e.name, scenario, node.start, expr))
        return offered

    def _useful(self, e: Expansion, time: float) -> bool:
        return overlap(time + e.lead, time + e.lead + e.life, 0.0, self.problem.horizon) > TINY

    def carried(self, scenario: str) -> list[Unit]:
        """The units that stand on a path, whoever decided them."""
        if scenario == "base":
            return self.decided["base"]
        inherited = self.carried(self.tree.parent(scenario))
        if not self._decides(scenario):
            return inherited
        onset = self.tree.onset(scenario)
        shared = [u for u in inherited if u.time < onset - TINY or (u.scenario == "base" and u.time == 0.0)]
        return shared + self.decided[scenario]

    def share(self, unit: Unit, node: Node) -> float:
        """The share of a node in which a unit serves."""
        e = self.problem.expansions[unit.expansion]
        first = unit.time + e.lead
        return overlap(first, first + e.life, node.start, node.end) / node.years

    def paid(self, unit: Unit) -> float:
        """Capex of a unit, by the share of its life within the horizon, discounted."""
        e, rate = self.problem.expansions[unit.expansion], self.problem.settings.discount_rate
        part = 1.0
        if e.life < INFINITY:
            years = min(e.life, self.problem.horizon - unit.time - e.lead)
            part = years / e.life
            if rate > 0:
                part = (1.0 - (1.0 + rate) ** -years) / (1.0 - (1.0 + rate) ** -e.life)
        return float(e.capex * part * (1.0 + rate) ** -unit.time)

    def _along(self, scenario: str, program: Program) -> None:
        units = self.carried(scenario)
        for e in self.problem.expansions.values():
            mine = [u for u in units if u.expansion == e.name]
            program.at_most(total(u.expr for u in mine), constant(e.max_units))
            if e.requires:
                first = [u for u in units if u.expansion == e.requires]
                for time in sorted({u.time for u in mine}):
                    so_far = total(u.expr for u in mine if u.time <= time + TINY)
                    program.at_most(so_far, total(u.expr for u in first if u.time <= time + TINY))

    def fixed(self, node: Node) -> Expr:
        """What the units in service cost in a node, before discounting."""
        return total(
            times(self.problem.expansions[u.expansion].fixed_cost * self.share(u, node) * node.years, u.expr)
            for u in self.carried(node.scenario)
        )
