"""Rows written one after the other into arrays that were made for them once: matrices added, and rows weighted.

Rows come out in order with their columns in order, and nothing as large as the whole is made on the way but the result.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Array = NDArray[np.float64]
Positions = NDArray[np.int32]

CHUNK = 1 << 20
"""Entries that are filled in at a time: few enough to stay in the processor's cache, many enough for numpy."""

MOST_ENTRIES = 2**31 - 1


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
class Part:
    """Some rows: their entries and how many each has."""

    data: Array
    indices: Positions
    counts: NDArray[np.int32]


def merged(room: Room, part: Part, more: Part, width: int) -> Room:
    """Rows of which each has the entries of ``more`` before column ``width``, then those of ``part``, then the rest.

    Parameters
    ----------
    room
        What has been written so far.
    part, more
        The same rows: entries in columns next to each other, and others around them.
    width
        Number of the first column behind those of ``part``.

    Returns
    -------
    Room
        The room with these rows at its end.
    """
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
        room = merged(room, mine, others, first.shape[1])
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


def _rows_of(matrix: csr_array, rows: slice) -> Part:
    ends = matrix.indptr[rows.start : rows.stop + 1]
    return Part(matrix.data[ends[0] : ends[-1]], matrix.indices[ends[0] : ends[-1]], np.diff(ends))


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
