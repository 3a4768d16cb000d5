"""Each kind of cost of a plan by node and payer, worked out from its tables.

A plant's country pays for production and gets what its surplus brings, the destination pays for freight and tariffs,
the country of a stockpile for holding, refilling and what it lacks after a shock, the demanding country bears a
shortage, the payer of an expansion or a protection that, and the country of its plant where none is named. ``sheet``
and ``row`` name the row of the workbook whose figure a cost rests on: by its name, on Demand and Lanes by its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from friendshore.models.core.effects import plant_means
from friendshore.models.lane import Lane, LaneKey
from friendshore.models.plan import Plan, process_names
from friendshore.models.tree.normal_times import rejoining
from friendshore.models.tree.scenario_tree import build_tree
from friendshore.optimizer.reporting.frames import BASE, NODE, periods, protected_since, value_by_period, with_nodes
from friendshore.optimizer.reporting.named_payers import expansion_payers, protection_payers
from friendshore.optimizer.reporting.service import charged, closed_from, existing, in_service, standing

KEYS = [*NODE, "kind", "payer"]
FIGURE = ["sheet", "row"]


def activity_costs(plan: Plan) -> pd.DataFrame:
    """Rows of production with ``unit_cost``: what a unit of activity costs at that node, cost events included."""
    problem = plan.problem
    position = {label: i for i, label in enumerate(periods(plan))}
    rows = plan.production
    plain = [
        problem.process_cost(process, position[period])
        for process, period in zip(process_names(rows), rows["period"], strict=True)
    ]
    means = _cost_means(plan)
    keys = zip(rows["scenario"], rows["period"], rows["step"], rows["plant"], strict=True)
    factors = [means(scenario, period, step, plant) for scenario, period, step, plant in keys]
    return rows.assign(unit_cost=np.array(plain, dtype=float) * np.array(factors, dtype=float))


def _cost_means(plan: Plan) -> Callable[[str, str, int, str], float]:
    """How much cost events raise a plant's costs at a node; stress tests of policies have none."""
    if not any(event.kind == "cost" for event in plan.problem.tables.events):
        return lambda scenario, period, step, plant: 1.0
    tree = build_tree(plan.problem)
    labels = periods(plan)
    place = {(node.scenario, labels[node.period], node.step): n for n, node in enumerate(tree.nodes)}
    means = plant_means(plan.problem, tree, "cost")

    def mean(scenario: str, period: str, step: int, plant: str) -> float:
        n = place.get((scenario, period, step))
        return 1.0 if n is None or plant not in means else float(means[plant][n])

    return mean


def _rows(
    frame: pd.DataFrame, kind: str, payer: pd.Series, cost: pd.Series, sheet: str, row: pd.Series
) -> pd.DataFrame:
    return frame[NODE].assign(
        kind=kind, payer=payer.to_numpy(), cost=cost.to_numpy(float), sheet=sheet, row=row.to_numpy(object)
    )


def _none() -> pd.DataFrame:
    return pd.DataFrame(columns=[*KEYS, "cost", *FIGURE])


def _mapped(column: pd.Series, values: Mapping[str, object]) -> pd.Series:
    return column.map(dict(values))


def _production(plan: Plan) -> pd.DataFrame:
    rows = activity_costs(plan)
    countries = {name: row.country for name, row in plan.problem.plants.items()}
    cost = rows["unit_cost"] * rows["activity"].astype(float)
    return _rows(rows, "production", _mapped(rows["plant"], countries), cost, "Plants", rows["plant"])


def moved(plan: Plan) -> pd.DataFrame:
    """Shipments, and releases from stockpiles to other countries.

    Columns: scenario, period, step, origin, destination, commodity, way, source (``plants`` or a stockpile), quantity.
    """
    piles = plan.problem.stockpiles
    releases = plan.releases.assign(
        origin=_mapped(plan.releases["stockpile"], {name: row.country for name, row in piles.items()}),
        commodity=_mapped(plan.releases["stockpile"], {name: row.commodity for name, row in piles.items()}),
    ).rename(columns={"stockpile": "source"})
    abroad = releases[releases["origin"] != releases["destination"]]
    columns = [*NODE, "origin", "destination", "commodity", "way", "source", "quantity"]
    parts = [part[columns] for part in (plan.sourcing.assign(source="plants"), abroad) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def lanes_taken(plan: Plan, rows: pd.DataFrame) -> list[tuple[Lane, int]]:
    """The lane that each row takes, and the position of its period.

    Parameters
    ----------
    plan
        The plan.
    rows
        Columns period, origin, destination, commodity, way.

    Returns
    -------
    list of tuple
        A pair for each row.
    """
    places = {period.period: i for i, period in enumerate(plan.problem.periods)}
    columns = [rows[name].tolist() for name in ("origin", "destination", "commodity", "way", "period")]
    return [(plan.problem.lanes[LaneKey(*key)], places[period]) for *key, period in zip(*columns, strict=True)]


def _moving(plan: Plan) -> pd.DataFrame:
    rows, problem = moved(plan), plan.problem
    lanes = lanes_taken(plan, rows)
    quantity = rows["quantity"].astype(float)
    costs = [problem.lane_cost(lane, period) for lane, period in lanes]
    places = pd.Series([lane.row for lane, _ in lanes], index=rows.index, dtype=object)
    freight = _rows(rows, "transport", rows["destination"], quantity * costs, "Lanes", places)
    if not problem.settings.tariffs_are_costs:
        return freight
    duties = [problem.lane_duty(lane, period) for lane, period in lanes]
    tariffs = _rows(rows, "tariff", rows["destination"], quantity * duties, "Lanes", places)
    return pd.concat([freight, tariffs], ignore_index=True)


def _holding(plan: Plan) -> pd.DataFrame:
    rows = with_nodes(plan, plan.stocks, ["years"])
    piles = plan.problem.stockpiles
    rate = value_by_period(plan, rows, lambda then, name: then.stockpiles[name].holding_cost, "stockpile")
    countries = {name: row.country for name, row in piles.items()}
    cost = rate * rows["level"].astype(float) * rows["years"].astype(float)
    return _rows(rows, "holding", _mapped(rows["stockpile"], countries), cost, "Stockpiles", rows["stockpile"])


def _shortage(plan: Plan) -> pd.DataFrame:
    rows = plan.shortages
    rate = np.array([plan.problem.demand[i].shortage_cost for i in rows["row"]], dtype=float)
    return _rows(rows, "shortage", rows["country"], rows["shortage"].astype(float) * rate, "Demand", rows["row"])


def _fixed(plan: Plan) -> pd.DataFrame:
    rows = in_service(plan)
    rate = value_by_period(plan, rows, lambda then, name: then.expansions[name].fixed_cost, "expansion")
    cost = rate * rows["units"].astype(float) * rows["years"].astype(float)
    payers = _mapped(rows["expansion"], expansion_payers(plan))
    return _rows(rows, "fixed", payers, cost, "Expansions", rows["expansion"])


def _protection_rate(plan: Plan, name: str, since: int) -> np.ndarray:
    """What a protection costs a year at each node: nothing before the period in which it is bought."""
    position = np.array([plan.problem.period_index(str(label), 0) for label in plan.nodes["period"]])
    rates = np.array([plan.problem.at(t).protections[name].cost for t in range(len(plan.problem.periods))])
    return np.where(position >= since, rates[position], 0.0)


def _keeping(plan: Plan) -> pd.DataFrame:
    """Fixed costs of plants that have a capacity, until they are closed; paid where they stand."""
    problem, labels, kept = plan.problem, periods(plan), existing(plan)
    rows = [
        (label, name, row.country, problem.at(t).plants[name].fixed_cost)
        for name, row in problem.plants.items()
        for t, label in enumerate(labels)
        if problem.at(t).plants[name].fixed_cost and kept[name, t] > 0
    ]
    if not rows:
        return _none()
    rated = pd.DataFrame(rows, columns=["period", "plant", "payer", "rate"])
    each = plan.nodes[[*NODE, "years"]].merge(rated, on="period")
    cost = each["rate"].astype(float) * each["years"].astype(float)
    return _rows(each, "keeping", each["payer"], cost, "Plants", each["plant"])


def _closing(plan: Plan) -> pd.DataFrame:
    """What closing a plant costs, on each path at the first node of that period; paid where it stood."""
    problem, labels = plan.problem, periods(plan)
    rows = [
        (labels[t], name, problem.plants[name].country, problem.at(t).plants[name].closing_cost)
        for name, t in closed_from(plan).items()
    ]
    if not rows:
        return _none()
    first = plan.nodes[plan.nodes["step"] == 1][NODE]
    each = first.merge(pd.DataFrame(rows, columns=["period", "plant", "payer", "cost"]), on="period")
    return _rows(each, "closing", each["payer"], each["cost"], "Plants", each["plant"])


def _protection(plan: Plan) -> pd.DataFrame:
    payers = protection_payers(plan)
    years = plan.nodes["years"].astype(float)
    parts = [
        plan.nodes[NODE].assign(
            kind="protection",
            payer=payers[name],
            cost=years * _protection_rate(plan, name, since),
            sheet="Protections",
            row=name,
        )
        for name, since in protected_since(plan).items()
    ]
    return pd.concat(parts, ignore_index=True) if parts else _none()


def _investment(plan: Plan) -> pd.DataFrame:
    """Each path pays for the units that stand on it, at its own node where it has one at that time."""
    first = plan.nodes.sort_values("step", kind="stable").drop_duplicates(["scenario", "period"])
    own = {(scenario, period): int(step) for scenario, period, step in first[NODE].itertuples(index=False)}
    payers = expansion_payers(plan)
    rows = []
    for scenario, units in standing(plan).items():
        for unit in units:
            step = unit.step if unit.scenario == scenario else own.get((scenario, unit.period))
            if step is not None:
                node, name = (scenario, unit.period, step), unit.expansion
                rows.append((*node, "investment", payers[name], charged(plan, unit), "Expansions", name))
    return pd.DataFrame(rows, columns=[*KEYS, "cost", *FIGURE])


def _rejoin(plan: Plan) -> pd.DataFrame:
    """What a path back in normal times lacks of the base path's stock, at the price a year (formulation, 8)."""
    problem = plan.problem
    if problem.settings.after_shock != "rejoin" or plan.stocks.empty:
        return _none()
    tree, labels = build_tree(problem), periods(plan)
    held = {tuple(row): float(level) for *row, level in plan.stocks[[*NODE, "stockpile", "level"]].to_numpy().tolist()}

    def level(n: int, stockpile: str) -> float:
        node = tree.nodes[n]
        return held.get((node.scenario, labels[node.period], node.step, stockpile), 0.0)

    rows = []
    for n in np.flatnonzero(rejoining(tree, problem.settings.rejoin_years)).tolist():
        node = tree.nodes[n]
        for name, pile in problem.stockpiles.items():
            lacking = max(level(int(tree.base_step[n]), name) - level(n, name), 0.0)
            cost = problem.at(node.period).commodities[pile.commodity].price * float(tree.length[n]) * lacking
            place = (node.scenario, labels[node.period], node.step)
            rows.append((*place, "rejoin", pile.country, cost, "Commodities", pile.commodity))
    return pd.DataFrame(rows, columns=[*KEYS, "cost", *FIGURE]) if rows else _none()


def _surplus(plan: Plan) -> pd.DataFrame:
    """What is made and not wanted: what it brings is a cost below 0."""
    rows = plan.surplus
    if rows.empty:
        return _none()
    position = {label: i for i, label in enumerate(periods(plan))}
    each = zip(rows["commodity"], rows["period"], strict=True)
    value = np.array([plan.problem.surplus_value(commodity, position[period]) for commodity, period in each])
    brought = rows["quantity"].astype(float) * value
    return _rows(rows, "surplus", rows["country"], -brought, "Commodities", rows["commodity"])


def _ends(plan: Plan) -> pd.DataFrame:
    """What stock is worth at the end of each path, and what refilling it costs at the end of a branch."""
    last = plan.nodes.groupby("scenario", sort=False).tail(1)[[*NODE, "start"]]
    rows = last.merge(plan.stocks, on=NODE)
    problem = plan.problem
    piles = [problem.stockpiles[name] for name in rows["stockpile"]]
    level = rows["level"].to_numpy(float)
    least = np.array([pile.initial if pile.final_min is None else pile.final_min for pile in piles], dtype=float)
    missing = np.where(rows["scenario"] != BASE, np.maximum(least - level, 0.0), 0.0)
    prices = problem.at(len(problem.periods) - 1).commodities
    price = np.array([prices[pile.commodity].price for pile in piles], dtype=float)
    salvage = np.array([pile.salvage for pile in piles], dtype=float)
    countries = pd.Series([pile.country for pile in piles], dtype=object)
    goods = pd.Series([pile.commodity for pile in piles], dtype=object)
    refill = _rows(rows, "refill", countries, pd.Series(missing * price), "Commodities", goods)
    left = _rows(rows, "salvage", countries, pd.Series(-salvage * level), "Stockpiles", rows["stockpile"])
    return pd.concat([refill, left], ignore_index=True)


KINDS = (
    _production,
    _moving,
    _holding,
    _shortage,
    _fixed,
    _protection,
    _investment,
    _rejoin,
    _ends,
    _surplus,
    _keeping,
    _closing,
)
"""Every kind, in the order in which they are told."""
