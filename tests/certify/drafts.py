"""Plans made by hand: decisions as short lists, reported figures filled in unless a test sets them itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from friendshore.models.examine import problem_from_sheets
from friendshore.models.plan import Plan
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy
from friendshore.optimizer.certify.case import Case, read_case
from friendshore.optimizer.certify.cost import path_costs, running_costs, told_kinds
from friendshore.optimizer.certify.cost_table import cost_tables
from friendshore.optimizer.certify.ledger import Ledger
from friendshore.optimizer.certify.policies import check_policies, needs
from friendshore.optimizer.certify.reported import totals
from friendshore.optimizer.certify.risk import expected

NODE = ("scenario", "period", "step")
COLUMNS = {
    "nodes": (*NODE, "start", "years", "weight", "parent_scenario"),
    "sourcing": (*NODE, "origin", "destination", "commodity", "way", "quantity"),
    "production": (*NODE, "plant", "activity"),
    "shortages": (*NODE, "country", "commodity", "tier", "row", "demand", "shortage"),
    "stocks": (*NODE, "stockpile", "level", "filled"),
    "releases": (*NODE, "stockpile", "destination", "way", "quantity"),
    "investments": (*NODE, "expansion", "units"),
    "protections": ("protection", "bought"),
    "costs": (*NODE, "kind", "cost", "discounted"),
    "clean": (
        *NODE,
        "split",
        "part",
        "origin",
        "destination",
        "commodity",
        "way",
        "plant",
        "stockpile",
        "row",
        "quantity",
    ),
    "paths": ("scenario", "probability", "cost", "shortage", "demand"),
}
Rows = Iterable[tuple[Any, ...]]
Sheets = dict[str, list[dict[str, Any]]]


def draft(sheets: Mapping[str, list[dict[str, Any]]] | Problem, **tables: Rows) -> Plan:
    """A plan with these decisions; what it reports of itself is right.

    A node is written as one word, ``base/1/1``. Shortages are (node, row of demand, quantity); the others have the
    columns of their table after the node.
    """
    short = {(node, row): quantity for node, row, quantity in tables.pop("shortages", ())}
    frames = {name: frame(name, rows) for name, rows in tables.items()}
    empty = {name: frame(name, ()) for name in COLUMNS}
    # which choices of survive_any a plan holds is read from its nodes: those that the rows name
    named = pd.concat([empty["nodes"], *(rows for rows in frames.values() if "scenario" in rows)])
    plan = Plan(problem(sheets), 0.0, 0.0, 0.0, 0.0, {}, **(empty | frames | {"nodes": named}))
    case = read_case(plan)
    plan = dataclasses.replace(plan, nodes=_nodes(case), shortages=_shortages(case, short))
    return reported(plan)


def problem(sheets: Mapping[str, list[dict[str, Any]]] | Problem, *policies: Policy) -> Problem:
    """The problem of these sheets, with policies that need not be of a kind that can be planned for yet."""
    read = sheets if isinstance(sheets, Problem) else problem_from_sheets(sheets)
    return Problem(dataclasses.replace(read.tables, policies=(*read.tables.policies, *policies)))


def frame(name: str, rows: Rows) -> pd.DataFrame:
    """A table of a plan from tuples; a node is split into its three columns, a way that is left out is blank."""
    columns = COLUMNS[name]
    split = [_split(row) if columns[:3] == NODE else row for row in rows]
    if "way" in columns:
        split = [row if len(row) == len(columns) else (*row[:-1], "", row[-1]) for row in split]
    return pd.DataFrame(split, columns=list(columns))


def _split(row: tuple[Any, ...]) -> tuple[Any, ...]:
    *scenario, period, step = row[0].split("/")
    return ("/".join(scenario), period, int(step), *row[1:])


def reported(plan: Plan) -> Plan:
    """The plan with what it reports of itself filled in from its decisions."""
    case = read_case(plan)
    costs = path_costs(case, running_costs(case))
    recomputed = totals(case, costs, check_policies(case, needs(case), Ledger()).least)
    by_kind = {
        kind: expected((b.probability, costs[b.name].kinds[kind]) for b in case.tree.weighted())
        for kind in told_kinds(case.tables)
    }
    paths = [
        (name, segment.branch.probability, costs[name].total, segment.quantities.u.sum(), segment.demand.sum())
        for name, segment in case.segments.items()
    ]
    return dataclasses.replace(
        plan,
        objective=recomputed.objective,
        expected_cost=recomputed.expected_cost,
        cvar=recomputed.cvar,
        penalties=recomputed.penalties,
        costs_by_kind=by_kind,
        costs=_costs(case),
        paths=pd.DataFrame(paths, columns=list(COLUMNS["paths"])),
    )


def _nodes(case: Case) -> pd.DataFrame:
    rows = [
        (label, b.start[i], b.years[i], b.weight[i], b.parent)
        for b in case.tree.branches.values()
        for i, label in enumerate(b.labels)
    ]
    return frame("nodes", rows)


def _shortages(case: Case, short: dict[tuple[str, int], float]) -> pd.DataFrame:
    rows = []
    for segment in case.segments.values():
        for i, label in enumerate(segment.labels):
            for row, demand in enumerate(case.tables.demand):
                missing = short.pop((label, row), 0.0)
                if segment.demand[i, row] > 0 or missing:
                    beside = (demand.country, demand.commodity, demand.tier)
                    rows.append((label, *beside, row, segment.demand[i, row], missing))
    assert not short, f"no such node or row of demand: {short}"
    return frame("shortages", rows)


def _costs(case: Case) -> pd.DataFrame:
    """Costs of nodes by kind; what is nothing is told too."""
    running = running_costs(case)
    rows = [
        (label, kind, table.cost[node, place], table.discounted[node, place])
        for name, table in cost_tables(case, running, path_costs(case, running)).items()
        for node, label in enumerate(case.segments[name].labels)
        for place, kind in enumerate(told_kinds(case.tables))
    ]
    return frame("costs", rows)


def changed(plan: Plan, table: str, column: str, value: Any, **where: Any) -> Plan:
    """The same plan with one number of one row changed."""
    rows = getattr(plan, table).copy()
    rows[column] = rows[column].astype(object if isinstance(value, str) else rows[column].dtype)
    mask = np.logical_and.reduce([rows[key] == wanted for key, wanted in where.items()] or [np.full(len(rows), True)])
    assert mask.sum() == 1, f"{mask.sum()} rows of {table} match {where}"
    rows.loc[mask, column] = value
    return dataclasses.replace(plan, **{table: rows})


def without(plan: Plan, table: str, **where: Any) -> Plan:
    """The same plan without the rows that match."""
    rows = getattr(plan, table)
    mask = np.logical_and.reduce([rows[key] == wanted for key, wanted in where.items()])
    assert mask.any(), f"no row of {table} matches {where}"
    return dataclasses.replace(plan, **{table: rows[~mask].reset_index(drop=True)})
