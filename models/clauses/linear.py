"""LinearClause: numerator − limit · denominator − slack ≤ 0, or ≥ 0 with the slack added (formulation, 7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import inf

from friendshore.models.clauses.clause import Clause, Denominator, Numerator, PolicyRow, Standing, ValueAt
from friendshore.models.node.link import ExpressionAt, ExpressionKey, Linked, LinkRow
from friendshore.models.node.parameters import Parameters
from friendshore.models.node.sets import Sets
from friendshore.models.tree.scenario_tree import Tree

Weights = Mapping[int, float]
"""With what weight each node enters a row."""


@dataclass(frozen=True, kw_only=True)
class LinearClause(Clause):
    """A clause of linear rows.

    ``weights`` gives for each constraint, by name, the nodes it sums over and their weights;
    ``denominator_weights`` those of the denominator where they are others; ``priced`` the weight with which a violation
    of it is priced where that is not 1.
    """

    weights: Mapping[str, Weights]
    denominator_weights: Mapping[str, Weights] | None = None
    priced: Mapping[str, float] = field(default_factory=dict)

    def rows(self, sets: Sets, tree: Tree, parameters: Parameters) -> Linked:
        """A row for each constraint.

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
        lower, upper, sign = (-inf, 0.0, -1.0) if self.at_most else (0.0, inf, 1.0)
        numerator, denominator = Numerator(self.label), Denominator(self.label)
        for place, weights in self.weights.items():
            slack = self.slack(place, self.priced.get(place, 1.0), _only(weights))
            expressions: dict[ExpressionAt, float] = {(n, numerator): w for n, w in weights.items()}
            for n, w in self._of_denominator(place).items():
                expressions[n, denominator] = -self.limit(n) * w
            columns = {column.key: sign for column in slack}
            yield slack, LinkRow(PolicyRow(self.label, place), lower, upper, columns, expressions)

    def standings(self, value: ValueAt, sets: Sets, tree: Tree) -> Iterator[Standing]:
        """One for each row.

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
            One for each constraint.
        """
        for place, weights in self.weights.items():
            numerator = _sum(value, Numerator(self.label), weights)
            denominator = _sum(value, Denominator(self.label), self._of_denominator(place))
            yield self.standing(place, numerator, denominator, _only(weights))

    def elsewhere(self, nodes: Mapping[str, int]) -> LinearClause | None:
        """The same at other nodes, where each of its rows is about a single node; else None."""
        if self.denominator_weights or not all(len(of_row) == 1 for of_row in self.weights.values()):
            return None
        return replace(self, weights={place: {n: 1.0} for place, n in nodes.items()}, priced={})

    def _of_denominator(self, place: str) -> Weights:
        return (self.denominator_weights or self.weights)[place]


def _only(weights: Weights) -> int | None:
    """The node of a constraint that is about a single one."""
    return next(iter(weights)) if len(weights) == 1 else None


def _sum(value: ValueAt, key: ExpressionKey, weights: Weights) -> float:
    return float(sum(weight * value(n, key) for n, weight in weights.items()))
