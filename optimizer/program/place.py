"""Placing: the entries of the compiled node filled in for every node of the tree, a few hundred nodes at a time.

What is placed comes out as rows in order with their columns in order, so that nothing is sorted afterwards, and nothing
as large as the whole is made on the way but the result.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from friendshore.optimizer.program.compile import Affine, Entries

Array = NDArray[np.float64]
Positions = NDArray[np.int32]
Mask = NDArray[np.bool_]

CHUNK = 1 << 20
"""Entries that are filled in at a time: few enough to stay in the processor's cache, many enough for numpy."""


MOST_ENTRIES = 2**31 - 1


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


@dataclass(frozen=True, eq=False)
class Room:
    """Arrays that a matrix is written into, row after row; ``filled`` entries and ``rows`` rows are there so far."""

    data: Array
    indices: Positions
    ends: NDArray[np.int32]
    filled: int = 0
    rows: int = 0

    @classmethod
    def of(cls, entries: int, rows: int) -> Room:
        """Room for so many entries and rows; what is never written takes no memory."""
        if entries >= MOST_ENTRIES:
            raise OverflowError(f"{entries:,} entries are more than 32 bits can count")
        return cls(np.empty(entries), np.empty(entries, np.int32), np.zeros(rows + 1, np.int32))

    def with_rows(self, data: Array, indices: Positions, counts: NDArray[np.int32]) -> Room:
        """The same room with further rows at the end.

        Parameters
        ----------
        data
            Values of the entries, row after row.
        indices
            Column of each entry.
        counts
            How many entries each of the rows has.

        Returns
        -------
        Room
            It shares its arrays with this one.
        """
        end = self.filled + len(data)
        self.data[self.filled : end] = data
        self.indices[self.filled : end] = indices
        return self.past(counts)

    def past(self, counts: NDArray[np.int32]) -> Room:
        """The same once rows of so many entries have been written."""
        last = self.rows + len(counts)
        np.cumsum(counts, out=self.ends[self.rows + 1 : last + 1])
        self.ends[self.rows + 1 : last + 1] += self.filled
        return Room(self.data, self.indices, self.ends, int(self.ends[last]), last)

    def matrix(self, width: int) -> csr_array:
        """What has been written, as a matrix."""
        ends = self.ends[: self.rows + 1]
        return csr_array((self.data[: self.filled], self.indices[: self.filled], ends), shape=(self.rows, width))


@dataclass(frozen=True, eq=False)
class _Part:
    """Some rows: their entries and how many each has."""

    data: Array
    indices: Positions
    counts: NDArray[np.int32]


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
            more = _Part(others.data[span], others.indices[span], np.diff(ends))
            room = _merged(room, part, more, width)
    return room


def _chunks(template: Template, nodes: int) -> Iterator[slice]:
    step = max(1, CHUNK // max(1, len(template.row)))
    return (slice(first, min(first + step, nodes)) for first in range(0, nodes, step))


def _fill(template: Template, parameters: Array, columns: Positions, stands: Mask | None) -> _Part:
    """The template at some nodes, without zeros, columns that do not exist and rows that do not stand."""
    counts = np.zeros((len(parameters), template.rows), dtype=np.int32)
    if not len(template.row):
        return _Part(np.zeros(0), np.zeros(0, np.int32), counts.ravel() if stands is None else counts[stands])
    values = template.values.at(parameters)
    placed = columns[:, template.column]
    keep = (values != 0.0) & (placed >= 0)
    if stands is not None:
        keep &= stands[:, template.row]
    rows, starts = template.starts
    counts[:, rows] = np.add.reduceat(keep, starts, axis=1, dtype=np.int32)
    return _Part(values[keep], placed[keep], counts.ravel() if stands is None else counts[stands])


def _merged(room: Room, part: _Part, more: _Part, width: int) -> Room:
    """Rows of which each has the entries of ``more`` before column ``width``, then those of ``part``, then the rest."""
    counts = part.counts + more.counts
    start = np.cumsum(counts) - counts + room.filled
    row = np.repeat(np.arange(len(counts), dtype=np.int32), more.counts)
    before = more.indices < width
    ahead = np.bincount(row[before], minlength=len(counts))
    own = np.arange(len(part.data)) + np.repeat(start + ahead - np.cumsum(part.counts) + part.counts, part.counts)
    room.data[own], room.indices[own] = part.data, part.indices
    other = np.arange(len(more.data)) + (start - np.cumsum(more.counts) + more.counts)[row]
    other[~before] += part.counts[row[~before]]
    room.data[other], room.indices[other] = more.data, more.indices
    return room.past(counts)


def side_by_side(first: csr_array, second: csr_array) -> csr_array:
    """The sum of two matrices, row by row the entries of the first, then those of the second."""
    room = Room.of(first.nnz + second.nnz, first.shape[0])
    for rows in _few_entries(first.indptr):
        mine, others = _rows_of(second, rows), _rows_of(first, rows)
        room = _merged(room, mine, others, first.shape[1])
    matrix = room.matrix(first.shape[1])
    matrix.sum_duplicates()  # nothing to do where the columns of the second lie behind those of the first
    return matrix


def _few_entries(ends: NDArray[np.int32]) -> Iterator[slice]:
    """Rows in turn, so many that they hold about CHUNK entries."""
    first = 0
    while first < len(ends) - 1:
        last = max(first + 1, int(np.searchsorted(ends, ends[first] + CHUNK, side="right")) - 1)
        yield slice(first, last)
        first = last


def _rows_of(matrix: csr_array, rows: slice) -> _Part:
    ends = matrix.indptr[rows.start : rows.stop + 1]
    return _Part(matrix.data[ends[0] : ends[-1]], matrix.indices[ends[0] : ends[-1]], np.diff(ends))


def weighted_rows(weights: csr_array, matrix: csr_array) -> csr_array:
    """``weights @ matrix`` with the columns in order; rows with a single weight are copied instead of summed."""
    counts = np.diff(weights.indptr)
    several = csr_array(weights[np.flatnonzero(counts > 1)]) @ matrix
    several.sort_indices()
    alone = np.flatnonzero(counts == 1)
    weight, origin = weights.data[weights.indptr[alone]], weights.indices[weights.indptr[alone]]
    sizes = np.zeros(len(counts), dtype=np.int32)
    sizes[alone] = np.diff(matrix.indptr)[origin]
    sizes[counts > 1] = np.diff(several.indptr)
    room = Room.of(int(sizes.sum(dtype=np.int64)), len(counts)).past(sizes)
    _copy_rows(room, np.flatnonzero(counts > 1), several, np.arange(several.shape[0]), np.ones(several.shape[0]))
    _copy_rows(room, alone, matrix, origin, weight)
    return room.matrix(matrix.shape[1])


def _copy_rows(
    room: Room, to: NDArray[np.intp], matrix: csr_array, origin: NDArray[np.integer[Any]], weight: Array
) -> None:
    """Rows of a matrix, each times its weight, to where room has been made for them."""
    begin, end = matrix.indptr[origin].tolist(), matrix.indptr[origin + 1].tolist()
    for at, first, last, times in zip(room.ends[to].tolist(), begin, end, weight.tolist(), strict=True):
        np.multiply(matrix.data[first:last], times, out=room.data[at : at + last - first])
        room.indices[at : at + last - first] = matrix.indices[first:last]
