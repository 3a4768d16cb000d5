"""The part of a program that belongs to one branch and its descendants, to be solved by itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

from friendshore.models.clauses.clause import Slack
from friendshore.optimizer.program.assemble import Assembled

Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Part:
    """Nodes of a branch and its descendants, their ``own`` columns, the ``slacks`` of their policies, and all rows.

    ``free`` are own columns and slacks together; ``rows`` are those in which any of them appears.
    """

    nodes: tuple[int, ...]
    own: Places
    slacks: Places
    rows: Places

    @property
    def free(self) -> Places:
        """The columns that the branch may set."""
        return np.concatenate([self.own, self.slacks])


def branch_part(
    assembled: Assembled, columns: csc_array, rows: csr_array, scenario: str, *, weightless: bool = False
) -> Part:
    """The part of a scenario; ``columns`` and ``rows`` are the program's matrix in both forms.

    Parameters
    ----------
    assembled
        The program, with where its columns and rows stand.
    columns
        The matrix of the program by columns.
    rows
        The same by rows.
    scenario
        Name of a branch.
    weightless
        Whether of its nodes, and of those of its descendants, those alone count through which no likely path goes.

    Returns
    -------
    Part
        Its nodes, columns, slacks and rows.
    """
    tree = assembled.model_data.tree
    nodes = [n for s in tree.scenarios if scenario in tree.lineage(s) for n in tree.own_nodes[s]]
    if weightless:
        nodes = [n for n in nodes if tree.weight[n] <= 0.0]
    placed = assembled.node_columns[nodes].ravel().astype(np.int64)
    own = placed[placed >= 0]
    touched = np.unique(columns[:, own].indices)
    slacks = _slacks_of(assembled, rows, own, touched)
    return Part(tuple(nodes), own, slacks, np.unique(columns[:, np.concatenate([own, slacks])].indices))


def _slacks_of(assembled: Assembled, rows: csr_array, own: Places, touched: Places) -> Places:
    """Slack columns of policy rows that speak of these columns only."""
    mine = np.zeros(assembled.program.columns, dtype=bool)
    mine[own] = True
    slacks = []
    for i in touched[touched >= assembled.first_link_row]:
        row = assembled.model_data.linking.rows[i - assembled.first_link_row]
        slack = [assembled.link_column[key] for key in row.columns if isinstance(key, Slack)]
        others = np.setdiff1d(rows[[i], :].indices, slack)
        if slack and mine[others].all():
            slacks.extend(slack)
    return np.array(slacks, dtype=np.int64)
