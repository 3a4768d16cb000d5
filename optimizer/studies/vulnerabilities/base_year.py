"""As things stand: one year of one period, with what exists in it and nothing else, as a linear program of rates.

No scenario, policy, protection or project is in it: capacities, demands and unit costs are those of the chosen period.
All quantities are rates a year.

Stocks enter by the pace θ = 1/T at which a stop of T years lets them be used: a stockpile that holds S can give at
most S·θ a year over the whole stop. While a stop lasts nothing else changes, the constraints are convex, and so a
constant rate does as well as any other course: this one year of rates says exactly what the same stop does cut into
ever finer steps (the argument behind the time-to-survive model of Simchi-Levi et al. 2015). θ = 0 stands for a stop
that never ends. Goods passed on to another country through a stockpile, which takes steps of time, are left out.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf

import numpy as np
from scipy.sparse import coo_array, csr_array, hstack, vstack

from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.node.sets import Sets
from friendshore.models.problem import Problem
from friendshore.models.tables import Period
from friendshore.optimizer.program.assemble import assemble
from friendshore.optimizer.program.linear_program import LinearProgram

Need = tuple[str, str]
"""(commodity, tier): what a consumer needs."""

COALITION = "coalition"
"""The consumer that is all members together."""


@dataclass(frozen=True, eq=False)
class Today:
    """One year as things stand.

    ``program`` minimises the cost of a year, a stock's unit used charged at the price that refilling it takes.
    ``place`` finds a column by its family (``shipped``, ``activity``, ``shortage``, ``released``) and key; ``pace`` is
    the column of θ, ``stock_rows`` the rows Σ released - S·θ ≤ 0, ``least_rows`` those of contracts on lanes,
    ``need_rows`` those that hold the shortage of each
    need of each consumer (the coalition, each member), without limit to begin with.
    """

    problem: Problem
    held: Mapping[str, float]
    loss_rates: Mapping[str, float]
    program: LinearProgram
    place: Mapping[tuple[str, object], int]
    pace: int
    stock_rows: Mapping[str, int]
    least_rows: tuple[int, ...]
    need_rows: Mapping[tuple[str, Need], int]

    @property
    def sets(self) -> Sets:
        """The index sets of the one node."""
        return Sets(self.problem)


def as_things_stand(problem: Problem, period: int = 0) -> Today:
    """The one-year program of a period.

    Parameters
    ----------
    problem
        A valid problem; its stockpiles hold what they hold at the start.
    period
        Position of the period.
    """
    one_year = only_today(problem, period)
    assembled = assemble(build_model_data(one_year))
    columns, rows = assembled.node_columns[0], assembled.node_rows[0]
    place: dict[tuple[str, object], int] = {
        name: int(columns[i]) for i, name in enumerate(assembled.node.columns) if columns[i] >= 0
    }
    row_of = {name: int(rows[i]) for i, name in enumerate(assembled.node.rows) if rows[i] >= 0}
    stock_rows = {h: row_of["stock_balance", h] for h in one_year.stockpiles}
    held = {h: problem.stockpiles[h].initial for h in one_year.stockpiles}
    needs = {
        (consumer, need): members
        for consumer, _ in consumers(one_year)
        for need, members in needs_of(one_year, consumer).items()
    }
    program = assembled.program
    first_need = program.rows
    program = _with_pace(program, {stock_rows[h]: -amount for h, amount in held.items()})
    program = _with_need_rows(program, [[place["shortage", i] for i in rows] for rows in needs.values()])
    program = _with_free_stock_rows(program, place, stock_rows, row_of)
    program = _with_priced_stocks(program, one_year, place)
    return Today(
        one_year,
        held,
        {h: problem.stockpiles[h].loss_rate for h in held},
        program,
        place,
        assembled.program.columns,
        stock_rows,
        tuple(row for (family, _), row in row_of.items() if family in ("lane_least", "shared_least")),
        {need: first_need + i for i, need in enumerate(needs)},
    )


def only_today(problem: Problem, period: int) -> Problem:
    """The problem with one period of one year, what exists in the period, and stockpiles without cost or limit."""
    tables = problem.at(period).tables
    label = problem.periods[period].period
    plants = tuple(
        dataclasses.replace(
            row,
            capacity=problem.existing_capacity(row.plant, period),
            unit_cost=problem.unit_cost(row.plant, period),
            from_period="",
            to_period="",
            fixed_cost=0.0,
            may_close=False,
        )
        for row in tables.plants
    )
    demand = tuple(
        dataclasses.replace(row, per_year=problem.demand_per_year(row, period), by_period={}) for row in tables.demand
    )
    stockpiles = tuple(
        dataclasses.replace(
            row,
            initial=0.0,
            max_level=inf,
            holding_cost=0.0,
            loss_rate=0.0,
            max_fill=0.0,
            min_level=0.0,
            final_min=0.0,
            salvage=0.0,
        )
        for row in tables.stockpiles
        if row.initial > 0
    )
    settings = dataclasses.replace(tables.settings, discount_rate=0.0, risk_aversion=0.0)
    return Problem(
        dataclasses.replace(
            tables,
            settings=settings,
            periods=(Period(period=label, years=1.0),),
            plants=plants,
            demand=demand,
            stockpiles=stockpiles,
            expansions=(),
            scenarios=(),
            events=(),
            protections=(),
            policies=(),
            profiles=(),
        ),
        name=problem.name,
        digest=problem.digest,
    )


def consumers(problem: Problem) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The coalition, then each of its members: name and countries."""
    yield COALITION, problem.coalition
    for member in problem.coalition:
        yield member, (member,)


def needs_of(problem: Problem, consumer: str = COALITION) -> dict[Need, tuple[int, ...]]:
    """Rows of demand above 0 of a consumer, by commodity and tier."""
    rows: dict[Need, list[int]] = {}
    members = dict(consumers(problem))[consumer]
    for i, row in enumerate(problem.demand):
        if row.country in members and (row.per_year or 0.0) > 0:
            rows.setdefault((row.commodity, row.tier), []).append(i)
    return {need: tuple(rows[need]) for need in sorted(rows)}


def tiers_of(problem: Problem) -> tuple[str, ...]:
    """Tiers of the coalition's demand, the one whose shortage hurts most (mean damage a unit) first."""
    damage: dict[str, list[tuple[float, float]]] = {}
    for (_, tier), rows in needs_of(problem).items():
        damage.setdefault(tier, []).extend(
            (problem.demand[i].per_year or 0.0, problem.demand[i].shortage_cost) for i in rows
        )
    mean = {tier: sum(q * c for q, c in pairs) / sum(q for q, _ in pairs) for tier, pairs in damage.items()}
    return tuple(sorted(mean, key=lambda tier: (-mean[tier], tier)))


def _with_pace(program: LinearProgram, entries: Mapping[int, float]) -> LinearProgram:
    """The program with the column of θ ≥ 0 at the end, without cost, fixed to 0."""
    column = coo_array(
        (list(entries.values()), (list(entries), [0] * len(entries))), shape=(program.rows, 1), dtype=float
    )
    return dataclasses.replace(
        program,
        cost=np.append(program.cost, 0.0),
        matrix=csr_array(hstack([program.matrix, column], format="csr")),
        column_lower=np.append(program.column_lower, 0.0),
        column_upper=np.append(program.column_upper, 0.0),
        integer=np.append(program.integer, False),
    )


def _with_need_rows(program: LinearProgram, groups: list[list[int]]) -> LinearProgram:
    """The program with the sum of each group of columns as a row without limit."""
    places = [(i, column) for i, group in enumerate(groups) for column in group]
    shape = (len(groups), program.columns)
    rows = coo_array(
        (np.ones(len(places)), ([i for i, _ in places], [column for _, column in places])), shape=shape, dtype=float
    )
    return dataclasses.replace(
        program,
        matrix=csr_array(vstack([program.matrix, rows], format="csr")),
        row_lower=np.append(program.row_lower, np.full(len(groups), -inf)),
        row_upper=np.append(program.row_upper, np.full(len(groups), inf)),
    )


def _with_free_stock_rows(
    program: LinearProgram,
    place: Mapping[tuple[str, object], int],
    stock_rows: Mapping[str, int],
    row_of: Mapping[tuple[str, object], int],
) -> LinearProgram:
    """The balance of a stockpile as Σ released - S·θ ≤ 0: its level is what is not used, and need not be shown."""
    lower, upper = program.row_lower.copy(), program.row_upper.copy()
    column_upper = program.column_upper.copy()
    for h, row in stock_rows.items():
        lower[row], upper[row] = -inf, 0.0
        column_upper[[place["level", h], place["filled", h]]] = 0.0
        if ("release_held", h) in row_of:
            upper[row_of["release_held", h]] = inf  # said by the balance already
    return dataclasses.replace(program, row_lower=lower, row_upper=upper, column_upper=column_upper)


def _with_priced_stocks(
    program: LinearProgram, problem: Problem, place: Mapping[tuple[str, object], int]
) -> LinearProgram:
    cost = program.cost.copy()
    for column, price in _prices(problem, place):
        cost[column] += price
    return dataclasses.replace(program, cost=cost)


def _prices(problem: Problem, place: Mapping[tuple[str, object], int]) -> Iterator[tuple[int, float]]:
    for pair in Sets(problem).releases:
        yield place["released", pair], problem.commodities[problem.stockpiles[pair.stockpile].commodity].price
