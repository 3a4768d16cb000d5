"""A lower bound on value at risk, which the master needs where it does not know yet what branches cost."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from friendshore.models.formulation.keys import NodeCost, ValueAtRisk
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.linear_program import LinearProgram
from friendshore.optimizer.search.benders.block import Places


def with_risk_floor(assembled: Assembled, master: LinearProgram, columns: Places) -> LinearProgram:
    """The master with a lower bound on value at risk, which the branches' costs give it in the whole program only.

    Value at risk can be taken as the cost of some path, so it is at least the sum of what nodes can cost less than 0.

    Parameters
    ----------
    assembled
        The whole program.
    master
        The master, whose first columns are ``columns`` of the whole.
    columns
        Their places in the whole program, ascending.

    Returns
    -------
    LinearProgram
        The master as it is where there is no value at risk.
    """
    place = assembled.link_column.get(ValueAtRisk())
    if place is None:
        return master
    program, first = assembled.program, assembled.first_link_row
    rows = [first + i for i, row in enumerate(assembled.model_data.linking.rows) if isinstance(row.key, NodeCost)]
    body = program.matrix[rows].tocoo()
    others = ~np.isin(
        body.coords[1], [assembled.link_column[assembled.model_data.linking.rows[i - first].key] for i in rows]
    )
    slope = -body.data[others]
    at = body.coords[1][others]
    least = np.where(slope > 0, slope * program.column_lower[at], slope * program.column_upper[at])
    cost = program.row_lower[rows].copy()
    np.add.at(cost, body.coords[0][others], least)
    lower = master.column_lower.copy()
    lower[np.searchsorted(columns, place)] = float(np.minimum(cost, 0.0).sum())
    return replace(master, column_lower=lower)
