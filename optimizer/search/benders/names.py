"""Names of the columns and rows of a program by parts, by which what is known of one is found again in another.

A name is a number made of what a column or row is and where in the tree it stands: the same in every run and in every
problem that has it. Of a branch only what is needed to make its names anew is kept: its steps, and which of the columns
and rows of a node stand at each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Names = NDArray[np.uint64]
"""One a column or row."""

Found = NDArray[np.int64]
"""For each new one the place of the old one of the same name, −1 where there is none."""

_ODD = np.uint64(0x9E3779B97F4A7C15)
_NODE = re.compile(r"node=(\d+)")


@dataclass(frozen=True, eq=False)
class Side:
    """The columns of a branch, or its rows.

    Parameters
    ----------
    stands
        Which of a node's stand at each of its steps, as packed bits, step by step.
    others
        Names of those that belong to no node alone; they come last.
    """

    stands: NDArray[np.uint8]
    others: Names


@dataclass(frozen=True, eq=False)
class Called:
    """What the names of a branch are made of: its steps, its columns, its rows."""

    steps: Names
    columns: Side
    rows: Side


@dataclass(frozen=True, eq=False)
class OfNode:
    """Names of the columns and of the rows of a node, wherever it stands."""

    columns: Names
    rows: Names


def named(texts: Iterable[str]) -> Names:
    """A name for each text."""
    return np.array(
        [int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little") for text in texts], dtype=np.uint64
    )


def placed(steps: Names, keys: Names) -> Names:
    """Names of what is called ``keys`` at steps, shape (steps, keys)."""
    return np.asarray(steps[:, None] * _ODD + keys[None, :])


def among(names: Names, of: Names) -> Names:
    """Names of what stands for one thing and is of another, pair by pair."""
    return np.asarray(names * _ODD + of)


def at_steps(text: str, steps: list[str]) -> str:
    """A text in which nodes are told by the step they stand at, not by their number."""
    return _NODE.sub(lambda found: steps[int(found[1])], text) if "node=" in text else text


def side(stands: NDArray[np.bool_], others: Names) -> Side:
    """The columns or rows of a branch: which stand at each step, shape (steps, of a node), and the others."""
    return Side(np.packbits(stands), others)


def names_of(one: Side, steps: Names, keys: Names) -> Names:
    """The names of the columns, or rows, of a branch, in their order.

    Parameters
    ----------
    one
        Which they are.
    steps
        Of the branch.
    keys
        Of a node's columns, or rows.

    Returns
    -------
    Names
        ValueError where the three do not belong together.
    """
    count = len(steps) * len(keys)
    if len(one.stands) != -(-count // 8):
        raise ValueError("these names do not belong together")
    stands = np.unpackbits(one.stands, count=count).astype(bool).reshape(len(steps), len(keys))
    return np.concatenate([placed(steps, keys)[stands], one.others])


def found(old: Names, new: Names) -> Found:
    """Where each of some new names stands among old ones; −1 where it does not."""
    if not len(old):
        return np.full(len(new), -1, dtype=np.int64)
    order = np.argsort(old, kind="stable")
    at = order[np.minimum(np.searchsorted(old[order], new), len(old) - 1)]
    return np.asarray(np.where(old[at] == new, at, -1), dtype=np.int64)
