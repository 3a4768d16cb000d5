"""clean_origin: at least `limit` of what consumers use is free of the suppliers back to the ore (formulation, 7).

Every tracked shipment, activity, stock, fill and release on the base path splits into a clean and a tainted part. What
plants in the suppliers' countries make is tainted; elsewhere clean output needs clean tracked inputs; the balances of
supply, use and stock hold for the clean part by itself. Clean may count as tainted, never the reverse. Policies that
name the same suppliers and the same tracked commodities share one split, so that no clean tonne is counted twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from friendshore.models.clauses.clause import Clause
from friendshore.models.clauses.linear import LinearClause
from friendshore.models.clauses.rule import Part, PlainRule, PolicyCheck, TrackedPart
from friendshore.models.clauses.scope import demanded, each_base_node, name_of
from friendshore.models.clauses.terms import demand, shortage
from friendshore.models.codes import make_finding
from friendshore.models.core.production import ACTIVITY
from friendshore.models.core.shipments import SHIPPED
from friendshore.models.core.shortage import DEMAND, SHORTAGE
from friendshore.models.core.stock import FILLED, LEVEL, RELEASED, STOCK_KEPT
from friendshore.models.findings import Finding
from friendshore.models.node.expression import Linear, Relation
from friendshore.models.node.families import K, Mask, Port, Variable
from friendshore.models.node.node_model import NodeModel
from friendshore.models.node.parameters import Parameters
from friendshore.models.node.port_terms import NodeTerm, PortConstant, Ports
from friendshore.models.node.sets import Release, Sets, Shipment
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy
from friendshore.models.tables.policy_kinds import SHARE, WINDOW, PolicyKind
from friendshore.models.tree.scenario_tree import Tree


@dataclass(frozen=True, slots=True)
class Split:
    """Suppliers whose output is tainted, and the commodities that are tracked."""

    suppliers: tuple[str, ...]
    tracked: tuple[str, ...]

    def __str__(self) -> str:
        """Its name in the plan: ``CHN+MMR | magnet+oxide``."""
        return f"{'+'.join(self.suppliers)} | {'+'.join(self.tracked)}"


Clean = Part[Split, K]
Balance = tuple[Split, str, str]
"""(split, country, commodity)."""

CLEAN_SHIPPED = Variable[Clean[Shipment]]("clean_shipped")
CLEAN_ACTIVITY = Variable[Clean[str]]("clean_activity")
CLEAN_LEVEL = Variable[Clean[str]]("clean_level")
CLEAN_FILLED = Variable[Clean[str]]("clean_filled")
CLEAN_RELEASED = Variable[Clean[Release]]("clean_released")
CLEAN_USED = Variable[Clean[int]]("clean_used")

SHIPPED_HERE = Mask[Clean[Shipment]]("clean_shipped_here")
ACTIVITY_HERE = Mask[Clean[str]]("clean_activity_here")
LEVEL_HERE = Mask[Clean[str]]("clean_level_here")
FILLED_HERE = Mask[Clean[str]]("clean_filled_here")
RELEASED_HERE = Mask[Clean[Release]]("clean_released_here")
USED_HERE = Mask[Clean[int]]("clean_used_here")
BALANCE_HERE = Mask[Balance]("clean_balance_here")

CLEAN_BEFORE = Port[Clean[str]]("clean_before")
"""Clean stock before a node: at first what lies outside the suppliers."""


def untracked_inputs(problem: Problem, policy: Policy) -> Iterator[Finding]:
    """FS518: an input that the suppliers make and that is not tracked washes the taint off what is made from it."""
    for good, into in _washed(problem, policy).items():
        message = (
            f"found that {good!r}, which goes into {', '.join(map(repr, sorted(into)))}, is not tracked though "
            f"{policy.suppliers} can make it: what is made from it counts as clean"
        )
        yield make_finding("FS518", "Policies", message, policy.row, "commodity")


def _washed(problem: Problem, policy: Policy) -> dict[str, set[str]]:
    """Inputs of recipes for tracked goods that are not tracked themselves, and that plants of the suppliers make."""
    tracked, suppliers = set(problem.selection(policy.commodity)), set(problem.group(policy.suppliers))
    theirs = {
        good for name, plant in problem.plants.items() if plant.country in suppliers for good in problem.outputs[name]
    }
    washed: dict[str, set[str]] = {}
    for name, plant in problem.plants.items():
        tracked_outputs = tracked & problem.outputs[name].keys()
        if tracked_outputs and plant.country not in suppliers:
            for good in (problem.inputs[name].keys() - tracked) & theirs:
                washed.setdefault(good, set()).update(tracked_outputs)
    return dict(sorted(washed.items()))


class CleanOrigin(PlainRule):
    """A share of use that can be traced back to the ore without passing through the suppliers."""

    kind = PolicyKind(
        name="clean_origin",
        place=100,
        sentence="Share of use free of these suppliers, at least",
        unit=SHARE,
        needs=("suppliers", "commodity"),
        reads=("consumers", "tier", *WINDOW),
        floor=True,
    )
    checks = (PolicyCheck(("Countries", "Commodities", "Recipes", "Plants", "Settings.coalition"), untracked_inputs),)
    parts = (
        TrackedPart("shipped", CLEAN_SHIPPED, SHIPPED, ("origin", "destination", "commodity")),
        TrackedPart("activity", CLEAN_ACTIVITY, ACTIVITY, ("plant",)),
        TrackedPart("level", CLEAN_LEVEL, LEVEL, ("stockpile",)),
        TrackedPart("filled", CLEAN_FILLED, FILLED, ("stockpile",)),
        TrackedPart("released", CLEAN_RELEASED, RELEASED, ("stockpile", "destination")),
        TrackedPart("used", CLEAN_USED, None, ("row",)),
    )

    def clauses(self, problem: Problem, tree: Tree, policy: Policy) -> tuple[Clause, ...]:
        """One clause for each member of ``each`` groups and each tracked commodity in demand."""
        clauses = []
        for suppliers in problem.groups(policy.suppliers):
            for consumers in problem.groups(policy.consumer_text):
                for commodity in demanded(problem, policy, consumers):
                    label = f"{policy.policy}/{name_of(problem, consumers)}/{name_of(problem, suppliers)}/{commodity}"
                    clauses.append(
                        LinearClause(
                            policy=policy,
                            label=label,
                            weights=each_base_node(problem, tree, policy, label),
                            commodity=commodity,
                            consumers=consumers,
                            suppliers=suppliers,
                        )
                    )
        return tuple(clauses)

    def enter_parameters(self, parameters: Parameters, sets: Sets, tree: Tree, clauses: tuple[Clause, ...]) -> None:
        """Clean parts exist on the base path only."""
        keys = _clean_keys(sets, clauses)
        parameters.add_mask(SHIPPED_HERE, dict.fromkeys(keys.shipped, tree.is_base))
        parameters.add_mask(ACTIVITY_HERE, dict.fromkeys(keys.activity, tree.is_base))
        parameters.add_mask(LEVEL_HERE, dict.fromkeys(keys.stocks, tree.is_base))
        parameters.add_mask(FILLED_HERE, dict.fromkeys(keys.stocks, tree.is_base))
        parameters.add_mask(RELEASED_HERE, dict.fromkeys(keys.released, tree.is_base))
        parameters.add_mask(USED_HERE, dict.fromkeys(keys.used, tree.is_base))
        parameters.add_mask(BALANCE_HERE, dict.fromkeys(keys.balances, tree.is_base))

    def ports(self, sets: Sets, tree: Tree, clauses: tuple[Clause, ...]) -> Ports:
        """Clean stock before a node: the clean level of the node before, at first what lies outside the suppliers."""
        later = np.flatnonzero(tree.is_base & (tree.parent >= 0))
        first = np.flatnonzero(tree.is_base & (tree.parent < 0))
        terms, constants = [], []
        for key in _clean_keys(sets, clauses).stocks:
            row = sets.problem.stockpiles[key.whole]
            port, ones = CLEAN_BEFORE.at(key), np.ones(len(later))
            terms.append(NodeTerm(port, later, ones, CLEAN_LEVEL.at(key), tree.parent[later]))
            constants.append(PortConstant(port, first, 0.0 if row.country in key.split.suppliers else row.initial))
        return Ports(tuple(terms), tuple(constants))

    def formulate(self, node: NodeModel, clauses: tuple[Clause, ...]) -> None:
        """The clean parts and their balances."""
        keys = _clean_keys(node.sets, clauses)
        node.variable(CLEAN_SHIPPED, keys.shipped, where=SHIPPED_HERE)
        node.variable(CLEAN_ACTIVITY, keys.activity, where=ACTIVITY_HERE)
        node.variable(CLEAN_LEVEL, keys.stocks, where=LEVEL_HERE)
        node.variable(CLEAN_FILLED, keys.stocks, where=FILLED_HERE)
        node.variable(CLEAN_RELEASED, keys.released, where=RELEASED_HERE)
        node.variable(CLEAN_USED, keys.used, where=USED_HERE)
        _within_the_whole(node)
        _clean_balances(node, keys)
        _clean_stock(node)

    def numerator(self, node: NodeModel, clause: Clause) -> Linear:
        """Clean use of the tier."""
        used, split = node[CLEAN_USED], split_of(node.sets.problem, clause)
        return sum(used[Part(split, i)] for i in clause.demand_rows(node.sets))

    def denominator(self, node: NodeModel, clause: Clause) -> Linear:
        """Use of the tier: demand less shortage."""
        return demand(node, clause) - shortage(node, clause)


def split_of(problem: Problem, clause: Clause) -> Split:
    """The split a clause refers to: its suppliers and all commodities its policy tracks."""
    return Split(clause.suppliers, problem.selection(clause.policy.commodity))


@dataclass(frozen=True)
class _CleanKeys:
    """The keys of the clean parts, family by family, and of the balances of their use."""

    shipped: list[Clean[Shipment]]
    activity: list[Clean[str]]
    stocks: list[Clean[str]]
    released: list[Clean[Release]]
    used: list[Clean[int]]
    balances: list[Balance]


def _clean_keys(sets: Sets, clauses: tuple[Clause, ...]) -> _CleanKeys:
    """Split by split; policies that name the same suppliers and tracked commodities share one."""
    stockpiles, demand_rows = sets.problem.stockpiles, sets.problem.demand
    keys = _CleanKeys([], [], [], [], [], [])
    for split in dict.fromkeys(split_of(sets.problem, clause) for clause in clauses):
        tracked = set(split.tracked)
        ways = [way for way in sets.shipments if way[2] in tracked and way[0] not in split.suppliers]
        stocks = [h for h in sets.stockpiles if stockpiles[h].commodity in tracked]
        keys.shipped.extend(Part(split, way) for way in ways)
        keys.activity.extend(Part(split, plant) for plant in _clean_plants(sets, split))
        keys.stocks.extend(Part(split, h) for h in stocks)
        keys.released.extend(Part(split, pair) for pair in sets.releases if pair[0] in stocks)
        keys.used.extend(Part(split, i) for i in sets.demand if demand_rows[i].commodity in tracked)
        keys.balances.extend((split, r, c) for r, c in sets.uses if c in tracked)
    return keys


def _clean_plants(sets: Sets, split: Split) -> Iterator[str]:
    """Plants outside the suppliers that make or take anything tracked."""
    problem = sets.problem
    for j in sets.plants:
        touched = problem.outputs[j].keys() | problem.inputs[j].keys()
        if problem.plants[j].country not in split.suppliers and touched & set(split.tracked):
            yield j


def _within_the_whole(node: NodeModel) -> None:
    """No clean part is larger than the whole."""

    def within(clean: Variable[Clean[K]], whole: Variable[K], where: Mask[Clean[K]]) -> None:
        parts, wholes = node[clean], node[whole]
        node.constrain(f"{clean.name}_within", parts, lambda key: parts[key] <= wholes[key.whole], where=where)

    within(CLEAN_SHIPPED, SHIPPED, SHIPPED_HERE)
    within(CLEAN_ACTIVITY, ACTIVITY, ACTIVITY_HERE)
    within(CLEAN_LEVEL, LEVEL, LEVEL_HERE)
    within(CLEAN_FILLED, FILLED, FILLED_HERE)
    within(CLEAN_RELEASED, RELEASED, RELEASED_HERE)


def _clean_balances(node: NodeModel, keys: _CleanKeys) -> None:
    sets, problem = node.sets, node.sets.problem
    shipped, activity = node[CLEAN_SHIPPED], node[CLEAN_ACTIVITY]
    filled, released, used = node[CLEAN_FILLED], node[CLEAN_RELEASED], node[CLEAN_USED]

    def supply(key: Clean[Shipment]) -> Relation | bool:
        country, _, commodity = key.whole
        plants = [(problem.outputs[j][commodity], Part(key.split, j)) for j in sets.makers[country, commodity]]
        ways = [Part(key.split, way) for way in sets.shipments_out[country, commodity]]
        return sum(shipped[way] for way in ways) - sum(out * activity[j] for out, j in plants if j in activity) <= 0.0

    def use(key: Balance) -> Relation | bool:
        split, country, commodity = key
        place = (country, commodity)
        ways = [(problem.lanes[way].loss, Part(split, way)) for way in sets.shipments_in.get(place, ())]
        pairs = [(sets.kept_on_the_way(pair), Part(split, pair)) for pair in sets.releases_in.get(place, ())]
        plants = [(problem.inputs[j][commodity], Part(split, j)) for j in sets.takers.get(place, ())]
        arriving = sum((1.0 - loss) * shipped[way] for loss, way in ways if way in shipped)
        taken = sum(amount * activity[j] for amount, j in plants if j in activity)
        drawn = sum(kept * released[pair] for kept, pair in pairs)
        stocked = sum(filled[Part(split, h)] for h in sets.stocks.get(place, ()))
        of_tiers = sum(used[Part(split, i)] for i in sets.demand_rows.get(place, ()))
        return arriving + drawn - (taken + stocked) - of_tiers >= 0.0

    def demand_limit(key: Clean[int]) -> Relation | bool:
        return used[key] + node[SHORTAGE][key.whole] <= node.parameter(DEMAND, key.whole)

    # one row of supply for each country and commodity: that of its first clean shipment
    firsts = list({(key.split, key.whole[0], key.whole[2]): key for key in reversed(list(shipped))}.values())
    node.constrain("clean_supply", firsts, supply, where=SHIPPED_HERE)
    node.constrain("clean_use", keys.balances, use, where=BALANCE_HERE)
    node.constrain("clean_demand", used, demand_limit, where=USED_HERE)


def _clean_stock(node: NodeModel) -> None:
    sets = node.sets
    level, filled, released = node[CLEAN_LEVEL], node[CLEAN_FILLED], node[CLEAN_RELEASED]

    def kept(key: Clean[str]) -> Linear:
        return node.parameter(STOCK_KEPT, key.whole) * node.port(CLEAN_BEFORE, key)

    def balance(key: Clean[str]) -> Relation | bool:
        drawn = sum(released[Part(key.split, pair)] for pair in sets.releases_of[key.whole])
        return level[key] - kept(key) - filled[key] + drawn <= 0.0

    def held(key: Clean[str]) -> Relation | bool:
        abroad = sum(released[Part(key.split, pair)] for pair in sets.releases_abroad if pair[0] == key.whole)
        return abroad - kept(key) <= 0.0

    serving_abroad = {h for h, _ in sets.releases_abroad}
    node.constrain("clean_stock", level, balance, where=LEVEL_HERE)
    node.constrain("clean_held", [key for key in level if key.whole in serving_abroad], held, where=LEVEL_HERE)


RULE = CleanOrigin()
