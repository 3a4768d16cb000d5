"""The same family in linopy, written the way its documentation advises: labelled arrays, sums over groups."""

from __future__ import annotations

from math import inf, isfinite
from typing import Any

import linopy
import numpy as np
import pandas as pd
import xarray as xr

from benchmarks.floor_family import Array, Family, Nodes
from benchmarks.floor_limits import scopes, shortage_rows
from benchmarks.floor_rows import UNTOUCHED, bounds, costs
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy


def table(values: Array, *dims: str) -> xr.DataArray:
    """An array with a plain count along every dimension."""
    return xr.DataArray(values, [(dim, np.arange(size)) for dim, size in zip(dims, np.shape(values), strict=True)])


def along(values: Any, dim: str) -> xr.DataArray:
    """Positions along a dimension."""
    return xr.DataArray(np.asarray(values), dims=dim, coords={dim: np.arange(len(values))})


def grouped(expression: Any, dim: str, keys: Any, name: str, count: int) -> Any:
    """The expression summed over groups along a dimension, with every group from 0 to ``count``."""
    summed = expression.groupby(pd.Series(np.asarray(keys), index=pd.RangeIndex(len(keys), name=dim), name=name)).sum()
    return summed.reindex({name: np.arange(count)})


class _Model:
    """The model under construction."""

    def __init__(self, problem: Problem) -> None:
        self.of = of = Family(problem)
        self.m = linopy.Model()
        lower, upper = bounds(of, of.width)
        dims = {
            "activity": "plant",
            "shortage": "row",
            "level": "stock",
            "filled": "stock",
            "released": "release",
            "shipped": "way",
        }
        self.v: dict[str, Any] = {
            name: self.m.add_variables(
                table(lower[of.at[name]], "node", dim), table(upper[of.at[name]], "node", dim), name=name
            )
            for name, dim in dims.items()
        }
        missing = of.at["missing"]
        self.v["missing"] = self.m.add_variables(table(lower[missing], "end", "refill"), name="missing")
        lacking = of.at["lacking"]
        self.v["lacking"] = self.m.add_variables(table(lower[lacking], "back", "priced"), name="lacking")
        most = table(upper[of.at["decided"]], "unit")
        whole = all(problem.expansions[d.expansion].integer for d in of.decisions)
        self.v["decided"] = self.m.add_variables(0 * most, most, name="decided", integer=whole)
        self.cost, self.of_units = costs(of)

    def units(self, nodes: Nodes, parts: list[tuple[int, Array]]) -> Any:
        """Σ coefficient at a node · units decided, over some nodes; columns whose coefficients are all 0 left out."""
        used = [(i, values) for i, values in parts if np.any(values)]
        if not used:
            return 0.0
        coefficients = table(np.column_stack([values for _, values in used]), "node", "some")
        coefficients = coefficients.assign_coords(node=nodes)
        return (self.v["decided"].sel(unit=along([i for i, _ in used], "some")) * coefficients).sum("some")


def model(problem: Problem) -> linopy.Model:
    """The model of a problem of the family."""
    made = _Model(problem)
    _capacity(made)
    _stocks(made)
    _trade(made)
    _investments(made)
    prices = _policies(made)
    made.m.add_objective(_risk(made) + prices)
    return made.m


def _capacity(made: _Model) -> None:
    of, every = made.of, np.arange(made.of.nodes)
    share = of.length[:, None] * of.capacity_mean
    for j, name in enumerate(of.plant):
        parts = []
        for project, row in of.problem.expansions.items():
            for i, here, served in of.serving.get(project, ()) if row.plant == name else ():
                values = np.zeros(of.nodes)
                values[here] = -row.size * share[here, j] * served
                parts.append((i, values))
        left = 1.0 * made.v["activity"].sel(plant=j) + made.units(every, parts)
        made.m.add_constraints(left <= table(share[:, j] * of.existing[:, j], "node"), name=f"capacity {name}")


def _stocks(made: _Model) -> None:
    of, m, level = made.of, made.m, made.v["level"]
    records = of.problem.stockpiles
    kept = np.array([1.0 - row.loss_rate for row in records.values()]) ** of.length[:, None]
    initial = np.array([row.initial for row in records.values()])
    first = of.parent < 0
    before = (1.0 * level.sel(node=np.maximum(of.parent, 0))).assign_coords(node=np.arange(of.nodes))
    before = before * table(-kept * ~first[:, None], "node", "stock")
    given = table(np.where(first[:, None], kept * initial, 0.0), "node", "stock")
    gone = grouped(
        1.0 * made.v["released"], "release", [of.stock[pair.stockpile] for pair in of.release], "stock", len(of.stock)
    )
    m.add_constraints(1.0 * level + before - 1.0 * made.v["filled"] + gone == given, name="balance")
    for h, row in records.items():
        place = of.stock[h]
        mine = [i for pair, i in of.release.items() if pair.stockpile == h]
        abroad = [i for pair, i in of.release.items() if pair.stockpile == h and pair.destination != row.country]
        if isfinite(row.max_release):
            sent = made.v["released"].sel(release=mine).sum("release")
            m.add_constraints(sent <= table(row.max_release * of.length, "node"), name=f"release {h}")
        if abroad:
            sent = made.v["released"].sel(release=abroad).sum("release") + before.sel(stock=place)
            m.add_constraints(sent <= given.sel(stock=place, drop=True), name=f"held {h}")
    least = table(np.array([of.final(h) for h in of.refilled]), "refill")
    ending = level.sel(node=along(of.ends, "end"), stock=along([of.stock[h] for h in of.refilled], "refill"))
    m.add_constraints(1.0 * made.v["missing"] + ending >= least, name="refill")
    if of.at["lacking"].size:
        again = along([of.stock[h] for h in of.priced], "priced")
        held = level.sel(node=along(of.back, "back"), stock=again)
        held_by_base = level.sel(node=along(of.tree.base_step[of.back], "back"), stock=again)
        m.add_constraints(1.0 * made.v["lacking"] + held - held_by_base >= 0.0, name="rejoin")


def _trade(made: _Model) -> None:
    of, problem, sets = made.of, made.of.problem, made.of.sets
    supply, use = ({key: i for i, key in enumerate(keys)} for keys in (sets.shipments_out, sets.uses))

    def plants(entries: list[tuple[int, int, float]], name: str, count: int) -> Any:
        key, plant, amount = (list(part) for part in zip(*entries, strict=True))
        chosen = made.v["activity"].sel(plant=along(plant, "entry")) * table(-np.array(amount), "entry")
        return grouped(chosen, "entry", key, name, count)

    shipped = made.v["shipped"]
    out = grouped(1.0 * shipped, "way", [supply[key.origin, key.commodity] for key in of.way], "supply", len(supply))
    makers = [(supply[key], of.plant[j], problem.outputs[j][key[1]]) for key in supply for j in sets.makers[key]]
    made.m.add_constraints(out + plants(makers, "supply", len(supply)) <= 0.0, name="supply")
    arrives = shipped * table(np.array([1.0 - problem.lanes[way].loss for way in of.way]), "way")
    wanted = [use[row.country, row.commodity] for row in problem.demand]
    needed = np.zeros((of.nodes, len(use)))
    np.add.at(needed, (slice(None), wanted), of.demand)
    ends = [sets.ends(pair) for pair in of.release]
    kept = np.array([1.0 - problem.lanes[key].loss if key.abroad else 1.0 for key in ends])
    keeps = made.v["released"] * table(kept, "release")
    takers = [(use[key], of.plant[j], problem.inputs[j][key[1]]) for key in use for j in sets.takers.get(key, ())]
    records = problem.stockpiles
    balance = (
        grouped(arrives, "way", [use[key.destination, key.commodity] for key in of.way], "use", len(use))
        + grouped(keeps, "release", [use[key.destination, key.commodity] for key in ends], "use", len(use))
        + grouped(1.0 * made.v["shortage"], "row", wanted, "use", len(use))
        + plants(takers, "use", len(use))
        - grouped(
            1.0 * made.v["filled"], "stock", [use[s.country, s.commodity] for s in records.values()], "use", len(use)
        )
    )
    made.m.add_constraints(balance == table(needed, "node", "use"), name="use")
    _limits(made)


def _limits(made: _Model) -> None:
    of = made.of
    abroad = {pair: of.sets.lane_of(pair) for pair in of.sets.releases_abroad}
    for way, i in of.way.items():
        lane = of.problem.lanes[way]
        if isfinite(lane.capacity):
            left = 1.0 * made.v["shipped"].sel(way=i)
            for pair, other in abroad.items():
                if other == lane:
                    left = left + made.v["released"].sel(release=of.release[pair])
            made.m.add_constraints(left <= table(lane.capacity * of.length, "node"), name=f"lane {way}")
    stops = [
        (target, np.flatnonzero(mean < UNTOUCHED), mean[mean < UNTOUCHED], 0.0) for target, mean in of.exports.items()
    ]
    stops += [
        (target, strike.nodes, 1.0 - strike.severity, strike.severity * (strike.event.quota or 0.0))
        for target, strike in of.quotas
    ]
    for number, ((country, commodity, buyers), nodes, mean, extra) in enumerate(stops):
        ways = [
            i
            for key, i in of.way.items()
            if (key.origin, key.commodity) == (country, commodity) and key.destination in buyers
        ]
        if not ways or not len(nodes):
            continue
        amounts = {j: of.problem.outputs[j][commodity] for j in of.sets.makers.get((country, commodity), ())}
        nominal = sum((a * of.existing[nodes, of.plant[j]] for j, a in amounts.items()), np.zeros(len(nodes)))
        parts = []
        for name, row in of.problem.expansions.items():
            for i, here, served in of.serving.get(name, ()) if row.plant in amounts else ():
                share = np.zeros(of.nodes)
                share[here] = -amounts[row.plant] * row.size * of.length[here] * served
                parts.append((i, share[nodes] * mean))
        sent = made.v["shipped"].sel(node=nodes, way=ways).sum("way") + made.units(nodes, parts)
        most = xr.DataArray(of.length[nodes] * (mean * nominal + extra), [("node", nodes)])
        made.m.add_constraints(sent <= most, name=f"stop {number}")


def _investments(made: _Model) -> None:
    of, decided = made.of, made.v["decided"]
    by_name = {name: [i for i, d in enumerate(of.decisions) if d.expansion == name] for name in of.problem.expansions}
    for name, row in of.problem.expansions.items():
        mine = by_name[name]
        if mine:
            made.m.add_constraints(decided.sel(unit=mine).sum() <= row.max_units, name=f"units {name}")
        for last in mine if row.requires else ():
            time = of.decisions[last].time
            so_far, needed = (
                [i for i in names if of.decisions[i].time <= time] for names in (mine, by_name[row.requires])
            )
            difference = decided.sel(unit=so_far).sum() - decided.sel(unit=needed).sum()
            made.m.add_constraints(difference <= 0.0, name=f"requires {name} {last}")


def _risk(made: _Model) -> Any:
    """Expected cost, and CVaR through the cost of nodes."""
    of, m, tree = made.of, made.m, made.of.tree
    settings = of.problem.settings
    places = {
        "activity": "plant",
        "shortage": "row",
        "level": "stock",
        "filled": "stock",
        "released": "release",
        "shipped": "way",
    }
    node_cost = sum(
        (made.v[name] * table(made.cost[of.at[name]], "node", dim)).sum(dim)
        for name, dim in places.items()
        if np.any(made.cost[of.at[name]])
    )
    refill = (made.v["missing"] * table(made.cost[of.at["missing"]], "end", "refill")).sum("refill")
    node, unit, value = made.of_units
    paid = made.v["decided"].sel(unit=along(unit, "pair")) * table(value, "pair")
    node_cost = node_cost + grouped(refill, "end", of.ends, "node", of.nodes)
    if of.at["lacking"].size:
        lacking = (made.v["lacking"] * table(made.cost[of.at["lacking"]], "back", "priced")).sum("priced")
        node_cost = node_cost + grouped(lacking, "back", of.back, "node", of.nodes)
    node_cost = node_cost + grouped(paid, "pair", node, "node", of.nodes)
    weight = (1.0 - settings.risk_aversion) * tree.weight * tree.discount
    expected = (node_cost * table(weight, "node")).sum()
    if not settings.risk_aversion:
        return expected
    likely = np.flatnonzero(tree.weight > 0)
    at = m.add_variables(coords=[("node", likely)], name="node_cost")
    whole = xr.DataArray(-tree.discount[likely], [("node", likely)])
    m.add_constraints(1.0 * at + node_cost.sel(node=likely) * whole == 0.0, name="node_cost")
    at_risk = m.add_variables(name="value_at_risk")
    excess = m.add_variables(lower=0.0, coords=[("path", np.arange(len(of.likely)))], name="excess")
    nodes = np.concatenate([tree.paths[s] for s in of.likely])
    path = np.repeat(np.arange(len(of.likely)), [len(tree.paths[s]) for s in of.likely])
    over = grouped(1.0 * at.sel(node=along(nodes, "step")), "step", path, "path", len(of.likely))
    m.add_constraints(over - at_risk - excess <= 0.0, name="excess")
    chances = np.array([tree.probability(s) for s in of.likely])
    tail = (excess * table(settings.risk_aversion * chances / (1.0 - settings.cvar_alpha), "path")).sum()
    return expected + settings.risk_aversion * at_risk + tail


def _policies(made: _Model) -> Any:
    """Budgets and limits on shortage; what their slacks cost."""
    of = made.of
    total: Any = 0.0 * made.v["decided"].sel(unit=0)
    for policy in of.problem.policies:
        for number, group in enumerate(of.problem.groups(policy.consumer_text)):
            if policy.kind == "max_capex":
                chosen, capex = of.budget(policy, group)
                left = (made.v["decided"].sel(unit=along(chosen, "some")) * table(np.array(capex), "some")).sum()
                made.m.add_constraints(left <= policy.limit, name=policy.policy)
                continue
            for commodity, short in shortage_rows(of, policy, group):
                total = total + _shortage(made, policy, f"{policy.policy} {number} {commodity}", short)
    return total


def _shortage(made: _Model, policy: Policy, name: str, short: list[int]) -> Any:
    """One limit over all its scenarios at once."""
    of = made.of
    found = scopes(of, policy)
    nodes = np.concatenate([each for each, _, _ in found])
    weights = np.concatenate([each for _, each, _ in found])
    priced = np.array([weight for _, _, weight in found])
    scope = np.repeat(np.arange(len(found)), [len(each) for each, _, _ in found])
    wanted = np.bincount(scope, weights * of.demand[nodes][:, short].sum(axis=1), minlength=len(found))
    chosen = made.v["shortage"].sel(node=along(nodes, "step"), row=short) * table(weights, "step")
    left = grouped(chosen.sum("row"), "step", scope, "scope", len(found))
    if policy.penalty is None:
        made.m.add_constraints(left <= table(policy.limit * wanted, "scope"), name=name)
        return 0.0
    slack = made.m.add_variables(lower=0.0, upper=inf, coords=[("scope", np.arange(len(found)))], name=f"slack {name}")
    made.m.add_constraints(left - slack <= table(policy.limit * wanted, "scope"), name=name)
    return policy.penalty * (slack * table(priced, "scope")).sum()


def pass_on(made: linopy.Model) -> Any:
    """Linopy's own way into HiGHS."""
    return made.to_highspy()
