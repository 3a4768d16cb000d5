"""A lower bound on value at risk: the least that a path can cost.

Value at risk can be taken as the cost of some path, so the bound cuts nothing off; without it η is free, and a solver
may take what is bounded by many costs alone for unbounded.
"""

from __future__ import annotations

import dataclasses

import numpy as np

from friendshore.models.formulation.keys import Excess, NodeCost, ValueAtRisk
from friendshore.optimizer.program.assemble import Assembled


def with_risk_floor(assembled: Assembled) -> Assembled:
    """The program with value at risk bounded below by the least path cost that bounds of columns allow.

    It is as it was where there is no value at risk, or where what a path can earn has no end.
    """
    place = assembled.link_column.get(ValueAtRisk())
    if place is None:
        return assembled
    program = assembled.program
    lower = program.column_lower.copy()
    lower[place] = max(lower[place], _least_path_cost(assembled))
    return dataclasses.replace(assembled, program=dataclasses.replace(program, column_lower=lower))


def _least_path_cost(assembled: Assembled) -> float:
    """The least over paths of Σ, over the nodes of the path, of the least that each can cost."""
    program, first = assembled.program, assembled.first_link_row
    linked = list(enumerate(assembled.model_data.linking.rows, first))
    rows = {row.key: i for i, row in linked if isinstance(row.key, NodeCost)}
    body = program.matrix.tocsr()[list(rows.values())].tocoo()
    at = body.coords[1]
    costs = ~np.isin(at, [assembled.link_column[key] for key in rows])
    slope, at = -body.data[costs], at[costs]
    bound = np.where(slope > 0, program.column_lower[at], program.column_upper[at])
    least = program.row_lower[list(rows.values())].copy()
    np.add.at(least, body.coords[0][costs], np.where(slope == 0, 0.0, slope * np.where(slope == 0, 0.0, bound)))
    of_node = dict(zip(rows, least.tolist(), strict=True))
    paths = (row for _, row in linked if isinstance(row.key, Excess))
    nodes = ([key for key in path.columns if isinstance(key, NodeCost)] for path in paths)
    return min(sum(float(of_node[key]) for key in path) for path in nodes)
