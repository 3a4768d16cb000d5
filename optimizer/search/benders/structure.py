"""Structure of a program by parts: which columns and rows master and blocks have, whatever their numbers are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np

from friendshore.models.tree.branch import BASE
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.search.benders.block import Block, Compact
from friendshore.optimizer.search.benders.names import Called, Names, OfNode, among, at_steps, named, placed, side
from friendshore.optimizer.search.benders.split import Parts

_BELOW, _ABOVE = named(["falls short of", "exceeds"])


@dataclass(frozen=True)
class Structure:
    """What master and blocks are made of; two programs whose hashes agree have the same columns and rows.

    Parameters
    ----------
    master
        Hash of the columns of the master.
    blocks
        Of the columns and rows of each block, in their order.
    of_node, columns, called
        Names of what a node has, of the columns of the master, and of what each block is made of.
    """

    master: str
    blocks: tuple[str, ...]
    of_node: OfNode = field(compare=False)
    columns: Names = field(compare=False)
    called: tuple[Called, ...] = field(compare=False)


@dataclass(frozen=True, eq=False)
class _Whole:
    """Names in the whole program: of steps, of every column, of every row, and where its rows of no node begin."""

    steps: Names
    columns: Names
    rows: Names
    first: int


def structure_of(assembled: Assembled, parts: Parts) -> Structure:
    """The structure of a program.

    Parameters
    ----------
    assembled
        The whole program.
    parts
        The same by parts.

    Returns
    -------
    Structure
        Of its master and its blocks.
    """
    tree = assembled.model_data.tree
    of_node = OfNode(named(map(repr, assembled.node.columns)), named(map(repr, assembled.node.rows)))
    whole = _whole(assembled, of_node)
    nodes: dict[str, list[int]] = {}
    of_branch = {name: _top(assembled, name) for name in tree.branches}
    for n, one in enumerate(tree.nodes):
        nodes.setdefault(of_branch.get(one.scenario, BASE), []).append(n)
    columns = _of_master(parts, whole)
    called = tuple(_called(assembled, block, nodes.get(block.name, []), whole) for block in parts.blocks)
    keys = of_node.columns.tobytes(), of_node.rows.tobytes()
    blocks = tuple(_hash((*keys, *_written(one, block))) for one, block in zip(called, parts.blocks, strict=True))
    return Structure(_hash([columns.tobytes()]), blocks, of_node, columns, called)


def _whole(assembled: Assembled, of_node: OfNode) -> _Whole:
    tree, linking = assembled.model_data.tree, assembled.model_data.linking
    texts = [f"{n.scenario}/{n.period}/{n.step}" for n in tree.nodes]
    steps = named(texts)
    sides = (
        (assembled.node_columns, of_node.columns, (column.key for column in linking.columns)),
        (assembled.node_rows, of_node.rows, (row.key for row in linking.rows)),
    )
    columns, rows = (
        np.concatenate([placed(steps, keys)[at >= 0], named(at_steps(repr(one), texts) for one in others)])
        for at, keys, others in sides
    )
    first = int(np.count_nonzero(assembled.node_rows >= 0))
    further = named(f"further row {i}" for i in range(assembled.first_link_row - first))  # what a search holds
    return _Whole(steps, columns, np.insert(rows, first, further), first)


def _of_master(parts: Parts, whole: _Whole) -> Names:
    """Its columns in the whole program, then what each block is allotted of a row that several share."""
    names = np.zeros(parts.master.columns, dtype=np.uint64)
    names[: len(parts.columns)] = whole.columns[parts.columns]
    for block, name in zip(parts.blocks, named(block.name for block in parts.blocks), strict=True):
        shared = np.flatnonzero(np.isin(block.rows, parts.rows, kind="table"))
        for row in shared.tolist():
            given = block.coupling.indices[block.coupling.indptr[row] : block.coupling.indptr[row + 1]]
            names[block.touched[given]] = among(whole.rows[block.rows[[row]]], name)
    return names


def _called(assembled: Assembled, block: Block, nodes: list[int], whole: _Whole) -> Called:
    first_column = assembled.program.columns - len(assembled.model_data.linking.columns)
    program, policies = block.program, np.flatnonzero(block.policies)
    below = policies[np.isfinite(program.row_lower[policies])]
    above = policies[np.isfinite(program.row_upper[policies])]
    rows = whole.rows[block.rows]
    failing = (among(rows[below], _BELOW), among(rows[above], _ABOVE))
    others = block.columns[block.columns >= first_column]
    return Called(
        whole.steps[nodes],
        side(
            _standing(assembled.node_columns[nodes], block.columns), np.concatenate([whole.columns[others], *failing])
        ),
        side(_standing(assembled.node_rows[nodes], block.rows), rows[block.rows >= whole.first]),
    )


def _standing(at: Compact, of_block: Compact) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Which of what is placed belongs to a block."""
    return np.asarray((at >= 0) & np.isin(at, of_block, kind="table"))


def _written(one: Called, block: Block) -> Iterable[bytes | str]:
    yield "{}×{}".format(*block.shape)
    for array in (one.steps, one.columns.stands, one.columns.others, one.rows.stands, one.rows.others):
        yield array.tobytes()


def _top(assembled: Assembled, scenario: str) -> str:
    """The branch off the base path that a scenario descends from."""
    branches = assembled.model_data.tree.branches
    while branches[scenario].parent != BASE:
        scenario = branches[scenario].parent
    return scenario


def _hash(parts: Iterable[bytes | str]) -> str:
    made = blake2b(digest_size=16)
    for part in parts:
        made.update(part if isinstance(part, bytes) else part.encode())
        made.update(b"\0")
    return made.hexdigest()
