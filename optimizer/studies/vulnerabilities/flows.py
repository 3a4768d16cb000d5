"""Least-cost flows as things stand: who makes what and who supplies whom in one year, without stocks.

Of several plans that cost the same, the one is taken that draws on home before the coalition, on the coalition before
others and on countries of concern last, and then on what comes first by name: so that the same workbook gives the same
flows whatever the order of its rows.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, vstack

from friendshore.models.node.sets import Shipment
from friendshore.models.problem import Problem
from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.solver import SolverFault, solve_lp
from friendshore.optimizer.studies.vulnerabilities.base_year import Today

CONCERN = "concern"
"""The bloc whose supply is counted as a danger."""

DUST = 1e-7
"""Flows below this share of the largest of their commodity are rounding errors of the solver."""

_SAME_COST = 1e-11
_READABLE = 1e3  # size of a held cost, so that the solver's tolerance is small beside it


@dataclass(frozen=True, eq=False)
class Flows:
    """Flows of one year; those that are zero are left out.

    ``shipments`` by lane gross of loss, ``activity`` by plant, ``shortage`` by row of demand;
    ``least_use_kept`` is false where the least use of plants and the contracts on lanes could not be met and were given
    up.
    """

    problem: Problem
    shipments: Mapping[Shipment, float]
    activity: Mapping[str, float]
    shortage: Mapping[int, float]
    cost: float
    least_use_kept: bool = True

    def served(self, country: str, commodity: str) -> float:
        """What final demand of all tiers gets a year."""
        return sum(
            (row.per_year or 0.0) - self.shortage.get(i, 0.0)
            for i, row in enumerate(self.problem.demand)
            if (row.country, row.commodity) == (country, commodity)
        )


def least_cost_flows(today: Today) -> Flows:
    """The flows of a year that cost least, stocks untouched.

    Raises
    ------
    SolverFault
        Where not even going short of everything solves it, which the model forbids.
    """
    program, kept = today.program, True
    answer = solve_lp(program)
    if answer.status == "infeasible":
        program, kept = without_least_use(today), False
        answer = solve_lp(program)
    if answer.columns is None or answer.objective is None:
        raise SolverFault(f"the flows as things stand could not be found: {answer.status}")
    held = _holding_cost(program, answer.objective, _preference(today))
    settled = solve_lp(held)
    columns = answer.columns if settled.columns is None else settled.columns
    return _read(today, columns, answer.objective, kept)


def without_least_use(today: Today) -> LinearProgram:
    """The program with no plant bound to a least use and no lane to a contract, which hold in normal times only."""
    lower = today.program.column_lower.copy()
    row_lower, row_upper = today.program.row_lower.copy(), today.program.row_upper.copy()
    for q in today.sets.processes:
        lower[today.place["activity", q]] = 0.0
    least = list(today.least_rows)
    row_lower[least], row_upper[least] = -np.inf, np.inf
    return dataclasses.replace(today.program, column_lower=lower, row_lower=row_lower, row_upper=row_upper)


def _holding_cost(program: LinearProgram, cost: float, preference: FloatArray) -> LinearProgram:
    """Minimise a preference among what costs no more than this."""
    size = max(abs(cost), 1.0) / _READABLE
    row = csr_array(program.cost[None, :] / size)
    limit = (cost - program.offset) / size + _SAME_COST * _READABLE
    return dataclasses.replace(
        program,
        cost=preference,
        offset=0.0,
        matrix=csr_array(vstack([program.matrix, row], format="csr")),
        row_lower=np.append(program.row_lower, -np.inf),
        row_upper=np.append(program.row_upper, limit),
    )


def _preference(today: Today) -> FloatArray:
    """What a unit shipped counts: by whom it comes from, then by name; activity by name."""
    weights = np.zeros(today.program.columns)
    shipments, processes = today.sets.shipments, today.sets.processes
    for rank, key in enumerate(shipments):
        weights[today.place["shipped", key]] = _distance(today.problem, key) + 1e-3 * (rank + 1) / len(shipments)
    for rank, process in enumerate(processes):
        weights[today.place["activity", process]] = 1e-4 * (rank + 1) / len(processes)
    return weights


def _distance(problem: Problem, key: Shipment) -> float:
    if not key.abroad:
        return 0.0
    if key.origin in problem.coalition:
        return 1.0
    return 3.0 if problem.countries[key.origin].bloc == CONCERN else 2.0


def _read(today: Today, columns: FloatArray, cost: float, kept: bool) -> Flows:
    sets = today.sets
    shipped = {key: float(columns[today.place["shipped", key]]) for key in sets.shipments}
    activity = {q: float(columns[today.place["activity", q]]) for q in sets.processes}
    short = {i: float(columns[today.place["shortage", i]]) for i in sets.demand}
    peaks = _peaks((key.commodity, amount) for key, amount in shipped.items())
    busiest = max(activity.values(), default=0.0)
    largest = max(((row.per_year or 0.0) for row in today.problem.demand), default=0.0)
    return Flows(
        _by_process(today.problem),
        {key: amount for key, amount in shipped.items() if amount > DUST * peaks[key.commodity]},
        {j: amount for j, amount in activity.items() if amount > DUST * busiest},
        {i: amount for i, amount in short.items() if amount > DUST * largest},
        cost,
        kept,
    )


def _by_process(problem: Problem) -> Problem:
    """The problem with a plant for each recipe of a plant that has several, so that what it takes can be traced."""
    if len(problem.processes) == len(problem.plants):
        return problem
    plants = tuple(
        dataclasses.replace(row, plant=each.name, recipe=each.recipe)
        for row in problem.tables.plants
        for each in problem.processes_of[row.plant]
    )
    return Problem(dataclasses.replace(problem.tables, plants=plants), problem.name)


def _peaks(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    peaks: dict[str, float] = {}
    for commodity, amount in pairs:
        peaks[commodity] = max(peaks.get(commodity, 0.0), amount)
    return peaks
