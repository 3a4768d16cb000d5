"""The rows and costs of the floor, a function a block, in the order of the page of formulas."""

from __future__ import annotations

from math import inf, isfinite

import numpy as np
from numpy.typing import NDArray

from benchmarks.floor_family import Array, Block, Family, Index, Target
from friendshore.models.lane import LaneKey
from friendshore.models.tree.discounting import at_once
from friendshore.models.tree.investment import paid_share
from friendshore.models.tree.normal_times import in_normal_times

UNTOUCHED = 1.0 - 1e-12


def capacity(of: Family, block: Block) -> None:
    """Activity within what exists and what has been built."""
    share = of.length[:, None] * of.capacity_mean
    rows = block.take(-inf, share * of.existing, share.shape)
    block.add(rows, of.at["activity"], 1.0)
    for name, row in of.problem.expansions.items():
        j = of.plant[row.plant]
        for i, here, served in of.serving.get(name, ()):
            _filled(block, rows[here, j], of.at["decided"][i], -row.size * share[here, j] * served)


def _filled(block: Block, rows: Index, column: object, values: Array) -> None:
    kept = values != 0.0
    block.add(rows[kept], column, values[kept])


def stocks(of: Family, block: Block) -> None:
    """Levels from node to node, what may be released, what is refilled at the end and held again after a shock."""
    records = of.problem.stockpiles
    kept = np.array([1.0 - row.loss_rate for row in records.values()]) ** of.length[:, None]
    initial = np.array([row.initial for row in records.values()])
    begins, later = (of.parent < 0)[:, None], np.flatnonzero(of.parent >= 0)
    level, before = of.at["level"], of.parent[later]
    given = np.where(begins, kept * initial, 0.0)
    rows = block.take(given, given, level.shape)
    block.add(rows, level, 1.0)
    block.add(rows[later], level[before], -kept[later])
    block.add(rows, of.at["filled"], -1.0)
    home = np.array([of.stock[pair.stockpile] for pair in of.release])
    block.add(rows[:, home], of.at["released"], 1.0)
    for h, row in records.items():
        mine = [i for pair, i in of.release.items() if pair.stockpile == h]
        abroad = [i for pair, i in of.release.items() if pair.stockpile == h and pair.destination != row.country]
        if isfinite(row.max_release):
            most = block.take(-inf, row.max_release * of.length, (of.nodes,))
            block.add(most[:, None], of.at["released"][:, mine], 1.0)
        if abroad:
            held = block.take(-inf, given[:, of.stock[h]], (of.nodes,))
            block.add(held[:, None], of.at["released"][:, abroad], 1.0)
            block.add(held[later], level[before, of.stock[h]], -kept[later, of.stock[h]])
    least = np.array([of.final(h) for h in of.refilled])
    rows = block.take(least, inf, of.at["missing"].shape)
    block.add(rows, of.at["missing"], 1.0)
    block.add(rows, level[of.ends][:, [of.stock[h] for h in of.refilled]], 1.0)
    again = [of.stock[h] for h in of.priced]
    rows = block.take(0.0, inf, of.at["lacking"].shape)
    block.add(rows, of.at["lacking"], 1.0)
    block.add(rows, level[of.back][:, again], 1.0)
    block.add(rows, level[of.tree.base_step[of.back]][:, again], -1.0)


def trade(of: Family, block: Block) -> None:
    """What is made is shipped, what is used arrives, over lanes and under export stops."""
    problem, sets = of.problem, of.sets
    supply = {key: i for i, key in enumerate(sets.shipments_out)}
    rows = block.take(-inf, 0.0, (of.nodes, len(supply)))
    block.add(rows[:, [supply[key.origin, key.commodity] for key in of.way]], of.at["shipped"], 1.0)
    made = [(supply[key], of.plant[j], problem.outputs[j][key[1]]) for key in supply for j in sets.makers[key]]
    _each(block, rows, of.at["activity"], made, -1.0)
    use = {key: i for i, key in enumerate(sets.uses)}
    needed = np.zeros((of.nodes, len(use)))
    wanted = [use[row.country, row.commodity] for row in problem.demand]
    np.add.at(needed, (slice(None), wanted), of.demand)
    rows = block.take(needed, needed, needed.shape)
    arriving = np.array([1.0 - problem.lanes[way].loss for way in of.way])
    block.add(rows[:, [use[key.destination, key.commodity] for key in of.way]], of.at["shipped"], arriving)
    released = [
        (use[key.destination, key.commodity], i, 1.0 - problem.lanes[key].loss if key.abroad else 1.0)
        for key, i in ((sets.ends(pair), i) for pair, i in of.release.items())
    ]
    _each(block, rows, of.at["released"], released, 1.0)
    block.add(rows[:, wanted], of.at["shortage"], 1.0)
    taken = [(use[key], of.plant[j], problem.inputs[j][key[1]]) for key in use for j in sets.takers.get(key, ())]
    _each(block, rows, of.at["activity"], taken, -1.0)
    stored = [(use[row.country, row.commodity], of.stock[h], 1.0) for h, row in problem.stockpiles.items()]
    _each(block, rows, of.at["filled"], stored, -1.0)
    _lanes(of, block)
    for target, mean in of.exports.items():
        _export(of, block, target, np.flatnonzero(mean < UNTOUCHED), mean[mean < UNTOUCHED], 0.0)
    for target, strike in of.quotas:
        _export(of, block, target, strike.nodes, 1.0 - strike.severity, strike.severity * (strike.event.quota or 0.0))


def _each(block: Block, rows: Index, columns: Index, entries: list[tuple[int, int, float]], sign: float) -> None:
    """Entries (row, column, value) of one node, at every node."""
    if entries:
        row, column, value = (list(part) for part in zip(*entries, strict=True))
        block.add(rows[:, row], columns[:, column], sign * np.array(value))


def _lanes(of: Family, block: Block) -> None:
    abroad = {pair: of.sets.lane_of(pair) for pair in of.sets.releases_abroad}
    used = {way: of.problem.lanes[way] for way in of.way}
    used |= {lane.key: lane for lane in abroad.values()}
    if any(lane.shared or lane.least > 0 for lane in used.values()):
        raise ValueError("the floor does not know capacities that lanes share, nor contracts")
    for key, lane in used.items():
        if isfinite(lane.capacity):
            rows = block.take(-inf, of.length * lane.capacity, (of.nodes,))
            if key in of.way:
                block.add(rows, of.at["shipped"][:, of.way[key]], 1.0)
            for pair, other in abroad.items():
                if other == lane:
                    block.add(rows, of.at["released"][:, of.release[pair]], 1.0)


def _export(
    of: Family, block: Block, target: Target, nodes: NDArray[np.int64], mean: Array, extra: Array | float
) -> None:
    country, commodity, buyers = target
    ways = [
        i
        for key, i in of.way.items()
        if (key.origin, key.commodity) == (country, commodity) and key.destination in buyers
    ]
    if any(
        row.country == country and row.commodity == commodity and row.serves != "own"
        for row in of.problem.stockpiles.values()
    ):
        raise ValueError("the floor does not know releases under an export stop")
    if not ways or not len(nodes):
        return
    makers = of.sets.makers.get((country, commodity), ())
    amounts = {j: of.problem.outputs[j][commodity] for j in makers}
    nominal = sum((amount * of.existing[nodes, of.plant[j]] for j, amount in amounts.items()), np.zeros(len(nodes)))
    rows = block.take(-inf, of.length[nodes] * (mean * nominal + extra), (len(nodes),))
    block.add(rows[:, None], of.at["shipped"][nodes][:, ways], 1.0)
    share = np.zeros(of.nodes)
    share[nodes] = of.length[nodes] * mean
    place = np.zeros(of.nodes, dtype=np.int32)
    place[nodes] = rows
    for name, row in of.problem.expansions.items():
        for i, here, served in of.serving.get(name, ()) if row.plant in amounts else ():
            _filled(block, place[here], of.at["decided"][i], -amounts[row.plant] * row.size * share[here] * served)


def investments(of: Family, block: Block) -> None:
    """Most units, and what a project requires."""
    by_name = {name: [i for i, d in enumerate(of.decisions) if d.expansion == name] for name in of.problem.expansions}
    for name, row in of.problem.expansions.items():
        if by_name[name]:
            block.add(block.take(-inf, row.max_units, (1,)), of.at["decided"][by_name[name]], 1.0)
        for last in by_name[name] if row.requires else ():
            time = of.decisions[last].time
            first = block.take(-inf, 0.0, (1,))
            for sign, names in ((1.0, by_name[name]), (-1.0, by_name[row.requires])):
                standing = [i for i in names if of.decisions[i].time <= time]
                block.add(first, of.at["decided"][standing], sign)


def costs(of: Family) -> tuple[Array, tuple[Index, Index, Array]]:
    """Cost of each node column, not discounted, and of units at nodes: (node, decision, cost)."""
    problem, tree = of.problem, of.tree
    cost = np.zeros(of.width)
    end = np.where(tree.is_last, tree.end_discount / tree.discount, 0.0)
    unit = np.array([[problem.unit_cost(j, p) for j in of.plant] for p in range(len(problem.periods))])
    cost[of.at["activity"]] = unit[tree.period] * of.cost_mean

    def moving(key: LaneKey) -> float:
        lane = problem.lanes[key]
        duty = lane.tariff * problem.commodities[key.commodity].price if problem.settings.tariffs_are_costs else 0.0
        return lane.cost + duty

    cost[of.at["shipped"]] = [moving(way) for way in of.way]
    records = problem.stockpiles
    cost[of.at["released"]] = [moving(key) if key.abroad else 0.0 for key in map(of.sets.ends, of.release)]
    holding = np.array([row.holding_cost for row in records.values()])
    salvage = np.array([row.salvage for row in records.values()])
    cost[of.at["level"]] = holding * of.length[:, None] - salvage * end[:, None]
    cost[of.at["shortage"]] = [row.shortage_cost for row in problem.demand]
    price = np.array([problem.commodities[records[h].commodity].price for h in of.refilled])
    cost[of.at["missing"]] = price * end[of.ends][:, None]
    price = np.array([problem.commodities[records[h].commodity].price for h in of.priced])
    cost[of.at["lacking"]] = price * of.length[of.back][:, None]
    return cost, _unit_costs(of)


def _unit_costs(of: Family) -> tuple[Index, Index, Array]:
    tree, parts = of.tree, []
    for name, row in of.problem.expansions.items():
        for i, here, served in of.serving.get(name, ()):
            parts.append((here, np.full(len(here), i), row.fixed_cost * of.length[here] * served))
            time = of.decisions[i].time
            within = np.flatnonzero((tree.start < time + 1e-9) & (time < tree.start + tree.length - 1e-9))
            kappa = paid_share(row, time, tree.horizon, tree.discount_rate)
            paid = row.capex * kappa * float(at_once(tree.discount_rate, np.array(time))) / tree.discount[within]
            parts.append((within, np.full(len(within), i), paid))
    node, unit, value = (np.concatenate(part) for part in zip(*parts, strict=True))
    kept = value != 0.0
    return node[kept].astype(np.int32), unit[kept].astype(np.int32), value[kept]


def risk(of: Family, block: Block, cost: Array, of_units: tuple[Index, Index, Array]) -> Array:
    """The objective: expected cost, and CVaR through the cost of nodes and what paths exceed."""
    settings, tree = of.problem.settings, of.tree
    node_of = np.zeros(of.width, dtype=np.int64)
    for name in ("activity", "shortage", "level", "filled", "released", "shipped"):
        node_of[of.at[name]] = np.arange(of.nodes)[:, None]
    node_of[of.at["missing"]] = of.ends[:, None]
    node_of[of.at["lacking"]] = of.back[:, None]
    node, unit, value = of_units
    weight = (1.0 - settings.risk_aversion) * tree.weight * tree.discount
    objective = weight[node_of] * cost
    np.add.at(objective, of.at["decided"][unit], weight[node] * value)
    if not settings.risk_aversion:
        return objective
    likely = np.flatnonzero(tree.weight > 0)
    place = np.full(of.nodes, -1, dtype=np.int32)
    place[likely] = block.take(0.0, 0.0, (len(likely),))
    block.add(place[likely], of.at["node_cost"], 1.0)
    dear = np.flatnonzero((cost != 0.0) & (tree.weight[node_of] > 0))
    block.add(place[node_of[dear]], dear, -tree.discount[node_of[dear]] * cost[dear])
    paid = tree.weight[node] > 0
    # a unit's fixed cost and price at one node are two triplets of one entry, which the conversion adds up
    block.add(place[node[paid]], of.at["decided"][unit[paid]], -tree.discount[node[paid]] * value[paid])
    column = np.full(of.nodes, -1, dtype=np.int32)
    column[likely] = of.at["node_cost"]
    rows = block.take(-inf, 0.0, (len(of.likely),))
    for row, scenario in zip(rows, of.likely, strict=True):
        block.add(row, column[list(tree.paths[scenario])], 1.0)
    block.add(rows, of.at["risk"], -1.0)
    block.add(rows, of.at["excess"], -1.0)
    objective[of.at["risk"]] = settings.risk_aversion
    chances = np.array([tree.probability(s) for s in of.likely])
    objective[of.at["excess"]] = settings.risk_aversion * chances / (1.0 - settings.cvar_alpha)
    return objective


def bounds(of: Family, width: int) -> tuple[Array, Array]:
    """Bounds of all columns."""
    lower, upper = np.zeros(width), np.full(width, inf)
    problem, tree, records = of.problem, of.tree, of.problem.stockpiles.values()
    base_end = (tree.is_base & tree.is_last)[:, None]
    use = np.array([problem.plants[j].min_use for j in of.plant])
    normal = in_normal_times(tree, problem.settings.rejoin_years)[:, None]
    lower[of.at["activity"]] = np.where(normal, use * of.length[:, None] * of.existing, 0.0)
    upper[of.at["shortage"]] = of.demand
    lower[of.at["level"]] = np.where(base_end, np.array([of.final(h) for h in of.stock]), 0.0)
    upper[of.at["level"]] = [row.max_level for row in records]
    upper[of.at["filled"]] = np.array([row.max_fill for row in records]) * of.length[:, None]
    units = [problem.expansions[d.expansion] for d in of.decisions]
    upper[of.at["decided"]] = [np.floor(row.max_units + 1e-9) if row.integer else row.max_units for row in units]
    if problem.settings.risk_aversion:
        lower[of.at["node_cost"]] = lower[of.at["risk"]] = -inf
    return lower, upper
