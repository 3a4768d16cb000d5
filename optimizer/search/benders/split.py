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
from friendshore.optimizer.search.benders.block import FAILURE_PRICE, Block, Places, with_failures
from friendshore.optimizer.search.benders.cones import block_cones
from friendshore.optimizer.search.benders.slacks import cover_shortfalls
from friendshore.optimizer.search.cumulative_units import decided_before
from friendshore.optimizer.search.tangent_planes import cone_clauses

MASTER = -1
"""Where a column or row stands that belongs to no block."""
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


def _column_blocks(assembled: Assembled, of_node: Places) -> Places:
    """The block of every column; slacks are left with the master."""
    of_column = np.full(assembled.program.columns, MASTER, dtype=np.int64)
    placed = assembled.node_columns
    stands = placed >= 0
    of_column[placed[stands]] = np.broadcast_to(of_node[:, None], placed.shape)[stands]
    tree = assembled.model_data.tree
    for key, place in assembled.link_column.items():
        node = None if _opened(assembled, key) else key.home(tree)
        of_column[place] = MASTER if node is None else of_node[node]
    return of_column


def _opened(assembled: Assembled, key: LinkKey) -> bool:
    """Whether a column decides on what a scenario opens: in whole units, it is chosen by the master."""
    return isinstance(key, Decided) and bool(assembled.model_data.problem.expansions[key.expansion].opened_by)


def _row_blocks(matrix: csr_array, of_column: Places) -> Places:
    """The block that each row speaks of, MASTER for none, _SEVERAL for more than one."""
    entries = of_column[matrix.indices]
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    own = entries >= 0
    low = np.full(matrix.shape[0], np.iinfo(np.int64).max)
    high = np.full(matrix.shape[0], MASTER)
    np.minimum.at(low, rows[own], entries[own])
    np.maximum.at(high, rows[own], entries[own])
    return np.where((high >= 0) & (low != high), _SEVERAL, high)


def _slacks(assembled: Assembled) -> Places:
    return np.array([place for key, place in assembled.link_column.items() if isinstance(key, Slack)], dtype=np.int64)


def _with_slacks(assembled: Assembled, of_column: Places, of_row: Places) -> tuple[Places, Places]:
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
    program: LinearProgram, of_row: Places, columns: Places, shared: Places, allotted: Allotments
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
    of_column: Places,
    of_row: Places,
    master_columns: Places,
    shared: Places,
    allotted: Allotments,
    checkpoint: Checkpoint,
) -> tuple[Block, ...]:
    program = assembled.program
    by_column = _grouped(of_column, len(names))
    by_row = _grouped(of_row, len(names))
    width = len(master_columns) + len(allotted.row)
    place_of = np.full(program.columns, -1, dtype=np.int64)
    place_of[master_columns] = np.arange(len(master_columns))
    price = FAILURE_PRICE * float(np.abs(program.cost[of_column != MASTER]).max(initial=1.0))
    of_cone = _cones(assembled, of_node)
    blocks = []
    for b, name in enumerate(names):
        checkpoint()
        columns, rows = by_column[b], by_row[b]
        place_of[columns] = np.arange(len(columns))
        given = np.flatnonzero(allotted.block == b)
        parts = shared[allotted.row[given]]
        body = program.matrix[np.concatenate([rows, parts])]
        matrix, coupling = _apart(body, of_column, b, place_of, (len(columns), width))
        coupling = _allotting(coupling, len(rows), len(master_columns) + given)
        lower, upper = _part_bounds(program, parts)
        own = LinearProgram(
            cost=program.cost[columns],
            offset=0.0,
            matrix=matrix,
            row_lower=np.concatenate([program.row_lower[rows], lower]),
            row_upper=np.concatenate([program.row_upper[rows], upper]),
            column_lower=program.column_lower[columns],
            column_upper=program.column_upper[columns],
            integer=np.zeros(len(columns), dtype=bool),
        )
        policies = np.concatenate([rows >= assembled.first_link_row, np.ones(len(parts), dtype=bool)])
        elastic, failures = with_failures(own, policies, price)
        cones = tuple(block_cones(assembled, of_cone.get(b, ()), columns))
        blocks.append(Block(name, elastic, coupling, columns, np.concatenate([rows, parts]), policies, failures, cones))
    return tuple(blocks)


def _cones(assembled: Assembled, of_node: Places) -> dict[int, list[tuple[ConeClause, str]]]:
    """By block, the cones that stand on it."""
    cones: dict[int, list[tuple[ConeClause, str]]] = {}
    for clause in cone_clauses(assembled):
        for place, n in clause.nodes.items():
            if of_node[n] != MASTER:
                cones.setdefault(int(of_node[n]), []).append((clause, place))
    return cones


def _grouped(of: Places, count: int) -> list[Places]:
    """Positions by block, those of the master left out."""
    order = np.argsort(of, kind="stable")
    bounds = np.searchsorted(of[order], np.arange(count + 1))
    return [order[bounds[b] : bounds[b + 1]] for b in range(count)]


def _apart(
    body: csr_array, of_column: Places, b: int, place_of: Places, widths: tuple[int, int]
) -> tuple[csr_array, csr_array]:
    """The entries in columns of block ``b``, and those in columns of the master, which none of a shared row's are."""
    rows = np.repeat(np.arange(body.shape[0]), np.diff(body.indptr))
    of = of_column[body.indices]
    shared = np.zeros(body.shape[0], dtype=bool)
    shared[rows[(of >= 0) & (of != b)]] = True
    own = of == b
    outside = (of == MASTER) & ~shared[rows]
    matrices = []
    for mask, width in ((own, widths[0]), (outside, widths[1])):
        data = (body.data[mask], (rows[mask], place_of[body.indices[mask]]))
        matrices.append(csr_array(coo_array(data, shape=(body.shape[0], width))))
    return matrices[0], matrices[1]


def _allotting(coupling: csr_array, first: int, columns: Places) -> csr_array:
    """The coupling with −1 for the allotment of each shared row, from row ``first`` on."""
    if not len(columns):
        return coupling
    less = coo_array((-np.ones(len(columns)), (first + np.arange(len(columns)), columns)), shape=coupling.shape)
    return csr_array(coupling + less)


def _part_bounds(program: LinearProgram, rows: Places) -> tuple[FloatArray, FloatArray]:
    """What a block takes of a shared row is at most, or at least, what it is allotted."""
    lower = np.where(np.isfinite(program.row_lower[rows]), 0.0, -np.inf)
    upper = np.where(np.isfinite(program.row_upper[rows]), 0.0, np.inf)
    return lower, upper
