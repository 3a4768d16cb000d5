"""From the columns of a solution to a Plan: tidy tables, path costs and CVaR."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from friendshore.models.clauses.clause import Slack
from friendshore.models.node.costs import COUNTED, Cost, told_kinds
from friendshore.models.plan import NODE, PLAN_TABLES, Plan, PolicyValue, Run, plan_table
from friendshore.models.rules import tracked_parts
from friendshore.models.tree.discounting import worth
from friendshore.models.tree.risk import conditional_value_at_risk
from friendshore.optimizer.answer.decisions import read_closings, read_investments, read_protections
from friendshore.optimizer.answer.solution import NOISE, Solution, solution_table
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.linear_program import FloatArray


def extract_plan(
    assembled: Assembled, x: FloatArray, policies: tuple[PolicyValue, ...], run: Run, noise: float = NOISE
) -> Plan:
    """The plan that a solution stands for; rows of zeros are left out of its tables.

    Parameters
    ----------
    assembled
        The program, with where its columns and rows stand.
    x
        A solution, shape (columns of the program).
    policies
        Lines of the scorecard.
    run
        What the search told of itself.
    noise
        Share of the largest of their kind up to which quantities are none.

    Returns
    -------
    Plan
        The plan with all of its tables.
    """
    solution = Solution(assembled, x, assembled.values(x), noise)
    model_data = assembled.model_data
    tree, settings = model_data.tree, model_data.problem.settings
    values = assembled.expression_values(x)
    kinds = {kind: values.column(Cost(kind)) for kind in told_kinds(model_data.sets)}
    node_cost = tree.discount * values.column(COUNTED)
    path_cost = {s: float(node_cost[list(nodes)].sum()) for s, nodes in tree.paths.items()}
    expected = sum(tree.probability(s) * cost for s, cost in path_cost.items())
    cvar = conditional_value_at_risk([(path_cost[s], tree.probability(s)) for s in tree.scenarios], settings.cvar_alpha)
    penalties = _penalties(assembled, x)
    fills, releases = _net(solution)
    return Plan(
        problem=model_data.problem,
        objective=(1.0 - settings.risk_aversion) * expected + settings.risk_aversion * cvar + penalties,
        expected_cost=expected,
        cvar=cvar,
        penalties=penalties,
        costs_by_kind={kind: float((tree.weight * tree.discount * cost).sum()) for kind, cost in kinds.items()},
        nodes=_nodes(solution),
        sourcing=_sourcing(solution),
        production=_production(solution),
        shortages=_shortages(solution),
        stocks=_stocks(solution, fills),
        releases=_releases(solution, releases),
        investments=read_investments(solution),
        protections=read_protections(solution),
        costs=_costs(solution, kinds),
        paths=_paths(solution, path_cost),
        clean=_parts(solution),
        surplus=_surplus(solution),
        closings=read_closings(solution),
        policies=policies,
        run=run,
    )


def _penalties(assembled: Assembled, x: FloatArray) -> float:
    columns = assembled.model_data.linking.columns
    first = assembled.program.columns - len(columns)
    slack = [(first + i, c.cost) for i, c in enumerate(columns) if isinstance(c.key, Slack)]
    return float(sum(cost * x[place] for place, cost in slack))


def _nodes(solution: Solution) -> pd.DataFrame:
    tree = solution.assembled.model_data.tree
    parents = [tree.branches[n.scenario].parent if n.scenario in tree.branches else "" for n in tree.nodes]
    columns = {"start": tree.start, "years": tree.length, "weight": tree.weight, "parent_scenario": parents}
    return solution_table(solution, "nodes", np.arange(len(tree.nodes)), columns, {"start": "years", "years": "years"})


def _sourcing(solution: Solution) -> pd.DataFrame:
    places, table = solution.family("shipped")
    nodes, keys = np.nonzero(table)
    lanes = [places[k][1] for k in keys]
    columns = {
        "origin": [lane.origin for lane in lanes],
        "destination": [lane.destination for lane in lanes],
        "commodity": [lane.commodity for lane in lanes],
        "way": [lane.way for lane in lanes],
        "quantity": table[nodes, keys],
    }
    return solution_table(solution, "sourcing", nodes, columns, {"quantity": "unit of the commodity, over the node"})


def _production(solution: Solution) -> pd.DataFrame:
    places, table = solution.family("activity")
    nodes, keys = np.nonzero(table)
    plants, recipes = _plants_and_recipes(solution, [places[k][1] for k in keys])
    columns = {"plant": plants, "recipe": recipes, "activity": table[nodes, keys]}
    return _of_recipes(
        solution, solution_table(solution, "production", nodes, columns, {"activity": "activity, over the node"})
    )


def _plants_and_recipes(solution: Solution, processes: Sequence[str]) -> tuple[list[str], list[str]]:
    """The plant of each process, and its recipe where the plant has several."""
    problem = solution.assembled.model_data.problem
    known = [problem.processes.get(name) for name in processes]
    plants = [each.plant if each else "" for each in known]
    return plants, [each.recipe if each and each.name != each.plant else "" for each in known]


def _of_recipes(solution: Solution, frame: pd.DataFrame) -> pd.DataFrame:
    """The table without its column of recipes, where no plant has several."""
    problem = solution.assembled.model_data.problem
    several = len(problem.processes) > len(problem.plants)
    return frame if several else frame.drop(columns="recipe")


def _surplus(solution: Solution) -> pd.DataFrame:
    places, table = solution.family("surplus")
    nodes, keys = np.nonzero(table)
    markets = [places[k][1] for k in keys]
    columns = {
        "country": [market[0] for market in markets],
        "commodity": [market[1] for market in markets],
        "quantity": table[nodes, keys],
    }
    return solution_table(solution, "surplus", nodes, columns, {"quantity": "unit of the commodity, over the node"})


def _shortages(solution: Solution) -> pd.DataFrame:
    places, table = solution.family("shortage")
    model_data = solution.assembled.model_data
    demand = model_data.parameters.values["demand"]
    nodes, keys = np.nonzero(demand)
    rows = [model_data.problem.demand[places[k][1]] for k in keys]
    columns = {
        "country": [row.country for row in rows],
        "commodity": [row.commodity for row in rows],
        "tier": [row.tier for row in rows],
        "row": [places[k][1] for k in keys],
        "demand": demand[nodes, keys],
        "shortage": np.minimum(table, demand)[nodes, keys],
    }
    units = dict.fromkeys(("demand", "shortage"), "unit of the commodity, over the node")
    return solution_table(solution, "shortages", nodes, columns, units)


def _net(solution: Solution) -> tuple[FloatArray, FloatArray]:
    """Fills and releases, what is filled into and released from one's own stock in the same node cancelled out."""
    stocks, filled = solution.family("filled")
    pairs, released = solution.family("released")
    stockpiles = solution.assembled.model_data.problem.stockpiles
    home = {
        pair.stockpile: i for i, (_, pair) in enumerate(pairs) if pair.destination == stockpiles[pair.stockpile].country
    }
    for i, (_, name) in enumerate(stocks):
        both = np.minimum(filled[:, i], released[:, home[name]])
        filled[:, i] -= both
        released[:, home[name]] -= both
    return filled, released


def _stocks(solution: Solution, filled: FloatArray) -> pd.DataFrame:
    places, level = solution.family("level")
    nodes, keys = np.nonzero(np.ones(level.shape, dtype=bool))
    names = [places[k][1] for k in keys]
    columns = {"stockpile": names, "level": level[nodes, keys], "filled": filled[nodes, keys]}
    units = {"level": "unit of the commodity, at the end", "filled": "unit of the commodity, over the node"}
    return solution_table(solution, "stocks", nodes, columns, units)


def _releases(solution: Solution, released: FloatArray) -> pd.DataFrame:
    places, _ = solution.family("released")
    nodes, keys = np.nonzero(released)
    pairs = [places[k][1] for k in keys]
    columns = {
        "stockpile": [pair.stockpile for pair in pairs],
        "destination": [pair.destination for pair in pairs],
        "way": [pair.way for pair in pairs],
        "quantity": released[nodes, keys],
    }
    return solution_table(solution, "releases", nodes, columns, {"quantity": "unit of the commodity, over the node"})


def _costs(solution: Solution, kinds: Mapping[str, FloatArray]) -> pd.DataFrame:
    tree = solution.assembled.model_data.tree
    table = np.column_stack(list(kinds.values()))
    each = np.column_stack([worth(kind, tree.discount_rate, tree.start, tree.length, tree.horizon) for kind in kinds])
    paid = table * tree.discount[:, None] / each
    largest = np.maximum(np.abs(table), np.abs(paid))  # at the end of a long horizon money is worth next to nothing
    nodes, places = np.nonzero(largest > solution.noise * min(1.0, float(np.abs(table).max(initial=0.0))))
    discounted = table[nodes, places] * tree.discount[nodes]
    names = [list(kinds)[i] for i in places]
    columns = {"kind": names, "cost": paid[nodes, places], "discounted": discounted}
    currency = solution.assembled.model_data.problem.settings.currency
    return solution_table(solution, "costs", nodes, columns, {"cost": currency, "discounted": currency})


_NAMES = ("origin", "destination", "commodity", "way", "process", "stockpile")


def _parts(solution: Solution) -> pd.DataFrame:
    """Parts of what the plan does that rules track, by split; empty where none does."""
    units = {"quantity": "unit of the commodity, over the node"}
    nothing = dict.fromkeys(set(PLAN_TABLES["clean"]) - set(NODE), ())
    frames = [solution_table(solution, "clean", np.zeros(0, dtype=np.int64), nothing, units)]
    for tracked in tracked_parts():
        places, table = solution.family(tracked.family, tracked.whole)
        nodes, keys = np.nonzero(table)
        parts = [places[k][1] for k in keys]
        names: dict[str, list[Any]] = {name: [""] * len(keys) for name in _NAMES} | {"row": [-1] * len(keys)}
        for i, name in enumerate(tracked.columns):
            names[name] = [whole[i] if len(tracked.columns) > 1 else whole for _, whole in parts]
        names["plant"], names["recipe"] = _plants_and_recipes(solution, list(names.pop("process")))
        splits = [str(split) for split, _ in parts]
        columns = {"split": splits, "part": [tracked.part] * len(keys), **names, "quantity": table[nodes, keys]}
        frames.append(solution_table(solution, "clean", nodes, columns, units))
    return _of_recipes(solution, pd.concat(frames, ignore_index=True))


def _paths(solution: Solution, path_cost: Mapping[str, float]) -> pd.DataFrame:
    tree = solution.assembled.model_data.tree
    _, short = solution.family("shortage")
    demand = solution.assembled.model_data.parameters.values["demand"]
    own = [list(tree.own_nodes[s]) for s in tree.scenarios]
    columns = {
        "scenario": tree.scenarios,
        "probability": [tree.probability(s) for s in tree.scenarios],
        "cost": [path_cost[s] for s in tree.scenarios],
        "shortage": [float(short[nodes].sum()) for nodes in own],
        "demand": [float(demand[nodes].sum()) for nodes in own],
    }
    currency = solution.assembled.model_data.problem.settings.currency
    return plan_table("paths", columns, {"cost": currency, "probability": "share"})
