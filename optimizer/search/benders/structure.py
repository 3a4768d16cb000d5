"""Structure of a program by parts: which columns and rows master and blocks have, whatever their numbers are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from friendshore.models.tree.branch import BASE
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.search.benders.split import Parts


@dataclass(frozen=True)
class Structure:
    """Hashes of what master and blocks are made of; two programs with the same one have the same columns and rows.

    Parameters
    ----------
    master
        Of the columns of the master.
    blocks
        Of the columns and rows of each block, in their order.
    """

    master: str
    blocks: tuple[str, ...]


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
    tree, linking = assembled.model_data.tree, assembled.model_data.linking
    node = _hash(map(repr, (*assembled.node.columns, *assembled.node.rows)))
    columns = {place: repr(key) for key, place in assembled.link_column.items()}
    first = assembled.first_link_row
    steps = [f"{n.scenario}/{n.period}/{n.step}" for n in tree.nodes]
    of_branch = {name: _top(assembled, name) for name in tree.branches}
    nodes: dict[str, list[int]] = {BASE: []}
    for n, one in enumerate(tree.nodes):
        nodes.setdefault(of_branch.get(one.scenario, BASE), []).append(n)

    def standing(scenario: str, *, rows: bool) -> Iterable[bytes | str]:
        yield node
        for n in nodes.get(scenario, ()):
            yield steps[n]
            yield np.packbits(assembled.node_columns[n] >= 0).tobytes()
            if rows:
                yield np.packbits(assembled.node_rows[n] >= 0).tobytes()

    width = len(parts.columns)
    given = (columns[int(place)] for place in parts.columns if int(place) in columns)
    master = _hash((*standing(BASE, rows=False), *given, f"{width}+{parts.master.columns - width}"))
    blocks = []
    for block in parts.blocks:
        across = (repr(linking.rows[i - first].key) for i in block.rows.tolist() if i >= first)
        slacks = (columns[int(place)] for place in block.columns if int(place) in columns)
        shape = "{}×{}".format(*block.shape)
        blocks.append(_hash((*standing(block.name, rows=True), *across, *slacks, shape)))
    return Structure(master, tuple(blocks))


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
