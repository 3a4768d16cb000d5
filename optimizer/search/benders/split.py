"""A program split at the base path: a master, and one block for each branch that leaves it.

The master holds the base nodes, investments, protections, what a scenario opens (whole units that a branch decides) and
whatever ties several branches together; a block holds a branch with its descendants. A row that speaks of several
blocks (``expected`` shortage) is split by allotments: each block gets a column of the master that says how much of the
row it may use, so that the split program has the optimum of the whole (resource-directive decomposition; Geoffrion
1970, Elements of large-scale mathematical programming).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csc_array, csr_array, hstack

from friendshore.models.clauses.clause import Slack
from friendshore.models.clauses.cone import ConeClause
from friendshore.models.formulation.checkpoint import Checkpoint, go_on
from friendshore.models.formulation.keys import Decided
from friendshore.models.node.link import LinkKey
from friendshore.models.tree.branch import BASE
from friendshore.models.tree.scenario_tree import Tree
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.program.risk_floor import with_risk_floor
from friendshore.optimizer.search.benders.allotments import Allotments, allot
from friendshore.optimizer.search.benders.block import FAILURE_PRICE, Block, Compact, Places, failure_weights
from friendshore.optimizer.search.benders.branch_programs import MASTER, BranchProgram, BranchPrograms
from friendshore.optimizer.search.benders.cones import block_cones
from friendshore.optimizer.search.benders.slacks import cover_shortfalls
from friendshore.optimizer.search.cumulative_units import decided_before
from friendshore.optimizer.search.tangent_planes import cone_clauses

_SEVERAL = -2


@dataclass(frozen=True, eq=False)
class Parts:
    """A program by parts.

    Parameters
    ----------
    master
        The master.
    columns
        Places of its first columns in the whole program, ascending; the allotments follow them.
    rows
        Places of its rows in the whole program.
    blocks
        The branches.
    whole
        The whole program.
    before
        For each column of the master the column of the units decided just before it, shape (columns of the master),
        −1 for none.
    slacks
        Places in the whole program of what policies with a penalty fall short of.
    """

    master: LinearProgram
    columns: Places
    rows: Places
    blocks: tuple[Block, ...]
    whole: LinearProgram
    before: Places
    slacks: Places

    def joined(self, x: FloatArray, of_blocks: Sequence[FloatArray]) -> FloatArray:
        """The columns of the whole program: the master's without allotments, those of every block, slacks covering."""
        whole = np.zeros(self.whole.columns)
        whole[self.columns] = x[: len(self.columns)]
        for block, y in zip(self.blocks, of_blocks, strict=True):
            whole[block.columns] = y
        return cover_shortfalls(self.whole, self.slacks, whole)


def split(assembled: Assembled, checkpoint: Checkpoint = go_on) -> Parts:
    """The parts of a program.

    Parameters
    ----------
    assembled
        The program of the whole tree.
    checkpoint
        Called before each block.

    Returns
    -------
    Parts
        Master and blocks.

    Raises
    ------
    ValueError
        Where a block has whole numbers to choose.
    """
    assembled = with_risk_floor(assembled)  # the master does not know yet what branches cost
    tree, program = assembled.model_data.tree, assembled.program
    names, of_node = _branches(tree)
    of_column = _column_blocks(assembled, of_node)
    if program.integer[of_column != MASTER].any():
        raise ValueError("a branch that chooses whole numbers by itself cannot be split off")
    of_row = _row_blocks(program.matrix, of_column)
    of_column, of_row = _with_slacks(assembled, of_column, of_row)
    shared = np.flatnonzero(of_row == _SEVERAL)
    master_columns = np.flatnonzero(of_column == MASTER)
    allotted = allot(program, shared, of_column)
    master = _master(program, of_row, master_columns, shared, allotted)
    blocks = _blocks(assembled, names, of_node, of_column, of_row, master_columns, shared, allotted, checkpoint)
    before = _before(assembled, master_columns, master.columns)
    return Parts(master, master_columns, np.flatnonzero(of_row < 0), blocks, program, before, _slacks(assembled))


def _before(assembled: Assembled, master_columns: Places, width: int) -> Places:
    """``decided_before`` in the places of the master, where all whole numbers stand."""
    whole = decided_before(assembled)[master_columns]
    before = np.full(width, -1, dtype=np.int64)
    later = np.flatnonzero(whole >= 0)
    before[later] = np.searchsorted(master_columns, whole[later])
    return before


def _branches(tree: Tree) -> tuple[tuple[str, ...], Places]:
    """Branches that leave the base path, and the block of every node."""
    first = {BASE: MASTER}
    names: list[str] = []
    for scenario, branch in tree.branches.items():
        if branch.parent == BASE:
            first[scenario] = len(names)
            names.append(scenario)
        else:
            first[scenario] = first[branch.parent]
    return tuple(names), np.array([first[node.scenario] for node in tree.nodes], dtype=np.int64)


def _column_blocks(assembled: Assembled, of_node: Places) -> Compact:
    """The block of every column; slacks are left with the master."""
    of_column = np.full(assembled.program.columns, MASTER, dtype=np.int32)
    for placed, block in zip(assembled.node_columns, of_node.tolist(), strict=True):
        of_column[placed[placed >= 0]] = block
    tree = assembled.model_data.tree
    for key, place in assembled.link_column.items():
        node = None if _opened(assembled, key) else key.home(tree)
        of_column[place] = MASTER if node is None else of_node[node]
    return of_column


def _opened(assembled: Assembled, key: LinkKey) -> bool:
    """Whether a column decides on what a scenario opens: in whole units, it is chosen by the master."""
    return isinstance(key, Decided) and bool(assembled.model_data.problem.expansions[key.expansion].opened_by)


def _row_blocks(matrix: csr_array, of_column: Compact) -> Compact:
    """The block that each row speaks of, MASTER for none, _SEVERAL for more than one."""
    none = np.iinfo(np.int32).max
    low = np.full(matrix.shape[0], none, dtype=np.int32)
    high = np.full(matrix.shape[0], MASTER, dtype=np.int32)
    filled = np.flatnonzero(np.diff(matrix.indptr))
    entries, first = of_column[matrix.indices], matrix.indptr[filled]
    if filled.size:
        high[filled] = np.maximum.reduceat(entries, first)
        entries[entries == MASTER] = none
        low[filled] = np.minimum.reduceat(entries, first)
    return np.where((high >= 0) & (low != high), np.int32(_SEVERAL), high)


def _slacks(assembled: Assembled) -> Places:
    return np.array([place for key, place in assembled.link_column.items() if isinstance(key, Slack)], dtype=np.int64)


def _with_slacks(assembled: Assembled, of_column: Compact, of_row: Compact) -> tuple[Compact, Compact]:
    """Slacks that stand in rows of one block only go to that block."""
    slacks = _slacks(assembled)
    if not slacks.size:
        return of_column, of_row
    standing = csc_array(assembled.program.matrix[:, slacks])
    of_column = of_column.copy()
    for place, slack in enumerate(slacks):
        blocks = np.unique(of_row[standing.indices[standing.indptr[place] : standing.indptr[place + 1]]])
        if len(blocks) == 1 and blocks[0] >= 0:
            of_column[slack] = blocks[0]
    return of_column, of_row


def _master(
    program: LinearProgram, of_row: Compact, columns: Places, shared: Places, allotted: Allotments
) -> LinearProgram:
    rows = np.flatnonzero(of_row < 0)
    place_of = np.full(program.rows, -1)
    place_of[rows] = np.arange(len(rows))
    count = len(allotted.row)
    ones = coo_array((np.ones(count), (place_of[shared[allotted.row]], np.arange(count))), shape=(len(rows), count))
    return LinearProgram(
        cost=np.concatenate([program.cost[columns], np.zeros(count)]),
        offset=program.offset,
        matrix=csr_array(hstack([csc_array(program.matrix[rows])[:, columns], ones], format="csr")),
        row_lower=program.row_lower[rows],
        row_upper=program.row_upper[rows],
        column_lower=np.concatenate([program.column_lower[columns], allotted.lower]),
        column_upper=np.concatenate([program.column_upper[columns], allotted.upper]),
        integer=np.concatenate([program.integer[columns], np.zeros(count, dtype=bool)]),
    )


def _blocks(
    assembled: Assembled,
    names: Sequence[str],
    of_node: Places,
    of_column: Compact,
    of_row: Compact,
    master_columns: Places,
    shared: Places,
    allotted: Allotments,
    checkpoint: Checkpoint,
) -> tuple[Block, ...]:
    program, width = assembled.program, len(master_columns) + len(allotted.row)
    by_column, by_row = _grouped(of_column, len(names)), _grouped(of_row, len(names))
    programs = BranchPrograms(program, of_column, _places(by_column, master_columns, program.columns))
    price = FAILURE_PRICE * float(np.abs(program.cost[of_column != MASTER]).max(initial=1.0))
    of_cone = _cones(assembled, of_node)
    blocks = []
    for b, name in enumerate(names):
        checkpoint()
        given = np.flatnonzero(allotted.block == b)
        parts = shared[allotted.row[given]].astype(np.int32)
        columns, first_shared = by_column[b], len(by_row[b])
        rows = np.concatenate([by_row[b], parts]) if len(parts) else by_row[b]
        policies = (rows >= assembled.first_link_row) | (np.arange(len(rows)) >= first_shared)
        coupling, touched = programs.coupling(rows, first_shared, len(master_columns) + given, width)
        weights = failure_weights(programs.own(b, columns, rows, first_shared), policies)
        made = BranchProgram(programs, b, columns, rows, first_shared, policies, price)
        cones = tuple(block_cones(assembled, of_cone.get(b, ()), columns))
        blocks.append(Block(name, made, coupling, touched, columns, rows, policies, weights, cones))
    return tuple(blocks)


def _places(by_column: Sequence[Compact], master_columns: Places, width: int) -> Compact:
    """Where each column stands in its part."""
    place = np.zeros(width, dtype=np.int32)
    place[master_columns] = np.arange(len(master_columns))
    for columns in by_column:
        place[columns] = np.arange(len(columns))
    return place


def _cones(assembled: Assembled, of_node: Places) -> dict[int, list[tuple[ConeClause, str]]]:
    """By block, the cones that stand on it."""
    cones: dict[int, list[tuple[ConeClause, str]]] = {}
    for clause in cone_clauses(assembled):
        for place, n in clause.nodes.items():
            if of_node[n] != MASTER:
                cones.setdefault(int(of_node[n]), []).append((clause, place))
    return cones


def _grouped(of: Compact, count: int) -> list[Compact]:
    """Positions by block, those of the master left out."""
    order = np.argsort(of, kind="stable")
    bounds = np.searchsorted(of[order], np.arange(count + 1))
    ordered = order.astype(np.int32)
    return [ordered[bounds[b] : bounds[b + 1]] for b in range(count)]
