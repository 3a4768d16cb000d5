"""A pool carried over to a program with other columns and rows, by their names.

What is new stands at 0 in points and prices, what is gone is left out. None of that has to be right: of prices it is
weak duality that tells what they prove of the new program, and where a new column would earn without end they prove
nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.benders.names import Called, Found, OfNode, found, names_of
from friendshore.optimizer.search.benders.pool import BranchPool, Pool
from friendshore.optimizer.search.benders.structure import Structure
from friendshore.optimizer.solver import Basis

ALIKE = 0.5
"""Share of the columns, or rows, of which something has to be known: of less than that it is another problem."""

_BASIC, _ANYWHERE = 1, 4
"""What a row and a column that are new are in a basis, as HiGHS counts."""


def carried(pool: Pool, structure: Structure, names: Sequence[str]) -> Pool | None:
    """A pool in the places of another program.

    Parameters
    ----------
    pool
        What an earlier run has left.
    structure
        Of the program.
    names
        Of its branches, in its order.

    Returns
    -------
    Pool or None
        None where it has hardly a column in common. Of branches of which nothing is known it has nothing.
    """
    relaxed, best = pool.relaxed, pool.best
    if pool.structure != structure.master:
        if any(point is not None and point.shape != pool.columns.shape for point in (relaxed, best)):
            return None
        at = found(pool.columns, structure.columns)
        if not _alike(at):
            return None
        relaxed, best = _moved(relaxed, at), None if best is None else _moved(best, at)
    branches = {}
    for name, made_of, called in zip(names, structure.blocks, structure.called, strict=True):
        branch = pool.branches.get(name)
        if branch is not None and branch.structure != made_of:
            branch = _branch(branch, pool.of_node, called, structure.of_node)
        if branch is not None:
            branches[name] = dataclasses.replace(branch, structure=made_of)
    return Pool(structure.master, relaxed, best, branches, structure.columns, structure.of_node)


def _branch(branch: BranchPool, of_node: OfNode, called: Called, of_node_now: OfNode) -> BranchPool | None:
    """What is known of a branch, of its columns and rows as they are now; None where little is."""
    if branch.called is None:
        return None
    try:
        before, now = _names(branch.called, of_node), _names(called, of_node_now)
    except ValueError:
        return None
    columns, rows = found(before.columns, now.columns), found(before.rows, now.rows)
    if not _alike(rows) or branch.prices.shape[1] != len(before.rows) or branch.failing.shape[1] != len(before.rows):
        return None
    fits = branch.basis is not None and branch.basis.shape == (len(before.rows), len(before.columns))
    return BranchPool(
        "",
        _moved(branch.prices, rows),
        _moved(branch.failing, rows),
        _basis(branch.basis, rows, columns) if fits and branch.basis is not None else None,
        branch.dearer,
        called,
    )


def _names(called: Called, of_node: OfNode) -> OfNode:
    return OfNode(
        names_of(called.columns, called.steps, of_node.columns), names_of(called.rows, called.steps, of_node.rows)
    )


def _alike(at: Found) -> bool:
    return bool(np.count_nonzero(at >= 0) >= ALIKE * len(at))


def _moved(values: FloatArray, at: Found) -> FloatArray:
    """Values in their new places, along the last axis."""
    if not values.shape[-1]:
        return np.zeros((*values.shape[:-1], len(at)))
    return np.asarray(np.where(at >= 0, values[..., at], 0.0))


def _basis(basis: Basis, rows: Found, columns: Found) -> Basis:
    """HiGHS mends what is too many or too few in it."""
    of_rows, of_columns = basis.as_numbers()
    return Basis.of_numbers(
        np.where(rows >= 0, of_rows[rows], _BASIC).astype(np.int8),
        np.where(columns >= 0, of_columns[columns], _ANYWHERE).astype(np.int8),
    )
