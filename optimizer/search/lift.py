"""lift: an answer in the columns of the same problem with more branches of probability 0."""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable, Mapping, Sequence

import numpy as np

from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.program.room import Positions
from friendshore.optimizer.search.result import SearchResult


def lift(result: SearchResult, whole: Assembled, further: Mapping[str, FloatArray]) -> SearchResult:
    """The answer to a program lifted to one with more branches.

    The rows of further branches have no price: the answer is optimal without them, so that it is with them, and
    objective and bound stay.

    Parameters
    ----------
    result
        A program and its answer, with a plan.
    whole
        The same program with more branches of probability 0.
    further
        For each branch that the first lacks, by name, the values of its own columns in their order.

    Returns
    -------
    SearchResult
        ``whole`` with the tangent planes of the first program, and the lifted answer without a basis.
    """
    assembled, answer = result.assembled, result.answer
    if answer.columns is None:
        raise ValueError("there is no plan to lift")
    known = {row.key for row in whole.model_data.linking.rows}
    planes = tuple(row for row in assembled.model_data.linking.rows if row.key not in known)
    if planes:
        whole = whole.with_rows(planes)
    columns = np.zeros(whole.program.columns)
    here, there = _node_places(assembled, whole, assembled.node_columns, whole.node_columns, rows=False)
    columns[there] = answer.columns[here]
    for key, place in assembled.link_column.items():
        columns[whole.link_column[key]] = answer.columns[place]
    for branch, values in further.items():
        placed = whole.node_columns[list(whole.model_data.tree.own_nodes[branch])].ravel()
        columns[placed[placed >= 0]] = values
    duals = None if answer.row_duals is None else _duals(assembled, answer.row_duals, whole)
    return SearchResult(whole, dataclasses.replace(answer, columns=columns, row_duals=duals, basis=None))


def _duals(assembled: Assembled, duals: FloatArray, whole: Assembled) -> FloatArray:
    lifted = np.zeros(whole.program.rows)
    here, there = _node_places(assembled, whole, assembled.node_rows, whole.node_rows, rows=True)
    lifted[there] = duals[here]
    place_of = {row.key: whole.first_link_row + i for i, row in enumerate(whole.model_data.linking.rows)}
    for i, row in enumerate(assembled.model_data.linking.rows):
        lifted[place_of[row.key]] = duals[assembled.first_link_row + i]
    return lifted


def _node_places(
    assembled: Assembled, whole: Assembled, mine: Positions, theirs: Positions, *, rows: bool
) -> tuple[Positions, Positions]:
    """Places of the same columns, or rows, of the same nodes in both programs."""
    names: Sequence[Hashable] = assembled.node.rows if rows else assembled.node.columns
    others: Sequence[Hashable] = whole.node.rows if rows else whole.node.columns
    place_of = {name: i for i, name in enumerate(others)}
    own, own_whole = assembled.model_data.tree.own_nodes, whole.model_data.tree.own_nodes
    here = [n for nodes in own.values() for n in nodes]
    there = [n for scenario in own for n in own_whole[scenario]]
    mine, theirs = mine[here], theirs[there][:, [place_of[name] for name in names]]
    both = (mine >= 0) & (theirs >= 0)
    return mine[both], theirs[both]
