"""stock_cover: stock at the end of each base node in the window ≥ limit days of use a year (formulation, 7)."""

from __future__ import annotations

from typing import Any

from friendshore.models.node.block import NodeBlock
from friendshore.models.node.parameters import Parameters
from friendshore.models.node.sets import Sets
from friendshore.models.problem import Problem
from friendshore.models.rules.clause import Clause, PlainRule, each_base_node, name_of, used_commodities
from friendshore.models.tables import Policy
from friendshore.models.tree.scenario_tree import Tree

DAYS = 365.0


class StockCover(PlainRule):
    """Stock in the consumers' stockpiles in days of what they use: demand of all tiers and process input."""

    kind = "stock_cover"

    def clauses(self, problem: Problem, tree: Tree, policy: Policy) -> tuple[Clause, ...]:
        """One clause for each member of ``each`` groups and each commodity."""
        made = []
        for consumers in problem.groups(policy.consumer_text):
            for commodity in used_commodities(problem, policy, consumers):
                label = f"{policy.policy}/{name_of(problem, consumers)}/{commodity}"
                rows = each_base_node(problem, tree, policy, label)
                made.append(Clause(policy, label, rows, commodity, consumers, at_most=False))
        return tuple(made)

    def enter_parameters(self, parameters: Parameters, sets: Sets, tree: Tree, clauses: tuple[Clause, ...]) -> None:
        """Enter 1/(365·d), and the demand of each row a day."""
        per_day = 1.0 / (DAYS * tree.length)
        parameters.add("per_day", {(): per_day})
        parameters.add("demand_per_day", {i: parameters.column("demand", i) * per_day for i in sets.demand})

    def numerator(self, node: NodeBlock, clause: Clause) -> Any:
        """Stock held at the end of the node."""
        level = node.variables["level"]
        places = ((country, clause.commodity) for country in clause.consumers)
        return sum(level[h] for place in places for h in node.sets.stocks.get(place, ()))

    def denominator(self, node: NodeBlock, clause: Clause) -> Any:
        """Use a day."""
        sets, activity = node.sets, node.variables["activity"]
        places = [(country, clause.commodity) for country in clause.consumers]
        needed = sum(node.parameter("demand_per_day", i) for place in places for i in sets.demand_rows.get(place, ()))
        processed = sum(
            sets.problem.inputs[j][clause.commodity] * node.parameter("per_day", ()) * activity[j]
            for place in places
            for j in sets.takers.get(place, ())
        )
        return needed + processed


RULE = StockCover()
