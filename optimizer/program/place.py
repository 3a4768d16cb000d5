"""Placing: the entries of the compiled node filled in for every node of the tree, a few hundred nodes at a time.

What is placed comes out as rows in order with their columns in order, so that nothing is sorted afterwards, and nothing
as large as the whole is made on the way but the result.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from friendshore.optimizer.program.compile import Affine, Entries
from friendshore.optimizer.program.room import CHUNK, Array, Part, Positions, Room, merged

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Varying:
    """Values of which most are the same at every node: only those with a slope are worked out node by node."""

    affine: Affine

    @cached_property
    def _moving(self) -> NDArray[np.intp]:
        return np.flatnonzero(np.diff(self.affine.slope.indptr))

    @cached_property
    def _slope(self) -> csr_array:
        return csr_array(self.affine.slope[self._moving])

    def at(self, parameters: Array) -> Array:
        """Values (nodes × values) for parameters (nodes × parameters)."""
        values = np.empty((len(parameters), len(self.affine.constant)))
        values[:] = self.affine.constant
        if len(self._moving):
            values[:, self._moving] += (self._slope @ parameters.T).T
        return values


@dataclass(frozen=True, eq=False)
class Template:
    """Entries of one node by row and column; ``rows`` is how many rows a node has."""

    row: Positions
    column: Positions
    values: Varying
    rows: int

    @cached_property
    def starts(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The rows that have entries, and where the entries of each begin."""
        first = np.flatnonzero(np.diff(self.row, prepend=-1))
        return self.row[first].astype(np.intp), first


def templates(entries: Entries, own: int, rows: int) -> tuple[Template, Template]:
    """The entries over a node's own columns, and those over its ports.

    Parameters
    ----------
    entries
        Entries of the compiled node, by row and column.
    own
        How many of its columns are the node's own; the others are ports.
    rows
        How many rows a node has.

    Returns
    -------
    tuple[Template, Template]
        Entries over own columns, and entries over ports, numbered from 0.
    """
    order = np.lexsort((entries.column, entries.row))
    column = entries.column[order]
    mine = column < own
    return (_template(entries, order[mine], 0, rows), _template(entries, order[~mine], own, rows))


def _template(entries: Entries, chosen: NDArray[np.intp], first: int, rows: int) -> Template:
    values = Affine(entries.values.constant[chosen], csr_array(entries.values.slope[chosen]))
    column = (entries.column[chosen] - first).astype(np.int32)
    return Template(entries.row[chosen].astype(np.int32), column, Varying(values), rows)


def place(template: Template, parameters: Array, columns: Positions, stands: Mask | None, width: int) -> csr_array:
    """The template at every node.

    Parameters
    ----------
    template
        Entries of one node.
    parameters
        Nodes × parameters.
    columns
        Nodes × columns of the template: where each column lies, -1 where it does not exist.
    stands
        Nodes × rows of the template: which rows stand; None where all do.
    width
        How many columns the matrix has.

    Returns
    -------
    csr_array
        Rows node by node, those that do not stand left out, × ``width`` columns.
    """
    room = Room.of(len(parameters) * len(template.row), len(parameters) * template.rows)
    for here in _chunks(template, len(parameters)):
        part = _fill(template, parameters[here], columns[here], None if stands is None else stands[here])
        room = room.with_rows(part.data, part.indices, part.counts)
    return room.matrix(width)


def place_between(
    room: Room,
    template: Template,
    parameters: Array,
    columns: Positions,
    stands: Mask | None,
    others: csr_array,
    width: int,
) -> Room:
    """As ``place``, written into a room row by row, together with entries of the same rows elsewhere.

    Parameters
    ----------
    room
        What has been written so far.
    template
        Entries of one node.
    parameters
        Nodes × parameters.
    columns
        Nodes × columns of the template: where each column lies, -1 where it does not exist.
    stands
        Nodes × rows of the template: which rows stand; None where all do.
    others
        Entries of the same rows elsewhere: in columns before those of the row's node, or from ``width`` on.
    width
        Number of the first column after those of all nodes.

    Returns
    -------
    Room
        The room with these rows at its end.
    """
    row = 0
    for here in _chunks(template, len(parameters)):
        part = _fill(template, parameters[here], columns[here], None if stands is None else stands[here])
        ends = others.indptr[row : row + len(part.counts) + 1]
        row += len(part.counts)
        span = slice(ends[0], ends[-1])
        if span.start == span.stop:
            room = room.with_rows(part.data, part.indices, part.counts)
        else:
            more = Part(others.data[span], others.indices[span], np.diff(ends))
            room = merged(room, part, more, width)
    return room


def _chunks(template: Template, nodes: int) -> Iterator[slice]:
    step = max(1, CHUNK // max(1, len(template.row)))
    return (slice(first, min(first + step, nodes)) for first in range(0, nodes, step))


def _fill(template: Template, parameters: Array, columns: Positions, stands: Mask | None) -> Part:
    """The template at some nodes, without zeros, columns that do not exist and rows that do not stand."""
    counts = np.zeros((len(parameters), template.rows), dtype=np.int32)
    if not len(template.row):
        return Part(np.zeros(0), np.zeros(0, np.int32), counts.ravel() if stands is None else counts[stands])
    values = template.values.at(parameters)
    placed = columns[:, template.column]
    keep = (values != 0.0) & (placed >= 0)
    if stands is not None:
        keep &= stands[:, template.row]
    rows, starts = template.starts
    counts[:, rows] = np.add.reduceat(keep, starts, axis=1, dtype=np.int32)
    return Part(values[keep], placed[keep], counts.ravel() if stands is None else counts[stands])
