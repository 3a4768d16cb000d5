"""Why no plan exists: a smallest set of sheet rows that cannot hold together.

Shortage is always possible, so that only what is demanded can clash: hard policies, least use of plants, contracts on
lanes, least levels of stocks. Each of their constraints gets a slack; the least total slack is above 0 where they
clash. The sheet rows whose constraints carry a price at that optimum contain a conflict (Farkas), and a deletion filter
makes it irreducible: leave one out, and the rest can be met (Chinneck & Dravnieks 1991, Locating minimal infeasible
constraint sets).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import block_array, csr_array

from friendshore.models.clauses.clause import PolicyRow
from friendshore.models.codes import make_finding
from friendshore.models.core.stock import final_level, planned_end
from friendshore.models.findings import Finding
from friendshore.models.tables import Policy, Stockpile
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.solver import Answer, solve_program
from friendshore.optimizer.solver.equilibrate import typical_sizes
from friendshore.optimizer.solver.persistent import PersistentLp

Places = NDArray[np.int64]

_MET = 1e-7  # total slack, each relative to the size of the terms of its row, that counts as none
_PRICED = 1e-9  # price of a whole such size from which a constraint is strained


@dataclass(frozen=True)
class Demand:
    """One sheet row that demands something: its place, what it is called, and its constraints by name."""

    sheet: str
    row: int
    column: str
    name: str
    constraints: dict[str, int]


@dataclass(frozen=True, eq=False)
class Elastic:
    """The program with every demanded constraint made elastic; positions in ``demands`` are rows of ``program``.

    Slacks are counted in ``sizes``, shape (rows of ``program``): the size of the terms of each row.
    """

    program: LinearProgram
    demands: tuple[Demand, ...]
    sizes: FloatArray


@dataclass(frozen=True)
class Conflict:
    """Why no plan exists, as far as the sheets tell.

    Parameters
    ----------
    findings
        FS601, one for each sheet row of an irreducible conflict.
    met
        Whether all that the sheets demand can be met after all: whoever says that no plan exists is then wrong.
    """

    findings: tuple[Finding, ...]
    met: bool = False


def conflict(assembled: Assembled) -> Conflict:
    """The sheet rows that cannot hold together; ``met`` where there are none."""
    elastic = make_elastic(assembled)
    lp = PersistentLp(elastic.program)
    answer = lp.solve()
    if answer.objective is None:
        return Conflict(())
    if answer.objective > _MET:
        clashing, last = _filter(lp, elastic, answer)
        strained = {demand.name: _strained(demand, last, elastic.sizes) for demand in clashing}
        return Conflict(tuple(_tell(demand, clashing, strained[demand.name], whole=False) for demand in clashing))
    if not elastic.program.integers:
        return Conflict((), met=True)
    return _conflict_in_whole_units(elastic)


def make_elastic(assembled: Assembled) -> Elastic:
    """Slacks on the rows of hard policies, contracts and plants, and rows with slacks in place of positive bounds."""
    program = assembled.program
    demands = _policies(assembled) + _contracts(assembled) + _uses(assembled)
    demanded = np.array([i for demand in demands for i in demand.constraints.values()], dtype=np.int64)
    floors = np.flatnonzero((program.column_lower > 0) & np.isfinite(program.column_lower))
    floors = floors[floors < program.columns - len(assembled.model_data.linking.columns)]
    sign = np.where(np.isfinite(program.row_upper[demanded]), -1.0, 1.0)
    count, extra = len(demanded), len(floors)
    lower = program.column_lower.copy()
    least = lower[floors]
    lower[floors] = 0.0
    sizes = np.concatenate([np.exp2(np.round(typical_sizes(program).rows)), least])
    on_rows = csr_array((sign * sizes[demanded], (demanded, np.arange(count))), shape=(program.rows, count))
    pick = csr_array((np.ones(extra), (np.arange(extra), floors)), shape=(extra, program.columns))
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
    demands += _floors(assembled, floors, program.rows)
    return Elastic(wide, tuple(demands), sizes)


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


def _floors(assembled: Assembled, floors: Places, first: int) -> list[Demand]:
    """Least use of plants and least levels of stocks, by the positions of the rows that took their place."""
    problem, tree = assembled.model_data.problem, assembled.model_data.tree
    ends = tree.is_last.copy()
    ends[planned_end(assembled.model_data.sets, tree)] = True
    nodes, places = np.nonzero(assembled.node_columns >= 0)
    where = dict(zip(assembled.node_columns[nodes, places].tolist(), zip(nodes, places, strict=True), strict=True))
    constraints: dict[tuple[str, str], dict[str, int]] = {}
    for i, column in enumerate(floors):
        n, place = where[int(column)]
        family, key = assembled.node.columns[place]
        said = (
            "min_use"
            if family == "activity"
            else _level_said(problem.at(tree.nodes[n].period).stockpiles[key], bool(ends[n]))
        )
        named = constraints.setdefault((said, key), {})
        named[f"{problem.periods[tree.nodes[n].period].period}#{i}"] = first + i
    made = []
    for (said, key), rows in constraints.items():
        if said == "min_use":
            plant = problem.plants[problem.processes[key].plant]
            made.append(Demand("Plants", plant.row, said, f"{key} (min_use {plant.min_use:g})", rows))
        else:
            made.append(Demand("Stockpiles", problem.stockpiles[key].row, said, f"{key} ({said})", rows))
    return made


def _level_said(stock: Stockpile, at_end: bool) -> str:
    """The column that asks for the least level of a stockpile: of two that do, the one that asks for more."""
    return "final_min" if at_end and final_level(stock) >= stock.min_level else "min_level"


def _positions(demand: Demand) -> Places:
    return np.array(list(demand.constraints.values()), dtype=np.int64)


def _release(lp: PersistentLp, demand: Demand) -> None:
    lp.set_row_bounds(_positions(demand), np.array(-np.inf), np.array(np.inf))


def _filter(lp: PersistentLp, elastic: Elastic, answer: Answer) -> tuple[list[Demand], Answer]:
    """The irreducible conflict by deletion, and the last answer in which all of it was demanded."""
    suspects = [demand for demand in elastic.demands if _strained(demand, answer, elastic.sizes)]
    for demand in elastic.demands:
        if demand not in suspects:
            _release(lp, demand)
    last = lp.solve()
    if last.objective is None or last.objective <= _MET:  # prices too small to tell: try every one
        suspects = list(elastic.demands)
        for demand in suspects:
            _demand_again(lp, elastic, demand)
        last = answer
    clashing = list(suspects)
    for demand in suspects:
        _release(lp, demand)
        without = lp.solve()
        if without.objective is not None and without.objective > _MET:
            clashing.remove(demand)
            last = without
        else:
            _demand_again(lp, elastic, demand)
    return clashing, last


def _demand_again(lp: PersistentLp, elastic: Elastic, demand: Demand) -> None:
    rows = _positions(demand)
    lp.set_row_bounds(rows, elastic.program.row_lower[rows], elastic.program.row_upper[rows])


def _strained(demand: Demand, answer: Answer, sizes: FloatArray) -> list[str]:
    """Names of the constraints that carry a price."""
    duals: FloatArray | None = answer.row_duals
    if duals is None:
        return list(demand.constraints)
    return [name for name, i in demand.constraints.items() if abs(duals[i]) * sizes[i] > _PRICED]


def _conflict_in_whole_units(elastic: Elastic) -> Conflict:
    """The same with whole numbers, where only they make the rows clash: a search each."""
    lower, upper = elastic.program.row_lower.copy(), elastic.program.row_upper.copy()
    program = LinearProgram(
        elastic.program.cost,
        0.0,
        elastic.program.matrix,
        lower,
        upper,
        elastic.program.column_lower,
        elastic.program.column_upper,
        elastic.program.integer,
    )

    first = solve_program(program, gap=1e-6)
    if first.bound is None or first.bound <= _MET:
        return Conflict((), met=first.objective is not None and first.objective <= _MET)

    def clash() -> bool:
        answer = solve_program(program, gap=1e-6)
        return answer.bound is not None and answer.bound > _MET

    clashing = list(elastic.demands)
    for demand in elastic.demands:
        rows = _positions(demand)
        kept = lower[rows].copy(), upper[rows].copy()
        lower[rows], upper[rows] = -np.inf, np.inf
        if clash():
            clashing.remove(demand)
        else:
            lower[rows], upper[rows] = kept
    return Conflict(tuple(_tell(demand, clashing, [], whole=True) for demand in clashing))


def _tell(demand: Demand, clashing: list[Demand], places: list[str], *, whole: bool) -> Finding:
    others = [other.name for other in clashing if other is not demand]
    with_whom = f"cannot hold together with {', '.join(others)}" if others else "cannot be met"
    why = " in whole units" if whole else ""
    shown = sorted({place.split("#", maxsplit=1)[0] for place in places})
    where = f" (at {', '.join(shown[:3])}{' and more' if len(shown) > 3 else ''})" if shown else ""
    cure = "a looser limit, or a penalty" if demand.sheet == "Policies" else "a smaller number"
    message = f"{demand.name} {with_whom}{why}{where}; wanted {cure} here or there"
    return make_finding("FS601", demand.sheet, message, demand.row, demand.column)
