"""TailClause: CVaR_α over paths of numerator ÷ denominator, at most the limit (formulation, 7).

η + Σ pₛ·yₛ/(1 − α) − slack ≤ limit with yₛ ≥ (numerator ÷ denominator on the path of s) − η; the denominator is demand,
which is data (Rockafellar & Uryasev 2000, Optimization of conditional value-at-risk, theorem 1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf

from friendshore.models.clauses.clause import Clause, Denominator, Numerator, PolicyRow, Standing, ValueAt
from friendshore.models.node.link import ExpressionAt, ExpressionKey, LinkColumn, Linked, LinkKey, LinkRow
from friendshore.models.node.parameters import Parameters
from friendshore.models.node.sets import Sets
from friendshore.models.tree.risk import conditional_value_at_risk
from friendshore.models.tree.scenario_tree import Tree


@dataclass(frozen=True, slots=True)
class TailValue(LinkKey):
    """η: the value at risk of a clause."""

    clause: str


@dataclass(frozen=True, slots=True)
class TailExcess(LinkKey):
    """yₛ: by how much a path is beyond η; also the row that says so."""

    clause: str
    scenario: str


@dataclass(frozen=True, kw_only=True)
class TailClause(Clause):
    """A clause on the tail over paths: ``paths`` gives the nodes of each path of positive probability."""

    paths: Mapping[str, tuple[int, ...]]

    def rows(self, sets: Sets, tree: Tree, parameters: Parameters) -> Linked:
        """A row for each path, then the one of the limit.

        Parameters
        ----------
        sets
            Index sets of a node: plants, shipments, stockpiles, rows of demand.
        tree
            Its scenario tree, stress branches of policies included.
        parameters
            Holds, by name and key, what differs from node to node: one value a node.

        Returns
        -------
        Linked
            Pairs of new linking columns and the row that needs them first.
        """
        eta = TailValue(self.label)
        excess = {scenario: TailExcess(self.label, scenario) for scenario in self.paths}
        for scenario, nodes in self.paths.items():
            needed = sum(self._demand(sets, parameters, n) for n in nodes)
            share = 1.0 / needed if needed > 0 else 0.0
            expressions: dict[ExpressionAt, float] = {(n, Numerator(self.label)): share for n in nodes if share}
            terms: dict[LinkKey, float] = {eta: -1.0, excess[scenario]: -1.0}
            yield (LinkColumn(excess[scenario]),), LinkRow(excess[scenario], -inf, 0.0, terms, expressions)
        alpha = sets.problem.settings.cvar_alpha
        slack = self.slack(self.label)
        total: dict[LinkKey, float] = {eta: 1.0} | {column.key: -1.0 for column in slack}
        total |= {key: tree.probability(scenario) / (1.0 - alpha) for scenario, key in excess.items()}
        limit = LinkRow(PolicyRow(self.label, self.label), -inf, self.policy.limit, total)
        yield (LinkColumn(eta, -inf), *slack), limit

    def standings(self, value: ValueAt, sets: Sets, tree: Tree) -> Iterator[Standing]:
        """One: the CVaR against the limit.

        Parameters
        ----------
        value
            The value of an expression at a node, for a solution.
        sets
            Index sets of a node: plants, shipments, stockpiles, rows of demand.
        tree
            Its scenario tree, stress branches of policies included.

        Returns
        -------
        Iterator[Standing]
            The only one.
        """
        outcomes = []
        for scenario, nodes in self.paths.items():
            needed = _sum(value, Denominator(self.label), nodes)
            numerator = _sum(value, Numerator(self.label), nodes)
            outcomes.append((numerator / needed if needed > 0 else 0.0, tree.probability(scenario)))
        tail = conditional_value_at_risk(outcomes, sets.problem.settings.cvar_alpha)
        yield self.standing(self.label, tail, 1.0)

    def _demand(self, sets: Sets, parameters: Parameters, node: int) -> float:
        return sum(parameters.at("demand", i, node) for i in self.demand_rows(sets))


def _sum(value: ValueAt, key: ExpressionKey, nodes: tuple[int, ...]) -> float:
    return float(sum(value(n, key) for n in nodes))
