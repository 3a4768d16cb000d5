"""clean_origin: at least `limit` of what consumers use is free of the suppliers back to the ore (formulation, 7).

Every tracked shipment, activity, stock, fill and release on the base path splits into a clean and a tainted part. What
plants in the suppliers' countries make is tainted; elsewhere clean output needs clean tracked inputs; the balances of
supply, use and stock hold for the clean part by itself. Clean may count as tainted, never the reverse. Policies that
name the same suppliers and the same tracked commodities share one split, so that no clean tonne is counted twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from friendshore.models.node.block import NodeBlock
from friendshore.models.node.parameters import Key, Parameters
from friendshore.models.node.port_terms import PortConstant, Ports, PortTerm
from friendshore.models.node.sets import Sets
from friendshore.models.problem import Problem
from friendshore.models.rules.clause import (
    Clause,
    PlainRule,
    demand,
    demanded,
    each_base_node,
    name_of,
    rows_in_scope,
    shortage,
)
from friendshore.models.tables import Policy
from friendshore.models.tree.scenario_tree import Tree

Split = tuple[tuple[str, ...], tuple[str, ...]]

# Each clean part is bounded by the whole of the family of the same key.
PARTS = {
    "clean_shipped": "shipped",
    "clean_activity": "activity",
    "clean_level": "level",
    "clean_filled": "filled",
    "clean_released": "released",
}


class CleanOrigin(PlainRule):
    """A share of use that can be traced back to the ore without passing through the suppliers."""

    kind = "clean_origin"

    def clauses(self, problem: Problem, tree: Tree, policy: Policy) -> tuple[Clause, ...]:
        """One clause for each member of ``each`` groups and each tracked commodity in demand."""
        made = []
        for suppliers in problem.groups(policy.suppliers):
            for consumers in problem.groups(policy.consumer_text):
                for commodity in demanded(problem, policy, consumers):
                    label = f"{policy.policy}/{name_of(problem, consumers)}/{name_of(problem, suppliers)}/{commodity}"
                    rows = each_base_node(problem, tree, policy, label)
                    made.append(Clause(policy, label, rows, commodity, consumers, suppliers, at_most=False))
        return tuple(made)

    def enter_parameters(self, parameters: Parameters, sets: Sets, tree: Tree, clauses: tuple[Clause, ...]) -> None:
        """Clean parts exist on the base path only."""
        for family, keys in _families(sets, clauses).items():
            parameters.add_mask(f"{family}_here", dict.fromkeys(keys, tree.is_base))
        parameters.add_mask("clean_balance_here", dict.fromkeys(_balances(sets, clauses), tree.is_base))
        parameters.add_mask("clean_stock_here", dict.fromkeys(_families(sets, clauses)["clean_level"], tree.is_base))

    def port_terms(self, sets: Sets, tree: Tree, clauses: tuple[Clause, ...]) -> Ports:
        """Clean stock before a node: the clean level of the node before, at first what lies outside the suppliers."""
        later = np.flatnonzero(tree.is_base & (tree.parent >= 0))
        first = np.flatnonzero(tree.is_base & (tree.parent < 0))
        terms, constants = [], []
        for key in _families(sets, clauses)["clean_level"]:
            (suppliers, _), stock = key
            row = sets.problem.stockpiles[stock]
            port = ("clean_before", key)
            terms.append(PortTerm(port, later, np.ones(len(later)), ("clean_level", key), tree.parent[later]))
            constants.append(PortConstant(port, first, 0.0 if row.country in suppliers else row.initial))
        return Ports(tuple(terms), tuple(constants))

    def formulate(self, node: NodeBlock, clauses: tuple[Clause, ...]) -> None:
        """The clean parts and their balances."""
        for family, keys in _families(node.sets, clauses).items():
            node.variable(family, keys, where=f"{family}_here")
        _within_the_whole(node)
        _clean_balances(node, _balances(node.sets, clauses))
        _clean_stock(node)

    def numerator(self, node: NodeBlock, clause: Clause) -> Any:
        """Clean use of the tier."""
        used, split = node.variables["clean_used"], split_of(node.sets.problem, clause)
        return sum(used[split, i] for i in rows_in_scope(node.sets, clause))

    def denominator(self, node: NodeBlock, clause: Clause) -> Any:
        """Use of the tier: demand less shortage."""
        return demand(node, clause) - shortage(node, clause)


def split_of(problem: Problem, clause: Clause) -> Split:
    """The split a clause refers to: its suppliers and all commodities its policy tracks."""
    return clause.suppliers, problem.selection(clause.policy.commodity)


def _splits(sets: Sets, clauses: tuple[Clause, ...]) -> tuple[Split, ...]:
    return tuple(dict.fromkeys(split_of(sets.problem, clause) for clause in clauses))


def _families(sets: Sets, clauses: tuple[Clause, ...]) -> dict[str, list[Key]]:
    """Keys of the clean parts: (split, key of the whole)."""
    problem = sets.problem
    families: dict[str, list[Key]] = {name: [] for name in (*PARTS, "clean_used")}
    for split in _splits(sets, clauses):
        suppliers, tracked = split[0], set(split[1])
        stocks = [h for h in sets.stockpiles if problem.stockpiles[h].commodity in tracked]
        families["clean_shipped"] += [
            (split, way) for way in sets.shipments if way[2] in tracked and way[0] not in suppliers
        ]
        families["clean_activity"] += [(split, j) for j in _clean_plants(sets, split)]
        families["clean_level"] += [(split, h) for h in stocks]
        families["clean_filled"] += [(split, h) for h in stocks]
        families["clean_released"] += [(split, pair) for pair in sets.releases if pair[0] in stocks]
        families["clean_used"] += [(split, i) for i in sets.demand if problem.demand[i].commodity in tracked]
    return families


def _clean_plants(sets: Sets, split: Split) -> Iterator[str]:
    """Plants outside the suppliers that make or take anything tracked."""
    problem, (suppliers, tracked) = sets.problem, split
    for j in sets.plants:
        touched = problem.outputs[j].keys() | problem.inputs[j].keys()
        if problem.plants[j].country not in suppliers and touched & set(tracked):
            yield j


def _balances(sets: Sets, clauses: tuple[Clause, ...]) -> list[Key]:
    """(split, country, commodity) of every clean balance of use."""
    return [(split, r, c) for split in _splits(sets, clauses) for r, c in sets.uses if c in split[1]]


def _within_the_whole(node: NodeBlock) -> None:
    """No clean part is larger than the whole."""

    def within(family: str) -> Any:
        clean, whole = node.variables[family], node.variables[PARTS[family]]
        return lambda key: clean[key] <= whole[key[1]]

    def keys(family: str) -> list[Key]:
        return list(node.variables[family])

    activity, released = keys("clean_activity"), keys("clean_released")
    node.constrain("clean_shipped_within", keys("clean_shipped"), within("clean_shipped"), where="clean_shipped_here")
    node.constrain("clean_activity_within", activity, within("clean_activity"), where="clean_activity_here")
    node.constrain("clean_level_within", keys("clean_level"), within("clean_level"), where="clean_level_here")
    node.constrain("clean_filled_within", keys("clean_filled"), within("clean_filled"), where="clean_filled_here")
    node.constrain("clean_released_within", released, within("clean_released"), where="clean_released_here")


def _clean_balances(node: NodeBlock, balances: list[Key]) -> None:
    sets, problem = node.sets, node.sets.problem
    shipped, activity = node.variables["clean_shipped"], node.variables["clean_activity"]
    filled, released, used = (node.variables[f"clean_{name}"] for name in ("filled", "released", "used"))

    def supply(key: Key) -> Any:
        split, way = key
        country, _, commodity = way
        made = sum(
            problem.outputs[j][commodity] * activity[split, j]
            for j in sets.makers[country, commodity]
            if (split, j) in activity
        )
        return sum(shipped[split, other] for other in sets.shipments_out[country, commodity]) - made <= 0.0

    def use(key: Key) -> Any:
        split, country, commodity = key
        place = (country, commodity)
        arriving = sum(
            (1.0 - problem.lanes[way].loss) * shipped[split, way]
            for way in sets.shipments_in.get(place, ())
            if (split, way) in shipped
        )
        arriving += sum(sets.kept_on_the_way(pair) * released[split, pair] for pair in sets.releases_in.get(place, ()))
        taken = sum(
            problem.inputs[j][commodity] * activity[split, j]
            for j in sets.takers.get(place, ())
            if (split, j) in activity
        )
        taken += sum(filled[split, h] for h in sets.stocks.get(place, ()))
        return arriving - taken - sum(used[split, i] for i in sets.demand_rows.get(place, ())) >= 0.0

    def demand_limit(key: Key) -> Any:
        return used[key] + node.variables["shortage"][key[1]] <= node.parameter("demand", key[1])

    # one row of supply for each country and commodity: that of its first clean shipment
    firsts = list({(split, way[0], way[2]): (split, way) for split, way in reversed(list(shipped))}.values())
    node.constrain("clean_supply", firsts, supply, where="clean_shipped_here")
    node.constrain("clean_use", balances, use, where="clean_balance_here")
    node.constrain("clean_demand", used, demand_limit, where="clean_used_here")


def _clean_stock(node: NodeBlock) -> None:
    sets = node.sets
    level, filled, released = (node.variables[f"clean_{name}"] for name in ("level", "filled", "released"))

    def balance(key: Key) -> Any:
        split, h = key
        kept = node.parameter("stock_kept", h) * node.port("clean_before", key)
        drawn = sum(released[split, pair] for pair in sets.releases_of[h])
        return level[key] - kept - filled[key] + drawn <= 0.0

    def held(key: Key) -> Any:
        split, h = key
        abroad = sum(released[split, pair] for pair in sets.releases_abroad if pair[0] == h)
        return abroad - node.parameter("stock_kept", h) * node.port("clean_before", key) <= 0.0

    serving_abroad = {h for h, _ in sets.releases_abroad}
    node.constrain("clean_stock", level, balance, where="clean_stock_here")
    node.constrain("clean_held", [key for key in level if key[1] in serving_abroad], held, where="clean_stock_here")


RULE = CleanOrigin()
