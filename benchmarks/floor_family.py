"""What the hand-written blocks of rows share: where columns lie, what events leave, triplets as they are added."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from friendshore.models.node.sets import Sets
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy
from friendshore.models.tree.investment import Decision, decisions, in_service
from friendshore.models.tree.normal_times import rejoining
from friendshore.models.tree.scenario_tree import Strike, build_tree

Array = NDArray[np.float64]
Index = NDArray[np.int32]
Nodes = NDArray[np.int64]
CHANGING = {("Plants", "capacity"), ("Plants", "unit_cost")}
"""What the floor reads by period, beside Demand."""

Target = tuple[str, str, tuple[str, ...]]


def refuse(problem: Problem) -> None:
    """Raise ValueError for what the floor cannot build."""
    kinds = {row.kind for row in problem.policies} - {"max_capex", "max_shortage"}
    events = {row.kind for row in problem.tables.events} - {"export", "capacity", "demand", "cost"}
    limits = [row for row in problem.policies if row.kind == "max_shortage"]
    forms = {row.where for row in limits} & {"cvar", "normal"} | {row.over for row in limits} & {"event"}
    ahead = {row.period for row in problem.periods if row.look_ahead}
    ahead |= {
        row.expansion
        for row in problem.tables.expansions
        if row.ramp or row.needs_any or row.stockpile or row.opened_by
    }
    ahead |= {row.stockpile for row in problem.tables.stockpiles if row.min_level}
    ahead |= _later_words(problem)
    if kinds or events or forms or ahead or problem.protections or problem.settings.branch_investment != "plan":
        raise ValueError(
            f"the floor does not know {kinds or events or forms or ahead or 'protections or branch investment'}"
        )


def _later_words(problem: Problem) -> set[str]:
    """Rows that use a word which the floor does not know, by their names."""
    lanes = (row for row in problem.tables.lanes if row.way or row.shared or row.least)
    changing = (row for row in problem.tables.profiles if (row.sheet, row.constant) not in CHANGING)
    plants = problem.plants.values()
    return (
        {f"lane {row.row}" for row in lanes}
        | {f"profile {row.sheet}.{row.constant}" for row in changing}
        | {row.plant for row in plants if row.fixed_cost or row.may_close or len(problem.processes_of[row.plant]) > 1}
        | {row.recipe for row in problem.tables.recipes if row.unit_cost}
        | {row.commodity for row in problem.tables.commodities if row.surplus_value}
    )


@dataclass
class Block:
    """Triplets of the matrix and the ends of rows, as they are added."""

    rows: list[Index] = field(default_factory=list)
    columns: list[Index] = field(default_factory=list)
    values: list[Array] = field(default_factory=list)
    lower: list[Array] = field(default_factory=list)
    upper: list[Array] = field(default_factory=list)
    count: int = 0

    def add(self, rows: object, columns: object, values: object) -> None:
        """Triplets of the same shape, or of shapes that numpy brings to one."""
        row, column, value = np.broadcast_arrays(rows, columns, values)
        self.rows.append(row.ravel().astype(np.int32))
        self.columns.append(column.ravel().astype(np.int32))
        self.values.append(value.ravel().astype(float))

    def take(self, lower: object, upper: object, shape: tuple[int, ...]) -> Index:
        """Numbers for new rows of a shape, with their ends."""
        size = int(np.prod(shape))
        self.lower.append(np.broadcast_to(np.asarray(lower, dtype=float), shape).ravel())
        self.upper.append(np.broadcast_to(np.asarray(upper, dtype=float), shape).ravel())
        self.count += size
        return np.arange(self.count - size, self.count, dtype=np.int32).reshape(shape)


class Family:
    """Everything that more than one block of rows needs."""

    def __init__(self, problem: Problem) -> None:
        refuse(problem)
        self.problem, self.sets = problem, Sets(problem)
        self.tree = build_tree(problem)
        tree, sets = self.tree, self.sets
        self.nodes = len(tree.nodes)
        self.length, self.parent = tree.length, tree.parent
        self.plant = {j: i for i, j in enumerate(sets.plants)}
        self.stock = {h: i for i, h in enumerate(sets.stockpiles)}
        self.way = {way: i for i, way in enumerate(sets.shipments)}
        self.release = {pair: i for i, pair in enumerate(sets.releases)}
        self.refilled = [h for h, row in problem.stockpiles.items() if self.final(h) > 0]
        self.ends = np.flatnonzero(tree.is_last & ~tree.is_base)
        self.priced = [h for h, row in problem.stockpiles.items() if problem.commodities[row.commodity].price > 0]
        if problem.settings.after_shock != "rejoin":
            self.priced = []
        self.back = np.flatnonzero(rejoining(tree, problem.settings.rejoin_years))
        self.decisions: tuple[Decision, ...] = decisions(problem, tree).offered
        self._columns()
        self._events()
        self._numbers()

    def final(self, stockpile: str) -> float:
        """Least level at the end."""
        row = self.problem.stockpiles[stockpile]
        return row.initial if row.final_min is None else row.final_min

    def _columns(self) -> None:
        shapes = {
            "activity": (self.nodes, len(self.plant)),
            "shortage": (self.nodes, len(self.problem.demand)),
            "level": (self.nodes, len(self.stock)),
            "filled": (self.nodes, len(self.stock)),
            "released": (self.nodes, len(self.release)),
            "shipped": (self.nodes, len(self.way)),
            "missing": (len(self.ends), len(self.refilled)),
            "lacking": (len(self.back), len(self.priced)),
            "decided": (len(self.decisions),),
        }
        if self.problem.settings.risk_aversion:
            shapes |= {
                "node_cost": (int(np.count_nonzero(self.tree.weight > 0)),),
                "risk": (1,),
                "excess": (len(self.likely),),
            }
        self.at: dict[str, Index] = {}
        self.width = 0
        for name, shape in shapes.items():
            size = int(np.prod(shape))
            self.at[name] = np.arange(self.width, self.width + size, dtype=np.int32).reshape(shape)
            self.width += size

    @property
    def likely(self) -> list[str]:
        """Paths that have weight."""
        return [s for s in self.tree.scenarios if self.tree.probability(s) > 0]

    def _events(self) -> None:
        """Means of events on plants, costs, demand and exports; quotas one by one."""
        shape = (self.nodes, len(self.plant))
        self.capacity_mean, self.cost_mean = np.ones(shape), np.ones(shape)
        self.demand_mean = np.ones((self.nodes, len(self.problem.demand)))
        self.exports: dict[Target, Array] = {}
        self.quotas: list[tuple[Target, Strike]] = []
        for strike in self.tree.strikes:
            mean = 1.0 + ((1.0 if strike.event.remaining is None else strike.event.remaining) - 1.0) * strike.severity
            if strike.event.kind == "export":
                self._export(strike, mean)
            elif strike.event.kind == "demand":
                self._demand(strike, mean)
            else:
                table = self.capacity_mean if strike.event.kind == "capacity" else self.cost_mean
                event = strike.event
                for j in self.problem.plants_matching(event.country, event.commodity, event.plant):
                    table[strike.nodes, self.plant[j]] *= mean

    def _demand(self, strike: Strike, mean: Array) -> None:
        countries = self.problem.group(strike.event.country)
        commodities = self.problem.selection(strike.event.commodity)
        for i, row in enumerate(self.problem.demand):
            if row.country in countries and row.commodity in commodities:
                self.demand_mean[strike.nodes, i] *= mean

    def _export(self, strike: Strike, mean: Array) -> None:
        for k in self.problem.group(strike.event.country):
            for c in self.problem.selection(strike.event.commodity):
                key = (k, c, tuple(r for r in self.problem.group(strike.event.buyers) if r != k))
                if strike.event.quota is not None:
                    self.quotas.append((key, strike))
                else:
                    self.exports.setdefault(key, np.ones(self.nodes))[strike.nodes] *= mean

    def _numbers(self) -> None:
        """Capacities, demand, and which units serve where."""
        problem, tree, periods = self.problem, self.tree, range(len(self.problem.periods))
        yearly = np.array([[problem.existing_capacity(j, p) for j in self.plant] for p in periods])
        self.existing = yearly[tree.period]
        wanted = np.array([[problem.demand_per_year(row, p) for row in problem.demand] for p in periods])
        self.demand = tree.length[:, None] * wanted[tree.period] * self.demand_mean
        self.serving: dict[str, list[tuple[int, Nodes, Array]]] = {}
        for i, decision in enumerate(self.decisions):
            row = problem.expansions[decision.expansion]
            share = in_service(tree, row, decision, np.arange(len(tree.nodes)))
            here = np.flatnonzero(share)
            self.serving.setdefault(decision.expansion, []).append((i, here, share[here]))

    def budget(self, policy: Policy, group: tuple[str, ...]) -> tuple[list[int], list[float]]:
        """Decisions that count against a budget, and their prices."""
        problem, window = self.problem, self.problem.window(policy.from_period, policy.to_period)
        rows = [problem.expansions[decision.expansion] for decision in self.decisions]
        chosen = [
            i
            for i, row in enumerate(rows)
            if (row.payer or problem.plants[row.plant].country) in group
            and self.tree.nodes[self.decisions[i].node].period in window
        ]
        return chosen, [rows[i].capex for i in chosen]
