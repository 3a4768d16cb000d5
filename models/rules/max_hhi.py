"""max_hhi: Σₖ X({k}, R, c, n)² ≤ limit · T(R, c, n)² at each base node in the window (formulation, 7).

The Herfindahl–Hirschman index of deliveries by supplier country, home supply only in the total. ‖X‖ ≤ √limit · T is a
second-order cone; it is met by tangent planes (a · X ≤ √limit · T for unit vectors a), each valid, added until the cone
holds to 1e-5 (Kelley 1960, the cutting-plane method). The first planes are those of the single suppliers.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import Any

from friendshore.models.node.block import NodeBlock
from friendshore.models.node.sets import Sets
from friendshore.models.problem import Problem
from friendshore.models.rules.clause import (
    Clause,
    PlainRule,
    deliveries,
    each_base_node,
    intake,
    name_of,
    used_commodities,
)
from friendshore.models.tables import Policy
from friendshore.models.tree.scenario_tree import Tree


class MaxHHI(PlainRule):
    """Concentration of deliveries, at most the limit."""

    kind = "max_hhi"

    def clauses(self, problem: Problem, tree: Tree, policy: Policy) -> tuple[Clause, ...]:
        """One clause for each member of ``each`` groups and each commodity."""
        made = []
        for consumers in problem.groups(policy.consumer_text):
            for commodity in used_commodities(problem, policy, consumers):
                label = f"{policy.policy}/{name_of(problem, consumers)}/{commodity}"
                rows = each_base_node(problem, tree, policy, label)
                suppliers = delivering(problem, consumers, commodity)
                made.append(Clause(policy, label, rows, commodity, consumers, suppliers, cone=True))
        return tuple(made)

    def expressions(self, node: NodeBlock, clause: Clause) -> Mapping[Any, Any]:
        """Deliveries of each supplier, and all that is taken in."""
        arriving = {
            ("supplied", clause.label, k): deliveries(node, (k,), clause.consumers, clause.commodity)
            for k in clause.suppliers
        }
        return arriving | {("denominator", clause.label): intake(node, clause.consumers, clause.commodity)}


def delivering(problem: Problem, consumers: tuple[str, ...], commodity: str) -> tuple[str, ...]:
    """Countries that can deliver a commodity to any other country of the group, from plants or stocks."""
    sets = Sets(problem)
    shipped = {k for k, r, c in sets.shipments if r in consumers and k != r and c == commodity}
    released = {
        problem.stockpiles[h].country
        for h, r in sets.releases_abroad
        if r in consumers and problem.stockpiles[h].commodity == commodity
    }
    return tuple(sorted(shipped | released))


def plane(clause: Clause, row: str, direction: Mapping[str, float]) -> dict[Any, float]:
    """Weights of the expressions in a · X − √limit · T, for a unit vector ``direction`` over the suppliers."""
    ((node, weight),) = clause.rows[row].items()
    weights: dict[Any, float] = {(node, ("supplied", clause.label, k)): weight * a for k, a in direction.items() if a}
    weights[node, ("denominator", clause.label)] = -weight * sqrt(clause.policy.limit)
    return weights


RULE = MaxHHI()
