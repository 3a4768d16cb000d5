"""How large the program of a problem will be: told from its sheets and its tree before anything is built.

The mathematics of a node is counted, not written (``models/node/counted.py``), and multiplied by the nodes at which
each part of it stands. Counts come within a few percent; events are taken as not overlapping, and stops that policies
test as needed are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np

from friendshore.models import rules
from friendshore.models.clauses.clause import Clause, Denominator, Numerator
from friendshore.models.clauses.linear import LinearClause
from friendshore.models.core import effects
from friendshore.models.core.production import subsets
from friendshore.models.core.stock import final_level
from friendshore.models.formulation.node import FAMILIES
from friendshore.models.node.counted import CountedNode, CountedSurroundings
from friendshore.models.node.parameters import Key
from friendshore.models.node.sets import Sets
from friendshore.models.problem import Problem
from friendshore.models.tree.count import count_nodes
from friendshore.models.tree.investment import decisions
from friendshore.models.tree.scenario_tree import Tree, build_tree

MOST_NODES = 300_000
"""Trees with more nodes are not built for counting: policies and events are left out, which weigh little then."""


@dataclass(frozen=True)
class ProblemSize:
    """Counts of the program of the whole tree.

    ``families`` are the columns of one node by the name of their family, ``branches`` the nodes of each branch by its
    name; ``exact`` is false where the tree was too large to look at its events and policies.
    """

    rows: int
    columns: int
    entries: int
    nodes: int
    families: Mapping[str, int]
    branches: Mapping[str, int]
    exact: bool = True


def problem_size(problem: Problem) -> ProblemSize:
    """The size of a problem as the extensive form, without the stops that policies test as needed.

    Parameters
    ----------
    problem
        A valid problem, with few enough lanes to be listed.

    Returns
    -------
    ProblemSize
        Estimates, rounded.
    """
    stress = rules.stress_branches(problem, {})
    by_branch = count_nodes(problem, stress)
    total = sum(by_branch.values())
    sets = Sets(problem)
    if total > MOST_NODES:
        node = _counted(sets, _Standing({}, {}), (), len(problem.periods) / 2)
        here = {"": float(total)}
        return _added_up(node, here, {}, (0.0, 0.0, 0.0), by_branch, exact=False)
    tree = build_tree(problem, stress)
    standing = _standing(sets, tree)
    chosen = rules.clauses(problem, tree)
    node = _counted(sets, standing, chosen, _decided_before(problem, tree))
    base, ends = float(tree.is_base.sum()), float((~tree.is_base & tree.is_last).sum())
    everywhere = {"": float(len(tree.nodes)), "refilled": ends} | {
        mask: base for mask in {*node.counts.columns, *node.counts.rows} if mask.startswith("clean_")
    }
    return _added_up(node, everywhere, standing.nodes, _linking(node, tree, chosen), by_branch, exact=True)


@dataclass(frozen=True)
class _Standing:
    """Keys that events make (``keys[mask]``), and at how many nodes each stands (``nodes[mask, key]``)."""

    keys: Mapping[str, tuple[Key, ...]]
    nodes: Mapping[tuple[str, Key], float]


def _counted(sets: Sets, standing: _Standing, chosen: tuple[Clause, ...], decided: float | Mapping[str, float]) -> CountedNode:
    """The node of a problem, counted."""
    problem = sets.problem
    serving = {
        ("in_service", e): decided if isinstance(decided, float) else decided.get(e, 0.0) for e in problem.expansions
    }
    stocks = problem.stockpiles
    lanes = {way for way in sets.shipments if isfinite(problem.lanes[way].capacity)}
    lanes |= {_ends(sets, pair) for pair in sets.releases_abroad if isfinite(sets.lane_of(pair).capacity)}
    entered: dict[str, tuple[Any, ...]] = {
        "lane_capacity": tuple(sorted(lanes)),
        "release_most": tuple(h for h, row in stocks.items() if isfinite(row.max_release)),
        "refilled": tuple(h for h, row in stocks.items() if final_level(row) > 0),
        **standing.keys,
    }
    node = CountedNode(sets, CountedSurroundings(serving, entered))
    for family in FAMILIES:
        family.formulate(node)
    rules.formulate(node, chosen)
    return node


def _added_up(
    node: CountedNode,
    everywhere: Mapping[str, float],
    struck: Mapping[tuple[str, Key], float],
    linking: tuple[float, float, float],
    by_branch: Mapping[str, int],
    *,
    exact: bool,
) -> ProblemSize:
    def total(by_mask: Mapping[str, list[Key]], weights: Mapping[str, list[float]] | None = None) -> float:
        return sum(
            everywhere.get(mask, struck.get((mask, key), 0.0)) * (weights[mask][i] if weights else 1.0)
            for mask, keys in by_mask.items()
            for i, key in enumerate(keys)
        )

    counts = node.counts
    return ProblemSize(
        rows=round(total(counts.rows) + linking[0]),
        columns=round(total(counts.columns) + linking[1]),
        entries=round(total(counts.rows, counts.entries) + linking[2]),
        nodes=sum(by_branch.values()),
        families=dict(counts.families),
        branches=dict(by_branch),
        exact=exact,
    )


# -- what events make stand, and where ---------------------------------------------------------------------------------


def _standing(sets: Sets, tree: Tree) -> _Standing:
    nodes: dict[tuple[str, Key], float] = {}
    for mask, key, count in (*_exports(sets, tree), *_routes(sets, tree), *_kept(sets, tree)):
        nodes[mask, key] = min(nodes.get((mask, key), 0.0) + count, float(len(tree.nodes)))
    keys: dict[str, list[Key]] = {}
    for mask, key in nodes:
        keys.setdefault(mask, []).append(key)
    return _Standing({mask: tuple(each) for mask, each in keys.items()}, nodes)


def _exports(sets: Sets, tree: Tree) -> Iterator[tuple[str, Key, float]]:
    for strike in effects.of_kind(tree, "export"):
        count = float(np.count_nonzero(strike.severity))
        for country, commodity, buyers in effects.export_targets(sets.problem, strike):
            if any(way[1] in buyers for way in sets.shipments_out.get((country, commodity), ())):
                yield "export_struck", (country, commodity, buyers), count
            if strike.event.quota is None:
                for stock in sets.stocks.get((country, commodity), ()):
                    if any(r in buyers for _, r in sets.releases_of.get(stock, ())):
                        yield "export_release_struck", ((country, commodity, buyers), stock), count


def _routes(sets: Sets, tree: Tree) -> Iterator[tuple[str, Key, float]]:
    problem = sets.problem
    for strike in effects.of_kind(tree, "route"):
        event, count = strike.event, float(np.count_nonzero(strike.severity))
        origins, goods = set(problem.group(event.country)), set(problem.selection(event.commodity))
        ways = [("route_struck", way, way) for way in sets.shipments]
        ways += [("route_release_struck", pair, _ends(sets, pair)) for pair in sets.releases_abroad]
        for mask, key, way in ways:
            lane = problem.lanes[way]
            hit = event.route in lane.routes and lane.origin in origins and lane.commodity in goods
            if hit and not isfinite(lane.capacity):
                yield mask, key, count


def _kept(sets: Sets, tree: Tree) -> Iterator[tuple[str, Key, float]]:
    problem = sets.problem
    hazards = {plant: {problem.protections[q].hazard for q in covering} for plant, covering in sets.protectors.items()}
    for strike in effects.of_kind(tree, "capacity"):
        event, count = strike.event, float(np.count_nonzero(strike.severity))
        struck = set(problem.plants_matching(event.country, event.commodity, event.plant))
        for plant in struck & hazards.keys():
            if event.hazard in hazards[plant]:
                yield "kept_somewhere", plant, count
                yield from (("kept_by", key, count) for key in subsets(sets) if key[0] == plant)


def _ends(sets: Sets, pair: tuple[str, str]) -> tuple[str, str, str]:
    stock = sets.problem.stockpiles[pair[0]]
    return stock.country, pair[1], stock.commodity


# -- what ties nodes together ------------------------------------------------------------------------------------------


def _decided_before(problem: Problem, tree: Tree) -> dict[str, float]:
    """How many decisions of each expansion serve at a node, on average over the nodes."""
    base = decisions(problem, tree).on_path["base"]
    serving: dict[str, float] = {}
    for decision in base:
        row = problem.expansions[decision.expansion]
        begins = decision.time + row.lead_years
        ends = np.inf if row.life_years is None else begins + row.life_years
        serves = (tree.start + tree.length > begins + 1e-9) & (tree.start < ends - 1e-9)
        serving[decision.expansion] = serving.get(decision.expansion, 0.0) + float(serves.mean())
    return serving


def _linking(node: CountedNode, tree: Tree, chosen: tuple[Clause, ...]) -> tuple[float, float, float]:
    """Rows, columns and entries of decisions, risk and policies."""
    problem = node.sets.problem
    offered = decisions(problem, tree).offered
    rows, columns = float(len(problem.expansions)), float(len(offered) + len(problem.protections))
    entries = float(len(offered))
    if problem.settings.risk_aversion > 0:
        weighty = float(np.count_nonzero(tree.weight > 0))
        likely = [s for s in tree.scenarios if tree.probability(s) > 0]
        on_paths = float(sum(len(tree.paths[s]) + 2 for s in likely))
        rows += weighty + len(likely)
        columns += weighty + len(likely) + 1
        entries += weighty * (node.cost_terms + 1) + on_paths
    for clause in chosen:
        terms = node.terms(Numerator(clause.label)) + node.terms(Denominator(clause.label))
        places = clause.weights if isinstance(clause, LinearClause) else {}
        rows += len(places)
        columns += len(places) if clause.policy.penalty is not None else 0
        entries += sum(len(weights) for weights in places.values()) * terms
    return rows, columns, entries
