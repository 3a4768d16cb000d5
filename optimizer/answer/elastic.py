"""The program with every row that the sheets demand made elastic: by how much, and of which sheet row, it gives way.

Shortage is always possible, so that only what is demanded can clash: hard policies, least use of plants, contracts on
lanes, least levels of stocks. Each of their constraints gets a slack, counted in the size of the terms of its row; the
total slack is what the program minimises.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import block_array, csr_array

from friendshore.models.clauses.clause import PolicyRow
from friendshore.models.core.stock import final_level, planned_end
from friendshore.models.tables import Policy
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.solver.equilibrate import typical_sizes

Places = NDArray[np.int64]

MET = 1e-7
"""Total slack, each relative to the size of the terms of its row, that counts as none."""


@dataclass(frozen=True)
class Demand:
    """One sheet row that demands something: its place, what it is called, and its constraints by name."""

    sheet: str
    row: int
    column: str
    name: str
    constraints: dict[str, int]

    @property
    def positions(self) -> Places:
        """Its rows of the elastic program."""
        return np.array(list(self.constraints.values()), dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Elastic:
    """The program with every demanded constraint made elastic; positions in ``demands`` are rows of ``program``.

    Slacks are counted in ``sizes``, shape (rows of ``program``): the size of the terms of each row. ``slacks`` has the
    column of the slack of each row, -1 where it has none, in the same shape. ``own`` is how many columns the program
    had, which stand first.
    """

    program: LinearProgram
    demands: tuple[Demand, ...]
    sizes: FloatArray
    slacks: Places
    own: int


@dataclass(frozen=True)
class _Floor:
    """A least value of a column of a node, and the sheet row that asks for it."""

    column: int
    least: float
    period: str
    sheet: str
    row: int
    said: str
    name: str


def make_elastic(assembled: Assembled) -> Elastic:
    """Slacks on the rows of hard policies, contracts and plants, and rows with slacks in place of positive bounds."""
    program = assembled.program
    demands = _policies(assembled) + _contracts(assembled) + _uses(assembled)
    demanded = np.array([i for demand in demands for i in demand.constraints.values()], dtype=np.int64)
    floors = tuple(_floors(assembled))
    at = np.array([floor.column for floor in floors], dtype=np.int64)
    least = np.array([floor.least for floor in floors])
    sign = np.where(np.isfinite(program.row_upper[demanded]), -1.0, 1.0)
    count, extra = len(demanded), len(floors)
    lower = program.column_lower.copy()
    lower[at] = 0.0
    sizes = np.concatenate([np.exp2(np.round(typical_sizes(program).rows)), least])
    on_rows = csr_array((sign * sizes[demanded], (demanded, np.arange(count))), shape=(program.rows, count))
    pick = csr_array((np.ones(extra), (np.arange(extra), at)), shape=(extra, program.columns))
    own = csr_array((least, (np.arange(extra), np.arange(extra))), shape=(extra, extra))
    matrix = csr_array(block_array([[program.matrix, on_rows, None], [pick, None, own]], format="csr"))
    wide = LinearProgram(
        cost=np.concatenate([np.zeros(program.columns), np.ones(count + extra)]),
        offset=0.0,
        matrix=matrix,
        row_lower=np.concatenate([program.row_lower, least]),
        row_upper=np.concatenate([program.row_upper, np.full(extra, np.inf)]),
        column_lower=np.concatenate([lower, np.zeros(count + extra)]),
        column_upper=np.concatenate([program.column_upper, np.full(count + extra, np.inf)]),
        integer=np.concatenate([program.integer, np.zeros(count + extra, dtype=bool)]),
    )
    slacks = np.full(program.rows + extra, -1, dtype=np.int64)
    slacks[np.concatenate([demanded, program.rows + np.arange(extra)])] = program.columns + np.arange(count + extra)
    return Elastic(wide, (*demands, *_of_floors(floors, program.rows)), sizes, slacks, program.columns)


def _policies(assembled: Assembled) -> list[Demand]:
    """Hard policies with the positions of their rows."""
    rows: dict[str, dict[str, int]] = {}
    policy_of = {clause.label: clause.policy for clause in assembled.model_data.clauses}
    for i, row in enumerate(assembled.model_data.linking.rows):
        if isinstance(row.key, PolicyRow) and policy_of[row.key.clause].penalty is None:
            name = row.key.place
            constraints = rows.setdefault(policy_of[row.key.clause].policy, {})
            constraints[name if name not in constraints else f"{name}#{i}"] = assembled.first_link_row + i
    return [
        Demand("Policies", policy.row, "limit", _called(policy), rows[policy.policy])
        for policy in assembled.model_data.problem.policies
        if policy.policy in rows
    ]


def _contracts(assembled: Assembled) -> list[Demand]:
    """Rows of Lanes with a least quantity, with the positions of their rows."""
    problem = assembled.model_data.problem
    constraints: dict[int, dict[str, int]] = {}
    for family, key, named in _rows_of(assembled, ("lane_least", "shared_least")):
        constraints.setdefault(key if family == "shared_least" else problem.lanes[key].row, {}).update(named)
    rows = {place: problem.tables.lanes[place] for place in sorted(constraints)}
    return [
        Demand("Lanes", row.row, "least", f"the lane {row.lane or f'of row {row.row}'} (least)", constraints[place])
        for place, row in rows.items()
    ]


def _uses(assembled: Assembled) -> list[Demand]:
    """Least use of plants that may be closed or run several recipes, with the positions of their rows."""
    plants = assembled.model_data.problem.plants
    return [
        Demand("Plants", plants[key].row, "min_use", f"{key} (min_use)", named)
        for _, key, named in _rows_of(assembled, ("least_use",))
    ]


def _rows_of(assembled: Assembled, families: tuple[str, ...]) -> Iterator[tuple[str, Any, dict[str, int]]]:
    """The rows of some families at a node: family, key, and their positions at all nodes that have them, by name."""
    problem, tree = assembled.model_data.problem, assembled.model_data.tree
    for place, (family, key) in enumerate(assembled.node.rows):
        if family in families:
            at = assembled.node_rows[:, place].tolist()
            yield (
                family,
                key,
                {f"{problem.periods[tree.nodes[n].period].period}#{i}": i for n, i in enumerate(at) if i >= 0},
            )


def _called(policy: Policy) -> str:
    return f"{policy.policy} ({policy.kind}, limit {policy.limit:g})"


def _floors(assembled: Assembled) -> Iterator[_Floor]:
    """Least use of plants and least levels of stocks, one for each sheet cell that asks for one at a node."""
    program, problem, tree = assembled.program, assembled.model_data.problem, assembled.model_data.tree
    ends = tree.is_last.copy()
    ends[planned_end(assembled.model_data.sets, tree)] = True
    nodes, places = np.nonzero(assembled.node_columns >= 0)
    columns = assembled.node_columns[nodes, places]
    lower = program.column_lower[columns]
    chosen = np.flatnonzero((lower > 0) & np.isfinite(lower))
    for i in chosen[np.argsort(columns[chosen])]:
        n, column, least = int(nodes[i]), int(columns[i]), float(lower[i])
        family, key = assembled.node.columns[places[i]]
        period = problem.periods[tree.nodes[n].period].period
        if family == "activity":
            plant = problem.plants[problem.processes[key].plant]
            name = f"{key} (min_use {plant.min_use:g})"
            yield _Floor(column, least, period, "Plants", plant.row, "min_use", name)
            continue
        row = problem.stockpiles[key]
        asked = {"min_level": problem.at(tree.nodes[n].period).stockpiles[key].min_level}
        if ends[n]:
            asked["final_min"] = final_level(row)
        for said, level in asked.items():
            if level > 0:
                yield _Floor(column, min(level, least), period, "Stockpiles", row.row, said, f"{key} ({said})")


def _of_floors(floors: tuple[_Floor, ...], first: int) -> list[Demand]:
    """The sheet cells that ask for them, by the positions of the rows that took the place of bounds."""
    made: dict[tuple[str, int, str], Demand] = {}
    for i, floor in enumerate(floors):
        cell = (floor.sheet, floor.row, floor.said)
        demand = made.setdefault(cell, Demand(floor.sheet, floor.row, floor.said, floor.name, {}))
        demand.constraints[f"{floor.period}#{first + i}"] = first + i
    return list(made.values())
