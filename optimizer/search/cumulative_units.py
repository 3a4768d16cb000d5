"""Units counted as they cumulate: the form in which decisions of when to build are searched for.

With B[n,e] the units of an expansion decided up to node n on its path, b[n,e] = B[n,e] − B[π,e], π being the decision
before it. The linear relaxation is the same, but to ask of a search "how many by this year" splits the plans in two
halves, while "how many in this year" leaves one half nearly as it was; for activities in time this is the step
formulation (Artigues 2017, On the strength of time-indexed formulations for the resource-constrained project
scheduling problem, section 2). Rows get sparser as well: a capacity speaks of its last units, not of all before.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csc_array, csr_array, vstack

from friendshore.models.formulation.keys import Decided
from friendshore.models.tree.investment import alike
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.solver import Answer

Places = NDArray[np.int64]

DUST = 1e-12
"""What is left of two entries that cancel but for rounding, relative to them."""


def decided_before(assembled: Assembled) -> Places:
    """For each column of units the column of the units decided just before it on its path, -1 for none and others."""
    before = np.full(assembled.program.columns, -1, dtype=np.int64)
    whole = assembled.program.integer
    model_data = assembled.model_data
    for chosen, _ in alike(model_data.problem, model_data.tree):
        of_expansion: dict[str, list[int]] = {}
        for decision in chosen:
            place = assembled.link_column[Decided.of(decision)]
            if whole[place]:
                of_expansion.setdefault(decision.expansion, []).append(place)
        for places in of_expansion.values():
            for earlier, later in pairwise(places):
                before[later] = earlier
    return before


def running_totals(values: FloatArray, before: Places) -> FloatArray:
    """Each of ``values``, shape (columns), with all before it, along ``before`` (-1 for none)."""
    totals = values.copy()
    for place in np.flatnonzero(before >= 0):
        totals[place] += totals[before[place]]
    return totals


def increments(totals: FloatArray, before: Places) -> FloatArray:
    """The values that have these running totals: each less the one ``before`` it."""
    values = totals.copy()
    later = np.flatnonzero(before >= 0)
    values[later] -= totals[before[later]]
    return values


@dataclass(frozen=True, eq=False)
class Cumulative:
    """A program whose columns of units are cumulated.

    Parameters
    ----------
    program
        That program; the rows that keep what is decided within its bounds come last.
    before
        For each column the one that it is cumulated upon, shape (columns), -1 for none.
    original
        The program as it was.
    """

    program: LinearProgram
    before: Places
    original: LinearProgram

    def original_columns(self, columns: FloatArray) -> FloatArray:
        """The columns of the original program, from those of this one."""
        return np.clip(increments(columns, self.before), self.original.column_lower, self.original.column_upper)


def cumulative(program: LinearProgram, before: Places) -> Cumulative:
    """The program with units cumulated along ``before``, shape (columns), -1 for none, which points to earlier ones.

    Each column of the original program is its own cumulated one less that of ``before``. Raises ValueError where
    ``before`` points to a later column.
    """
    later = np.flatnonzero(before >= 0)
    if not later.size:
        return Cumulative(program, before, program)
    if (before[later] >= later).any():
        raise ValueError("a decision stands before one that it follows")
    within_bounds = _increment_rows(later, before, program.columns)
    columns = dataclasses.replace(
        program,
        cost=program.cost + _less(later, before, program.cost),
        matrix=csr_array(vstack([_cumulated(program, later, before), within_bounds], format="csr")),
        row_lower=np.concatenate([program.row_lower, program.column_lower[later]]),
        row_upper=np.concatenate([program.row_upper, program.column_upper[later]]),
        column_lower=running_totals(program.column_lower, before),
        column_upper=running_totals(program.column_upper, before),
    )
    return Cumulative(columns, before, program)


def solve_cumulative(program: LinearProgram, before: Places, solve: Callable[[LinearProgram], Answer]) -> Answer:
    """What ``solve`` answers to the program with units cumulated, in the columns and rows of the program itself.

    Parameters
    ----------
    program
        The program.
    before
        For each column the one that it is cumulated upon, shape (columns), -1 for none.
    solve
        Solves a program.

    Returns
    -------
    Answer
        Without a basis where anything is cumulated.
    """
    cumulated = cumulative(program, before)
    answer = solve(cumulated.program)
    if cumulated.program is program:
        return answer
    return dataclasses.replace(
        answer,
        basis=None,
        columns=None if answer.columns is None else cumulated.original_columns(answer.columns),
        row_duals=None if answer.row_duals is None else answer.row_duals[: program.rows],
    )


def _less(later: Places, before: Places, values: FloatArray) -> FloatArray:
    """What the columns before lose to those after them."""
    less = np.zeros(len(values))
    np.subtract.at(less, before[later], values[later])
    return less


def _increment_rows(later: Places, before: Places, width: int) -> csr_array:
    """B − B before it, a row for each."""
    rows = np.arange(len(later))
    entries = np.concatenate([np.ones(len(later)), -np.ones(len(later))])
    places = (np.concatenate([rows, rows]), np.concatenate([later, before[later]]))
    return csr_array(coo_array((entries, places), shape=(len(later), width)))


def _cumulated(program: LinearProgram, later: Places, before: Places) -> csr_array:
    """The rows over cumulated units; entries that cancel but for rounding are gone."""
    width = program.columns
    touched = np.unique(np.concatenate([later, before[later]]))
    place_of = np.full(width, -1)
    place_of[touched] = np.arange(len(touched))
    count = len(touched)
    moved = coo_array((np.ones(len(later)), (place_of[later], place_of[before[later]])), shape=(count, count))
    units = csc_array(csc_array(program.matrix)[:, touched])
    change = units @ csc_array(moved)
    size = abs(units) + abs(change)
    new = csc_array(units - change)
    floor = csc_array(size.multiply(new != 0)).tocsc()
    new.sort_indices()
    floor.sort_indices()
    new.data[np.abs(new.data) <= DUST * floor.data] = 0.0
    new.eliminate_zeros()
    entries = new.tocoo()
    rest = csr_array(program.matrix).tocoo()
    other = place_of[rest.coords[1]] < 0
    data = np.concatenate([rest.data[other], entries.data])
    rows = np.concatenate([rest.coords[0][other], entries.coords[0]])
    columns = np.concatenate([rest.coords[1][other], touched[entries.coords[1]]])
    return csr_array(coo_array((data, (rows, columns)), shape=program.matrix.shape))
