"""The clean part of what flows, is made and is kept: its columns and its rows at a node (formulation, 7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from friendshore.models.clauses.clause import Clause
from friendshore.models.clauses.rule import TrackedPart
from friendshore.models.core import lane_rates
from friendshore.models.node.block import NodeBlock
from friendshore.models.node.expression import Linear, Relation
from friendshore.models.node.parameters import Key
from friendshore.models.node.sets import Sets
from friendshore.models.problem import Problem

# Each clean part is bounded by the whole of the family of the same key.
PARTS = (
    TrackedPart("shipped", "clean_shipped", "shipped", ("origin", "destination", "commodity", "way")),
    TrackedPart("activity", "clean_activity", "activity", ("process",)),
    TrackedPart("level", "clean_level", "level", ("stockpile",)),
    TrackedPart("filled", "clean_filled", "filled", ("stockpile",)),
    TrackedPart("released", "clean_released", "released", ("stockpile", "destination", "way")),
)
USED = TrackedPart("used", "clean_used", "", ("row",))


@dataclass(frozen=True, slots=True)
class Split:
    """Suppliers whose output is tainted, and the commodities that are tracked."""

    suppliers: tuple[str, ...]
    tracked: tuple[str, ...]

    def __str__(self) -> str:
        """Its name in the plan: ``CHN+MMR | magnet+oxide``."""
        return f"{'+'.join(self.suppliers)} | {'+'.join(self.tracked)}"


def split_of(problem: Problem, clause: Clause) -> Split:
    """The split a clause refers to: its suppliers and all commodities its policy tracks."""
    return Split(clause.suppliers, problem.selection(clause.policy.commodity))


def _splits(sets: Sets, clauses: tuple[Clause, ...]) -> tuple[Split, ...]:
    return tuple(dict.fromkeys(split_of(sets.problem, clause) for clause in clauses))


def clean_families(sets: Sets, clauses: tuple[Clause, ...]) -> dict[str, list[Key]]:
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


def balance_keys(sets: Sets, clauses: tuple[Clause, ...]) -> list[Key]:
    """(split, country, commodity) of every clean balance of use."""
    return [(split, r, c) for split in _splits(sets, clauses) for r, c in sets.uses if c in split.tracked]


def within_the_whole(node: NodeBlock) -> None:
    """No clean part is larger than the whole."""

    def within(part: TrackedPart, key: Key) -> Relation | bool:
        return node.variables[part.family][key] <= node.variables[part.whole][key[1]]

    for part in PARTS:
        keys = list(node.variables[part.family])
        node.constrain(f"{part.family}_within", keys, partial(within, part), where=f"{part.family}_here")


def clean_balances(node: NodeBlock, balances: list[Key]) -> None:
    """Supply, use and demand hold for the clean part by itself.

    Parameters
    ----------
    node, balances
        The node with its clean parts, and (split, country, commodity) of every balance of use.
    """
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


def clean_stock_rows(node: NodeBlock) -> None:
    """The stock that is clean follows from the clean stock before it, what is filled and what is released."""
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
