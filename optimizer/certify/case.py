"""The case that is checked: the network, the tree, and what the plan does at each node."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from friendshore.models.plan import Plan
from friendshore.models.tables import Tables
from friendshore.optimizer.certify.closings import read_closings
from friendshore.optimizer.certify.decisions import Decision, carried, in_service, read_decisions
from friendshore.optimizer.certify.disruptions import Disruption, disruptions_of, planned
from friendshore.optimizer.certify.events import Strike, strikes
from friendshore.optimizer.certify.frames import Frame, NodeFinder, grid
from friendshore.optimizer.certify.groups import Groups
from friendshore.optimizer.certify.lanes import resolve, tags
from friendshore.optimizer.certify.network import Network, build_network, demand_rate
from friendshore.optimizer.certify.numbers import Array, Places, UnreadableError
from friendshore.optimizer.certify.places import lane_places, pair_places, process_places
from friendshore.optimizer.certify.scenarios import BASE
from friendshore.optimizer.certify.tree import Branch, Tree, build_tree

NODE = NodeFinder.COLUMNS


@dataclass(frozen=True)
class Quantities:
    """What a plan does, nodes by columns: x lanes, a plants, u demand, v and f stockpiles, g pairs, w surplus."""

    x: Array
    a: Array
    u: Array
    v: Array
    f: Array
    g: Array
    w: Array

    def of(self, nodes: slice) -> Quantities:
        """The quantities at some nodes."""
        every = (self.x, self.a, self.u, self.v, self.f, self.g, self.w)
        return Quantities(*(values[nodes] for values in every))


@dataclass(frozen=True)
class Segment:
    """The own nodes of one branch: quantities, the stock before each node, events, demand D and units in service.

    ``existing`` is the capacity of plants that is there without units and not closed, ``capacity`` what stands with
    them (nodes × plants), ``stores`` what they add to max_level (nodes × stockpiles).
    """

    branch: Branch
    quantities: Quantities
    before: Array
    strikes: tuple[Strike, ...]
    demand: Array
    units: Array
    existing: Array
    capacity: Array
    stores: Array

    @property
    def years(self) -> Array:
        """Length d of each own node in years, as a column beside quantities."""
        return self.branch.years[:, None]

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of the own nodes: scenario/period/step."""
        return self.branch.labels


@dataclass(frozen=True)
class Case:
    """Everything the checks look at.

    ``unsurvived`` are the tested stops that the plan itself says it does not keep its policies on; the rest of what
    holds on these branches is checked as on any other.
    """

    tables: Tables
    network: Network
    tree: Tree
    disruptions: tuple[Disruption, ...]
    finder: NodeFinder
    own: dict[str, list[Decision]]
    carried: dict[str, list[Decision]]
    bought: Array
    closed: Places
    clean: Frame
    segments: dict[str, Segment]
    unsurvived: frozenset[str] = frozenset()

    @cached_property
    def base(self) -> Segment:
        """The base path."""
        return self.segments[BASE]

    @cached_property
    def levels(self) -> Array:
        """Stock at the end of every node (all nodes × stockpiles)."""
        return np.concatenate([each.quantities.v for each in self.segments.values()])

    def on_path(self, name: str, values: dict[str, Array]) -> Array:
        """Values at the own nodes of every branch, gathered along one path."""
        return np.concatenate([values[branch.name][:count] for branch, count in self.tree.pieces(name)])


def read_case(plan: Plan) -> Case:
    """The plan beside the tree and the network, rebuilt from the rows of the sheets."""
    tables = plan.problem.tables
    groups = Groups(tables)
    ways = resolve(tables, groups)
    disruptions = disruptions_of(tables, groups, tags(ways), planned(plan))
    tree = build_tree(tables, disruptions)
    finder = NodeFinder(tree, [period.period for period in tables.periods])
    sourcing = Frame("sourcing", plan.sourcing, (*NODE, "origin", "destination", "commodity", "way", "quantity"))
    releases = Frame("releases", plan.releases, (*NODE, "stockpile", "destination", "way", "quantity"))
    clean = _clean(plan)
    network = build_network(tables, groups, ways, [sourcing, clean.part("shipped")], [releases, clean.part("released")])
    quantities = _quantities(plan, network, finder, sourcing, releases)
    investments = Frame("investments", plan.investments, (*NODE, "expansion", "units"))
    closed = read_closings(plan, tables, finder, tree)
    own = read_decisions(investments, finder, network, tree)
    stand = carried(own, tree, tables.settings.branch_investment)
    segments = {
        name: _segment(branch, quantities, network, tree, stand[name], closed) for name, branch in tree.branches.items()
    }
    return Case(
        tables,
        network,
        tree,
        tuple(disruptions),
        finder,
        own,
        stand,
        _bought(plan, tables),
        closed,
        clean,
        segments,
        frozenset(plan.run.unsurvived),
    )


def _quantities(plan: Plan, network: Network, finder: NodeFinder, sourcing: Frame, releases: Frame) -> Quantities:
    production = Frame("production", plan.production, (*NODE, "plant", "activity"))
    stocks = Frame("stocks", plan.stocks, (*NODE, "stockpile", "level", "filled"))
    at, held = finder.nodes(stocks), stocks.places("stockpile", list(network.stockpiles.index))
    nodes = len(finder.labels)
    size = (nodes, len(network.stockpiles.rows))
    runs = process_places(production, network)
    return Quantities(
        grid(
            sourcing,
            "quantity",
            finder.nodes(sourcing),
            lane_places(sourcing, network),
            (nodes, len(network.lanes.keys)),
        ),
        grid(production, "activity", finder.nodes(production), runs, (nodes, len(network.plants.processes))),
        _shortages(plan, network, finder),
        grid(stocks, "level", at, held, size),
        grid(stocks, "filled", at, held, size),
        grid(
            releases,
            "quantity",
            finder.nodes(releases),
            pair_places(releases, network),
            (nodes, len(network.pairs.destination)),
        ),
        _surplus(plan, network, finder),
    )


def _surplus(plan: Plan, network: Network, finder: NodeFinder) -> Array:
    """Surplus w⁺ by country and commodity; one without a value is not told."""
    markets = network.surplus_markets
    shape = len(finder.labels), len(markets)
    if not len(plan.surplus):
        return np.zeros(shape)
    frame = Frame("surplus", plan.surplus, (*NODE, "country", "commodity", "quantity"))
    at = frame.places("country", list(network.country)) * len(network.commodity)
    at += frame.places("commodity", list(network.commodity))
    known = np.isin(at, markets)
    if not known.all():
        raise UnreadableError(f"surplus: {network.market_name(int(at[~known][0]))} has no surplus_value")
    return grid(frame, "quantity", finder.nodes(frame), np.searchsorted(markets, at), shape)


def _clean(plan: Plan) -> Frame:
    """The clean parts; without rows the table needs no columns."""
    names = ("origin", "destination", "commodity", "way", "plant", "stockpile")
    whole = (*NODE, "split", "part", "row", "quantity", *names)
    frame = Frame("clean", plan.clean, ())
    return Frame("clean", plan.clean if len(frame) else pd.DataFrame(columns=list(whole)), whole)


def _shortages(plan: Plan, network: Network, finder: NodeFinder) -> Array:
    """Shortage u by row of demand; the row must be of the country, commodity and tier that stand beside it."""
    frame = Frame("shortages", plan.shortages, (*NODE, "country", "commodity", "tier", "row", "demand", "shortage"))
    rows, demand = frame.whole("row"), network.tables.demand
    if np.any((rows < 0) | (rows >= len(demand))):
        raise UnreadableError("shortages: row is no row of demand")
    beside = zip(frame.words("country"), frame.words("commodity"), frame.words("tier"), strict=True)
    for place, names in zip(rows, beside, strict=True):
        if names != (demand[place].country, demand[place].commodity, demand[place].tier):
            raise UnreadableError(f"shortages: row {place} of demand is not {' / '.join(names)}")
    return grid(frame, "shortage", finder.nodes(frame), rows, (len(finder.labels), len(demand)))


def _bought(plan: Plan, tables: Tables) -> Array:
    """Protections in force in each period (periods × protections): bought at the start, or in a period and from it on.

    Raises
    ------
    UnreadableError
        Where one is bought before its ``from_period``, or in no period, or has a period and is not bought.
    """
    later = any(row.from_period for row in tables.protections)
    frame = Frame("protections", plan.protections, ("protection", "bought", *(("period",) if later else ())))
    places = frame.places("protection", [row.protection for row in tables.protections])
    frame.once(places, "a protection")
    labels = [period.period for period in tables.periods]
    bought = np.zeros((len(labels), len(tables.protections)))
    since = frame.words("period") if later else [""] * len(frame)
    for place, amount, label in zip(places, frame.numbers("bought"), since, strict=True):
        first = 0
        opens = tables.protections[place].from_period
        if opens and amount:
            if label not in labels or labels.index(label) < labels.index(opens):
                raise UnreadableError(f"protections: {tables.protections[place].protection} is bought in {label!r}")
            first = labels.index(label)
        elif label not in (("", labels[0]) if amount else ("",)):
            raise UnreadableError(f"protections: {tables.protections[place].protection} is told of {label!r}")
        bought[first:, place] = amount
    return bought


def _segment(
    branch: Branch, quantities: Quantities, network: Network, tree: Tree, decisions: list[Decision], closed: Places
) -> Segment:
    tables = network.tables
    struck = strikes([(each.event, each.origin) for each in branch.struck], branch.start, branch.years)
    units = in_service(decisions, tables.expansions, branch, tree.base)
    running = in_service(decisions, tables.expansions, branch, tree.base, ramped=True)
    size = np.array([row.size for row in tables.expansions], dtype=np.float64)
    existing = network.plants.existing[branch.period] * (branch.period[:, None] < closed)
    capacity = existing.copy()
    stores = np.zeros((len(branch.start), len(network.stockpiles.rows)))
    for place, row in enumerate(tables.expansions):
        if row.stockpile:
            stores[:, network.stockpiles.index[row.stockpile]] += size[place] * running[:, place]
        else:
            capacity[:, network.plants.index[row.plant]] += size[place] * running[:, place]
    return Segment(
        branch,
        quantities.of(branch.nodes),
        _before(branch, quantities.v, network, tree),
        tuple(struck),
        _demand(branch, struck, network),
        units,
        existing,
        capacity,
        stores,
    )


def _before(branch: Branch, v: Array, network: Network, tree: Tree) -> Array:
    """Stock v at π(n): the level at the node before each own node, ``initial`` before the first of all."""
    path = tree.path(branch.name)
    earlier = path[: len(path) - len(branch.start)]
    first = v[earlier[-1]] if earlier.size else network.stockpiles.initial
    return np.vstack([first[None, :], v[branch.nodes][:-1]])


def _demand(branch: Branch, struck: list[Strike], network: Network) -> Array:
    """D = d · quantity a year · μ of the demand events that match."""
    tables = network.tables
    rates = np.array([[demand_rate(row, period.period) for row in tables.demand] for period in tables.periods])
    demand = rates.reshape(len(tables.periods), len(tables.demand))[branch.period] * branch.years[:, None]
    for strike in struck:
        if strike.event.kind == "demand":
            countries = network.groups.countries(strike.event.country)
            commodities = network.groups.commodities(strike.event.commodity)
            hit = [row.country in countries and row.commodity in commodities for row in tables.demand]
            demand[:, hit] *= strike.mean[:, None]
    return demand
