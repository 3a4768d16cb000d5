"""clean_origin: at least `limit` of what consumers use is free of the suppliers back to the ore (formulation, 7).

Every tracked shipment, activity, stock, fill and release splits into a clean and a tainted part, at the nodes at which
such a policy holds and at those before them on the same paths, which hand clean stock on. What
plants in the suppliers' countries make is tainted; elsewhere clean output needs clean tracked inputs; the balances of
supply, use and stock hold for the clean part by itself. Clean may count as tainted, never the reverse. Policies that
name the same suppliers and the same tracked commodities share one split, so that no clean tonne is counted twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from friendshore.models.clauses.clause import Clause
from friendshore.models.clauses.linear import LinearClause
from friendshore.models.clauses.rule import PlainRule, PolicyCheck, TrackedPart
from friendshore.models.clauses.scope import demanded, each_node, name_of, price_by_weight
from friendshore.models.clauses.terms import demand, shortage
from friendshore.models.codes import make_finding
from friendshore.models.core import lane_rates
from friendshore.models.findings import Finding
from friendshore.models.node.block import NodeBlock
from friendshore.models.node.expression import Linear, Relation
from friendshore.models.node.parameters import Key, Parameters
from friendshore.models.node.port_terms import PortConstant, Ports, PortTerm
from friendshore.models.node.sets import Sets
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy
from friendshore.models.tables.policy_kinds import SHARE, WINDOW, PolicyKind
from friendshore.models.tree.scenario_tree import Tree

BoolArray = NDArray[np.bool_]

# Each clean part is bounded by the whole of the family of the same key.
PARTS = (
    TrackedPart("shipped", "clean_shipped", "shipped", ("origin", "destination", "commodity", "way")),
    TrackedPart("activity", "clean_activity", "activity", ("process",)),
    TrackedPart("level", "clean_level", "level", ("stockpile",)),
    TrackedPart("filled", "clean_filled", "filled", ("stockpile",)),
    TrackedPart("released", "clean_released", "released", ("stockpile", "destination", "way")),
)
USED = TrackedPart("used", "clean_used", "", ("row",))


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
    for process in problem.processes.values():
        tracked_outputs = tracked & process.outputs.keys()
        if tracked_outputs and problem.plants[process.plant].country not in suppliers:
            for good in (process.inputs.keys() - tracked) & theirs:
                washed.setdefault(good, set()).update(tracked_outputs)
    return dict(sorted(washed.items()))


@dataclass(frozen=True, slots=True)
class Split:
    """Suppliers whose output is tainted, and the commodities that are tracked."""

    suppliers: tuple[str, ...]
    tracked: tuple[str, ...]

    def __str__(self) -> str:
        """Its name in the plan: ``CHN+MMR | magnet+oxide``."""
        return f"{'+'.join(self.suppliers)} | {'+'.join(self.tracked)}"


class CleanOrigin(PlainRule):
    """A share of use that can be traced back to the ore without passing through the suppliers."""

    kind = PolicyKind(
        name="clean_origin",
        place=100,
        sentence="Share of use free of these suppliers, at least",
        unit=SHARE,
        needs=("suppliers", "commodity"),
        reads=("consumers", "tier", "scenario", *WINDOW),
        scenario="normal",
        floor=True,
    )
    checks = (PolicyCheck(("Countries", "Commodities", "Recipes", "Plants", "Settings.coalition"), untracked_inputs),)
    parts = (*PARTS, USED)

    def clauses(self, problem: Problem, tree: Tree, policy: Policy) -> tuple[Clause, ...]:
        """One clause for each member of ``each`` groups and each tracked commodity in demand.

        Parameters
        ----------
        problem, tree, policy
            Groups and demand, the scenario tree, and a row of Policies of this kind.

        Returns
        -------
        tuple[Clause, ...]
            Clauses with the weights of the nodes at which they hold.
        """
        clauses = []
        for suppliers in problem.groups(policy.suppliers):
            for consumers in problem.groups(policy.consumer_text):
                for commodity in demanded(problem, policy, consumers):
                    label = f"{policy.policy}/{name_of(problem, consumers)}/{name_of(problem, suppliers)}/{commodity}"
                    weights = each_node(problem, tree, policy, label)
                    clauses.append(
                        LinearClause(
                            policy=policy,
                            label=label,
                            weights=weights,
                            priced=price_by_weight(tree, weights),
                            commodity=commodity,
                            consumers=consumers,
                            suppliers=suppliers,
                        )
                    )
        return tuple(clauses)

    def enter_parameters(self, parameters: Parameters, sets: Sets, tree: Tree, clauses: tuple[Clause, ...]) -> None:
        """Clean parts exist where their policies hold, and at the nodes before.

        Parameters
        ----------
        parameters, sets, tree, clauses
            What gets the masks, by node; index sets of a node; the scenario tree; clauses of this kind.
        """
        here = _tracked_nodes(sets.problem, tree, clauses)
        families = _families(sets, clauses)
        for family, keys in families.items():
            parameters.add_mask(f"{family}_here", {key: here[key[0]] for key in keys})
        parameters.add_mask("clean_balance_here", {key: here[key[0]] for key in _balances(sets, clauses)})
        parameters.add_mask("clean_stock_here", {key: here[key[0]] for key in families["clean_level"]})

    def ports(self, sets: Sets, tree: Tree, clauses: tuple[Clause, ...]) -> Ports:
        """Clean stock before a node: the clean level of the node before, at first what lies outside the suppliers.

        Parameters
        ----------
        sets, tree, clauses
            Index sets of a node, the scenario tree, and clauses of this kind.

        Returns
        -------
        Ports
            ``clean_before`` of each split and stockpile, in units of the commodity, at the nodes that are tracked.
        """
        here = _tracked_nodes(sets.problem, tree, clauses)
        terms, constants = [], []
        for key in _families(sets, clauses)["clean_level"]:
            split, stock = key
            row = sets.problem.stockpiles[stock]
            port = ("clean_before", key)
            later, first = (np.flatnonzero(here[split] & side) for side in (tree.parent >= 0, tree.parent < 0))
            terms.append(PortTerm(port, later, np.ones(len(later)), ("clean_level", key), tree.parent[later]))
            constants.append(PortConstant(port, first, 0.0 if row.country in split.suppliers else row.initial))
        return Ports(tuple(terms), tuple(constants))

    def formulate(self, node: NodeBlock, clauses: tuple[Clause, ...]) -> None:
        """The clean parts and their balances."""
        for family, keys in _families(node.sets, clauses).items():
            node.variable(family, keys, where=f"{family}_here")
        _within_the_whole(node)
        _clean_balances(node, _balances(node.sets, clauses))
        _clean_stock(node)

    def numerator(self, node: NodeBlock, clause: Clause) -> Linear:
        """Clean use of the tier."""
        used, split = node.variables["clean_used"], split_of(node.sets.problem, clause)
        return sum(used[split, i] for i in clause.demand_rows(node.sets))

    def denominator(self, node: NodeBlock, clause: Clause) -> Linear:
        """Use of the tier: demand less shortage."""
        return demand(node, clause) - shortage(node, clause)


def split_of(problem: Problem, clause: Clause) -> Split:
    """The split a clause refers to: its suppliers and all commodities its policy tracks."""
    return Split(clause.suppliers, problem.selection(clause.policy.commodity))


def _splits(sets: Sets, clauses: tuple[Clause, ...]) -> tuple[Split, ...]:
    return tuple(dict.fromkeys(split_of(sets.problem, clause) for clause in clauses))


def _tracked_nodes(problem: Problem, tree: Tree, clauses: tuple[Clause, ...]) -> dict[Split, BoolArray]:
    """By split, the nodes at which a policy of it holds and all before them on their paths."""
    here: dict[Split, BoolArray] = {}
    for clause in clauses:
        mask = here.setdefault(split_of(problem, clause), np.zeros(len(tree.nodes), dtype=bool))
        if isinstance(clause, LinearClause):
            mask[[n for nodes in clause.weights.values() for n in nodes]] = True
    for mask in here.values():
        for n in reversed(range(len(tree.nodes))):  # parents have lower positions than what follows them
            if mask[n] and tree.parent[n] >= 0:
                mask[tree.parent[n]] = True
    return here


def _families(sets: Sets, clauses: tuple[Clause, ...]) -> dict[str, list[Key]]:
    """Keys of the clean parts: (split, key of the whole)."""
    problem = sets.problem
    families: dict[str, list[Key]] = {part.family: [] for part in (*PARTS, USED)}
    for split in _splits(sets, clauses):
        suppliers, tracked = split.suppliers, set(split.tracked)
        stocks = [h for h in sets.stockpiles if problem.stockpiles[h].commodity in tracked]
        families["clean_shipped"] += [
            (split, lane) for lane in sets.shipments if lane.commodity in tracked and lane.origin not in suppliers
        ]
        families["clean_activity"] += [(split, q) for q in _clean_processes(sets, split)]
        families["clean_level"] += [(split, h) for h in stocks]
        families["clean_filled"] += [(split, h) for h in stocks]
        families["clean_released"] += [(split, pair) for pair in sets.releases if pair.stockpile in stocks]
        families["clean_used"] += [(split, i) for i in sets.demand if problem.demand[i].commodity in tracked]
    return families


def _clean_processes(sets: Sets, split: Split) -> Iterator[str]:
    """Recipes of plants outside the suppliers that make or take anything tracked."""
    problem = sets.problem
    for q, each in problem.processes.items():
        touched = each.outputs.keys() | each.inputs.keys()
        if problem.plants[each.plant].country not in split.suppliers and touched & set(split.tracked):
            yield q


def _balances(sets: Sets, clauses: tuple[Clause, ...]) -> list[Key]:
    """(split, country, commodity) of every clean balance of use."""
    return [(split, r, c) for split in _splits(sets, clauses) for r, c in sets.uses if c in split.tracked]


def _within_the_whole(node: NodeBlock) -> None:
    """No clean part is larger than the whole."""

    def within(part: TrackedPart, key: Key) -> Relation | bool:
        return node.variables[part.family][key] <= node.variables[part.whole][key[1]]

    for part in PARTS:
        keys = list(node.variables[part.family])
        node.constrain(f"{part.family}_within", keys, partial(within, part), where=f"{part.family}_here")


def _clean_balances(node: NodeBlock, balances: list[Key]) -> None:
    sets, problem = node.sets, node.sets.problem
    shipped, activity = node.variables["clean_shipped"], node.variables["clean_activity"]
    filled, released, used = (node.variables[f"clean_{name}"] for name in ("filled", "released", "used"))

    def supply(key: Key) -> Relation | bool:
        split, lane = key
        country, commodity = lane.origin, lane.commodity
        made = sum(
            problem.processes[q].outputs[commodity] * activity[split, q]
            for q in sets.producers[country, commodity]
            if (split, q) in activity
        )
        return sum(shipped[split, other] for other in sets.shipments_out[country, commodity]) - made <= 0.0

    def use(key: Key) -> Relation | bool:
        split, country, commodity = key
        place = (country, commodity)
        arriving: Linear = sum(
            (1.0 - lane_rates.LOSS.at(node, lane)) * shipped[split, lane]
            for lane in sets.shipments_in.get(place, ())
            if (split, lane) in shipped
        )
        arriving += sum(
            lane_rates.kept_on_the_way(node, pair) * released[split, pair] for pair in sets.releases_in.get(place, ())
        )
        taken: Linear = sum(
            problem.processes[q].inputs[commodity] * activity[split, q]
            for q in sets.takers.get(place, ())
            if (split, q) in activity
        )
        taken += sum(filled[split, h] for h in sets.stocks.get(place, ()))
        return arriving - taken - sum(used[split, i] for i in sets.demand_rows.get(place, ())) >= 0.0

    def demand_limit(key: Key) -> Relation | bool:
        return used[key] + node.variables["shortage"][key[1]] <= node.parameter("demand", key[1])

    # one row of supply for each country and commodity: that of its first clean shipment
    firsts = list(
        {(split, lane.origin, lane.commodity): (split, lane) for split, lane in reversed(list(shipped))}.values()
    )
    node.constrain("clean_supply", firsts, supply, where="clean_shipped_here")
    node.constrain("clean_use", balances, use, where="clean_balance_here")
    node.constrain("clean_demand", used, demand_limit, where="clean_used_here")


def _clean_stock(node: NodeBlock) -> None:
    sets = node.sets
    level, filled, released = (node.variables[f"clean_{name}"] for name in ("level", "filled", "released"))

    def balance(key: Key) -> Relation | bool:
        split, h = key
        kept = node.parameter("stock_kept", h) * node.port("clean_before", key)
        drawn = sum(released[split, pair] for pair in sets.releases_of[h])
        return level[key] - kept - filled[key] + drawn <= 0.0

    def held(key: Key) -> Relation | bool:
        split, h = key
        abroad = sum(released[split, pair] for pair in sets.releases_abroad if pair.stockpile == h)
        return abroad - node.parameter("stock_kept", h) * node.port("clean_before", key) <= 0.0

    serving_abroad = {pair.stockpile for pair in sets.releases_abroad}
    node.constrain("clean_stock", level, balance, where="clean_stock_here")
    node.constrain("clean_held", [key for key in level if key[1] in serving_abroad], held, where="clean_stock_here")


RULE = CleanOrigin()
