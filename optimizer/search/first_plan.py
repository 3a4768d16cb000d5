"""A first plan for a search that was stopped before it had one: build nothing, and go short where that is all there is.

Shortage is always possible, so that there is such a plan wherever no hard rule forbids it. Nothing is sent and nothing
made where that is enough, which leaves next to nothing to solve; else what is there already runs as it pays.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.linear_program import LinearProgram
from friendshore.optimizer.search.limits import Stopwatch
from friendshore.optimizer.search.result import SearchResult
from friendshore.optimizer.search.tangent_planes import cone_clauses, tangent_planes_at
from friendshore.optimizer.solver import Answer, SolverFault, solve_lp
from friendshore.optimizer.solver.conclude import with_gap_and_status

FLOWS = ("shipped", "activity", "kept_capacity")
"""Families of columns of a node that stand still where nothing is done."""

LONGEST = 4.0
"""Seconds that looking for a plan may take, after a search that has been told to stop."""

LARGE = 300_000
"""More free columns than this are not solved within that time; a second goes by before the solver has them all."""

ROUNDED = 1e-9
"""By which share of its terms a row of held columns may be off: what rounding leaves."""

Places = NDArray[np.int64]


def with_first_plan(result: SearchResult, watch: Stopwatch) -> SearchResult:
    """The answer of a search, with a plan that builds nothing where it was stopped without one.

    Parameters
    ----------
    result
        How a search ended.
    watch
        Takes the log.

    Returns
    -------
    SearchResult
        As it was where the search has a plan, has proven something else, or rules forbid doing nothing.
    """
    if result.answer.status != "no_plan":
        return result
    ends = time.monotonic() + LONGEST
    for program, most in _still(result.assembled):
        if time.monotonic() > ends:
            break
        found = _solved(program, most, ends)
        if found is not None and not tangent_planes_at(result.assembled, found.plan, cone_clauses(result.assembled)):
            watch.note("stopped without a plan: this one builds nothing")
            return dataclasses.replace(result, answer=_taken(result, found))
    return result


def _still(assembled: Assembled) -> Iterator[tuple[LinearProgram, float]]:
    """The program with nothing built and nothing moved, then with nothing built; and how many free columns it may have.

    Where nothing moves there is next to nothing to choose, and any size is soon solved.
    """
    program = assembled.program
    places = [i for i, (family, _) in enumerate(assembled.node.columns) if family in FLOWS]
    flows = assembled.node_columns[:, places].ravel()
    moved = np.zeros(program.columns, dtype=bool)
    moved[flows[flows >= 0]] = True
    for held, most in ((program.integer | moved, np.inf), (program.integer, LARGE)):
        upper = np.where(held, program.column_lower, program.column_upper)
        yield dataclasses.replace(program, column_upper=upper, integer=np.zeros(program.columns, dtype=bool)), most


def _solved(program: LinearProgram, most: float, ends: float) -> Answer | None:
    """The plan of an LP, None where it has none, or more than ``most`` free columns."""
    free = np.flatnonzero(program.column_lower < program.column_upper)
    reduced = _among(program, free) if len(free) <= most else None
    if reduced is None:
        return None
    whole = program.column_lower.copy()
    if len(free):
        try:
            answer = solve_lp(reduced, interrupt=lambda: time.monotonic() > ends, confirm=False)
        except SolverFault:
            return None
        if answer.columns is None:
            return None
        whole[free] = answer.columns
    return Answer(status="feasible", objective=program.objective(whole), columns=whole)


def _among(program: LinearProgram, free: Places) -> LinearProgram | None:
    """A program in its free columns alone, the others held; None where a row in which none stands does not hold."""
    held = program.column_lower.copy()
    held[free] = 0.0
    taken = program.matrix @ held
    lower, upper = program.row_lower - taken, program.row_upper - taken
    matrix = csr_array(csc_array(program.matrix)[:, free])
    standing = np.diff(matrix.indptr) > 0
    off = np.maximum(lower, -upper)[~standing]
    sizes = (abs(program.matrix) @ np.abs(held))[~standing]
    if (off > ROUNDED * np.maximum(1.0, sizes)).any():
        return None
    return LinearProgram(
        cost=program.cost[free],
        offset=program.offset + float(program.cost @ held),
        matrix=matrix[standing],
        row_lower=lower[standing],
        row_upper=upper[standing],
        column_lower=program.column_lower[free],
        column_upper=program.column_upper[free],
        integer=np.zeros(len(free), dtype=bool),
    )


def _taken(result: SearchResult, found: Answer) -> Answer:
    """The plan with what the search has proven; prices of a plan in which nothing moves mean nothing."""
    known, program = result.answer, result.assembled.program
    answer = dataclasses.replace(
        found,
        status="feasible",
        stopped=known.stopped,
        objective=program.objective(found.plan),
        bound=known.bound,
        target_gap=known.target_gap,
        row_duals=None,
        basis=None,
        log=known.log,
    )
    return with_gap_and_status(answer, proven=False)
